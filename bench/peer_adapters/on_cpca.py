"""cpca: `transform_text_with_addrs` gives PROVINCE and PLACE; it says where a name begins, and the text how long it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from bench.peer_adapters.answering import Find, Mention, answer, mention

_LEVELS = (("省", 2), ("市", 4), ("区", 6))
"""Column, and how many digits of the code say so much."""


def load() -> Find:
    """The finder, with the peer loaded."""
    import cpca

    def find(text: str, _: dt.date) -> Iterator[Mention]:
        for row in cpca.transform_text_with_addrs(text, pos_sensitive=True).to_dict("records"):
            for column, digits in _LEVELS:
                start = row[f"{column}_pos"]
                if start is None or start < 0 or not isinstance(row[column], str):  # told from the others, not written
                    continue
                end = start + written(text, int(start), row[column])
                code = str(row["adcode"])[:digits].ljust(6, "0")
                label = "PROVINCE" if code.endswith("0000") else "PLACE"
                yield mention(label, int(start), int(end), {"code": code})

    return find


def written(text: str, start: int, name: str) -> int:
    """How much of a full name stands at a place of the text: 内蒙古自治区 may be written 内蒙古."""
    return next((length for length in range(len(name), 1, -1) if text.startswith(name[:length], start)), len(name))


if __name__ == "__main__":
    answer(load)
