"""`zhengce schema`: the JSON Schema of an output line."""

from __future__ import annotations

import json
import sys


def schema() -> None:
    """Print the JSON Schema (2020-12) of an output line."""
    from pipeline import output

    sys.stdout.write(json.dumps(output.json_schema(), ensure_ascii=False, indent=2) + "\n")
