"""Dateline reads news stories and codes who did what to whom, when, where, and who said so.

>>> import dateline
>>> record = dateline.read("Police arrested two men in Lima on Monday.", published_at="2024-05-15")
>>> for event in record.events:
...     print(event.event_type, event.mode, [party.name for party in event.actors], event.date.from_)
COERCE arrest ['Police'] 2024-05-13

:func:`read` reads one story, :func:`read_many` many. Events are of the 16 types of PLOVER; each has a status
(it happened, goes on, is planned, possible, demanded or denied), actors and recipients with country and
sector, a date, a place, and the words it rests on.
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
from dateline.record import Record

__version__ = _version("dateline")

__all__ = [
    "DatelineError",
    "NetworkError",
    "ReadError",
    "Reader",
    "Record",
    "RejectedWarning",
    "SetupError",
    "StoreError",
    "read",
    "read_many",
]
