"""Spans count code points here and bytes in JSON, whatever the characters."""

import json

import dateline
import pytest
from conftest import pages
from dateline.record import Span

#: Characters of two, three and four bytes, joined emoji, a flag, combining marks, right-to-left.
ODD = [
    "🇬🇭 Police arrested two men in Lima on Monday. 👩‍👩‍👧‍👦 “We saw it,” said Ana Ruiz 🎉.",
    "Café Zoë̈: Police arrested José Mārtiņš in São Paulo on Monday, said Ana Ruiz.",
    "𝔓𝔬𝔩𝔦𝔠𝔢 شرطة 警察 — Police arrested two men in Bogotá on 3 May 2024 — 𐍈.",
    "e\u0301\u0302\u0303 Thousands marched in Lima \U0001f6a9 on Tuesday against the government\u200d.",
]


def spans(data):
    """All that has `start`, `end` and `text`."""
    if isinstance(data, dict):
        if isinstance(data.get("start"), int) and "text" in data:
            yield data
        for value in data.values():
            yield from spans(value)
    elif isinstance(data, list):
        for value in data:
            yield from spans(value)


@pytest.mark.parametrize("story", [*ODD, *pages()], ids=lambda story: str(story)[-24:])
def test_each_span_is_its_words_in_code_points_and_in_bytes(story):
    record = dateline.read(story, published_at="2024-05-15")
    text = record.article.text
    here = list(spans(record.to_dict()))
    on_disk = json.loads(record.to_json())
    there = list(spans({**on_disk, "article": {**on_disk["article"], "text": ""}}))
    assert len(here) > 3
    for span in here:
        assert text[span["start"] : span["end"]] == span["text"]
    for span in there:
        assert text.encode()[span["start"] : span["end"]].decode() == span["text"]
    assert sorted(span["text"] for span in here) == sorted(span["text"] for span in there)
    for part in record.article.parts:
        assert text[part.start : part.end].strip()
    for event in record.events:
        assert isinstance(event.trigger, Span)
        assert text[event.trigger.start : event.trigger.end] == event.trigger.text


def test_the_two_differ_where_characters_are_long():
    record = dateline.read(ODD[0], published_at="2024-05-15")
    trigger = record.events[0].trigger
    on_disk = json.loads(record.to_json())["events"][0]["trigger"]
    assert (trigger.text, on_disk["text"]) == ("arrested", "arrested")
    # Each of the flag's two letters is four bytes.
    assert on_disk["start"] - trigger.start == 6
