"""What the stores need of a database: statements in one dialect, whichever database understands them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Value = str | int | bytes | None


@dataclass(frozen=True, slots=True)
class Step:
    """One migration: its name, which stays for good, and its statements."""

    name: str
    statements: Sequence[str]


class Rows(Protocol):
    """The rows that a statement gives, each a tuple."""

    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...


class Sql(Protocol):
    """A connection in autocommit mode: transactions begin and end with statements of their own.

    Parameters are written ``?``, and a list of texts, handed over as one JSON text, is unfolded with
    ``SELECT value FROM json_each(?)``.
    """

    @property
    def in_transaction(self) -> bool: ...
    def execute(self, statement: str, parameters: Sequence[Value] = ..., /) -> Rows: ...
