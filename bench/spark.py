"""The command, Python and Spark on the same stories, on one core and on two, in one run.

    cargo xtask spark --bench

builds the wheel as it is published and runs this with it, over archives that `crawl.py` makes. Each way is a process
of its own, Spark with so many executors of one core each. What starting takes is measured with a single story and taken
off. All must tell the same facts, to the byte. Rates are given by the wall and by the processor: the second holds also
where the machine has other work.
"""

import argparse
import hashlib
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import crawl

READ = """
import sys, dateline
for record in dateline.read_many(sys.argv[2:], workers=int(sys.argv[1])):
    sys.stdout.write(record.to_json() + "\\n")
"""

#: Stories that Common Crawl's news archive gained a day in 2025, and what a core costs an hour, say.
A_DAY, DOLLARS = 330_000, 0.05


@dataclass
class Measured:
    """What a process took, in seconds, and told."""

    wall: float
    processor: float
    facts: str
    parts: dict = field(default_factory=dict)


def command(cores, archives, _):
    program = Path(sys.executable).with_name("dateline")
    return plain([program, "read", "--format", "ndjson", "--jobs", cores, *sorted(archives.iterdir())])


def python(cores, archives, _):
    return plain([sys.executable, "-c", READ, cores, *sorted(archives.iterdir())])


def plain(words):
    with tempfile.TemporaryFile() as printed:
        began = time.monotonic()
        process = subprocess.Popen(list(map(str, words)), stdout=printed, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        wall = time.monotonic() - began
        if status:
            sys.exit(f"{words[0]} failed: {status}")
        printed.seek(0)
        return Measured(wall, used.ru_utime + used.ru_stime, of_all(printed.read().splitlines()))


def spark(cores, archives, output):
    words = [sys.executable, __file__, "--job", cores, archives, output]
    began = time.monotonic()
    told = subprocess.run(list(map(str, words)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    wall = time.monotonic() - began
    from pyarrow.parquet import ParquetDataset

    parts = json.loads(told.stdout)
    records = ParquetDataset(output / "records").read(["record"])["record"].to_pylist()
    facts = of_all([record.encode() for record in records])
    return Measured(wall, parts["java"] + parts["python"], facts, parts)


def of_all(lines):
    """What is told, in whatever order."""
    return hashlib.sha256(b"\n".join(sorted(lines))).hexdigest()


def job(cores, archives, output):
    """Run the job of the package; gives the seconds of its steps, and of Java and Python by the processor."""
    from dateline.spark import Settings
    from dateline.spark._job import log, run
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master(f"local-cluster[{cores},1,1024]").appName("bench")
    for name, value in {"spark.ui.enabled": "false", "spark.sql.shuffle.partitions": "4"}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    marks = []
    handler = logging.Handler()
    handler.emit = lambda line: marks.append((time.monotonic(), line.getMessage()))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    run(session, [archives], output, Settings(keep_text=True))
    steps = {}
    for what in ("reading", "looking for copies", "writing"):
        began = next(at for at, said in marks if said == what)
        steps[what] = next(at for at, said in marks if said.startswith(f"{what}: done")) - began
    used = processor()
    session.stop()
    return {**steps, "java": used["java"], "python": sum(used.values()) - used["java"]}


def processor():
    """Seconds of the processor that this process and all below it have used, by program."""
    ticks = os.sysconf("SC_CLK_TCK")
    parents, used, names = {}, {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name, _, rest = (folder / "stat").read_text().partition("(")[2].rpartition(")")
        except OSError:
            continue
        fields = rest.split()
        parents[int(folder.name)] = int(fields[1])
        names[int(folder.name)] = name
        used[int(folder.name)] = sum(map(int, fields[11:15])) / ticks
    by_program = Counter()
    for process in parents:
        above = process
        while above not in (0, os.getpid()):
            above = parents.get(above, 0)
        if above:
            by_program[names[process]] += used[process]
    return by_program


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stories", type=int, default=5000)
    parser.add_argument("--archives", type=int, default=20)
    parser.add_argument("--job", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.job:
        cores, archives, output = asked.job
        print(json.dumps(job(cores, archives, output)))
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), asked.stories, asked.archives)


def measure(folder, stories, archives):
    one, many = folder / "one", folder / "many"
    crawl.write(one, 1, 1)
    words = crawl.write(many, stories, archives)
    print(f"{stories} stories of {words / stories:.0f} words in {archives} WARC files; start taken off\n")
    print("          cores  seconds  stories/s  of processor  stories/s of it   load  start, of processor")
    facts, by_wall, by_processor = set(), {}, {}
    for cores in (1, 2):
        for way in (command, python, spark):
            name = way.__name__
            start = way(cores, one, folder / f"{name}-{cores}-one")
            whole = way(cores, many, folder / f"{name}-{cores}-many")
            wall, used = whole.wall - start.wall, whole.processor - start.processor
            by_wall[name, cores], by_processor[name, cores] = stories / wall, stories / used
            print(
                f"{name:9} {cores:5} {wall:8.1f} {stories / wall:10.1f} {used:13.1f} {stories / used:16.1f} "
                f"{os.getloadavg()[0]:6.1f} {start.wall:6.1f} {start.processor:13.1f}",
                flush=True,
            )
            for part, seconds in whole.parts.items():
                print(f"{'':16} {part}: {seconds:.1f} s, {start.parts[part]:.1f} of them for one story")
            facts.add(whole.facts)
            assert len(facts) == 1, "they tell the same facts"
    print()
    for way in ("command", "python", "spark"):
        share = 100 * by_processor[way, 1] / by_processor["command", 1]
        slope = by_wall[way, 2] / by_wall[way, 1]
        print(f"{way}: {slope:.2f} times as fast on two; by the processor {share:.0f}% of the command")
    year(by_processor["spark", 2])


def year(rate):
    """A year of news, at so many stories a second of a core."""
    hours = A_DAY * 365 / rate / 3600
    print(f"\na year of {A_DAY} stories a day, at {rate:.1f} a second and core: {hours:.0f} hours of a core")
    for cores in (1, 16, 256):
        print(f"  {cores:4} cores: {hours / cores:9.1f} hours, {hours * DOLLARS:.0f} dollars at {DOLLARS} an hour")


if __name__ == "__main__":
    main()
