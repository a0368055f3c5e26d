"""The record of a story: what was read, and what it says happened.

The names are those of the JSON that ``dateline read --format json`` prints; what is not known is ``None``,
never a guess. One thing differs: spans (``start``, ``end``) count code points of ``article.text`` here, so
that ``record.article.text[it.start : it.end]`` is ``it.text``; the JSON counts bytes. ``from`` is a word of
Python's, so the first day of a date is ``from_``.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from dateline import _dateline

_T = TypeVar("_T")

#: A dataclass that is data and nothing else. Its `repr` is below, where one is short enough to be read.
_plain_data = dataclass(frozen=True, slots=True)


@_plain_data
class Versions:
    """What made the record: the same page and the same versions give the same record."""

    dateline: str
    codebook: str
    weights: str
    gazetteer: str


@_plain_data
class Span:
    """A stretch of the article's text, and its words."""

    start: int
    end: int
    text: str

    def __repr__(self) -> str:
        return f"<{self.start}:{self.end} {_cut(self.text)!r}>"


@_plain_data
class Dateline:
    """Where the story says it was written."""

    start: int
    end: int
    text: str
    #: The id of the place it names.
    place: str | None


@_plain_data
class Reservation:
    """A publisher's reservation of text and data mining, and everywhere it is said."""

    by: list[str]
    #: The address of the publisher's terms.
    policy: str | None


@_plain_data
class Image:
    """A picture's words."""

    caption: Span | None
    credit: str | None
    #: The 1 of "1 / 4", and the 4.
    position: int | None
    of: int | None


@_plain_data
class Origin:
    """Where words stood in their file, in bytes."""

    start: int
    end: int


@_plain_data
class Part:
    """A part of the article's text."""

    #: headline, summary, byline, dateline, body, subhead, caption, credit, rights or other.
    part: str
    start: int
    end: int
    origin: Origin | None = None


@_plain_data
class Article:
    """The story as it was read."""

    #: SHA-256 of `text`, in hex.
    id: str
    #: The id that the input gave the story.
    source_id: str | None
    url: str | None
    path: str | None
    title: str | None
    bylines: list[str]
    publisher: str | None
    agency: str | None
    rights: str | None
    reservation: Reservation | None
    #: ISO 639-1.
    language: str | None
    #: news, interview, opinion, live, brief or other.
    form: str
    #: RFC 3339 date or date-time.
    published_at: str | None
    #: json-ld, meta, url, caption, text, argument or none.
    published_at_basis: str
    updated_at: str | None
    dateline: Dateline | None
    images: list[Image]
    #: Headline, captions and body, in order. Spans are of this text.
    text: str
    parts: list[Part]

    def __repr__(self) -> str:
        return f"<Article {_cut(self.title or self.text)!r}, {self.published_at or 'no date'}>"


@_plain_data
class Office:
    """An office that somebody holds."""

    title: str
    country: str | None
    #: text or gazetteer.
    basis: str


@_plain_data
class Mention:
    """Words that stand for an entity."""

    start: int
    end: int
    text: str
    #: name, nominal or pronoun.
    form: str


@_plain_data
class Entity:
    """Somebody or something in the world that the story speaks of."""

    #: E1, E2, … within the story.
    id: str
    name: str
    #: person, organization, group, government, place or other.
    type: str
    #: ISO 3166-1 alpha-3, or IGO, NGO, MNC, IMG, ISM.
    country: str | None
    #: The leading one of `sectors`.
    sector: str | None
    #: PLOVER's sectors.
    sectors: list[str]
    offices: list[Office]
    mentions: list[Mention]

    def __repr__(self) -> str:
        codes = " ".join(code for code in (self.country, self.sector) if code)
        return f"<Entity {self.id} {self.name}, {self.type}{', ' + codes if codes else ''}>"


@_plain_data
class Place:
    """A toponym or demonym, and the place it stands for."""

    #: P1, P2, … within the story.
    id: str
    #: name or demonym.
    form: str
    start: int
    end: int
    text: str
    name: str | None
    country: str | None
    admin1: str | None
    #: Degrees, WGS 84.
    lat: float | None
    lon: float | None
    #: GeoNames id.
    geonames: int | None
    #: point, city, admin, country or area.
    precision: str | None

    def __repr__(self) -> str:
        found = ", ".join(part for part in (self.name, self.admin1, self.country) if part)
        return f"<Place {self.id} {self.text!r}: {found or 'not found'}>"


@_plain_data
class ExpressionOfDate:
    """A date, time, duration or repetition as written."""

    start: int
    end: int
    text: str
    #: TIMEX3 value.
    value: str | None
    #: First day, and last day, included.
    from_: str | None
    to: str | None
    #: DATE, TIME, DURATION or SET.
    type: str

    def __repr__(self) -> str:
        return f"<Date {self.text!r}: {self.value or 'open'}>"


@_plain_data
class Speaker:
    """Who said it."""

    #: The id of the entity; `None` where the words stand for nobody we could name.
    entity: str | None
    name: str | None
    start: int
    end: int
    text: str


@_plain_data
class QuoteDate:
    """When it was said: first and last day."""

    from_: str
    to: str


@_plain_data
class Quote:
    """What somebody said."""

    #: Q1, Q2, … within the story.
    id: str
    #: direct, indirect or mixed.
    form: str
    content: Span
    #: Where a quote broken by "he said" goes on.
    more_content: list[Span]
    cue: Span | None
    speaker: Speaker | None
    addressee: Span | None
    date: QuoteDate | None
    rule: str

    def __repr__(self) -> str:
        speaker = (self.speaker.name or self.speaker.text) if self.speaker else "somebody"
        return f"<Quote {self.id} {self.form}, {speaker}: {_cut(self.content.text)!r}>"


@_plain_data
class Party:
    """An actor or a recipient."""

    #: The id of the entity.
    entity: str | None
    start: int
    end: int
    text: str
    name: str
    country: str | None
    sector: str | None


@_plain_data
class EventDate:
    """When it happened. Without `start`, `end` and `text` it rests on the time of publication."""

    start: int | None
    end: int | None
    text: str | None
    #: First day, and last day, included.
    from_: str
    to: str
    #: text or published_at.
    basis: str


@_plain_data
class EventPlace:
    """Where it happened."""

    #: The id of the place.
    place: str
    text: str
    name: str | None
    country: str | None
    #: text or dateline.
    basis: str


@_plain_data
class Counts:
    """Numbers of people that the sentence gives."""

    killed: int | None
    injured: int | None
    arrested: int | None
    size: int | None


@_plain_data
class Event:
    """Who did what to whom, when and where."""

    #: Stable across runs of the same versions; later tellings of one event share it.
    id: str
    #: One of PLOVER's types: ASSAULT, PROTEST, CONSULT, …
    event_type: str
    mode: str | None
    cameo: str
    #: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    quad: int
    #: Hostile -10 to friendly +10.
    intensity: float
    contexts: list[str]
    #: asserted, ongoing, planned, possible, demanded or denied.
    status: str
    trigger: Span
    sentence: Span
    actors: list[Party]
    recipients: list[Party]
    date: EventDate | None
    place: EventPlace | None
    counts: Counts
    #: The id of the quote inside which the event is told.
    quote: str | None
    #: The id of the event that this one is said to follow from.
    because_of: str | None
    #: The id of the first telling, where this is a later one.
    same_as: str | None
    #: Of all events at 0.8, 80% are right.
    confidence: float
    #: Codebook page and rule: assault.md#drone.
    rule: str

    def __repr__(self) -> str:
        what = " ".join(part for part in (self.event_type, self.mode) if part)
        return f"<Event {what} {self.trigger.text!r}: {self.summary()}>"

    def summary(self) -> str:
        """Who → whom, where, when and whether, in one line."""
        who, whom = (", ".join(party.name for party in parties) for parties in (self.actors, self.recipients))
        parties = f"{who or 'somebody'} → {whom}" if whom else who or "somebody"
        rest = [
            self.place and (self.place.name or self.place.text),
            self.date and _days(self.date.from_, self.date.to),
            self.status if self.status != "asserted" else None,
        ]
        return ", ".join([parties, *(part for part in rest if part)])


class Record:
    """A story, coded.

    >>> import dateline
    >>> record = dateline.read("Thousands of teachers marched in Lima on Tuesday.", published_at="2024-05-15")
    >>> record
    <Record 'Thousands of teachers marched in Lima on Tuesday.', 2024-05-15: 1 event, 0 quotes>
    >>> record.events
    [<Event PROTEST demo 'marched in': Thousands of teachers, Lima, 2024-05-14>]
    >>> record.to_dict()["events"][0]["actors"][0]["text"]
    'Thousands of teachers'

    It goes to disk as the command prints it, and comes back the same:

    >>> dateline.Record.from_json(record.to_json()) == record
    True
    """

    __slots__ = ("__dict__", "_coded")

    def __init__(self, coded: _dateline.Coded) -> None:
        self._coded = coded

    @staticmethod
    def from_json(text: str | bytes) -> Record:
        """Take a record as the command prints it: one line of ``dateline read --format ndjson``.

        :raises ValueError: it is no record.
        """
        return Record(_dateline.Coded.from_json(text if isinstance(text, str) else text.decode()))

    def to_json(self) -> str:
        """Give the record as the command prints it, to the byte: one line, its spans in **bytes**."""
        return self._coded.json()

    def to_dict(self) -> dict[str, Any]:
        """Give the record as dicts and lists, with the names of the JSON and its spans in code points."""
        data: dict[str, Any] = json.loads(self._coded.json_in_code_points())
        return data

    @functools.cached_property
    def _fields(self) -> dict[str, Any]:
        return self.to_dict()

    @functools.cached_property
    def record_version(self) -> int:
        """Goes up when a field changes its meaning or goes away."""
        return int(self._fields["record_version"])

    @functools.cached_property
    def made_by(self) -> Versions:
        """The versions that made it."""
        return _made(Versions, self._fields["made_by"])

    @functools.cached_property
    def article(self) -> Article:
        """The story as it was read."""
        return _made(Article, self._fields["article"])

    @functools.cached_property
    def entities(self) -> list[Entity]:
        """Who and what the story speaks of."""
        return [_made(Entity, it) for it in self._fields["entities"]]

    @functools.cached_property
    def places(self) -> list[Place]:
        """Places, as often as they are named."""
        return [_made(Place, it) for it in self._fields["places"]]

    @functools.cached_property
    def dates(self) -> list[ExpressionOfDate]:
        """Dates, as they are written."""
        return [_made(ExpressionOfDate, it) for it in self._fields["dates"]]

    @functools.cached_property
    def quotes(self) -> list[Quote]:
        """Who said what."""
        return [_made(Quote, it) for it in self._fields["quotes"]]

    @functools.cached_property
    def events(self) -> list[Event]:
        """Who did what to whom."""
        return [_made(Event, it) for it in self._fields["events"]]

    @functools.cached_property
    def notes(self) -> list[str]:
        """What else is to be said of the story."""
        return list(self._fields["notes"])

    def __repr__(self) -> str:
        title = _cut(self.article.title or self.article.text)
        events, quotes = _count(self.events, "event"), _count(self.quotes, "quote")
        return f"<Record {title!r}, {self.article.published_at or 'no date'}: {events}, {quotes}>"

    def __str__(self) -> str:
        return "\n".join([repr(self), *(f"  {event!r}" for event in self.events)])

    def _repr_html_(self) -> str:
        from dateline._html import as_html

        return as_html(self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.to_json())

    def __reduce__(self) -> tuple[Callable[[str], Record], tuple[str]]:
        return Record.from_json, (self.to_json(),)


def _made(kind: Callable[..., _T], fields: dict[str, Any]) -> _T:
    """Make a dataclass of its JSON; fields that it does not know yet are passed over."""
    known = {}
    for name, make in _makers(kind).items():
        value = fields.get(name.rstrip("_"))
        known[name] = value if value is None or make is None else make(value)
    return kind(**known)


@functools.cache
def _makers(kind: Any) -> dict[str, Callable[[Any], Any] | None]:
    """What is to be made of each field; nothing of plain values."""
    hints = typing.get_type_hints(kind)
    return {field.name: _maker(hints[field.name]) for field in dataclasses.fields(kind)}


def _maker(hint: Any) -> Callable[[Any], Any] | None:
    if isinstance(hint, types.UnionType):
        (hint,) = (part for part in typing.get_args(hint) if part is not types.NoneType)
    if typing.get_origin(hint) is list:
        (inner,) = typing.get_args(hint)
        make = _maker(inner)
        return None if make is None else lambda values: [make(value) for value in values]
    return (
        functools.partial(_made, hint) if isinstance(hint, type) and dataclasses.is_dataclass(hint) else None
    )


def _cut(text: str, most: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def _count(things: list[Any], name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"


def _days(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"
