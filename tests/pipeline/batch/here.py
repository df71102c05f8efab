"""A batch in this process: an engine whose workers extract an item as soon as they are given it."""

import sys
from collections import deque
from contextlib import closing
from functools import cache

from pipeline.batch import inputs
from pipeline.batch.destination import destination
from pipeline.batch.job import Job
from pipeline.batch.plan import Plan
from pipeline.batch.settings import Limits, Settings
from pipeline.batch.work import Extractor

LIMITS = Limits()


@cache
def extractor(settings):
    """Made once: that takes longer than a small batch."""
    return Extractor(settings, LIMITS.size)


class Here:
    """The engine."""

    depth = 2

    def __init__(self, settings):
        self.extract = extractor(settings)

    def start(self):
        return Worker(self.extract)

    def wait(self, workers, seconds):
        return [(place, worker.told.popleft()) for place, worker in enumerate(workers) if worker.told]


class Worker:
    """One of its workers."""

    def __init__(self, extract):
        self.extract = extract
        self.told = deque(["ready"])

    def give(self, item):
        counting = sys.getprofile()
        sys.setprofile(None)  # What goes on inside an extraction is of no interest to who counts steps.
        self.told.append(self.extract(item))
        sys.setprofile(counting)

    def kill(self):
        pass


def run(sources, dest, settings=None, limit=None, **options):
    """Run a batch; what became of the documents."""
    settings = settings or Settings()
    place = destination(str(dest))
    job = Job(place.state, settings, LIMITS, **options)
    found = inputs.items(inputs.files(map(str, sources), place.own), LIMITS.size)
    job.run(found, Here(settings), 2, limit=limit)
    with closing(place.open()) as sink:
        job.publish(sink, place.failed)
    job.close()
    return job.tally


def pending(sources, dest, settings=None, **options):
    """What a run would do, as (reason, id)."""
    settings = settings or Settings()
    job = Job(destination(str(dest)).state, settings, LIMITS)
    plan = Plan(job._ledger, settings.fingerprint(), LIMITS.size, **options)
    found = [
        (reason, item.id) for item, reason in plan.pending(inputs.items(inputs.files(map(str, sources)), LIMITS.size))
    ]
    job.close()
    return found
