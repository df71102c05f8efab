"""The Ray engine on a cluster of two nodes on this machine, one of which is lost on the way."""

import threading

import pytest

from pipeline.batch import inputs
from pipeline.batch.job import Job
from pipeline.batch.local import LocalEngine
from pipeline.batch.settings import Limits, Settings
from pipeline.sinks.folder import Folder
from tests.pipeline.batch.helpers import contents

ray = pytest.importorskip("ray", reason="Ray is not installed: pip install 'zhengce[ray]'")

NOTICE = "2021年4月2日，湖北省教育厅出台《关于促进发展的通知》，力争到2021年底建成{n}个站点。\n"


@pytest.fixture
def cluster():
    """Two nodes of a processor each; the test's process is connected to the first."""
    from ray.cluster_utils import Cluster

    options = {"num_cpus": 1, "include_dashboard": False}
    cluster = Cluster(initialize_head=True, head_node_args=options)
    second = cluster.add_node(num_cpus=1)
    cluster.wait_for_nodes()
    ray.init(address=cluster.address, log_to_driver=False, logging_level="ERROR")
    yield cluster, second
    ray.shutdown()
    cluster.shutdown()


def run(source, dest, engine, workers, after=lambda tally: None):
    settings, limits = Settings(), Limits()
    job = Job(dest / ".zhengce", settings, limits)
    paths = inputs.files([str(source)])
    job.run(inputs.items(paths, limits.size), engine(settings, limits), workers, progress=after)
    job.publish(Folder(dest), dest / "failed.jsonl")
    job.close()
    return job.tally


def test_the_loss_of_a_node_loses_nothing(sources, tmp_path, cluster):
    from pipeline.batch.ray_engine import RayEngine

    nodes, second = cluster
    for number in range(300):
        (sources / f"{number:03}.txt").write_text(
            NOTICE.format(n=number) * (20 if number % 20 else 300), encoding="utf-8"
        )
    lost = threading.Event()

    def lose(tally):
        if tally.seen > 50 and not lost.is_set():
            lost.set()
            nodes.remove_node(second, allow_graceful=False)

    tally = run(sources, tmp_path / "ray", RayEngine, 2, lose)
    assert lost.is_set()
    assert (tally.done, tally.failed.total()) == (307, 2)
    run(sources, tmp_path / "local", LocalEngine, 1)
    assert contents(tmp_path / "ray") == contents(tmp_path / "local")
