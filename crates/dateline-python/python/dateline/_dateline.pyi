# The engine. What it gives is plain data; `dateline` has what people use.

import os
from collections.abc import Iterator, Sequence
from typing import TypeAlias, final

__all__ = ["Coded", "Reader", "Stream", "run"]

_Told: TypeAlias = tuple[str, object]
_Settings: TypeAlias = tuple[str | None, str | None, int | None]

@final
class Coded:
    @staticmethod
    def from_json(json: str) -> Coded: ...
    def json(self) -> str: ...
    def json_in_code_points(self) -> str: ...

@final
class Reader:
    def __new__(
        cls,
        reader: str,
        codebook: str | os.PathLike[str] | None,
        weights: str | os.PathLike[str] | None,
        gazetteer: str | os.PathLike[str] | None,
        contact: str | None,
        packages: Sequence[str | os.PathLike[str]],
    ) -> Reader: ...
    def versions(self) -> list[str]: ...
    def read(self, source: _Told, settings: _Settings) -> Coded: ...
    def read_many(self, sources: Iterator[_Told], settings: _Settings, workers: int | None) -> Stream: ...

@final
class Stream:
    def __iter__(self) -> Stream: ...
    def __next__(self) -> Coded | Exception: ...
    def close(self) -> None: ...

def run(words: Sequence[str]) -> int: ...
