"""How an adapter answers: JSON lines {"id", "text", "reference"} in, {"id", "mentions", "seconds", "error"?} out.

An adapter runs in its peer's own virtual environment and imports nothing but the standard library and the peer. It is
`load`: a function that loads the peer and gives `find(text, reference)`, whose mentions are `{"label", "start", "end",
"value"}` with offsets into the text and values as gold writes them. Peers print to standard output; theirs goes elsewhere.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

Mention = dict[str, Any]
Find = Callable[[str, dt.date], Iterator[Mention]]

_WARM_UP = "2020年3月2日，北京市朝阳区拨付50万元，占30%，为期3年。"


def answer(load: Callable[[], Find]) -> None:
    """Answer every line of standard input. Loading is not in the seconds, nor is the first text, which is a warm-up."""
    out, sys.stdout = sys.stdout, sys.stderr
    find = load()
    list(find(_WARM_UP, dt.date(2020, 3, 2)))
    for line in sys.stdin:
        case = json.loads(line)
        answered: dict[str, Any] = {"id": case["id"], "mentions": []}
        start = time.perf_counter()
        try:
            answered["mentions"] = list(find(case["text"], dt.date.fromisoformat(case["reference"])))
        except Exception as error:  # whatever a peer raises, it has found nothing in this text, and the others count
            answered["error"] = type(error).__name__
        answered["seconds"] = time.perf_counter() - start
        out.write(json.dumps(answered, ensure_ascii=False) + "\n")
    out.flush()


def mention(label: str, start: int, end: int, value: dict[str, Any]) -> Mention:
    """A mention as evaluate reads it."""
    return {"label": label, "start": start, "end": end, "value": value}
