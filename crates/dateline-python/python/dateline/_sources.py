"""What a caller hands over to be read: told apart here, once, for everybody."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from dateline.errors import ReadError

Source: TypeAlias = "str | bytes | bytearray | memoryview | os.PathLike[str] | Mapping[str, Any]"

#: Longer names there are none: Linux stops at 4096 bytes.
_LONGEST_NAME = 4096

#: A word that ends like this and is no file is a name misspelt, not a story.
_ENDINGS = (
    ".html", ".htm", ".xhtml", ".txt", ".json", ".jsonl", ".ndjson", ".warc", ".rss", ".atom", ".xml", ".gz",
)  # fmt: skip


def told(source: object) -> tuple[str, object]:
    """Tell what ``source`` is: its kind and what the engine takes for it. Nothing is raised here."""
    try:
        return _told(source)
    except (TypeError, ValueError, ReadError) as error:
        return "refused", error


def _told(source: object) -> tuple[str, object]:
    if isinstance(source, str):
        if is_name(source):
            return "named", source
        return "content", _encoded(source)
    if isinstance(source, os.PathLike):
        name = os.fspath(source)
        if "\0" in (name if isinstance(name, str) else os.fsdecode(name)):
            raise ValueError("a path cannot hold a NUL character")
        return "named", name
    if isinstance(source, (bytes, bytearray, memoryview)):
        return "content", bytes(source)
    if isinstance(source, Mapping):
        return "story", _story(source)
    if source is None:
        raise TypeError("there is no story: it is None\nhint: drop the rows without a text first")
    raise TypeError(
        f"a story is a str, bytes, a path or a mapping, not {type(source).__name__}\n"
        "hint: the text, the HTML, the path or the address goes in as it is"
    )


def is_name(text: str) -> bool:
    """Whether ``text`` names a story (an address, a path) rather than being one.

    >>> is_name("https://post.example/2021/ferry.html"), is_name("Rain fell on Lima.")
    (True, False)
    >>> is_name("no-such-page.html"), is_name("<p>Rain fell on Lima.</p>")
    (True, False)
    """
    if not text or len(text) > _LONGEST_NAME or any(sign in text for sign in "\n\r\0<"):
        return False
    if text.lower().startswith(("http://", "https://")):
        return not any(character.isspace() for character in text)
    try:
        if Path(text).exists():
            return True
    except (OSError, ValueError):
        return False
    return " " not in text and text.lower().endswith(_ENDINGS)


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise ReadError(
            f"the text holds half of a surrogate pair at {error.start}, which is no character",
            hints=["read it with errors='replace', or encode with 'surrogatepass' and decode as UTF-16"],
        ) from error


def _story(fields: Mapping[Any, Any]) -> bytes:
    known = {str(name): _plain(name, value) for name, value in fields.items() if not _is_missing(value)}
    return _encoded(json.dumps(known, ensure_ascii=False, allow_nan=False))


def _is_missing(value: object) -> bool:
    # NaN, and the missing values of pandas, are not equal to themselves.
    if value is None:
        return True
    try:
        return bool(value != value)
    except (TypeError, ValueError):
        return type(value).__name__ == "NAType"


def _plain(name: object, value: object) -> object:
    if isinstance(value, (str, int, float, list, tuple, dict)):
        return value
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    # Numbers of numpy and their like.
    if hasattr(value, "item") and not isinstance(value, (bytes, bytearray)):
        return value.item()
    raise TypeError(f"the field {name} is a {type(value).__name__}, which is neither text, number nor date")
