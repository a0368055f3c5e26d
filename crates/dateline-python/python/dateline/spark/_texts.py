"""A column of texts, or of pages as bytes: each cell a story."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from dateline._sources import told
from dateline.errors import DatelineError, ReadError, SetupError
from dateline.spark._engine import Settings, host, reader
from dateline.spark._rows import Outcome, of_all, of_table

if TYPE_CHECKING:
    import pyarrow as pa

    MapInArrow = Callable[[Iterator[pa.RecordBatch]], Iterator[pa.RecordBatch]]


def from_texts(
    table: str,
    column: str = "text",
    *,
    row: str | None = None,
    settings: Settings | None = None,
    **fields: str,
) -> MapInArrow:
    """Give a function for ``mapInArrow`` that reads a column of texts and gives the rows of ``table``.

    What cannot be read (a null, an empty text, one that is too large) is told in the executor's log, and is
    what the table ``rejects`` lists. :func:`read_texts` gives several tables of one reading.

    :param table: one of :data:`TABLES`; :func:`schema` has its columns.
    :param column: the column with the stories: texts, or pages as bytes.
    :param row: a column that names a row, for what is said of it.
    :param fields: columns with what else is known of a story of text, by what they tell: ``url="address"``,
        ``title="headline"``, ``published_at="day"``, ``publisher="outlet"``, ``id="key"``.
    """
    chosen = settings or Settings()

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        outcomes = _outcomes(batches, column, row, fields, chosen)
        if table == "*":
            return of_all(outcomes, chosen.keep_text)
        return of_table(table, outcomes, chosen.keep_text)

    return run


def check_columns(names: Iterable[str], column: str, row: str | None, fields: dict[str, str]) -> None:
    """Find a column that is asked for and not there."""
    names = list(names)
    for wanted in (column, row, *fields.values()):
        if wanted is not None and wanted not in names:
            raise ValueError(f"there is no column {wanted!r}\nhint: there are {', '.join(names) or 'none'}")


def check_kind(column: str, kind: str) -> None:
    """Find a column that can hold no stories."""
    if kind not in ("string", "large_string", "string_view", "binary", "large_binary", "binary_view"):
        raise TypeError(
            f"column {column!r} holds {kind}, and stories are texts or bytes\n"
            "hint: name the column with the text; cast it, if that is what you mean"
        )


def _outcomes(
    batches: Iterable[pa.RecordBatch],
    column: str,
    row: str | None,
    fields: dict[str, str],
    settings: Settings,
) -> Iterator[Outcome]:
    number = 0
    for batch in batches:
        check_columns(batch.schema.names, column, row, fields)
        check_kind(column, str(batch.schema.field(column).type))
        for at in range(batch.num_rows):
            known = {name: batch.column(other)[at].as_py() for name, other in fields.items()}
            key = batch.column(row)[at].as_py() if row is not None else None
            # A cell at a time: a batch of large ones is not held twice.
            read = _read(batch.column(column)[at].as_py(), column, known, settings)
            rejected = isinstance(read, DatelineError)
            yield Outcome(
                read,
                path=None,
                number=number,
                column=column if rejected else None,
                row=str(number if key is None else key),
                host=host() if isinstance(read, SetupError) else None,
            )
            number += 1


def _read(cell: str | bytes | None, column: str, known: dict[str, Any], settings: Settings) -> Any:
    opened = reader(settings)
    if isinstance(opened, DatelineError):
        return opened
    if cell is None:
        return ReadError(f"column {column}: there is no story: it is null")
    if not cell.strip():
        return ReadError(f"column {column}: there is no story: it is empty")
    if isinstance(cell, str):
        source, form = told({**known, "text": cell}), None
    else:
        # A page is one story, whatever else it might be taken for.
        source, form = ("content", cell), "html" if cell.lstrip()[:1] == b"<" else "text"
    try:
        return opened._reader.read(source, (None, form, settings.max_bytes))
    except DatelineError as error:
        return ReadError(f"column {column}: {error.message}", hints=error.hints)
    except (TypeError, ValueError) as error:
        # A field of another kind than it should be.
        return ReadError(f"column {column}: {error}")
