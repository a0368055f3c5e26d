"""The job: archives in, Parquet by date out.

```text
archives ─ read, in the workers ─▶ rows of all tables ─▶ each article once ─▶ copies ─▶ tables by date
```

What is between is in ``OUTPUT/_work`` and is removed at the end. Spark writes a file when the task that made
it has ended well, so that one that is broken off and run again leaves each row once.
"""

from __future__ import annotations

import argparse
import logging
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dateline.spark._archives import find_archives, from_archives
from dateline.spark._copies import originals
from dateline.spark._engine import Settings
from dateline.spark._hadoop import exists, remove
from dateline.spark._read import CodedTables
from dateline.spark._schema import EXPORTED, all_schema, schema

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

log = logging.getLogger("dateline.spark")

#: What rows of a file stand in order of.
_ORDER = {
    "articles": ("article_id",),
    "events": ("article_id", "event_id"),
    "parties": ("event_id", "role", "entity_id"),
    "quotes": ("article_id", "quote_id"),
    "places": ("article_id", "text"),
    "records": ("article_id",),
}

#: How an executor that lacks something is kept from taking, and failing, every task there is. Whole machines
#: are not shut out: another executor on one may be well. Where none is left, the job ends soon and says why.
#: Progress is told in lines.
_SESSION = {
    "spark.ui.showConsoleProgress": "false",
    "spark.excludeOnFailure.taskAndStage.enabled": "true",
    "spark.excludeOnFailure.stage.maxFailedExecutorsPerNode": "1000",
    "spark.scheduler.excludeOnFailure.unschedulableTaskSetTimeout": "10s",
}

#: Seconds between lines about progress.
_EVERY = 10.0


def main(words: Sequence[str] | None = None) -> int:
    """Run the job with the words of a command line; returns the exit status, as the command has them."""
    arguments = _arguments().parse_args(words)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s dateline: %(message)s")
    logging.getLogger("py4j").setLevel(logging.WARNING)
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("dateline")
    if arguments.master:
        builder = builder.master(arguments.master)
    for name, value in [*_SESSION.items(), *arguments.conf]:
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    settings = Settings(
        reader=arguments.reader,
        codebook=arguments.codebook,
        weights=arguments.weights,
        gazetteer=arguments.gazetteer,
        max_bytes=arguments.max_bytes,
        keep_text=arguments.keep_text,
        tries=int(session.conf.get("spark.task.maxFailures", "4") or 4),
    )
    try:
        counts = run(session, arguments.input, arguments.output, settings, overwrite=arguments.overwrite)
    except ValueError as error:
        log.error("%s", error)
        return 1
    except (PySparkException, Py4JError) as error:
        log.error("the job broke off: %s", error)
        return 1
    finally:
        session.stop()
    if not counts["articles"]:
        return 1
    return 3 if counts["rejects"] else 0


def run(
    session: SparkSession,
    patterns: Sequence[str],
    output: str,
    settings: Settings | None = None,
    *,
    overwrite: bool = False,
) -> dict[str, int]:
    """Read archives and write their tables to `output`; gives the number of rows of each.

    :raises ValueError: there are no archives, or there is an output already.
    """
    output = output.rstrip("/")
    work = f"{output}/_work"
    if exists(session, output) and not overwrite:
        raise ValueError(f"{output} is there already\nhint: take another folder, or --overwrite")
    remove(session, output)
    archives = find_archives(session, patterns)
    log.info("%d archives", archives.count())
    with _progress(session, "reading"):
        rows = archives.mapInArrow(from_archives("*", settings=settings), all_schema())
        rows.write.partitionBy("kind").option("compression", "zstd").parquet(f"{work}/read")
    coded = CodedTables(session.read.schema(all_schema()).parquet(f"{work}/read"))
    with _progress(session, "looking for copies"):
        taken, passed_over = _each_once(coded)
        _write(taken, f"{work}/taken")
        _write(passed_over, f"{work}/passed-over")
        taken = session.read.parquet(f"{work}/taken")
        copies = originals(_of(coded, "records", taken), work)
        _write(copies, f"{work}/copies")
        copies = session.read.schema("article_id string, copy_of string").parquet(f"{work}/copies")
    with _progress(session, "writing"):
        for name in (*EXPORTED, "records"):
            table = _of(coded, name, taken)
            if name == "articles":
                table = table.drop("copy_of").join(copies, "article_id", "left")
            columns = [*schema(name).names, "date"]
            sorted_ = table.select(columns).hint("rebalance", "date").sortWithinPartitions(*_ORDER[name])
            _write(sorted_, f"{output}/{name}", "date")
        passed_over = session.read.schema(schema("rejects")).parquet(f"{work}/passed-over")
        _write(coded.rejects.union(passed_over), f"{output}/rejects")
    counts = _counts(session, output)
    remove(session, work)
    log.info("%s", ", ".join(f"{count} {name}" for name, count in counts.items()))
    if counts["rejects"]:
        log.warning("%d could not be read; they are listed in %s/rejects", counts["rejects"], output)
    return counts


def _each_once(coded: CodedTables) -> tuple[DataFrame, DataFrame]:
    """Where the stories stand that are taken, and those that are not: of an article the last one is taken."""
    from pyspark.sql import Window
    from pyspark.sql import functions as sql

    found = coded.table("records", "path", "number").drop("day", "record")
    same = Window.partitionBy("article_id").orderBy(sql.desc("path"), sql.desc("number"))
    ranked = found.select(
        "*",
        sql.row_number().over(same).alias("rank"),
        sql.first("path").over(same).alias("last_path"),
        sql.first("number").over(same).alias("last_number"),
    )
    reason = sql.format_string(
        "story %d: article %s stands again in %s, story %d, and that one was taken",
        *(sql.col(name) for name in ("number", "article_id", "last_path", "last_number")),
    )
    empty = {"path": sql.col("path"), "reason": reason}
    columns = [
        empty.get(field.name, sql.lit(None)).cast(field.dataType).alias(field.name)
        for field in schema("rejects").fields
    ]
    return ranked.where("rank = 1").select("path", "number"), ranked.where("rank > 1").select(columns)


def _of(coded: CodedTables, name: str, taken: DataFrame) -> DataFrame:
    """The rows of a table that come from stories that are taken."""
    return coded.table(name, "path", "number", "date").join(taken, ["path", "number"], "left_semi")


def _write(table: DataFrame, path: str, *partitions: str) -> None:
    table.write.partitionBy(*partitions).option("compression", "zstd").mode("overwrite").parquet(path)


def _counts(session: SparkSession, output: str) -> dict[str, int]:
    names = (*EXPORTED, "records", "rejects")
    return {name: session.read.schema(schema(name)).parquet(f"{output}/{name}").count() for name in names}


@contextmanager
def _progress(session: SparkSession, what: str) -> Iterator[None]:
    """Tell the driver's log how far it is."""
    over = threading.Event()
    began = time.monotonic()

    def tell() -> None:
        tracker = session.sparkContext.statusTracker()
        while not over.wait(_EVERY):
            stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
            parts = [
                f"{it.numCompletedTasks} of {it.numTasks} tasks done, {it.numActiveTasks} at work"
                + (f", {it.numFailedTasks} failed" if it.numFailedTasks else "")
                for it in stages
                if it is not None
            ]
            if parts:
                log.info("%s: %s", what, "; ".join(parts))

    teller = threading.Thread(target=tell, name="progress", daemon=True)
    log.info("%s", what)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()
    log.info("%s: done in %.0f s", what, time.monotonic() - began)


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is no NAME=VALUE")
    return name, value


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m dateline.spark",
        description="Read archives of news on a Spark cluster and write articles, events, parties, quotes, "
        "places and records as Parquet, by date of publication. Records hold what `dateline add` keeps: all "
        "but the texts. What could not be read is in OUTPUT/rejects. `dateline import OUTPUT` loads it into "
        "a database, or a slice of it: `dateline import OUTPUT/records/date=2025-03-14`.",
        epilog="Exit status: 0 all done; 1 nothing could be done; 2 wrong usage; 3 finished, but some "
        "stories or files were rejected.",
    )
    add = parser.add_argument
    add("--input", nargs="+", required=True, metavar="PATHS", help="archives, folders of them, or patterns")
    add("--output", required=True, metavar="DIR", help="the folder to write to, which all executors see")
    add("--overwrite", action="store_true", help="write even where there is something")
    add("--keep-text", action="store_true", help="keep whole texts in the records, not only the evidence")
    add("--reader", choices=("fast", "careful", "rules"), default="fast", help="as in `dateline read`")
    add("--codebook", metavar="DIR", help="event types of your own; as the executors see it")
    add("--weights", metavar="PATH", help="a spaCy v3 English pipeline; as the executors see it")
    add("--gazetteer", metavar="FILE", help="a compiled gazetteer; as the executors see it")
    add("--max-bytes", type=int, metavar="N", help="reject stories that are larger")
    add("--master", metavar="URL", help="the cluster, where spark-submit doesn't say")
    add(
        "--conf",
        type=_setting,
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="a setting of Spark's",
    )
    return parser
