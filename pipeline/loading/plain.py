"""Text files."""

from __future__ import annotations

from pipeline.loading.content import Content
from pipeline.loading.decoding import decode


def read(data: bytes, where: str) -> Content:
    """The text as decoded. Raises LoadError (`binary`, `undecodable`)."""
    return Content(decode(data, where))
