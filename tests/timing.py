"""How long a call takes by the process's own clock, whatever else the machine does and earlier tests have left behind."""

import gc
import time
from collections.abc import Callable


def seconds(function: Callable[[], object]) -> float:
    """Processor seconds of one call, with the collector off, which would go through what earlier tests have left."""
    gc.disable()
    start = time.process_time()
    function()
    taken = time.process_time() - start
    gc.enable()
    return taken
