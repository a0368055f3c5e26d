"""A database that ``dateline add`` has made, asked for data frames."""

from __future__ import annotations

import datetime
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias, TypedDict

from dateline import _dateline
from dateline.frames import Frame

if TYPE_CHECKING:
    # Python 3.11 has it, and type checkers for whatever runs them.
    from typing import Unpack

Day: TypeAlias = "str | datetime.date"
Several: TypeAlias = "str | Sequence[str]"


class Filters(TypedDict, total=False):
    """What must hold of the rows; several values of one filter are alternatives, and filters add up.

    They are the filters of the command (``dateline events --help``), by the same names.
    """

    date_from: Day
    date_to: Day
    actor: Several
    actor_country: Several
    actor_sector: Several
    recipient: Several
    recipient_country: Several
    recipient_sector: Several
    event_type: Several
    mode: Several
    quad: int | Sequence[int]
    status: Several
    place: Several
    place_country: Several
    #: Latitude, longitude, kilometres.
    near: str | tuple[float, float, float]
    publisher: Several
    text: str
    confidence_min: float
    story: Several
    article: Several
    verdict: Several
    order: str
    limit: int
    cursor: str
    group_by: Several


class Store:
    """A database, opened to be asked. Others may add to it meanwhile.

    Each listing is a :class:`dateline.Frame` with all rows that its filters let through; ``limit=`` cuts it.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        """Open the database at `path`.

        :raises dateline.StoreError: there is none, or it is not ours.
        """
        self._store = _dateline.Store(path)
        self._path = os.fspath(path)

    def __repr__(self) -> str:
        return f"<dateline.Store {self._path}>"

    def events(self, **filters: Unpack[Filters]) -> Frame:
        """List events, each once, however many tell it; or count them, with ``group_by``.

        ``store.events(actor="ISR", date_from="2024-05")``,
        ``store.events(text="grain OR wages", group_by=["month", "pair"])``
        """
        return self._list("events", filters)

    def quotes(self, **filters: Unpack[Filters]) -> Frame:
        """List quotes; the actor is the speaker."""
        return self._list("quotes", filters)

    def stories(self, **filters: Unpack[Filters]) -> Frame:
        """List stories: articles on one happening, copies counted once."""
        return self._list("stories", filters)

    def articles(self, **filters: Unpack[Filters]) -> Frame:
        """List articles."""
        return self._list("articles", filters)

    def entities(self, **filters: Unpack[Filters]) -> Frame:
        """List who acts, is acted on and speaks, the busiest first."""
        return self._list("entities", filters)

    def sql(self, question: str, *, limit: int | None = None, time_limit: float | None = None) -> Frame:
        """Ask a question in SQL: it can read all and change nothing. ``docs/schema.md`` has the tables.

        :param time_limit: seconds after which the question is given up.
        """
        return Frame(self._store.sql(question, limit, time_limit))

    def _list(self, table: str, filters: Filters) -> Frame:
        return Frame(self._store.list(table, _pairs(filters)))


def open(path: str | os.PathLike[str] = "dateline.db") -> Store:
    """Open a database that ``dateline add`` has made.

    >>> import dateline
    >>> dateline.open("no-such.db")
    Traceback (most recent call last):
    dateline.errors.StoreError: no-such.db: there is no such database
    hint: dateline add makes one: dateline add --db no-such.db page.html
    """
    return Store(path)


def _pairs(filters: Filters) -> list[tuple[str, str]]:
    """Filters as names and values, the way the command has them."""
    pairs = []
    for name, value in filters.items():
        if value is None:
            continue
        if name == "near" and not isinstance(value, str):
            value = ",".join(str(part) for part in value)  # type: ignore[attr-defined]
        several = [value] if isinstance(value, str) or not isinstance(value, Sequence) else value
        pairs += [(name, one.isoformat() if isinstance(one, datetime.date) else str(one)) for one in several]
    return pairs
