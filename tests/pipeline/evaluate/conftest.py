"""A small document with its annotation, as files."""

import textwrap
from pathlib import Path

import pytest

TEXT = """\
关于下达示范站点补助的通知

江城省民政厅于 2021 年 3
月 29 日印发《示范站点补助办
法》（江民发[２０２１]7号）。到2021年底前建成 50
个站点，覆盖率不低于30%，每个站点补助 25 万元。

江城省民政厅王某说，用3至5年时间，江城省都有站点。
"""

ANNOTATION = """\
id: subsidy
file: subsidy.txt
mentions:
- {label: ORG, text: 江城省民政厅, in: 江城省民政厅于2021}
- {label: PROVINCE, text: 江城省, nth: all, value: 990000 江城省}
- {label: DATE, text: 2021年3月29日, value: 2021-03-29}
- {label: TITLE, text: 《示范站点补助办法》}
- {label: DOCNUM, text: "江民发[２０２１]7号"}
- {label: DATE, text: 2021年底, value: 2021-12}
- {label: DEADLINE, text: 2021年底, value: 2021-12-31}
- {label: COUNT, text: 50个, value: "= 50 个"}
- {label: PERCENT, text: 30%, value: "≥ 0.3"}
- {label: YUAN, text: 25万元, value: "= 250_000"}
- {label: PERSON, text: 王某}
- {label: DURATION, text: 3至5年, value: P3Y..P5Y}
records:
- province: 990000 江城省
  issuers: [江城省民政厅]
  action: 印发
  title: 示范站点补助办法
  number: 江民发〔2021〕7号
  status: null
  date: 2021-03-29
  targets:
  - {kind: count, value: "= 50 个", deadline: 2021-12-31}
  - {kind: coverage, value: "≥ 0.3", deadline: 2021-12-31}
  - {kind: coverage, value: full}
  funding:
  - {kind: yuan, value: "= 250000", per: 每个站点}
  deadlines:
  - {kind: expiry, deadline: 2024-03-29}
  spans:
  - {from: 江城省民政厅王某说, to: 。}
  - {from: 江城省民政厅于, to: 25万元。}
findings:
- {code: parts-not-total, message: made up, spans: [{from: 50个站点}]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "corpus" / "notices").mkdir(parents=True)
    (tmp_path / "corpus" / "notices" / "subsidy.txt").write_text(TEXT, encoding="utf-8", newline="")
    (tmp_path / "subsidy.yaml").write_text(textwrap.dedent(ANNOTATION), encoding="utf-8")
    return tmp_path
