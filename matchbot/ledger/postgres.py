"""How the ledger uses PostgreSQL: connections, transactions and steps of the schema.

The only door to psycopg. The tables are SQLite's, in a schema of their own, so that both are asked in one
dialect: times and payloads are texts, byte for byte as they were hashed, and compare byte by byte. One
transaction writes at a time, as in SQLite: the chain has one end.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import lru_cache
from threading import Lock
from typing import Any
from weakref import WeakSet

import psycopg
from psycopg import Connection, errors
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus
from psycopg_pool import ConnectionPool, PoolTimeout

from corpus.errors import Reason
from matchbot.errors import LedgerBusyError, LedgerUnreachableError, UnreadableFileError
from matchbot.sql import Rows, Step, Value

Raw = Connection[tuple[Any, ...]]
SCHEMA = "matchbot"
BUSY_TIMEOUT_S = 30
"""How long a writer waits for the others before it gives up."""
_CONNECT_TIMEOUT_S, _POOL_TIMEOUT_S = 10, 5
_MOST_CONNECTIONS = 4
"""Of one process: writers take turns anyway, and a server has a hundred for all."""
_TURN = 0x6D617463686264
"""What writers take turns at: an advisory lock of this number."""
_ALIKE = "matchbot_as_made"
"""The name of a schema that is made and undone, to compare with."""
_ROWS_AT_ONCE = 2_000

STEPS: tuple[Step, ...] = (
    Step(
        "first",
        (
            """
            CREATE TABLE identity (
                "only" INTEGER PRIMARY KEY CHECK ("only" = 1),
                id TEXT NOT NULL,
                is_sample INTEGER NOT NULL CHECK (is_sample IN (0, 1)),
                created_at TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE events (
                seq BIGINT PRIMARY KEY,
                stream TEXT COLLATE "C" NOT NULL,
                version BIGINT NOT NULL,
                type TEXT NOT NULL,
                event_date TEXT NOT NULL,
                recorded_at TEXT NOT NULL,
                actor TEXT NOT NULL,
                key TEXT COLLATE "C" NOT NULL,
                part BIGINT NOT NULL,
                payload TEXT NOT NULL,
                hash TEXT NOT NULL,
                UNIQUE (stream, version),
                UNIQUE (key, part)
            )
            """,
            """
            CREATE FUNCTION events_are_appended() RETURNS trigger
            LANGUAGE plpgsql SET search_path FROM CURRENT AS $$ BEGIN
                IF NEW.seq IS DISTINCT FROM (SELECT COALESCE(MAX(seq), 0) + 1 FROM events)
                    OR NEW.version IS DISTINCT FROM (
                        SELECT COALESCE(MAX(version), 0) + 1 FROM events WHERE stream = NEW.stream)
                    OR NEW.part IS DISTINCT FROM (
                        SELECT COALESCE(MAX(part), 0) + 1 FROM events WHERE key = NEW.key)
                THEN RAISE EXCEPTION 'events are only appended'
                    USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$
            """,
            """
            CREATE FUNCTION may_not_be_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                RAISE EXCEPTION '% may not be changed', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END $$
            """,
            """
            CREATE TRIGGER events_are_appended BEFORE INSERT ON events
            FOR EACH ROW EXECUTE FUNCTION events_are_appended()
            """,
            # What was erased: a line each, as in the list beside SQLite's files.
            "CREATE TABLE erasures (number BIGINT PRIMARY KEY, line TEXT NOT NULL)",
            # How many of them are carried out, so that no page holds a trace: one row.
            "CREATE TABLE carried_out (n_erasures BIGINT NOT NULL)",
            *(
                f"CREATE TRIGGER {table}_refuse_{change.lower()} BEFORE {change} ON {table} "
                "EXECUTE FUNCTION may_not_be_changed()"
                for table in ("events", "identity", "erasures")
                for change in ("UPDATE", "DELETE", "TRUNCATE")
            ),
            """
            CREATE TABLE outbox (
                id TEXT COLLATE "C" PRIMARY KEY,
                recipient TEXT COLLATE "C" NOT NULL,
                kind TEXT NOT NULL,
                payload TEXT NOT NULL,
                not_before TEXT COLLATE "C" NOT NULL,
                n_attempts INTEGER NOT NULL,
                sent_at TEXT
            )
            """,
            "CREATE INDEX outbox_unsent ON outbox (not_before, id) WHERE sent_at IS NULL",
            "CREATE INDEX outbox_unsent_to ON outbox (recipient, not_before, id) WHERE sent_at IS NULL",
            # As SQLite has it, so that the outbox is asked in one dialect.
            """
            CREATE FUNCTION json_each(listed text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE
            AS $$ SELECT jsonb_array_elements_text(listed::jsonb) $$
            """,
            # As bytes: people may write what PostgreSQL takes for no text, such as U+0000.
            """
            CREATE TABLE texts (
                number BIGINT PRIMARY KEY,
                id TEXT COLLATE "C" NOT NULL UNIQUE,
                kind TEXT NOT NULL,
                text BYTEA NOT NULL,
                salt BYTEA NOT NULL,
                recorded_at TEXT NOT NULL
            )
            """,
            """
            CREATE TABLE subjects (
                subject TEXT COLLATE "C" NOT NULL,
                number BIGINT NOT NULL REFERENCES texts (number) ON DELETE CASCADE,
                PRIMARY KEY (subject, number)
            )
            """,
            "CREATE INDEX subjects_by_text ON subjects (number)",
            # Where the ledger is kept now, once that is not here: one row.
            "CREATE TABLE moved (to_place TEXT NOT NULL)",
            "INSERT INTO carried_out VALUES (0)",
        ),
    ),
)


def server_of(url: str) -> str:
    """What a server and its database are called, without what is secret; "?" for what is no address.

    >>> server_of("postgresql://matchbot:secret@db.example:5433/ledger")
    'db.example:5433/ledger'
    """
    try:
        parts = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        return "?"
    return f"{parts.get('host', 'localhost')}:{parts.get('port', 5432)}/{parts.get('dbname', '')}"


class Postgres:
    """A connection as the stores use it: a `matchbot.sql.Sql`."""

    def __init__(self, raw: Raw, server: str) -> None:
        self._raw = raw
        self.server = server

    @property
    def version(self) -> int:
        """Of the server."""
        return self._raw.info.server_version // 10_000

    @property
    def in_transaction(self) -> bool:
        return self._raw.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR)

    def execute(self, statement: str, parameters: Sequence[Value] = (), /) -> Rows:
        with faults_named(self.server):
            return self._raw.execute(_in_psycopg(statement), parameters or None)

    def executemany(self, statement: str, rows: Iterable[Sequence[Value]], /) -> None:
        with faults_named(self.server), self._raw.cursor() as cursor:
            cursor.executemany(_in_psycopg(statement), rows)

    def execute_all(self, *statements: str) -> Rows:
        """Several statements without parameters in one message; gives the rows of the last."""
        with faults_named(self.server):
            return _last_rows(self._raw, "; ".join(statements).encode())

    def stream(self, statement: str) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a statement within a transaction, some thousands at a time."""
        with faults_named(self.server), self._raw.cursor("rows") as cursor:
            cursor.execute(statement.encode())
            while rows := cursor.fetchmany(_ROWS_AT_ONCE):
                yield rows

    def fill(self, table: str, columns: str, rows: Iterable[Sequence[Value]]) -> None:
        """Put many rows into a table; its triggers see each."""
        copied = f"COPY {table} ({columns}) FROM STDIN".encode()
        with faults_named(self.server), self._raw.cursor() as cursor, cursor.copy(copied) as copy:
            for row in rows:
                copy.write_row(row)


class Server:
    """The connections to one database: made when they are needed, and anew when the server has gone.

    A connection does not survive a fork, so they are closed before one.
    """

    def __init__(self, url: str) -> None:
        self.name = server_of(url)
        self._url = url
        self._pool: ConnectionPool[Raw] | None = None
        self._lock = Lock()
        _servers.add(self)

    @contextmanager
    def alone(self) -> Iterator[Postgres]:
        """A connection of its own: for what is no matter of milliseconds, and tells why there is none.

        Raises LedgerUnreachableError.
        """
        with faults_named(self.name):
            raw = psycopg.connect(self._url, connect_timeout=_CONNECT_TIMEOUT_S, **_CONNECTION)
        with closing(raw):
            _configure(raw)
            yield Postgres(raw, self.name)

    @contextmanager
    def transaction(self, *begin: str) -> Iterator[tuple[Postgres, Rows]]:
        """One of the connections, on which these statements were executed, and the rows of the last; what
        is not committed in the end is undone.

        Raises LedgerBusyError, LedgerUnreachableError.
        """
        pool = self._opened()
        raw, rows = self._begun(pool, "; ".join(begin).encode())
        try:
            yield Postgres(raw, self.name), rows
        finally:
            with suppress(psycopg.Error):
                raw.rollback()
            pool.putconn(raw)

    def _begun(self, pool: "ConnectionPool[Raw]", begin: bytes) -> tuple[Raw, Rows]:
        """A connection that could begin: of those that were kept, a restart of the server has left none."""
        for _ in range(_MOST_CONNECTIONS):
            with faults_named(self.name):
                raw = pool.getconn()
                try:
                    return raw, _last_rows(raw, begin)
                except psycopg.Error:
                    pool.putconn(raw)
                    if not raw.closed:
                        raise
        raise LedgerUnreachableError(server=self.name, reason="connections break off as they are made")

    def close(self) -> None:
        """Let go of the connections; the next transaction makes new ones."""
        with self._lock:
            pool, self._pool = self._pool, None
        if pool is not None:
            pool.close()

    def _opened(self) -> "ConnectionPool[Raw]":
        with self._lock:
            if self._pool is None:
                self._pool = ConnectionPool(
                    self._url,
                    kwargs=_CONNECTION,
                    min_size=0,
                    max_size=_MOST_CONNECTIONS,
                    configure=_configure,
                    timeout=_POOL_TIMEOUT_S,
                    open=True,
                )
            return self._pool


_CONNECTION: dict[str, Any] = {"autocommit": True, "application_name": "matchbot"}
_servers: WeakSet[Server] = WeakSet()


def _close_all() -> None:
    for server in list(_servers):
        server.close()


os.register_at_fork(before=_close_all)

ALONE = ("BEGIN ISOLATION LEVEL READ COMMITTED", f"SELECT pg_advisory_xact_lock({_TURN})")
"""Begins a transaction that is alone in writing."""
MOVED_TO = "SELECT to_place FROM moved"
"""Where the ledger is kept now; no row while that is here."""
WRITING = (*ALONE, MOVED_TO)
"""The same, and asks whether the ledger has moved away."""
READING = ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", MOVED_TO)
"""Begins a transaction that sees one moment, and asks the same."""


@contextmanager
def writing(sql: Postgres) -> Iterator[None]:
    """A transaction that is alone in writing; undone after an error."""
    sql.execute_all(*ALONE)
    try:
        yield
        sql.execute("COMMIT")
    except BaseException:
        if sql.in_transaction:
            sql.execute("ROLLBACK")
        raise


def prepare(sql: Postgres) -> None:
    """Make the schema, or bring it to the present one, within a transaction that is alone in writing.

    Raises UnreadableFileError for one of a newer version.
    """
    if not exists(sql):
        sql.execute(f"CREATE SCHEMA {SCHEMA}")
    sql.execute("CREATE TABLE IF NOT EXISTS steps (name TEXT PRIMARY KEY)")
    taken = {name for (name,) in sql.execute("SELECT name FROM steps")}
    if taken - {step.name for step in STEPS}:
        raise UnreadableFileError(file=sql.server, reason=Reason.NEWER_VERSION)
    for step in STEPS:
        if step.name not in taken:
            for statement in step.statements:
                sql.execute(statement)
            sql.execute("INSERT INTO steps VALUES (?)", [step.name])


def exists(sql: Postgres) -> bool:
    """Whether there is anything of a ledger."""
    return sql.execute("SELECT 1 FROM pg_namespace WHERE nspname = ?", [SCHEMA]).fetchone() is not None


def remove(sql: Postgres) -> None:
    """Take the whole schema away, within a transaction."""
    sql.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def structure(sql: Postgres, schema: str = SCHEMA) -> dict[str, str]:
    """What made the columns, constraints, indexes, triggers, rules and functions of a schema, by name."""
    rows = sql.execute(_STRUCTURE, [schema] * _STRUCTURE.count("?"))
    return {name: definition.replace(schema, SCHEMA) for name, definition in rows}


def structure_as_made(sql: Postgres) -> dict[str, str]:
    """The `structure` that the steps lead to: they are taken aside, and undone."""
    sql.execute("BEGIN")
    try:
        sql.execute(f"CREATE SCHEMA {_ALIKE}")
        sql.execute(f"SET LOCAL search_path TO {_ALIKE}, pg_catalog")
        prepare(sql)
        return structure(sql, _ALIKE)
    finally:
        sql.execute("ROLLBACK")


@contextmanager
def faults_named(server: str) -> Iterator[None]:
    """What PostgreSQL says, as errors of ours."""
    try:
        yield
    except errors.LockNotAvailable as error:
        raise LedgerBusyError(file=server) from error
    except (psycopg.OperationalError, PoolTimeout) as error:
        told = (f"{error}".strip().splitlines() or [type(error).__name__])[0]
        raise LedgerUnreachableError(server=server, reason=told) from error


def _last_rows(raw: Raw, statements: bytes) -> Rows:
    cursor = raw.execute(statements, prepare=False)
    while cursor.nextset():
        pass
    return cursor


def _configure(raw: Raw) -> None:
    """Whatever the server's own settings: what is committed has reached the disk, nobody waits for ever,
    and who has vanished from the network does not keep the others waiting."""
    raw.execute(
        f"""
        SET search_path TO {SCHEMA}, pg_catalog;
        SET synchronous_commit TO on;
        SET lock_timeout TO '{BUSY_TIMEOUT_S}s';
        SET tcp_keepalives_idle TO 20;
        SET tcp_keepalives_interval TO 5;
        SET tcp_keepalives_count TO 3
        """.encode(),
        prepare=False,
    )


@lru_cache(maxsize=256)
def _in_psycopg(statement: str) -> bytes:
    return statement.replace("?", "%s").encode()


_STRUCTURE = """
    SELECT 'column ' || c.relname || '.' || a.attname,
        format_type(a.atttypid, a.atttypmod) || ' ' || a.attnotnull || ' ' || a.attcollation || ' '
            || COALESCE(pg_get_expr(d.adbin, d.adrelid), '')
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'v', 'm', 'p', 'f') AND a.attnum > 0
        AND NOT a.attisdropped
    UNION ALL SELECT 'constraint ' || conrelid::regclass::text || ' ' || conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = ?::regnamespace
    UNION ALL SELECT 'index ' || indexname, indexdef FROM pg_indexes WHERE schemaname = ?
    UNION ALL SELECT 'trigger ' || tgname, pg_get_triggerdef(t.oid) || ' ' || tgenabled::text
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = ?::regnamespace AND NOT tgisinternal
    UNION ALL SELECT 'rule ' || tablename || '.' || rulename, definition FROM pg_rules WHERE schemaname = ?
    UNION ALL SELECT 'function ' || proname, pg_get_functiondef(oid)
    FROM pg_proc WHERE pronamespace = ?::regnamespace
"""
