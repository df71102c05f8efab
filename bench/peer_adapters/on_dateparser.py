"""dateparser: `search_dates` gives DATE; it says which words it took for a date, and the text where they stand."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator

from bench.peer_adapters.answering import Find, Mention, answer, mention


def load() -> Find:
    """The finder, with the peer loaded."""
    from dateparser.date import DateDataParser
    from dateparser.search import search_dates

    def find(text: str, reference: dt.date) -> Iterator[Mention]:
        settings = {"RELATIVE_BASE": dt.datetime.combine(reference, dt.time())}
        parser = DateDataParser(languages=["zh"], settings=settings)
        position = 0
        for words, moment in search_dates(text, languages=["zh"], settings=settings) or ():
            start = text.find(words, position)
            if start < 0:  # words that it has changed on the way stand nowhere
                continue
            position = start + len(words)
            yield mention("DATE", start, position, days(moment.date(), parser.get_date_data(words).period))

    return find


def days(day: dt.date, period: str) -> dict[str, str]:
    """First and last day of the year, month or day that the peer says it has read."""
    if period == "year":
        return {"start": str(day.replace(month=1, day=1)), "end": str(day.replace(month=12, day=31))}
    if period == "month":
        last = calendar.monthrange(day.year, day.month)[1]
        return {"start": str(day.replace(day=1)), "end": str(day.replace(day=last))}
    return {"start": str(day), "end": str(day)}


if __name__ == "__main__":
    answer(load)
