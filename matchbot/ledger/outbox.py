"""The outbox in a database, beside the events, so that both are written in one transaction."""

import json
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

import orjson

from corpus.storage import moment
from matchbot.ledger.chain import canonical
from matchbot.ledger.stores import Message
from matchbot.sql import Pending, Step

FIRST_SCHEMA = Step(
    "outbox",
    (
        """
        CREATE TABLE outbox (
            id TEXT PRIMARY KEY,
            recipient TEXT NOT NULL,
            kind TEXT NOT NULL,
            payload TEXT NOT NULL,
            not_before TEXT NOT NULL,
            n_attempts INTEGER NOT NULL,
            sent_at TEXT
        ) STRICT
        """,
        "CREATE INDEX outbox_unsent ON outbox (not_before, id) WHERE sent_at IS NULL",
    ),
)
BY_RECIPIENT = Step(
    "outbox by recipient",
    (
        "CREATE INDEX IF NOT EXISTS outbox_unsent_to ON outbox (recipient, not_before, id) "
        "WHERE sent_at IS NULL",
    ),
)

_COLUMNS = "id, recipient, kind, payload, not_before, n_attempts, sent_at"


class SqlOutbox:
    """The `Outbox` of one transaction."""

    def __init__(self, pending: Pending[Any]) -> None:
        self._pending = pending

    def put(self, message: Message) -> None:
        if not message.id:
            raise ValueError("a message needs an id")
        self._pending.add(
            f"INSERT INTO outbox ({_COLUMNS}) VALUES (?,?,?,?,?,0,NULL) ON CONFLICT (id) DO NOTHING",
            [
                message.id,
                message.recipient,
                message.kind,
                canonical(message.payload),
                moment(message.not_before),
            ],
        )

    def due(
        self,
        now: datetime,
        limit: int = 100,
        *,
        recipients: Collection[str] | None = None,
        kinds: Collection[str] | None = None,
    ) -> list[Message]:
        conditions, values = ["sent_at IS NULL", "not_before <= ?"], [moment(now)]
        for column, wanted in (("recipient", recipients), ("kind", kinds)):
            if wanted is not None:
                # As one value: there may be more of them than a statement takes.
                conditions.append(f"{column} IN (SELECT value FROM json_each(?))")
                values.append(json.dumps(list(wanted)))
        condition = f"WHERE {' AND '.join(conditions)} ORDER BY not_before, id LIMIT ?"
        return list(self._messages(condition, *values, limit))

    def postpone(self, id: str, until: datetime) -> None:
        self._pending.add(
            "UPDATE outbox SET not_before = ?, n_attempts = n_attempts + 1 WHERE id = ? AND sent_at IS NULL",
            [moment(until), id],
        )

    def mark_sent(self, id: str, at: datetime) -> None:
        self._pending.add("UPDATE outbox SET sent_at = ? WHERE id = ? AND sent_at IS NULL", [moment(at), id])

    def mark_all_sent(self, at: datetime) -> None:
        self._pending.add(
            "UPDATE outbox SET sent_at = ? WHERE sent_at IS NULL AND not_before <= ?",
            [moment(at), moment(at)],
        )

    def get(self, id: str) -> Message | None:
        return next(self._messages("WHERE id = ?", id), None)

    def unsent(self) -> Iterator[Message]:
        return self._messages("WHERE sent_at IS NULL ORDER BY not_before, id")

    def _messages(self, condition: str, *values: str | int) -> Iterator[Message]:
        return map(
            _message, self._pending.settled.execute(f"SELECT {_COLUMNS} FROM outbox {condition}", values)
        )


def _message(row: tuple[str, str, str, str, str, int, str | None]) -> Message:
    id, recipient, kind, payload, not_before, n_attempts, sent_at = row
    return Message(
        id=id,
        recipient=recipient,
        kind=kind,
        payload=orjson.loads(payload),
        not_before=datetime.fromisoformat(not_before),
        n_attempts=n_attempts,
        sent_at=datetime.fromisoformat(sent_at) if sent_at else None,
    )
