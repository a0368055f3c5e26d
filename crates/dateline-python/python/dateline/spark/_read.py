"""All tables of one reading, as data frames of Spark's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dateline.spark._archives import find_archives, from_archives
from dateline.spark._engine import Settings
from dateline.spark._schema import TABLES, all_schema
from dateline.spark._texts import check_columns, check_kind, from_texts

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class CodedTables:
    """What was read, a data frame a table.

    Each is read when it is asked for, as data frames of Spark's are. ``coded.rows.persist()``, or a file of
    them, lets several be asked for without reading anew.
    """

    def __init__(self, rows: DataFrame) -> None:
        """Take the tables apart that `rows` holds."""
        #: Rows of all tables: ``kind`` names the table, and the column of this name has the row.
        self.rows = rows

    def table(self, name: str, *beside: str) -> DataFrame:
        """Give the table `name`, and of `beside` whatever else is known: path, number, date."""
        if name not in TABLES:
            raise ValueError(f"there is no table {name!r}; there are {', '.join(TABLES)}")
        return self.rows.where(f"kind = '{name}'").select(f"{name}.*", *beside)

    @property
    def articles(self) -> DataFrame:
        """Articles: one a row."""
        return self.table("articles")

    @property
    def events(self) -> DataFrame:
        """Events: who did what to whom."""
        return self.table("events")

    @property
    def parties(self) -> DataFrame:
        """Parties of the events, one a row."""
        return self.table("parties")

    @property
    def quotes(self) -> DataFrame:
        """Quotes: who said what."""
        return self.table("quotes")

    @property
    def places(self) -> DataFrame:
        """Places that the articles name, each once an article."""
        return self.table("places")

    @property
    def records(self) -> DataFrame:
        """Records in JSON: without their texts, unless the settings say to keep them."""
        return self.table("records")

    @property
    def rejects(self) -> DataFrame:
        """What could not be read, where it stands, and why."""
        return self.table("rejects")


def read_texts(
    frame: DataFrame,
    column: str = "text",
    *,
    row: str | None = None,
    settings: Settings | None = None,
    **fields: str,
) -> CodedTables:
    """Read a column of texts; see :func:`from_texts`.

    :raises ValueError: there is no such column.
    :raises TypeError: it can hold no stories.
    """
    check_columns(frame.columns, column, row, fields)
    check_kind(column, frame.schema[column].dataType.simpleString())
    run = from_texts("*", column, row=row, settings=settings, **fields)
    return CodedTables(frame.mapInArrow(run, all_schema()))


def read_archives(
    session: SparkSession, patterns: Iterable[str], *, settings: Settings | None = None
) -> CodedTables:
    """Read archives: their paths, folders of them, or patterns such as ``s3a://crawl/2025/*.warc.gz``.

    :raises ValueError: one of them stands for nothing.
    """
    found = find_archives(session, patterns)
    return CodedTables(found.mapInArrow(from_archives("*", settings=settings), all_schema()))
