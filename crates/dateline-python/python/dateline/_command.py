"""The ``dateline`` command, which is the same program as the one without Python."""

from __future__ import annotations

import os
import signal
import sys

from dateline import _dateline
from dateline._reading import packages


def main() -> int:
    """Run the command and return its exit status."""
    # Python only notes an interrupt for later; the command means to end by it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.environ.setdefault("DATELINE_PACKAGES", os.pathsep.join(packages()))
    sys.stdout.flush()
    return _dateline.run(["dateline", *sys.argv[1:]])


if __name__ == "__main__":
    sys.exit(main())
