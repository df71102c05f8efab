"""Mentions to acts to policy records."""

from pipeline.records.acts import Act, find_told, is_to_come
from pipeline.records.build import build, province_of
from pipeline.records.notice import find as find_notice
from pipeline.records.passages import assign

__all__ = ["Act", "assign", "build", "find_notice", "find_told", "is_to_come", "province_of"]
