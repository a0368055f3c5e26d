"""From what was read to rows of Arrow: those of one table, or of all tables at once."""

from __future__ import annotations

import dataclasses
import datetime
import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from dateline import _dateline
from dateline.errors import DatelineError
from dateline.spark._schema import EXPORTED, all_arrow, arrow

if TYPE_CHECKING:
    import pyarrow as pa

#: Stories of a batch of rows.
_STORIES = 64

#: Bytes of records and their texts of a batch of rows, about.
_BYTES = 16 << 20


@dataclasses.dataclass
class Outcome:
    """What came of a story, and where it stood."""

    #: The record, or why there is none.
    read: _dateline.Coded | DatelineError
    path: str | None
    #: Which of the stories of the file, or of the rows of the task, it is.
    number: int
    #: Where it begins in the file, if that is known.
    offset: int | None = None
    column: str | None = None
    #: The id of its row, or else its number.
    row: str | None = None
    #: Of which machine that is told.
    host: str | None = None
    #: The record in JSON, when it has been printed.
    record: str = ""


def of_table(table: str, outcomes: Iterable[Outcome], keep_text: bool) -> Iterator[pa.RecordBatch]:
    """Rows of one table. What could not be read is told to the executor's log, or is the table."""
    for batch in _batches(outcomes, keep_text):
        if table != "rejects":
            for outcome in batch:
                if isinstance(outcome.read, DatelineError):
                    print(f"dateline: rejected: {_reject(outcome)}", file=sys.stderr)
        for name, rows, _ in _tables(batch):
            if name == table:
                yield from rows.to_batches()


def of_all(outcomes: Iterable[Outcome], keep_text: bool) -> Iterator[pa.RecordBatch]:
    """Rows of all tables."""
    import pyarrow as pa

    columns = all_arrow()
    for batch in _batches(outcomes, keep_text):
        for name, rows, places in _tables(batch):
            count = rows.num_rows
            dates = [_day(date) for _, date in places]
            arrays: dict[str, Any] = {
                "kind": pa.array([name] * count, pa.string()),
                "path": pa.array([outcome.path for outcome, _ in places], pa.string()),
                "number": pa.array([outcome.number for outcome, _ in places], pa.int64()),
                "date": pa.array(dates, pa.date32()),
                name: rows.to_struct_array().combine_chunks(),
            }
            yield pa.RecordBatch.from_arrays(
                [arrays[it.name] if it.name in arrays else pa.nulls(count, it.type) for it in columns],
                schema=columns,
            )


_Places = list[tuple[Outcome, str | None]]


def _tables(batch: list[Outcome]) -> Iterator[tuple[str, pa.Table, _Places]]:
    """The rows of each table, and for each row the story it comes from with its day."""
    import pyarrow as pa

    maker = _dateline.Tables()
    places: dict[str, _Places] = {name: [] for name in EXPORTED}
    records, rejects = [], []
    kept: _Places = []
    refused: _Places = []
    for outcome in batch:
        if isinstance(outcome.read, DatelineError):
            rejects.append(_reject(outcome))
            refused.append((outcome, None))
            continue
        article, published, day, words, level, shingles, bands = _dateline.trace(outcome.read)
        for name, count in zip(EXPORTED, maker.add(outcome.read), strict=True):
            places[name] += [(outcome, day)] * (count - len(places[name]))
        records.append(
            {
                "article_id": article,
                "published_at": published,
                "day": _day(day),
                "record": outcome.record,
                "words": words,
                "level": level,
                "shingles": shingles,
                "bands": bands,
            }
        )
        kept.append((outcome, day))
    tables = {name: pa.table(table) for name, table in maker.end().items()}
    for name in EXPORTED:
        if len(tables[name]):
            yield name, pa.Table.from_arrays(tables[name].columns, schema=arrow(name)), places[name]
    for name, rows, stood in (("records", records, kept), ("rejects", rejects, refused)):
        if rows:
            yield name, pa.Table.from_pylist(rows, schema=arrow(name)), stood


def _batches(outcomes: Iterable[Outcome], keep_text: bool) -> Iterator[list[Outcome]]:
    batch: list[Outcome] = []
    held = 0
    for outcome in outcomes:
        if isinstance(outcome.read, _dateline.Coded):
            outcome.record = outcome.read.json() if keep_text else outcome.read.json_without_text()
            held += len(outcome.record) + outcome.read.text_bytes
        batch.append(outcome)
        if len(batch) >= _STORIES or held >= _BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def _reject(outcome: Outcome) -> dict[str, Any]:
    error = outcome.read
    assert isinstance(error, DatelineError)
    return {
        "path": outcome.path,
        "offset": outcome.offset,
        "column": outcome.column,
        "row": outcome.row,
        "host": outcome.host,
        "reason": error.message,
        "hint": "; ".join(error.hints) or None,
    }


def _day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)
