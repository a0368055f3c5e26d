"""The command and Python give the same facts, to the byte."""

import dateline
from conftest import ROOT, formats, pages


def lines(command, *files, **settings):
    told = command("read", "--format", "ndjson", *files, **settings)
    assert told.returncode in (0, 3), told.stderr.decode()
    return told.stdout.decode().splitlines()


def read(sources, **settings):
    outcomes = dateline.read_many(sources, errors="return", **settings)
    return [outcome.to_json() for outcome in outcomes if isinstance(outcome, dateline.Record)]


def test_pages(command):
    want = lines(command, *pages())
    assert len(want) == len(pages())
    assert read(pages()) == want


def test_every_format(command):
    want = lines(command, *formats())
    assert len(want) > len(formats())
    assert read(formats()) == want


def test_a_folder_and_a_file_of_weeks(command):
    sources = [ROOT / "tests/stories", ROOT / "examples/three-weeks.jsonl"]
    assert read(sources, workers=3) == lines(command, *sources)


def test_a_story_read_by_itself(command):
    (want,) = lines(command, pages()[0])
    assert dateline.read(pages()[0]).to_json() == want


def test_a_time_of_publication_that_is_told(command):
    said = ["--published-at", "2019-02-03"]
    want = lines(command, *said, *pages())
    assert read(pages(), published_at="2019-02-03") == want
    assert read(pages()) != want


def test_every_reader(command):
    for reader in ("fast", "rules"):
        assert read(pages(), reader=reader) == lines(command, "--reader", reader, *pages())
