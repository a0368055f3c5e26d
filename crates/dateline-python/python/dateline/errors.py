"""What can go wrong, in the words of the command.

The first line of a message says what happened and where; lines that begin with ``hint:`` say what to try.
"""

from __future__ import annotations


class DatelineError(Exception):
    """Whatever Dateline could not do."""

    def __init__(self, message: str, *, hints: list[str] | None = None) -> None:
        super().__init__(message)
        #: What happened, and where.
        self.message = message
        #: What to try.
        self.hints = list(hints or ())

    def __str__(self) -> str:
        return "\n".join([self.message, *(f"hint: {hint}" for hint in self.hints)])


class SetupError(DatelineError):
    """Something that reading takes is not there or damaged: weights, places, a codebook."""


class ReadError(DatelineError):
    """A story could not be read."""

    def __init__(
        self,
        message: str,
        *,
        hints: list[str] | None = None,
        path: str | None = None,
        line: int | None = None,
        byte: int | None = None,
        url: str | None = None,
        position: int | None = None,
    ) -> None:
        super().__init__(message, hints=hints)
        #: The file.
        self.path = path
        #: Its line, counted from 1, where the file has a story a line.
        self.line = line
        #: Where the story begins in its file, or in what a packed file unpacks to.
        self.byte = byte
        #: The address that could not be had; or the page of which a sitemap gives only the address.
        self.url = url
        #: The number of what was handed to :func:`dateline.read_many`, counted from 0.
        self.position = position


class NetworkError(ReadError):
    """The network refused, or a server on it, or its robots.txt."""


class StoreError(DatelineError):
    """A database could not be opened or asked, or a question means nothing."""


class RejectedWarning(UserWarning):
    """A story that was passed over, because ``errors="warn"`` asks for it."""
