"""Data frames: the columns and values of the export, in every program that takes Arrow."""

import datetime
import json

import dateline
import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import ROOT, pages
from dateline import _dateline
from dateline.store import Filters

WEEKS = ROOT / "examples/three-weeks.jsonl"


@pytest.fixture(scope="module")
def frames():
    return dateline.frames([*pages(), WEEKS])


@pytest.fixture(scope="module")
def database(command, tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "dateline.db"
    assert command("add", "--db", path, *pages(), WEEKS).returncode == 0
    return path


def exported(command, database, folder):
    assert command("export", "--db", database, "--format", "parquet", "--out", f"{folder}/").returncode == 0
    # One file at a time: a folder of them has the month as another column.
    return {
        name: [pq.ParquetFile(file).read() for file in sorted((folder / name).rglob("*.parquet"))]
        for name in ("events", "parties", "quotes", "articles")
    }


def test_the_columns_are_those_of_the_export(command, database, frames, tmp_path):
    for name, tables in exported(command, database, tmp_path / "export").items():
        want = tables[0].schema
        have = pa.table(getattr(frames, name)).schema
        assert have.names == want.names, name
        assert [field.type for field in have] == [field.type for field in want], name


def test_a_story_s_rows_are_those_of_a_database_of_its_own(command, tmp_path):
    for page in pages():
        database = tmp_path / f"{page.parent.name}.db"
        assert command("add", "--db", database, page).returncode == 0
        frames = dateline.frames(page)
        for name, tables in exported(command, database, tmp_path / page.parent.name).items():
            # A table without rows has no file.
            want = [row for table in tables for row in table.to_pylist()]
            have = pa.table(getattr(frames, name)).to_pylist()
            key = pa.table(getattr(frames, name)).column_names[:5]
            order = lambda row: [str(row[column]) for column in key]
            assert sorted(have, key=order) == sorted(want, key=order), (page, name)


def test_a_story_s_rows_are_the_same_whatever_stands_beside_it(frames):
    alone = [row for page in pages() for row in dateline.events(page)]
    beside = frames.events.to_dicts()[: len(alone)]
    assert beside == alone


def test_every_program_takes_them(frames):
    events = frames.events
    rows, columns = len(events), len(events.columns)
    assert rows > 100
    assert events.to_arrow().shape == (rows, columns)
    assert events.to_pandas().shape == (rows, columns)
    assert events.to_polars().shape == (rows, columns)
    assert pl.DataFrame(events)["event_type"].to_list() == events["event_type"]
    count = duckdb.sql("SELECT count(*), count(DISTINCT event_type) FROM events").fetchall()[0]
    assert count == (rows, len(set(events["event_type"])))
    if hasattr(pd.DataFrame, "from_arrow"):
        assert pd.DataFrame.from_arrow(events).shape == (rows, columns)
    days = pa.table(events)["day"].to_pylist()
    assert days == events["day"]
    assert isinstance(days[0], datetime.date)


def test_what_is_asked_for_otherwise_is_cast(frames):
    schema = pa.schema([field.with_type(pa.large_string()) if field.type == pa.string() else field
                        for field in pa.table(frames.quotes).schema])  # fmt: skip
    assert pa.table(frames.quotes, schema=schema).schema.field("content").type == pa.large_string()


def test_meanings_go_with_the_columns(frames):
    field = pa.table(frames.events).schema.field("confidence")
    assert field.metadata[b"description"] == b"Of all events at 0.8, 80% are right"
    assert frames.events.meanings["confidence"] == "Of all events at 0.8, 80% are right"
    with pytest.raises(KeyError, match="there is no column 'actor'"):
        frames.events["actor"]


def test_nothing_is_a_table_without_rows():
    frames = dateline.frames([])
    for frame in frames:
        assert len(frame) == 0
        assert pa.table(frame).num_rows == 0
        assert pl.DataFrame(frame).height == 0
    assert "0 rows" in repr(frames.events)


def test_stories_records_and_mixtures():
    text = "Police arrested two men in Lima."
    record = dateline.read(text)
    for stories in (text, text.encode(), {"text": text}, record, [record], [text], iter([record])):
        assert dateline.events(stories)["event_type"] == ["COERCE"]
    with pytest.raises(TypeError, match="mixed"):
        dateline.events([text, record])
    with pytest.raises(dateline.ReadError):
        dateline.events(dateline.read_many([text, ""], errors="return"))


def test_places_are_counted_once_an_article():
    text = (
        "Thousands marched in Lima. Police arrested two men in Lima and three in Cusco. Zzyzxburg was calm."
    )
    places = {row["text"]: row for row in dateline.places(text)}
    assert places["Lima"]["mentions"] == 2
    assert places["Lima"]["place_country"] == "PER"
    assert places["Lima"]["events"] >= 1
    assert places["Cusco"]["mentions"] == 1


def test_a_table_in_a_notebook_is_escaped(frames):
    frame = dateline.events('Police arrested two men in Lima, <b>"Ana"</b> said.')
    shown = frame._repr_html_()
    assert "<b>" not in shown
    assert 'title="PLOVER type"' in shown


def test_a_store_answers_what_the_command_answers(command, database):
    store = dateline.open(database)

    def asked(*words):
        told = command(*words, "--db", database, "--format", "ndjson")
        assert told.returncode == 0, told.stderr
        return [json.loads(line) for line in told.stdout.splitlines()]

    assert store.events()["event_id"] == [row["id"] for row in asked("events")]
    want = asked("events", "--actor", "GHA", "--type", "ASSAULT,COERCE", "--from", "2024-03")
    have = store.events(actor="GHA", event_type=["ASSAULT", "COERCE"], date_from=datetime.date(2024, 3, 1))
    assert have["event_id"] == [row["id"] for row in want]
    for name in ("quotes", "stories", "entities"):
        want = asked(name)
        assert len(want) > 0
        assert [row[f"{name[:-1].replace('ie', 'y').replace('entity', 'entity')}_id" if name == "quotes" else
                {"stories": "story_id", "entities": "entity_id"}[name]]
                for row in getattr(store, name)()] == [row["id"] for row in want]  # fmt: skip
    counts = store.events(group_by=["month", "type"])
    want = asked("events", "--group-by", "month,type")
    assert [row["events"] for row in counts] == [row["events"] for row in want]
    assert counts.columns[-3:] == ["events", "tellings", "intensity"]


def test_a_listing_says_that_it_was_cut(database):
    store = dateline.open(database)
    assert not store.events().is_cut
    cut = store.events(limit=5)
    assert (len(cut), cut.is_cut) == (5, True)
    assert "5 rows, cut" in repr(cut)


def test_sql_has_kinds(database):
    frame = dateline.open(database).sql(
        "SELECT event_type, count(*) AS n, avg(intensity) AS mean, NULL AS blank FROM event GROUP BY 1 ORDER BY 1"
    )
    types = [str(field.type) for field in pa.table(frame).schema]
    assert types == ["string", "int64", "double", "string"]
    with pytest.raises(dateline.StoreError, match="only questions may be asked here"):
        dateline.open(database).sql("DELETE FROM event")
    with pytest.raises(dateline.StoreError, match="took longer than"):
        dateline.open(database).sql(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
            time_limit=0.2,
        )


def test_questions_that_mean_nothing_are_named(database, tmp_path):
    store = dateline.open(database)
    with pytest.raises(dateline.StoreError, match="^date_from: "):
        store.events(date_from="last week")
    with pytest.raises(dateline.StoreError, match="there is no such filter"):
        store.events(actors="GHA")
    (tmp_path / "page.html").write_text("<p>Rain")
    with pytest.raises(dateline.StoreError, match="page.html: this is no SQLite database"):
        dateline.open(tmp_path / "page.html")


def test_the_filters_are_those_of_the_command():
    assert list(Filters.__annotations__) == _dateline.filters()
