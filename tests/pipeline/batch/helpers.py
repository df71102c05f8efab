"""The command line in a process of its own, and what it leaves."""

import json
import os
import subprocess
import sys

COMMAND = [sys.executable, "-c", "from pipeline.cli import main; main()", "batch"]


def batch(*arguments, cwd=None):
    """What a call of `zhengce batch` gave."""
    command = [*COMMAND, *map(str, arguments)]
    env = {"PATH": os.environ["PATH"]}
    return subprocess.run(command, capture_output=True, check=False, cwd=cwd, env=env, text=True)


def lines_of(path):
    """The JSON lines of a file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def contents(folder):
    """The bytes of all files of a folder but its state."""
    paths = (path for path in folder.rglob("*") if path.is_file() and ".zhengce" not in path.parts)
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}
