"""What a ledger holds, from SQLite's files to a PostgreSQL server and back: row by row, nothing changed."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from matchbot.ledger.erasures import Erasure, add_to_list, mark_carried_out
from matchbot.ledger.event_store import COLUMNS
from matchbot.ledger.files import Files
from matchbot.ledger.postgres import Postgres
from matchbot.sqlite import connect, writing

_LEDGER = {
    "identity": ('"only", id, is_sample, created_at', "id"),
    "events": (COLUMNS, "seq"),
    "outbox": ("id, recipient, kind, payload, not_before, n_attempts, sent_at", "id"),
}
_PRIVATE = {
    "texts": ("number, id, kind, text, salt, recorded_at", "number"),
    "subjects": ("subject, number", "subject, number"),
}
"""The columns of each table, and their order."""

Rows = Iterator[tuple[Any, ...]]


def load(files: Files, sql: Postgres, erasures: Sequence[str]) -> None:
    """Put what the files hold into an empty schema, within a transaction.

    ``erasures``: the lines of the list of what was erased, which is left out.
    """
    erased = {id for line in erasures for id in Erasure.from_line(line).texts}
    with closing(connect(files.ledger, is_read_only=True)) as ledger:
        for table, (columns, order) in _LEDGER.items():
            sql.fill(table, columns, _rows(ledger, table, columns, order))
    with closing(connect(files.private, is_read_only=True)) as private:
        left_out: set[int] = set()
        texts = _rows(private, "texts", *_PRIVATE["texts"])
        sql.fill("texts", _PRIVATE["texts"][0], _as_bytes(texts, erased, left_out))
        subjects = _rows(private, "subjects", *_PRIVATE["subjects"])
        sql.fill("subjects", _PRIVATE["subjects"][0], (row for row in subjects if row[1] not in left_out))
    sql.fill("erasures", "number, line", enumerate(erasures, 1))
    sql.execute("UPDATE carried_out SET n_erasures = ?", [len(erasures)])


def unload(sql: Postgres, files: Files) -> None:
    """Put what a schema holds, as a transaction sees it, into files of its own, which need no others."""
    files.prepare()
    for file, tables in ((files.ledger, _LEDGER), (files.private, _PRIVATE)):
        with closing(connect(file)) as connection:
            with writing(connection):
                for table, (columns, order) in tables.items():
                    _insert(
                        connection, table, columns, _as_text(table, _streamed(sql, table, columns, order))
                    )
            connection.execute("PRAGMA journal_mode = DELETE")
    lines = erasure_lines(sql)
    add_to_list(files.erasures, lines)
    with closing(connect(files.private)) as connection:
        mark_carried_out(connection, len(lines))


def erasure_lines(sql: Postgres) -> list[str]:
    """The lines of the list of what was erased."""
    return [line for (line,) in sql.execute("SELECT line FROM erasures ORDER BY number")]


def _rows(connection: sqlite3.Connection, table: str, columns: str, order: str) -> Rows:
    yield from connection.execute(f"SELECT {columns} FROM {table} ORDER BY {order}")


def _streamed(sql: Postgres, table: str, columns: str, order: str) -> Rows:
    for together in sql.stream(f"SELECT {columns} FROM {table} ORDER BY {order}"):
        yield from together


def _insert(connection: sqlite3.Connection, table: str, columns: str, rows: Rows) -> None:
    places = ",".join("?" * len(columns.split(",")))
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)


def _as_bytes(texts: Rows, erased: set[str], left_out: set[int]) -> Rows:
    """Private texts as PostgreSQL keeps them; adds the numbers of those that are left out."""
    for number, id, kind, text, salt, recorded_at in texts:
        if id in erased:
            left_out.add(number)
        else:
            yield number, id, kind, text.encode(), salt, recorded_at


def _as_text(table: str, rows: Rows) -> Rows:
    """The rows as SQLite keeps them."""
    if table != "texts":
        return rows
    return ((number, id, kind, text.decode(), *rest) for number, id, kind, text, *rest in rows)
