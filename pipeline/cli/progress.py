"""How a batch is getting on: a bar on a terminal, now and then a line elsewhere, and a table at the end."""

from __future__ import annotations

import time
from collections import Counter
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from pipeline.batch.plan import Tally

_LINE_SECONDS = 5.0


class Watcher:
    """Shows a tally as it grows towards `total` documents, on standard error."""

    def __init__(self, console: Console, total: int) -> None:
        self._console = console
        self._total = total
        self._start = self._last = time.monotonic()
        self._bar: Progress | None = None
        if console.is_terminal:
            rate, failed = TextColumn("{task.fields[rate]:.0f}/s"), TextColumn("{task.fields[failed]} failed")
            columns = (BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn(), failed)
            self._bar = Progress(*columns, console=console)
            self._task = self._bar.add_task("", total=total, rate=0.0, failed=0)

    def __enter__(self) -> Watcher:
        if self._bar is not None:
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, tally: Tally) -> None:
        """Show the tally."""
        now = time.monotonic()
        rate = tally.worked_on / max(now - self._start, 0.001)
        failed = tally.failed.total()
        if self._bar is not None:
            self._bar.update(self._task, completed=tally.seen, rate=rate, failed=failed)
        elif now - self._last >= _LINE_SECONDS:
            self._last = now
            left = (self._total - tally.seen) / max(rate, 0.001)
            self._console.print(f"{tally.seen:,} of {self._total:,}, {rate:.0f}/s, {left:.0f} s left, {failed} failed")


def summary(tally: Tally) -> Table:
    """What was done, skipped and failed, and why."""
    table = Table("documents", "number", "why")
    table.add_row("done", f"{tally.done:,}")
    table.add_row("unchanged", f"{tally.unchanged:,}", "known from an earlier run" if tally.unchanged else "")
    if tally.in_part:
        table.add_row("of these in part", f"{tally.in_part.total():,}", _reasons(tally.in_part))
    table.add_row("failed", f"{tally.failed.total():,}", _reasons(tally.failed))
    if tally.failed_before:
        table.add_row("failed before", f"{tally.failed_before.total():,}", _reasons(tally.failed_before))
    return table


def _reasons(codes: Counter[str]) -> str:
    return ", ".join(f"{code} {count:,}" for code, count in sorted(codes.items()))
