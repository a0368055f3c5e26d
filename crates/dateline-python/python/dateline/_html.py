"""A record as HTML: the story with its roles marked, and what it says happened below.

Marks may overlap, as roles do: a quote holds an event whose actor holds a place. The text is cut wherever a
mark begins or ends, and each piece carries all marks that cover it, so that the HTML is never crossed. Words
of the story are escaped, and nothing is fetched or run.
"""

from __future__ import annotations

from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dateline.record import Event, Record

#: The marks, what they are called, and what they look like; the first that covers a piece gives its ground.
_MARKS = {
    "trigger": ("what happened", "background:#f6d55c;font-weight:600"),
    "actor": ("who", "background:#cfe3f5;border-bottom:2px solid #1f6fb2"),
    "recipient": ("to whom", "background:#f9d9d3;border-bottom:2px solid #c2412d"),
    "place": ("where", "background:#d8eed6;border-bottom:2px dotted #2f7d32"),
    "date": ("when", "background:#e9def5;border-bottom:2px dotted #6a3fa0"),
    "quote": ("said", "text-decoration:underline solid #999 1px;text-underline-offset:4px"),
}

#: Letters of a story that are shown; a notebook is no place for a book.
_MOST_TEXT = 60_000


def as_html(record: Record) -> str:
    """Give the record as a piece of HTML that stands by itself."""
    article = record.article
    head = [part for part in (article.publisher, article.published_at, ", ".join(article.bylines)) if part]
    events = "".join(_event(event) for event in record.events)
    notes = "".join(f"<li>{escape(note)}</li>" for note in record.notes)
    return (
        '<div style="max-width:52em;line-height:1.65;color:#1c1c1c;background:#fff;padding:.8em 1em;'
        'border:1px solid #ddd;border-radius:6px">'
        f'<div style="color:#666;font-size:.85em">{escape(" · ".join(head))}</div>'
        f"{_story(record)}"
        f'<div style="margin:.6em 0;font-size:.85em">{_legend()}</div>'
        + (f'<ol style="margin:.4em 0;padding-left:1.6em;font-size:.92em">{events}</ol>' if events else "")
        + (f'<ul style="color:#666;font-size:.85em">{notes}</ul>' if notes else "")
        + "</div>"
    )


def _legend() -> str:
    return " ".join(f'<span style="{style};padding:0 .3em">{name}</span>' for name, style in _MARKS.values())


def _event(event: Event) -> str:
    what = " ".join(part for part in (event.event_type, event.mode) if part)
    return (
        f'<li><b title="{escape(event.rule)}, confidence {event.confidence:.2f}">{escape(what)}</b> '
        f"{escape(event.summary())} "
        f'<span style="color:#666">“{escape(event.trigger.text)}”</span></li>'
    )


def _story(record: Record) -> str:
    text = record.article.text[:_MOST_TEXT]
    marks = sorted(_marks(record))
    title = record.article.parts[0].end if record.article.parts and record.article.title else 0
    paragraphs = []
    for number, (start, end) in enumerate(_paragraphs(text)):
        inner = "".join(_pieces(text, start, end, marks))
        is_title = number == 0 and end <= title
        style = "font-size:1.2em;font-weight:600;margin:.2em 0 .5em" if is_title else "margin:.5em 0"
        paragraphs.append(f'<p style="{style}">{inner}</p>')
    if len(text) < len(record.article.text):
        paragraphs.append("<p>…</p>")
    return "".join(paragraphs)


def _marks(record: Record) -> Iterator[tuple[int, int, str, str]]:
    """Yield where each mark begins and ends, its kind, and what to say of it."""
    for event in record.events:
        what = f"{event.event_type}: {event.summary()}"
        yield event.trigger.start, event.trigger.end, "trigger", what
        for kind, parties in (("actor", event.actors), ("recipient", event.recipients)):
            for party in parties:
                codes = " ".join(code for code in (party.country, party.sector) if code)
                yield party.start, party.end, kind, f"{party.name} {codes}".strip()
        if event.date and event.date.start is not None and event.date.end is not None:
            yield event.date.start, event.date.end, "date", event.date.from_
    for place in record.places:
        if place.name:
            yield place.start, place.end, "place", ", ".join(filter(None, (place.name, place.country)))
    for quote in record.quotes:
        speaker = (quote.speaker.name or quote.speaker.text) if quote.speaker else "somebody"
        for content in (quote.content, *quote.more_content):
            yield content.start, content.end, "quote", f"said by {speaker}"


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        if line.strip():
            yield start, start + len(line)
        start += len(line) + 1


def _pieces(text: str, start: int, end: int, marks: list[tuple[int, int, str, str]]) -> Iterator[str]:
    """Cut the text wherever a mark begins or ends."""
    here = [mark for mark in marks if mark[0] < end and mark[1] > start]
    bounds = {start, end}
    bounds.update(at for mark in here for at in mark[:2] if start < at < end)
    cuts = sorted(bounds)
    for left, right in pairwise(cuts):
        over = [mark for mark in here if mark[0] <= left and mark[1] >= right]
        words = escape(text[left:right])
        if not over:
            yield words
            continue
        kinds = [kind for kind in _MARKS if any(mark[2] == kind for mark in over)]
        said = "; ".join(dict.fromkeys(f"{_MARKS[mark[2]][0]}: {mark[3]}" for mark in over))
        # The first kind gives the ground, the others their lines.
        style = ";".join(_MARKS[kind][1] for kind in reversed(kinds))
        names = " ".join(f"dateline-{kind}" for kind in kinds)
        yield f'<span class="{names}" style="{style}" title="{escape(said)}">{words}</span>'
