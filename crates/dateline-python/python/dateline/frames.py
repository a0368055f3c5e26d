"""Data frames: events, quotes and places as tables that pandas, polars, DuckDB and pyarrow take as they are.

The tables have the columns of ``dateline export --format parquet``, with the same names and types. They are
handed over by Arrow's PyCapsule interface, so that none of those programs need be there to make one.
"""

from __future__ import annotations

import datetime
import itertools
import os
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from dateline import _dateline
from dateline._reading import Reader, ReaderKind, read_many
from dateline._sources import Source
from dateline.record import Record

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Stories: TypeAlias = "Record | Source | Iterable[Record | Source]"

#: Rows that are shown of a table, and letters of a value.
_SHOWN, _WIDEST = 10, 60

#: A row is a line.
_ONE_LINE = ' style="white-space:nowrap;text-align:left"'


class Frame:
    """A table: rows with named columns.

    >>> import dateline
    >>> frame = dateline.events(dateline.read("Police arrested two men in Lima on 13 May 2024."))
    >>> frame
    <Frame: 1 row, 44 columns: event_id, day, date_from, date_to, date_basis, event_type, …>
    >>> frame["event_type"], frame["actors"], frame["day"]
    (['COERCE'], ['Police'], [datetime.date(2024, 5, 13)])

    What takes Arrow takes it: ``polars.DataFrame(frame)``, ``pyarrow.table(frame)``,
    ``pandas.DataFrame.from_arrow(frame)``, and DuckDB by its name in a query.
    """

    __slots__ = ("_table",)

    def __init__(self, table: _dateline.Table) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        return self._table.__arrow_c_schema__()

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return [name for name, _, _ in self._table.columns()]

    @property
    def meanings(self) -> dict[str, str]:
        """What each column holds, in words."""
        return {name: meaning for name, _, meaning in self._table.columns()}

    @property
    def is_cut(self) -> bool:
        """Whether there were more rows than the ``limit`` that was asked for."""
        return self._table.is_cut

    def __len__(self) -> int:
        return len(self._table)

    def __getitem__(self, name: str) -> list[Any]:
        """Give the values of a column."""
        if name not in self.columns:
            raise KeyError(f"there is no column {name!r}; there are {', '.join(self.columns)}")
        return [row[name] for row in self.to_dicts()]

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self.to_dicts())

    def to_dicts(self) -> list[dict[str, Any]]:
        """Give the rows as dicts; nothing else need be installed."""
        return self._rows(len(self))

    def _rows(self, count: int) -> list[dict[str, Any]]:
        rows = self._table.rows(0, count)
        days = [name for name, kind, _ in self._table.columns() if kind == "day"]
        for row, day in itertools.product(rows, days):
            if row[day] is not None:
                row[day] = datetime.date.fromisoformat(row[day])
        return rows

    def to_arrow(self) -> pa.Table:
        """Give a table of pyarrow, which must be installed."""
        import pyarrow as pa

        return pa.table(self)

    def to_pandas(self) -> pd.DataFrame:
        """Give a data frame of pandas, which must be installed, and pyarrow with it."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> pl.DataFrame:
        """Give a data frame of polars, which must be installed."""
        import polars as pl

        return pl.DataFrame(self)

    def __repr__(self) -> str:
        columns = self.columns
        names = ", ".join(columns[:6]) + (", …" if len(columns) > 6 else "")
        rows = f"{len(self)} row{'' if len(self) == 1 else 's'}"
        cut = ", cut" if self.is_cut else ""
        return f"<Frame: {rows}{cut}, {len(columns)} columns: {names}>"

    def _repr_html_(self) -> str:
        rows = self._rows(_SHOWN)
        # A column without a value in these rows says nothing.
        columns = [name for name in self.columns if any(row[name] is not None for row in rows)]
        head = "".join(f'<th title="{escape(self.meanings[name])}">{escape(name)}</th>' for name in columns)
        body = "".join(
            "<tr>" + "".join(f"<td{_ONE_LINE}>{escape(_shown(row[name]))}</td>" for name in columns) + "</tr>"
            for row in rows
        )
        more = f"<p>{len(self)} rows, {len(self.columns)} columns{'; cut' if self.is_cut else ''}</p>"
        table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        return f'<div style="overflow-x:auto">{table}{more}</div>'


def _shown(value: object) -> str:
    if value is None:
        return ""
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


class Frames(NamedTuple):
    """The tables of stories."""

    #: Articles: one a row.
    articles: Frame
    #: Events: who did what to whom; lists of parties are joined with semicolons.
    events: Frame
    #: Parties of the events, one a row.
    parties: Frame
    #: Quotes: who said what.
    quotes: Frame
    #: Places that the articles name, each once an article.
    places: Frame


def frames(stories: Stories, *, reader: ReaderKind | Reader | None = None) -> Frames:
    """Give all tables of stories, made in one go.

    Each story is taken by itself, so that its rows and their ids are the same whatever stands beside it:
    those of a database that holds nothing else. What several stories tell of one event is put together by a
    database: ``dateline add``, then :func:`dateline.open`.

    >>> import dateline
    >>> tables = dateline.frames(["Thousands marched in Lima.", "“We won,” Ana Ruiz said in Lima."])
    >>> len(tables.articles), tables.events["event_type"], tables.quotes["speaker"]
    (2, ['PROTEST'], ['Ana Ruiz'])

    :param stories: a record, or anything that :func:`dateline.read_many` takes, or an iterable of either; an
        exception among them, as ``read_many(…, errors="return")`` gives, is raised. Memory holds the rows
        and no more: an archive of millions is best taken some thousands at a time.
    """
    tables = _dateline.Tables()
    for record in _records(stories, reader):
        tables.add(record._coded)
    return Frames(**{name: Frame(table) for name, table in tables.end().items()})


def events(stories: Stories, *, reader: ReaderKind | Reader | None = None) -> Frame:
    """Give the events of stories as a table; see :func:`frames`.

    >>> import dateline
    >>> dateline.events("Police arrested two men in Lima.")["recipients"]
    ['two men']
    """
    return frames(stories, reader=reader).events


def quotes(stories: Stories, *, reader: ReaderKind | Reader | None = None) -> Frame:
    """Give the quotes of stories as a table; see :func:`frames`."""
    return frames(stories, reader=reader).quotes


def places(stories: Stories, *, reader: ReaderKind | Reader | None = None) -> Frame:
    """Give the places that stories name as a table; see :func:`frames`.

    >>> import dateline
    >>> dateline.places("Thousands marched in Lima and in Cusco.")["place"]
    ['Lima', 'Cusco']
    """
    return frames(stories, reader=reader).places


def articles(stories: Stories, *, reader: ReaderKind | Reader | None = None) -> Frame:
    """Give what is known of the articles themselves as a table; see :func:`frames`."""
    return frames(stories, reader=reader).articles


def _records(stories: Stories, reader: ReaderKind | Reader | None) -> Iterator[Record]:
    if isinstance(stories, Record):
        yield stories
        return
    if isinstance(stories, (str, bytes, bytearray, memoryview, os.PathLike, Mapping)):
        yield from read_many(stories, reader=reader)
        return
    each = iter(stories)
    for first in each:
        if isinstance(first, (Record, BaseException)):
            yield _a_record(first)
            continue
        # From here on they are stories to be read, several at once.
        yield from read_many(itertools.chain([first], map(_a_source, each)), reader=reader)


def _a_record(one: Record | BaseException) -> Record:
    if isinstance(one, BaseException):
        raise one
    return one


def _a_source(one: Record | Source) -> Source:
    if isinstance(one, Record):
        raise TypeError(
            "records and stories to be read are mixed\nhint: read the stories first: dateline.read_many"
        )
    return one
