"""The engine of a Ray cluster: actors with warm extractors, which are given paths and digests, never texts.

The inputs lie where every node can read them under the same paths. The ledger and the part files stay with the driver.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Sequence
from typing import Any

from pipeline.batch.items import Item
from pipeline.batch.settings import Limits, Settings
from pipeline.batch.supervisor import Died, Event, Worker
from pipeline.batch.work import Extractor, Result, hold_memory
from pipeline.sinks.lines import MissingExtraError


class RayEngine:
    """Workers as actors of the cluster that RAY_ADDRESS names, else of one on this machine."""

    depth = 16

    def __init__(self, settings: Settings, limits: Limits) -> None:
        """Connect to the cluster. Raises MissingExtraError without Ray."""
        try:
            import ray
        except ImportError as error:
            raise MissingExtraError("Ray", "ray") from error
        if not ray.is_initialized():
            ray.init(log_to_driver=False, logging_level=logging.ERROR, configure_logging=False)
        # An actor that dies is replaced by the supervisor, which knows what it was at.
        self._actor = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(_Actor)
        self._told = settings, limits

    def processors(self) -> int:
        """The processors of the cluster."""
        import ray

        resources: dict[str, float] = ray.cluster_resources()  # type: ignore[no-untyped-call]
        return int(resources.get("CPU", 1))

    def start(self) -> RayWorker:
        """A new worker, on a node that has a processor to spare."""
        return RayWorker(self._actor.remote(*self._told))

    def wait(self, workers: Sequence[Worker], seconds: float) -> Sequence[tuple[int, Event]]:
        """What workers have told."""
        import ray

        places = {
            worker.answers[0]: place
            for place, worker in enumerate(workers)
            if isinstance(worker, RayWorker) and worker.answers
        }
        ready, _ = ray.wait(list(places), timeout=seconds)
        told = []
        for answer in ready:
            worker = workers[places[answer]]
            assert isinstance(worker, RayWorker)
            told.append((places[answer], worker.hear()))
        return told


class RayWorker:
    """An actor, with its answers to come in the order of what it was given."""

    def __init__(self, actor: Any) -> None:
        self._actor = actor
        self.answers: deque[Any] = deque([actor.ready.remote()])

    def give(self, item: Item) -> None:
        """Send an item."""
        self.answers.append(self._actor.extract.remote(item))

    def hear(self) -> Event:
        """The next answer, or how the actor ended."""
        import ray

        try:
            event: Event = ray.get(self.answers.popleft())
        except ray.exceptions.RayError as error:
            # Without the actor, or with it and without its answer, which was lost with a node.
            self.kill()
            return Died(str(error).splitlines()[0])
        return event

    def kill(self) -> None:
        """End the actor, whatever it does."""
        import ray

        ray.kill(self._actor)


class _Actor:
    """What runs on a node."""

    def __init__(self, settings: Settings, limits: Limits) -> None:
        self._extract = Extractor(settings, limits.size)
        hold_memory(limits.memory)

    def ready(self) -> str:
        """Answers when the extractor is warm."""
        return "ready"

    def extract(self, item: Item) -> Result:
        """The result of an item."""
        return self._extract(item)
