"""Archives: WARC and whatever else holds many stories, read in the worker, and where they lie.

A worker opens a local path as it is; of an address (``s3a://``, ``hdfs://``, ``gs://``, …) it takes a copy
for as long as it reads.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import quote, unquote

from dateline import _dateline
from dateline._reading import Reader
from dateline.errors import DatelineError, ReadError, SetupError
from dateline.spark._engine import Settings, host, reader
from dateline.spark._hadoop import plainly
from dateline.spark._rows import Outcome, of_all, of_table
from dateline.spark._texts import check_columns

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame, SparkSession

    from dateline.spark._texts import MapInArrow

#: Partitions of a listing, at most: a task reads one archive, or several where there are more.
_MOST_TASKS = 50_000


def from_archives(table: str, column: str = "path", *, settings: Settings | None = None) -> MapInArrow:
    """Give a function for ``mapInArrow`` that reads archives and gives the rows of ``table``.

    A row names an archive in ``column``. Where there are columns ``offset`` and ``length``, it stands for
    these bytes of it: records of a WARC file, as indexes of Common Crawl list them.

    An archive that is damaged gives what can be read of it; ``rejects`` lists the rest with path and offset.
    """
    chosen = settings or Settings()

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        outcomes = _outcomes(batches, column, chosen)
        if table == "*":
            return of_all(outcomes, chosen.keep_text)
        return of_table(table, outcomes, chosen.keep_text)

    return run


def find_archives(session: SparkSession, patterns: Iterable[str], most_tasks: int = _MOST_TASKS) -> DataFrame:
    """List the files that paths, folders and patterns stand for, each in a task of its own.

    Spark finds them, so that every file system that it knows will do.

    :raises ValueError: one of them stands for nothing.
    """
    paths: set[str] = set()
    for pattern in patterns:
        listing = session.read.format("binaryFile").option("recursiveFileLookup", "true")
        with plainly(session, pattern):
            found = [row.path for row in listing.load(pattern).select("path").collect()]
        if not found:
            raise ValueError(f"{pattern}: there is no file in it")
        paths.update(found)
    ordered = sorted(paths)
    rows = session.sparkContext.parallelize([(path,) for path in ordered], min(len(ordered), most_tasks))
    return session.createDataFrame(rows, "path string")


def _outcomes(batches: Iterable[pa.RecordBatch], column: str, settings: Settings) -> Iterator[Outcome]:
    for batch in batches:
        check_columns(batch.schema.names, column, None, {})
        has_slices = {"offset", "length"} <= set(batch.schema.names)
        for at in range(batch.num_rows):
            path = batch.column(column)[at].as_py()
            start, length = (
                (batch.column("offset")[at].as_py(), batch.column("length")[at].as_py())
                if has_slices
                else (None, None)
            )
            opened = reader(settings)
            if isinstance(opened, DatelineError):
                yield _rejected(opened, path, start or 0, start)
            elif not path:
                error = ReadError(
                    f"column {column}: there is no archive: it is {'null' if path is None else 'empty'}"
                )
                yield Outcome(error, path, 0, column=column)
            elif start is not None and length is not None:
                yield from _slice(opened, path, start, length, settings)
            else:
                yield from _whole(opened, path, settings)


def _whole(opened: Reader, path: str, settings: Settings) -> Iterator[Outcome]:
    """The stories of an archive, numbered in its order."""
    try:
        with _at_hand(path) as (name, is_copy):
            stories = _stories(opened, ("named", name), settings)
            for number, read in enumerate(stories):
                if isinstance(read, DatelineError):
                    read.message = read.message.replace(name, path)
                    yield _rejected(read, path, number, getattr(read, "byte", None))
                else:
                    yield Outcome(_named(read, path) if is_copy else read, path, number)
    except OSError as error:
        yield _rejected(ReadError(f"{path}: {error}"), path, 0, None)


def _slice(opened: Reader, path: str, start: int, length: int, settings: Settings) -> Iterator[Outcome]:
    """The stories of a part of an archive: they are numbered by where the part begins."""
    try:
        content = _bytes(path, start, length)
    except (OSError, ValueError) as error:
        yield _rejected(ReadError(f"{path}: byte {start}: {error}"), path, start, start)
        return
    for number, read in enumerate(_stories(opened, ("content", content), settings)):
        if isinstance(read, DatelineError):
            read.message = f"{path}: {length} bytes at {start}: {read.message}"
            yield _rejected(read, path, start + number, start + (getattr(read, "byte", None) or 0))
        else:
            yield Outcome(_named(read, path), path, start + number, offset=start)


def _stories(opened: Reader, source: tuple[str, object], settings: Settings) -> Iterator[Any]:
    # One worker: a task has one core, and Spark runs as many tasks as there are.
    stream = opened._reader.read_many(iter([source]), (None, None, settings.max_bytes), 1)
    try:
        yield from stream
    finally:
        stream.close()


def _rejected(error: DatelineError, path: str | None, number: int, offset: int | None) -> Outcome:
    # Which machine it was matters only where a machine is at fault.
    return Outcome(error, path, number, offset=offset, host=host() if isinstance(error, SetupError) else None)


def _named(coded: _dateline.Coded, path: str) -> _dateline.Coded:
    """The record of a copy, told of the archive."""
    fields = json.loads(coded.json())
    fields["article"]["path"] = local(path) or path
    return _dateline.Coded.from_json(json.dumps(fields, ensure_ascii=False))


def local(path: str) -> str | None:
    """The name of a file on this machine; nothing where it lies elsewhere.

    >>> local("/crawl/a.warc.gz"), local("file:/crawl/a b.warc.gz"), local("s3a://crawl/a.warc.gz")
    ('/crawl/a.warc.gz', '/crawl/a b.warc.gz', None)
    """
    if not path.startswith("file:"):
        return None if "://" in path else path
    name = path.removeprefix("file:").removeprefix("//")
    # Spark lists names as they are; an address of others may be encoded.
    return name if Path(name).exists() else unquote(name)


def _remote(path: str) -> tuple[Any, str]:
    """The file system of an address, and the path in it."""
    from pyarrow import fs

    # Hadoop has its own names for what others call s3, and lists names as they are.
    scheme, _, rest = path.partition("://")
    address = f"{'s3' if scheme in ('s3a', 's3n') else scheme}://{quote(rest, safe='/:@')}"
    files, inner = fs.FileSystem.from_uri(address)
    return files, inner


@contextlib.contextmanager
def _at_hand(path: str) -> Iterator[tuple[str, bool]]:
    """A name under which the file can be opened, and whether it is a copy."""
    name = local(path)
    if name is not None:
        yield name, False
        return
    files, inner = _remote(path)
    with tempfile.TemporaryDirectory(prefix="dateline-") as folder:
        copy = Path(folder) / Path(inner).name
        with files.open_input_stream(inner, compression=None) as come, copy.open("wb") as kept:
            shutil.copyfileobj(come, kept, 1 << 20)
        yield str(copy), True


def _bytes(path: str, start: int, length: int) -> bytes:
    name = local(path)
    if start < 0 or length <= 0:
        raise ValueError(f"there are no {length} bytes at {start}")

    def read(file: BinaryIO) -> bytes:
        file.seek(start)
        content = file.read(length)
        if len(content) < length:
            raise ValueError(f"{length} bytes were asked for, and there are {len(content)}")
        return content

    if name is not None:
        with Path(name).open("rb") as file:
            return read(file)
    files, inner = _remote(path)
    with files.open_input_file(inner) as file:
        return read(file)
