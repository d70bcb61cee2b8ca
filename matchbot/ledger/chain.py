"""The chain that ties each event to all that came before it; pure.

The hash of a row is the SHA-256 of the hash before it and the row as canonical JSON. The first row
follows the *genesis*, which stands for what the ledger itself is. Whoever keeps a `Head` outside the
ledger can tell later whether everything up to it is still there, unchanged.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Self

import orjson

_HEAD = re.compile(r"(\d{1,18}):([0-9a-f]{64})")
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
_WITHOUT_FRACTIONS = frozenset({str, int, bool, type(None)})

Row = Sequence[str | int]
"""seq, stream, version, type, event_date, recorded_at, actor, key, part, payload, hash."""
Draw = Callable[[int], bytes]
"""Gives so many random bytes."""


@dataclass(frozen=True, slots=True)
class Head:
    """The last event of a ledger: its number (0: there is none yet) and its hash.

    >>> Head.parse(str(Head(7, "0" * 64))).seq
    7
    """

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The head that ``str`` wrote down. Raises ValueError for anything else."""
        parts = _HEAD.fullmatch(text.strip())
        if parts is None:
            raise ValueError(f"no head of a ledger: {text}")
        return cls(int(parts[1]), parts[2])


class Flaw(StrEnum):
    """What is wrong with a ledger: a code with a text ``reason-<code>`` each."""

    ROW_CHANGED = "row-changed"
    """It does not follow from the row before it: changed, put in, or the row before was."""
    ROW_MISSING = "row-missing"
    ROW_UNREADABLE = "row-unreadable"
    CHAIN_CUT = "chain-cut"
    """The rows end before the head that was exported."""
    OTHER_HEAD = "other-head"
    """The row at the exported head is whole, but another one: the chain was written anew."""
    TEXT_MISSING = "text-missing"
    """A text that no erasure accounts for is gone."""
    TEXT_CHANGED = "text-changed"
    STRUCTURE_CHANGED = "structure-changed"
    """The tables, their indexes or the triggers that guard them are not as they were made."""


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing found wrong. ``seq`` is the number of the bad row; 0: no row, but the file itself."""

    seq: int
    flaw: Flaw
    detail: str = ""


def canonical(value: object) -> str:
    """The one JSON text of a plain value: keys sorted, no spaces, characters as they are.

    Raises TypeError for what is not plain, ValueError for numbers that JSON does not have.

    >>> canonical({"b": 1, "a": "あ"})
    '{"a":"あ","b":1}'
    """
    if not _has_fractions((value,)):
        with suppress(TypeError):  # What orjson does not write, like whole numbers beyond 64 bits, json may.
            return _written(value).decode()
    return _ENCODER.encode(value)


def genesis(facts: Mapping[str, object]) -> Head:
    """The head of a ledger that has no events yet: what it is, as a hash."""
    return Head(0, sha256(canonical(facts).encode()).hexdigest())


def link(previous: str, row: Row) -> str:
    """The hash of a row (without its own hash) that follows the hash ``previous``; 64 hexadecimal digits."""
    return sha256(previous.encode() + _written(row)).hexdigest()


def commitment(salt: bytes, text: str) -> str:
    """What an event may hold of a text: it gives nothing away, and fits this text and salt only."""
    return sha256(salt + text.encode()).hexdigest()


def fault_after(head: Head, row: Row) -> Fault | None:
    """What is wrong with a row that should follow ``head``; None where nothing is."""
    expected, seq = head.seq + 1, row[0]
    if seq != expected:
        return Fault(expected, Flaw.ROW_MISSING)
    try:
        is_intact = link(head.hash, row[:-1]) == row[-1]
    except TypeError:  # bytes where a text was
        is_intact = False
    return None if is_intact else Fault(expected, Flaw.ROW_CHANGED)


def _has_fractions(values: Iterable[object]) -> bool:
    """Whether there is a number with a fraction among values: orjson has other exponents than the ledger."""
    for value in values:
        if value.__class__ in _WITHOUT_FRACTIONS:
            continue
        if isinstance(value, float):
            return True
        if isinstance(value, dict) and _has_fractions(value.values()):
            return True
        if isinstance(value, list | tuple) and _has_fractions(value):
            return True
    return False


def _written(value: object) -> bytes:
    """The canonical text of a value without fractions."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
