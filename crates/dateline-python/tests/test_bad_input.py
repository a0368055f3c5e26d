"""Input that is none: each has its exception, with the command's words."""

import dateline
import pandas
import pytest
from conftest import ROOT


def test_half_a_surrogate_pair_is_no_text():
    with pytest.raises(dateline.ReadError, match="half of a surrogate pair at 5") as raised:
        dateline.read("Rain \ud83c fell.")
    assert raised.value.hints
    with pytest.raises(dateline.ReadError, match="surrogate"):
        dateline.read({"text": "Rain \udc00"})


def test_nul_characters_are_read_like_the_command_reads_them(command, tmp_path):
    text = "Police arrested\0 two men in Lima."
    page = tmp_path / "page.txt"
    page.write_bytes(text.encode())
    told = command("read", "--format", "ndjson", page)
    if told.returncode == 0:
        want = dateline.Record.from_json(told.stdout)
        assert dateline.read(text).events == want.events
    else:
        with pytest.raises(dateline.ReadError):
            dateline.read(text)
    with pytest.raises(ValueError, match="NUL"):
        dateline.read(ROOT / "a\0b.html")


@pytest.mark.parametrize("wrong", [None, 7, 1.5, object(), ["Rain fell."], {1, 2}, True])
def test_what_is_no_text_is_a_type_error(wrong):
    with pytest.raises(TypeError) as raised:
        dateline.read(wrong)
    assert "None" in str(raised.value) or type(wrong).__name__ in str(raised.value)


@pytest.mark.parametrize("empty", ["", "   \n ", b"", {}, {"text": ""}, {"text": None}])
def test_what_is_empty_is_said_to_be(empty):
    with pytest.raises(dateline.ReadError) as raised:
        dateline.read(empty)
    assert raised.value.message


def test_fifty_megabytes_are_refused_by_their_size():
    text = "Rain fell on Lima. " * (51_000_000 // 19)
    with pytest.raises(dateline.ReadError, match="bytes, more than the limit of") as raised:
        dateline.read(text)
    assert raised.value.hints
    with pytest.raises(dateline.ReadError, match="limit of 10\n"):
        dateline.read("Rain fell on Lima.", max_bytes=10)


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(dateline.ReadError):
        dateline.read(bytes(range(256)) * 4)


def test_a_name_that_is_no_file_is_missed_not_read():
    with pytest.raises(dateline.ReadError, match="^story.html: no such file or folder"):
        dateline.read("story.html")
    with pytest.raises(dateline.ReadError, match="no such file or folder"):
        dateline.read(ROOT / "no such story")


def test_a_folder_without_pages_says_so(tmp_path):
    with pytest.raises(dateline.ReadError, match="the folder holds no pages"):
        dateline.read(tmp_path)


def test_values_that_json_has_not_are_named():
    with pytest.raises(TypeError, match="the field tags is a set"):
        dateline.read({"text": "Rain fell.", "tags": {1}})
    with pytest.raises(TypeError, match="the field text is a bytes"):
        dateline.read({"text": b"Rain fell."})


def test_the_words_are_the_command_s(command, tmp_path):
    """What the command says on standard error is what the exception says."""
    (tmp_path / "empty.html").write_text("")
    (tmp_path / "broken.jsonl").write_text('{"text": "Rain fell on Lima."}\n{"text": \n{"id": 3}\n')
    wrong = [tmp_path / "empty.html", tmp_path / "gone.html", tmp_path / "broken.jsonl"]
    told = command("read", "--format", "ndjson", *wrong)
    assert told.returncode == 3
    said = [line for line in told.stderr.decode().splitlines() if line.strip()]
    errors = [error for error in dateline.read_many(wrong, errors="return") if isinstance(error, Exception)]
    assert len(errors) == 4
    want = []
    for error in errors:
        want += [f"error: {error.message}", *(f"  hint: {hint}" for hint in error.hints)]
    assert said == want


def test_rows_of_a_data_frame_without_a_story_are_told_by_their_number():
    texts = ["Police arrested two men in Lima.", None, "", float("nan"), 7]
    frame = pandas.DataFrame(
        {"text": texts, "url": [None, float("nan"), "https://post.example/1", None, None]}
    )
    first, *wrong = dateline.read_many(frame.to_dict("records"), errors="return")
    assert [event.event_type for event in first.events] == ["COERCE"]
    assert [str(error).partition(": ")[0] for error in wrong] == ["item 1", "item 2", "item 3", "item 4"]
    assert all("neither text nor HTML" in str(error) for error in wrong)
    (error,) = dateline.read_many([{"words": "Rain fell on Lima."}], errors="return")
    assert "neither text nor HTML" in str(error)


def test_an_address_that_is_private_is_refused():
    with pytest.raises(dateline.NetworkError) as raised:
        dateline.read("http://127.0.0.1:9/page.html")
    assert raised.value.url == "http://127.0.0.1:9/page.html"


def test_a_format_that_there_is_not_is_named():
    with pytest.raises(ValueError, match='"docx" is none of html, text, jsonl'):
        dateline.read("Rain fell.", format="docx")
    assert dateline.read("<p>Rain fell on Lima.", format="text").article.text.startswith("<p>")


def test_missing_weights_name_the_command_that_gets_them(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("dateline._reading.packages", list)
    with pytest.raises(dateline.SetupError, match="dateline weights get"):
        dateline.Reader()
    with pytest.raises(dateline.SetupError, match="ghana-border.html is damaged: it is no gazetteer"):
        dateline.Reader(gazetteer=ROOT / "examples/ghana-border.html")


def test_weights_that_are_not_there_are_named(tmp_path, monkeypatch):
    with pytest.raises(dateline.SetupError, match="gone is not there"):
        dateline.Reader(weights=tmp_path / "gone")
    monkeypatch.setenv("DATELINE_WEIGHTS", str(tmp_path / "lost"))
    with pytest.raises(dateline.SetupError, match="lost is not there"):
        dateline.Reader()
