"""The columns of each table: those of the Parquet export, asked of the engine, and a few beside them."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from dateline import _dateline

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql.types import StructType

#: The tables of the export, in the order of the engine's counts.
EXPORTED = ("articles", "events", "parties", "quotes", "places")

#: All tables that a reading gives: the exported ones, records, and what could not be read.
TABLES = (*EXPORTED, "records", "rejects")


@functools.cache
def arrow(table: str) -> pa.Schema:
    """The columns of a table, for Arrow."""
    import pyarrow as pa

    if table in EXPORTED:
        # Not its notes: Spark would have to hand them back, and doesn't.
        bare = pa.schema(_dateline.Tables().end()[table])
        return pa.schema([pa.field(field.name, field.type) for field in bare])
    beside = {
        # The record in JSON, as `dateline read --format ndjson` prints it, with its text or without; and what
        # the text leaves behind, by which copies are found.
        "records": [
            ("article_id", pa.string()),
            ("published_at", pa.string()),
            ("day", pa.date32()),
            ("record", pa.string()),
            ("words", pa.int64()),
            ("level", pa.int32()),
            ("shingles", pa.binary()),
            ("bands", pa.list_(pa.int64())),
        ],
        "rejects": [
            ("path", pa.string()),
            ("offset", pa.int64()),
            ("column", pa.string()),
            ("row", pa.string()),
            ("host", pa.string()),
            ("reason", pa.string()),
            ("hint", pa.string()),
        ],
    }
    if table not in beside:
        raise ValueError(f"there is no table {table!r}; there are {', '.join(TABLES)}")
    return pa.schema(beside[table])


@functools.cache
def all_arrow() -> pa.Schema:
    """Rows of every table in one: what it is a row of, where its story stands, and a column a table."""
    import pyarrow as pa

    place = [("kind", pa.string()), ("path", pa.string()), ("number", pa.int64()), ("date", pa.date32())]
    return pa.schema([*place, *((table, pa.struct(arrow(table))) for table in TABLES)])


def schema(table: str) -> StructType:
    """Give the columns of a table, as ``mapInArrow`` wants to know them.

    :param table: one of :data:`TABLES`.
    """
    return _of_spark(arrow(table))


def all_schema() -> StructType:
    """The columns of all tables in one."""
    return _of_spark(all_arrow())


def _of_spark(columns: pa.Schema) -> StructType:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(columns)
