"""What rows are written with: statements that wait, and days as text."""

import sqlite3
from collections.abc import Sequence
from datetime import date

from matchbot import sql

Pending = sql.Pending[sqlite3.Connection]


def put(table: str, key: Sequence[str], rest: Sequence[str]) -> str:
    """The statement that writes a row: unlike REPLACE, it leaves the indexes alone that do not change."""
    changed = ", ".join(f"{column} = excluded.{column}" for column in rest)
    values = ", ".join("?" * (len(key) + len(rest)))
    return f"INSERT INTO {table} VALUES ({values}) ON CONFLICT ({', '.join(key)}) DO UPDATE SET {changed}"


def iso(day: date | None) -> str | None:
    """What stands in a column that may be empty."""
    return day.isoformat() if day else None


def day(text: str | None) -> date | None:
    """The day in a column that may be empty."""
    return date.fromisoformat(text) if text else None
