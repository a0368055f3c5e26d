"""Reading: one story, or many."""

from __future__ import annotations

import datetime
import importlib.util
import os
import sys
import threading
import warnings
from collections.abc import Iterable, Iterator, Sized
from pathlib import Path
from typing import Any, Literal, TypeAlias, overload

from dateline import _dateline
from dateline._sources import Source, told
from dateline.errors import DatelineError, RejectedWarning
from dateline.record import Record, Versions

ReaderKind: TypeAlias = Literal["fast", "careful", "rules"]
Errors: TypeAlias = Literal["raise", "return", "warn"]
Published: TypeAlias = "str | datetime.date | datetime.datetime | None"


class Reader:
    """An engine, opened once, that reads stories.

    :func:`dateline.read` and :func:`dateline.read_many` open one when they are first asked and keep it.
    Open your own for a codebook of your own, or other weights; it may be shared by threads.

    >>> import dateline
    >>> reader = dateline.Reader("rules")
    >>> reader.read("Police arrested two men in Lima on Monday.").events[0].event_type
    'COERCE'
    """

    def __init__(
        self,
        reader: ReaderKind = "fast",
        *,
        codebook: str | Path | None = None,
        weights: str | Path | None = None,
        gazetteer: str | Path | None = None,
        contact: str | None = None,
    ) -> None:
        """Open a reader.

        :param reader: who weighs what the codebook's rules find: ``"fast"``, a linear reader that has learnt
            from the codebook's examples; ``"careful"``, with a sentence encoder (``dateline weights get``
            fetches it); ``"rules"``, nobody.
        :param codebook: a folder of codebook pages of your own.
        :param weights: a spaCy v3 English pipeline: its folder or its wheel.
        :param gazetteer: a compiled gazetteer of places.
        :param contact: an address or mailbox of yours, told to the publishers whose pages are fetched.
        :raises dateline.SetupError: something is not there; the message names the command that mends it.
        """
        contact = contact or os.environ.get("DATELINE_CONTACT") or None
        self._reader = _dateline.Reader(reader, codebook, weights, gazetteer, contact, packages())

    @property
    def versions(self) -> Versions:
        """The versions of program, codebook, weights and gazetteer: they decide on what is coded."""
        return Versions(*self._reader.versions())

    def __repr__(self) -> str:
        versions = self.versions
        return f"<dateline.Reader {versions.dateline}, {versions.weights}, codebook {versions.codebook}>"

    def read(
        self,
        source: Source,
        *,
        published_at: Published = None,
        format: str | None = None,
        max_bytes: int | None = None,
    ) -> Record:
        """Read one story; see :func:`dateline.read`."""
        return Record(self._reader.read(told(source), _settings(published_at, format, max_bytes)))

    def read_many(
        self,
        sources: Source | Iterable[Source],
        *,
        published_at: Published = None,
        format: str | None = None,
        max_bytes: int | None = None,
        workers: int | None = None,
        progress: bool | None = None,
        errors: Errors = "raise",
    ) -> Iterator[Record | DatelineError]:
        """Read many stories; see :func:`dateline.read_many`."""
        if errors not in ("raise", "return", "warn"):
            raise ValueError(f"errors: {errors!r} is none of raise, return, warn")
        if isinstance(sources, (str, bytes, bytearray, memoryview, os.PathLike, dict)):
            sources = [sources]
        total = len(sources) if isinstance(sources, Sized) else None
        settings = _settings(published_at, format, max_bytes)
        stream = self._reader.read_many(iter(map(told, sources)), settings, workers)
        return _handed_over(_shown(stream, total, progress=progress), stream, errors)


def _handed_over(
    shown: Iterable[object], stream: _dateline.Stream, errors: Errors
) -> Iterator[Record | DatelineError]:
    try:
        for outcome in shown:
            if isinstance(outcome, _dateline.Coded):
                yield Record(outcome)
            elif errors == "return":
                yield outcome  # type: ignore[misc]
            elif errors == "warn":
                warnings.warn(str(outcome), RejectedWarning, stacklevel=2)
            else:
                raise outcome  # type: ignore[misc]
    finally:
        stream.close()


def _settings(
    published_at: Published, format_: str | None, max_bytes: int | None
) -> tuple[str | None, str | None, int | None]:
    if isinstance(published_at, (datetime.date, datetime.datetime)):
        published_at = published_at.isoformat()
    if published_at is not None and not isinstance(published_at, str):
        raise TypeError(f"published_at is a date or a str, not {type(published_at).__name__}")
    return published_at, format_, max_bytes


def _shown(stream: Iterable[object], total: int | None, *, progress: bool | None) -> Iterable[object]:
    """Show progress: if it is wanted, or if somebody watches and tqdm is there."""
    if progress is False or (progress is None and not _is_watched()):
        return stream
    if importlib.util.find_spec("tqdm") is None:
        if progress:
            raise ModuleNotFoundError("progress needs tqdm, which is not installed\nhint: pip install tqdm")
        return stream
    if "ipykernel" in sys.modules and importlib.util.find_spec("ipywidgets"):
        from tqdm.notebook import tqdm
    else:
        from tqdm import tqdm
    # A source may hold many stories: the total is a guess, and tqdm drops it when it is passed.
    return tqdm(stream, total=total, unit=" stories", dynamic_ncols=True)  # type: ignore[no-any-return]


def _is_watched() -> bool:
    stderr = sys.stderr
    is_terminal = stderr is not None and hasattr(stderr, "isatty") and stderr.isatty()
    return is_terminal or "ipykernel" in sys.modules


def packages() -> list[str]:
    """Folders in which this Python looks for packages; the weights may be among them."""
    return [folder for folder in sys.path if folder and Path(folder).is_absolute()]


_opened: dict[tuple[str, int], Reader] = {}
_opening = threading.Lock()


def _reader(kind: ReaderKind | Reader | None) -> Reader:
    if isinstance(kind, Reader):
        return kind
    # A child of this process opens its own: threads of the engine do not live on in it.
    key = (kind or "fast", os.getpid())
    with _opening:
        if key not in _opened:
            _opened[key] = Reader(kind or "fast")
        return _opened[key]


def read(
    source: Source,
    *,
    published_at: Published = None,
    reader: ReaderKind | Reader | None = None,
    format: str | None = None,
    max_bytes: int | None = None,
) -> Record:
    r"""Read one story: who did what to whom, when, where, and who said so.

    >>> import dateline
    >>> record = dateline.read("Police arrested two men in Lima on Monday.", published_at="2024-05-15")
    >>> event = record.events[0]
    >>> event
    <Event COERCE arrest 'arrested': Police → two men, Lima, 2024-05-13>
    >>> event.date.from_, event.place.country, event.counts.arrested
    ('2024-05-13', 'PER', 2)

    Spans count code points, as Python does:

    >>> record.article.text[event.trigger.start : event.trigger.end]
    'arrested'

    :param source: a text; HTML; the path of a file (a ``str`` that is one, or a ``Path``); an address,
        which is fetched as robots.txt allows; the bytes of any of these files; or a mapping with the names
        that a line of JSON Lines has: ``{"text": …, "title": …, "url": …, "published_at": …}``. A ``str`` of
        one word that ends like a file (``story.html``) is never taken for a story.
    :param published_at: when the story was published, whatever it says itself: relative dates rest on it.
    :param reader: ``"fast"``, ``"careful"``, ``"rules"``, or a :class:`dateline.Reader`.
    :param format: what the source is, whatever it looks like: ``"html"``, ``"text"``, ``"jsonl"``,
        ``"json"``, ``"warc"``, ``"feed"``, ``"sitemap"``, ``"ninjs"``, ``"newsml"`` or ``"nitf"``.
    :param max_bytes: bytes of a page or story; a larger one is refused.
    :raises dateline.ReadError: it cannot be read, or holds more than one story: then
        :func:`dateline.read_many` is meant.
    :raises dateline.SetupError: weights or places are not there.
    """
    return _reader(reader).read(source, published_at=published_at, format=format, max_bytes=max_bytes)


@overload
def read_many(
    sources: Source | Iterable[Source],
    *,
    published_at: Published = None,
    reader: ReaderKind | Reader | None = None,
    format: str | None = None,
    max_bytes: int | None = None,
    workers: int | None = None,
    progress: bool | None = None,
    errors: Literal["raise", "warn"] = "raise",
) -> Iterator[Record]: ...


@overload
def read_many(
    sources: Source | Iterable[Source],
    *,
    published_at: Published = None,
    reader: ReaderKind | Reader | None = None,
    format: str | None = None,
    max_bytes: int | None = None,
    workers: int | None = None,
    progress: bool | None = None,
    errors: Literal["return"],
) -> Iterator[Record | DatelineError]: ...


def read_many(
    sources: Source | Iterable[Source],
    *,
    reader: ReaderKind | Reader | None = None,
    **settings: Any,
) -> Iterator[Any]:
    """Read many stories, several at once, and hand their records over in order.

    >>> import dateline
    >>> stories = ["Thousands marched in Lima.", "France and Mali signed a treaty in Bamako."]
    >>> [record.events[0].event_type for record in dateline.read_many(stories)]
    ['PROTEST', 'SUPPORT']

    Each source is anything that :func:`dateline.read` takes, and may also stand for many stories: a file of
    JSON Lines, a WARC archive, a feed, a folder. One source may be given without a list around it.

    Memory holds a few dozen stories, however many there are; the iterable is asked only as fast as its
    stories are read, and in the thread that asks for records. The work is done outside Python's lock, and
    Ctrl-C is heard at once.

    :param workers: stories read at once; by default one a core.
    :param progress: whether to show progress by tqdm; by default where it is installed and somebody watches.
    :param errors: what becomes of a story that cannot be read: ``"raise"`` raises it in its place, which
        ends the iteration; ``"return"`` hands the exception over in the record's place; ``"warn"`` warns
        (:class:`dateline.RejectedWarning`) and goes on.
    """
    return _reader(reader).read_many(sources, **settings)
