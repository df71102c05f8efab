"""The lists of words: none says a word twice."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from extractors import agency_names, person_names


def lists():
    for module in (agency_names, person_names):
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_words":
                yield from (argument.value for argument in node.args if isinstance(argument, ast.Constant))


@pytest.mark.parametrize("table", list(lists()))
def test_no_word_stands_twice(table):
    assert [word for word, count in Counter(table.split()).items() if count > 1] == []
