"""What tests share: our own stories, and the command of the wheel that is tested."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


def pages():
    """Single pages of ours, in HTML and in text."""
    found = [ROOT / "examples/ghana-border.html"]
    for story in sorted((ROOT / "tests/stories").iterdir()):
        found += [page for name in ("page.html", "page.txt") if (page := story / name).exists()]
    return found


def formats():
    """Files of many stories, one of each format."""
    return sorted((ROOT / "examples/formats").iterdir())


@pytest.fixture(scope="session")
def command():
    """Runs the command that the wheel has installed beside this Python."""
    program = Path(sys.executable).with_name("dateline")

    def run(*words, text=None, **settings):
        return subprocess.run(
            [program, *map(str, words)],
            input=text.encode() if isinstance(text, str) else text,
            capture_output=True,
            env=os.environ | settings,
            check=False,
            timeout=300,
        )

    return run
