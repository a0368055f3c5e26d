"""One story: what may be handed over, and what comes back."""

import dataclasses
import datetime
import inspect
import pickle
import threading
from pathlib import Path

import dateline
import pytest
from conftest import ROOT, pages
from dateline import record as shapes

GHANA = ROOT / "examples/ghana-border.html"
LIMA = "Police arrested two men in Lima on Monday."


def test_a_path_its_name_its_bytes_and_its_text_are_one_story():
    of_path = dateline.read(GHANA)
    assert of_path == dateline.read(str(GHANA))
    assert of_path.article.path == str(GHANA)
    assert of_path.article.title.startswith("Ghana’s president")
    for content in (GHANA.read_bytes(), bytearray(GHANA.read_bytes()), GHANA.read_text()):
        record = dateline.read(content)
        assert record.article.path is None
        assert record.events == of_path.events
        assert record.quotes == of_path.quotes


def test_a_mapping_is_a_line_of_json_lines():
    row = {"id": 17, "title": "Arrests in Lima", "text": LIMA, "url": "https://post.example/1", "tags": None,
           "published_at": datetime.date(2024, 5, 15), "score": float("nan")}  # fmt: skip
    record = dateline.read(row)
    assert (record.article.source_id, record.article.title) == ("17", "Arrests in Lima")
    assert record.article.url == "https://post.example/1"
    assert record.events[0].date.from_ == "2024-05-13"


def test_published_at_is_a_text_a_date_or_a_moment():
    for said in ("2024-05-15", datetime.date(2024, 5, 15), datetime.datetime(2024, 5, 15, 8, 30)):
        assert dateline.read(LIMA, published_at=said).events[0].date.from_ == "2024-05-13"
    with pytest.raises(ValueError, match="published_at: a date looks like 2020-08-17"):
        dateline.read(LIMA, published_at="last week")
    with pytest.raises(TypeError, match="not int"):
        dateline.read(LIMA, published_at=2024)


def test_readers_are_asked_for_by_name():
    rules = dateline.read(LIMA, reader="rules")
    assert "fast" not in rules.made_by.weights
    assert "fast" in dateline.read(LIMA).made_by.weights
    with pytest.raises(ValueError, match="there are careful, fast and rules"):
        dateline.read(LIMA, reader="quick")


def test_a_codebook_of_one_s_own_decides(tmp_path):
    for page in ("protest.md", "_words.md", "_contexts.md"):
        (tmp_path / page).write_text((ROOT / "codebook" / page).read_text())
    reader = dateline.Reader("rules", codebook=tmp_path)
    record = reader.read("Police arrested two men in Lima. Thousands marched in Lima.")
    assert [event.event_type for event in record.events] == ["PROTEST"]
    with pytest.raises(dateline.SetupError, match="hint: "):
        dateline.Reader(codebook=tmp_path / "nothing")


def test_the_dataclasses_have_the_names_of_the_json():
    """A field of the JSON that no dataclass has, or the other way round, is a mistake of ours."""
    seen = set()

    def compare(kind, data):
        seen.add(kind)
        names = {field.name.rstrip("_") for field in dataclasses.fields(kind)}
        assert names == set(data), kind
        for field in dataclasses.fields(kind):
            hint = shapes._maker(shapes.typing.get_type_hints(kind)[field.name])
            value = data[field.name.rstrip("_")]
            if hint is None or value is None:
                continue
            inner = shapes.typing.get_type_hints(kind)[field.name]
            while not dataclasses.is_dataclass(inner):
                inner = shapes.typing.get_args(inner)[0]
            for one in value if isinstance(value, list) else [value]:
                compare(inner, one)

    lists = {"entities": shapes.Entity, "places": shapes.Place, "dates": shapes.ExpressionOfDate,
             "quotes": shapes.Quote, "events": shapes.Event}  # fmt: skip
    stories = [*pages(), *dateline_formats()]
    for record in dateline.read_many(stories, errors="return"):
        if isinstance(record, Exception):
            continue
        data = record.to_dict()
        assert set(data) == {"record_version", "made_by", "article", "notes", *lists}
        compare(shapes.Versions, data["made_by"])
        compare(shapes.Article, data["article"])
        for name, kind in lists.items():
            for one in data[name]:
                compare(kind, one)
    every = {kind for _, kind in inspect.getmembers(shapes, dataclasses.is_dataclass)}
    assert every - seen <= {shapes.Reservation}, "no story of ours has it"


def dateline_formats():
    return [ROOT / "examples/formats/stories.jsonl", ROOT / "examples/formats/feed.rss"]


def test_a_record_is_plain_data_that_travels():
    record = dateline.read(GHANA)
    assert pickle.loads(pickle.dumps(record)) == record
    assert hash(dateline.Record.from_json(record.to_json())) == hash(record)
    assert record != dateline.read(LIMA)
    with pytest.raises(ValueError, match="this is no record"):
        dateline.Record.from_json('{"events": []}')
    with pytest.raises(dataclasses.FrozenInstanceError):
        record.events[0].event_type = "PROTEST"


def test_threads_share_a_reader():
    reader = dateline.Reader("rules")
    want = reader.read(LIMA)
    got = []
    threads = [threading.Thread(target=lambda: got.append(reader.read(LIMA))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [want] * 8


def test_a_file_of_many_is_for_read_many():
    many = ROOT / "examples/three-weeks.jsonl"
    with pytest.raises(dateline.ReadError, match="more than one story") as raised:
        dateline.read(many)
    assert str(raised.value).endswith("hint: dateline.read_many reads one after the other")
    assert raised.value.path == str(many)
    one_line = many.read_bytes().splitlines()[0]
    assert dateline.read(one_line).article.text


def test_the_version_is_the_command_s(command):
    assert command("--version").stdout.decode().split() == ["dateline", dateline.__version__]
    assert Path(dateline.__file__).with_name("py.typed").exists()
