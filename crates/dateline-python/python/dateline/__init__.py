"""Dateline reads news stories and codes who did what to whom, when, where, and who said so.

>>> import dateline
>>> record = dateline.read("Police arrested two men in Lima on Monday.", published_at="2024-05-15")
>>> for event in record.events:
...     print(event.event_type, event.mode, [party.name for party in event.actors], event.date.from_)
COERCE arrest ['Police'] 2024-05-13

:func:`read` reads one story, :func:`read_many` many; :func:`events`, :func:`quotes` and :func:`places` give
data frames, and :func:`open` asks a database for them. Events are of the 16 types of PLOVER; each has a
status (it happened, goes on, is planned, possible, demanded or denied), actors and recipients with country
and sector, a date, a place, and the words it rests on.
"""

from importlib.metadata import version as _version

from dateline._reading import Reader, read, read_many
from dateline.errors import (
    DatelineError,
    NetworkError,
    ReadError,
    RejectedWarning,
    SetupError,
    StoreError,
)
from dateline.frames import Frame, Frames, articles, events, frames, places, quotes
from dateline.record import Record
from dateline.store import Store, open

__version__ = _version("dateline")

__all__ = [
    "DatelineError",
    "Frame",
    "Frames",
    "NetworkError",
    "ReadError",
    "Reader",
    "Record",
    "RejectedWarning",
    "SetupError",
    "Store",
    "StoreError",
    "articles",
    "events",
    "frames",
    "open",
    "places",
    "quotes",
    "read",
    "read_many",
]
