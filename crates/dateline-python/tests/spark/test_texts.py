"""A column of texts: the same facts as elsewhere, and every row that cannot be read is told."""

import json

import archives
import dateline
import pyarrow as pa
import pytest
from dateline.spark import Settings, from_texts, read_texts, schema


def stories():
    """Texts of ours with what else is known of them."""
    told = []
    for number in range(12):
        title, paragraphs, day = archives.story(number)
        told.append((f"https://post.example/{number}", title, "\n".join(paragraphs), day))
    return told


COLUMNS = "address string, headline string, body string, day string"
FIELDS = {"url": "address", "title": "headline", "published_at": "day"}


def test_command_python_and_spark_give_the_same_bytes(session, command):
    told = [
        {"url": url, "title": title, "published_at": day, "text": text} for url, title, text, day in stories()
    ]
    lines = "\n".join(json.dumps(story) for story in told)
    printed = command("read", "--format", "ndjson", "--from", "jsonl", "-", text=lines).stdout.decode()
    read = sorted(record.to_json() for record in dateline.read_many(told))
    frame = session.createDataFrame(stories(), COLUMNS).repartition(4)
    coded = read_texts(frame, "body", settings=Settings(keep_text=True), **FIELDS)
    assert sorted(row.record for row in coded.records.collect()) == read

    def without_places_in_the_file(record):
        # A line of a file stands elsewhere than a story by itself.
        fields = json.loads(record)
        for part in fields["article"]["parts"]:
            del part["origin"]
        return json.dumps(fields)

    want = sorted(map(without_places_in_the_file, printed.splitlines()))
    assert len(want) == 12 and sorted(map(without_places_in_the_file, read)) == want
    assert coded.rejects.count() == 0


def test_tables_are_those_of_python(session):
    names = ("url", "title", "text", "published_at")
    want = dateline.frames([dict(zip(names, story, strict=True)) for story in stories()])
    frame = session.createDataFrame(stories(), COLUMNS).repartition(3)
    for name in ("articles", "events", "parties", "quotes", "places"):
        rows = frame.mapInArrow(from_texts(name, "body", **FIELDS), schema(name)).toArrow()
        wanted = pa.table(getattr(want, name))
        assert rows.column_names == wanted.column_names
        assert rows.num_rows and sorted(rows.to_pylist(), key=repr) == sorted(wanted.to_pylist(), key=repr)


def test_rows_that_cannot_be_read_are_told_by_column_and_id(session):
    rows = [
        ("good", "Police arrested two men in Lima."),
        ("null", None),
        ("empty", ""),
        ("blank", " \n"),
        ("large", "Rain fell on Lima. " * 2_800_000),
    ]
    frame = session.createDataFrame(rows, "key string, body string")
    coded = read_texts(frame, "body", row="key")
    rejects = {row.row: row for row in coded.rejects.collect()}
    assert set(rejects) == {"null", "empty", "blank", "large"}
    assert all(row.column == "body" and row.reason.startswith("column body: ") for row in rejects.values())
    assert rejects["null"].reason == "column body: there is no story: it is null"
    assert "50000000" in rejects["large"].reason.replace(",", "").replace(" ", ""), rejects["large"].reason
    assert [row.event_type for row in coded.events.collect()] == ["COERCE"]


def test_a_column_of_nulls_is_told_row_by_row(session):
    frame = session.createDataFrame([(number, None) for number in range(50)], "key int, body string")
    coded = read_texts(frame, "body", row="key")
    rejects = coded.rejects.collect()
    assert sorted(int(row.row) for row in rejects) == list(range(50))
    assert {(row.column, row.reason) for row in rejects} == {
        ("body", "column body: there is no story: it is null")
    }
    assert coded.articles.count() == 0
    with pytest.raises(TypeError, match="column 'nothing' holds void"):
        read_texts(frame.selectExpr("key", "NULL AS nothing"), "nothing")


def test_bytes_are_pages(session):
    rows = [(archives.page(3),), (b"Police arrested two men in Lima.",), (b"",), (b"\xff\xfe\x00",)]
    frame = session.createDataFrame([(bytearray(row[0]),) for row in rows], "page binary")
    coded = read_texts(frame, "page")
    titles = {row.title for row in coded.articles.collect()}
    assert archives.story(3)[0] in titles
    assert coded.articles.count() + coded.rejects.count() == len(rows)
    assert "2" in {row.row for row in coded.rejects.collect()} or coded.rejects.count() >= 1


def test_wrong_columns_are_said_before_anything_is_read(session):
    frame = session.createDataFrame([(1, "Rain fell on Lima.")], "key int, body string")
    with pytest.raises(ValueError, match=r"no column 'text'\nhint: there are key, body"):
        read_texts(frame)
    with pytest.raises(TypeError, match="column 'key' holds int"):
        read_texts(frame, "key")
    with pytest.raises(ValueError, match="no column 'address'"):
        read_texts(frame, "body", url="address")


def test_wrong_columns_are_said_by_the_worker_too(session):
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    # Which of the two it is depends on whether an executor is left to try it.
    errors = (PySparkException, Py4JError)
    frame = session.createDataFrame([(1, "Rain fell on Lima.")], "key int, body string")
    with pytest.raises(errors, match="no column 'text'"):
        frame.mapInArrow(from_texts("events"), schema("events")).collect()
    with pytest.raises(errors, match="column 'key' holds int32"):
        frame.mapInArrow(from_texts("events", "key"), schema("events")).collect()


def test_a_reader_may_be_chosen(session):
    frame = session.createDataFrame(stories(), COLUMNS)
    run = from_texts("records", "body", settings=Settings(reader="rules", keep_text=True), **FIELDS)
    names = ("url", "title", "published_at", "text")
    told = [dict(zip(names, (url, title, day, text), strict=True)) for url, title, text, day in stories()]
    want = sorted(record.to_json() for record in dateline.read_many(told, reader="rules"))
    got = frame.mapInArrow(run, schema("records")).collect()
    assert sorted(row.record for row in got) == want
    assert want != sorted(record.to_json() for record in dateline.read_many(told))
