"""The ledger: everything that happened, in a log that nobody can quietly change.

``with ledger.unit() as unit:`` is one transaction with three stores: ``unit.events`` (append-only, each
tied to all before it), ``unit.outbox`` (what is to be sent afterwards) and ``unit.private`` (texts of and
about people, which can be erased; events hold only commitments to them). Any database can stand behind
the protocols in `stores`: SQLite's files (`disk`), or a PostgreSQL server (`server`).
"""

from matchbot.ledger.backups import Backup, Refusal, read_backup
from matchbot.ledger.book import Ledger
from matchbot.ledger.chain import Fault, Flaw, Head
from matchbot.ledger.erasures import Erasure
from matchbot.ledger.stores import (
    EventStore,
    Message,
    Outbox,
    PrivateStore,
    PrivateText,
    Recorded,
    UnitOfWork,
)
from matchbot.ledger.units import Unit
from matchbot.ledger.verification import Verification

__all__ = [
    "Backup",
    "Erasure",
    "EventStore",
    "Fault",
    "Flaw",
    "Head",
    "Ledger",
    "Message",
    "Outbox",
    "PrivateStore",
    "PrivateText",
    "Recorded",
    "Refusal",
    "Unit",
    "UnitOfWork",
    "Verification",
    "read_backup",
]
