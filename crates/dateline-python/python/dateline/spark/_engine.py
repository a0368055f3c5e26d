"""The engine in a worker: opened once for each process and each choice of its parts."""

from __future__ import annotations

import dataclasses
import os
import socket
from pathlib import Path

from dateline._reading import Reader, ReaderKind
from dateline.errors import SetupError


@dataclasses.dataclass(frozen=True)
class Settings:
    """What reading takes, the same for every worker."""

    #: Who weighs what the codebook's rules find; see :class:`dateline.Reader`.
    reader: ReaderKind = "fast"
    #: Folders and files as the executors see them.
    codebook: str | None = None
    weights: str | None = None
    gazetteer: str | None = None
    #: Bytes of a story; a larger one is rejected.
    max_bytes: int | None = None
    #: Whether records keep the whole texts; otherwise the sentences that facts rest on, as a database does.
    keep_text: bool = False
    #: How often Spark tries a task (``spark.task.maxFailures``).
    tries: int = 4


_opened: dict[tuple[object, ...], Reader] = {}


def reader(settings: Settings) -> Reader | SetupError:
    """The reader of this worker.

    Where a part is missing, say its weights, the task fails, and Spark tries it elsewhere; the last of its
    tries gives the error instead, so that what it should have read can be listed and the rest goes on.
    """
    # A forked worker opens its own: threads of the engine do not live on in it.
    key = (os.getpid(), settings.reader, settings.codebook, settings.weights, settings.gazetteer)
    if key in _opened:
        return _opened[key]
    try:
        _opened[key] = Reader(
            settings.reader,
            codebook=settings.codebook,
            weights=settings.weights,
            gazetteer=settings.gazetteer,
        )
    except SetupError as error:
        told = SetupError(f"{host()}: {error.message}", hints=error.hints)
        if not _is_last_try(settings.tries):
            raise told from error
        return told
    return _opened[key]


def host() -> str:
    """Name the machine, and the folder of its executor: there may be several on one machine."""
    return f"{socket.gethostname()} ({Path.cwd()})"


def _is_last_try(tries: int) -> bool:
    from pyspark import TaskContext

    context = TaskContext.get()
    return context is None or context.attemptNumber() + 1 >= tries
