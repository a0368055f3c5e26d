"""The command beside Python: the same stories, on one worker and on two, in one run.

    python bench/python.py [STORIES.jsonl] [--times 3] [--copies 8]

Run it with a Python that has the wheel; the command is the wheel's own, so that both are one build. Each is a process of
its own, start and all; what starting takes is measured with a single story and taken off. They take turns, and of
several rounds the best counts. Both must print the same bytes.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

READ = """
import sys, dateline
for record in dateline.read_many(sys.argv[1], workers=int(sys.argv[2])):
    sys.stdout.write(record.to_json() + "\\n")
"""

USED = """
import sys, dateline
for record in dateline.read_many(sys.argv[1], workers=int(sys.argv[2])):
    for event in record.events:
        record.article.text[event.trigger.start : event.trigger.end]
    sys.stdout.write(record.to_json() + "\\n")
"""


def ways(workers, stories):
    command = Path(sys.executable).with_name("dateline")
    read = [command, "read", "--format", "ndjson", "--jobs", str(workers), stories]
    return {
        "command": read,
        "Python": [sys.executable, "-c", READ, stories, str(workers)],
        "Python, attributes used": [sys.executable, "-c", USED, stories, str(workers)],
    }


def run(words):
    """Wall and processor time of a process, and what it printed."""
    with tempfile.TemporaryFile() as printed:
        begun = time.monotonic()
        process = subprocess.Popen(list(map(str, words)), stdout=printed, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        taken = time.monotonic() - begun
        if status:
            sys.exit(f"{words[0]} failed: {status}")
        printed.seek(0)
        return taken, used.ru_utime + used.ru_stime, hashlib.sha256(printed.read()).hexdigest()


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("stories", nargs="?", type=Path, default=ROOT / "examples/three-weeks.jsonl")
    arguments.add_argument("--times", type=int, default=3)
    arguments.add_argument("--copies", type=int, default=8)
    asked = arguments.parse_args()
    lines = asked.stories.read_text().splitlines() * asked.copies
    with tempfile.TemporaryDirectory() as folder:
        many, one = Path(folder) / "stories.jsonl", Path(folder) / "one.jsonl"
        many.write_text("\n".join(lines) + "\n")
        one.write_text(lines[0] + "\n")
        run(ways(1, one)["Python"])
        print(f"{len(lines)} stories, best of {asked.times}; stories a second of wall time, and of processor time")
        for workers in (1, 2):
            best = {}
            for _ in range(asked.times):
                for name in ways(workers, many):
                    wall, used, printed = run(ways(workers, many)[name])
                    empty_wall, empty_used, _ = run(ways(workers, one)[name])
                    known = best.setdefault(name, [printed, 1e9, 1e9, 1e9, 1e9])
                    assert known[0] == printed, f"{name} printed something else than before"
                    best[name] = [printed, *map(min, known[1:], (wall, used, empty_wall, empty_used))]
            assert len({printed for printed, *_ in best.values()}) == 1, "they print the same bytes"
            rates = {
                name: ((len(lines) - 1) / (wall - empty_wall), (len(lines) - 1) / (used - empty_used))
                for name, (_, wall, used, empty_wall, empty_used) in best.items()
            }
            for name, (by_wall, by_used) in rates.items():
                of_command = [f"{100 * rate / base:4.0f}%" for rate, base in zip((by_wall, by_used), rates["command"])]
                print(f"{workers} worker{'s' * (workers > 1)}  {name:24} {by_wall:7.1f} {of_command[0]}   {by_used:7.1f} {of_command[1]}")


if __name__ == "__main__":
    main()
