"""Paths as Spark's driver knows them: by Hadoop, whose errors are told in a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: What Hadoop lacks where it does not know a kind of address.
_UNKNOWN = re.compile("ClassNotFoundException: .*FileSystem|No FileSystem for scheme")


def exists(session: SparkSession, name: str) -> bool:
    """Whether there is something of this name."""
    with plainly(session, name):
        files, path = _path(session, name)
        return bool(files.exists(path))  # type: ignore[attr-defined]


def remove(session: SparkSession, name: str) -> None:
    """Remove a file or a folder, if it is there."""
    with plainly(session, name):
        files, path = _path(session, name)
        files.delete(path, True)  # type: ignore[attr-defined]


@contextmanager
def plainly(session: SparkSession, name: str) -> Iterator[None]:
    """Tell what Java says of a path without its stack, and what to try.

    :raises ValueError: Java said something.
    """
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import AnalysisException

    try:
        yield
    except AnalysisException as error:
        raise ValueError(
            f"{name}: no such file or folder, or none that Spark may list: {error.getMessage()}"
        ) from error
    except Py4JJavaError as error:
        said = error.java_exception.toString().partition("\n")[0]
        hint = _library(session, name) if _UNKNOWN.search(said) else ""
        raise ValueError(f"{name}: {said}{hint}") from error


def _library(session: SparkSession, name: str) -> str:
    """Say how Spark comes to know a kind of address."""
    jvm = session.sparkContext._jvm
    assert jvm is not None
    version = jvm.org.apache.hadoop.util.VersionInfo.getVersion()
    library = f"org.apache.hadoop:hadoop-aws:{version}" if name.startswith("s3a:") else "GROUP:NAME:VERSION"
    return f"\nhint: Spark knows such addresses by a library: --conf spark.jars.packages={library}"


def _path(session: SparkSession, name: str) -> tuple[object, object]:
    """A path and its file system."""
    jvm = session.sparkContext._jvm
    assert jvm is not None
    path = jvm.org.apache.hadoop.fs.Path(name)
    return path.getFileSystem(session.sparkContext._jsc.hadoopConfiguration()), path
