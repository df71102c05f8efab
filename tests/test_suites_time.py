"""Public date and duration cases of other tools; what fails is listed with its reason, so that nothing fails unseen."""

from __future__ import annotations

import datetime as dt
import importlib.util
import json
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

import pipeline
from pipeline.output import to_dict

SHARED = Path(__file__).parents[2] / "shared"
SUITES = ("recognizers", "jionlp", "duckling")
FAILURES: dict[str, str] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "suites_time_failures.yaml").read_text("utf-8")
)
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the suites are not here")


@cache
def scorer() -> ModuleType:
    path = SHARED / "tools" / "peers.py"
    spec = importlib.util.spec_from_file_location("peers", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def find(case: dict[str, Any]) -> list[dict[str, Any]]:
    reference = dt.date.fromisoformat(case["reference"][:10]) if case["reference"] else None
    label = case["task"].upper()
    found = [m for m in to_dict(pipeline.read(case["text"], reference))["mentions"] if m["label"] == label]
    return [{"start": m["start"], "end": m["end"], "value": shown(m["value"])} for m in found]


def shown(value: dict[str, str | None]) -> dict[str, str | None]:
    if "start" in value:
        return value
    return {"iso": value["low"]} if value["low"] == value["high"] else value


def cases(suite: str) -> list[dict[str, Any]]:
    lines = (SHARED / "suites" / f"{suite}.public.jsonl").read_text("utf-8").splitlines()
    every = [json.loads(line) for line in lines if line.strip()]
    return [case for case in every if case["task"] in ("date", "duration") and case["in_scope"]]


def failed(suite: str) -> set[str]:
    return {f"{suite}/{case['id']}" for case in cases(suite) if not scorer().judge(case, find(case))[0]}


@pytest.mark.parametrize("suite", SUITES)
def test_only_listed_cases_fail(suite: str) -> None:
    assert failed(suite) == {name for name in FAILURES if name.startswith(f"{suite}/")}
