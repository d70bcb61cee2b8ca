"""The whole tree of expected errors, and the errors of this floor.

::

    MatchbotError
    ├── CaseError
    │   ├── AlreadyHandledError
    │   ├── StepError
    │   └── TransitionError
    ├── ConfigurationError
    ├── CorpusError
    │   ├── LineageError
    │   ├── MappingError
    │   ├── MergeError
    │   ├── RecordError
    │   ├── RegistryBusyError
    │   ├── ReviewStateError
    │   ├── UnknownClusterError
    │   ├── UnknownOrganisationError
    │   └── UnreadableFileError
    ├── EmptyCorpusError
    ├── IndexingError
    │   ├── BuildRunningError
    │   ├── EncoderError
    │   ├── EvaluationSetError
    │   ├── GateError
    │   ├── NoSnapshotError
    │   ├── SearchClusterError
    │   └── SnapshotError
    ├── LedgerError
    │   ├── BackupError
    │   ├── LedgerBusyError
    │   ├── LedgerExistsError
    │   ├── LedgerMovedError
    │   ├── LedgerUnreachableError
    │   ├── MigrationError
    │   ├── NoLedgerError
    │   ├── PackError
    │   ├── SimulationError
    │   └── StreamMovedError
    ├── NightlyRunningError
    ├── NotInstalledError
    ├── PolicyError
    │   ├── ConflictError
    │   ├── DeferralError
    │   ├── NotAllowedError
    │   ├── PausedError
    │   ├── QuotaExceededError
    │   ├── ReasonNeededError
    │   ├── RepeatedRequestError
    │   ├── RepeatedTextError
    │   ├── SampleError
    │   └── UnavailableError
    ├── SeveralSourcesError
    ├── SlackIdTakenError
    ├── StorageError
    └── UnknownRecordError

Each class has a ``code`` and an ``exit_code`` (after BSD's sysexits: 65 the input is wrong, 66 it is
not there, 69 something needed is unavailable, 73 there is something already, 75 try again later, 77 not
allowed, 78 the set-up is wrong). Its words are the text ``error-<code>``; a fact called ``reason``,
``state`` or ``command`` that is itself a code has the text ``reason-<reason>`` and so on.
"""

import errno
import sqlite3
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from corpus.errors import (
    CorpusError,
    LineageError,
    MappingError,
    MatchbotError,
    MergeError,
    RecordError,
    RegistryBusyError,
    ReviewStateError,
    UnknownClusterError,
    UnknownOrganisationError,
    UnreadableFileError,
)
from index.errors import (
    BuildRunningError,
    EncoderError,
    EvaluationSetError,
    GateError,
    IndexingError,
    NoSnapshotError,
    NotInstalledError,
    SearchClusterError,
    SnapshotError,
)
from matchbot.texts import Texts

if TYPE_CHECKING:
    from index.gate import Figure

__all__ = [
    "AlreadyHandledError",
    "BackupError",
    "BuildRunningError",
    "CaseError",
    "ConfigurationError",
    "ConflictError",
    "CorpusError",
    "DeferralError",
    "EmptyCorpusError",
    "EncoderError",
    "EvaluationSetError",
    "GateError",
    "IndexingError",
    "LedgerBusyError",
    "LedgerError",
    "LedgerExistsError",
    "LedgerMovedError",
    "LedgerUnreachableError",
    "LineageError",
    "MappingError",
    "MatchbotError",
    "MergeError",
    "MigrationError",
    "NightlyRunningError",
    "NoLedgerError",
    "NoSnapshotError",
    "NotAllowedError",
    "NotInstalledError",
    "Obstacle",
    "PackError",
    "PausedError",
    "PolicyError",
    "QuotaExceededError",
    "ReasonNeededError",
    "RecordError",
    "RegistryBusyError",
    "RepeatedRequestError",
    "RepeatedTextError",
    "ReviewStateError",
    "SampleError",
    "SearchClusterError",
    "SeveralSourcesError",
    "SimulationError",
    "SlackIdTakenError",
    "SnapshotError",
    "StepError",
    "StorageError",
    "StreamMovedError",
    "TransitionError",
    "UnavailableError",
    "UnknownClusterError",
    "UnknownOrganisationError",
    "UnknownRecordError",
    "UnreadableFileError",
    "user_message",
]


class ConfigurationError(MatchbotError):
    """An environment variable has a value that it cannot have. Facts: variable, value, reason."""

    code = "configuration"
    exit_code = 78


class NightlyRunningError(MatchbotError):
    """The nightly work is being done by another process. Facts: folder."""

    code = "nightly-running"
    exit_code = 75


class StorageError(MatchbotError):
    """A disk is full, or a file cannot be read or written. Facts: file, reason."""

    code = "storage"
    exit_code = 74

    @classmethod
    def of(cls, error: BaseException) -> Self | None:
        """What the system or SQLite says of a disk, as an error of ours; None for anything else."""
        if isinstance(error, OSError) and (error.filename or error.errno in _OF_THE_SYSTEM):
            return cls(file=error.filename or "", reason=error.strerror or str(error))
        if isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode & 0xFF in _OF_THE_DISK:
            return cls(file="", reason=str(error))
        return None


_OF_THE_SYSTEM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, None})
"""None is what libraries give that write files in their own way."""
_OF_THE_DISK = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
)


class CaseError(MatchbotError):
    """Root of what cannot happen to a case or an outcome."""

    code = "case"
    exit_code = 65


class TransitionError(CaseError):
    """The table of transitions does not have this step from there. Facts: id, state, command."""

    code = "transition"


class StepError(CaseError):
    """A step that the state would allow is not open to this one, or not now. Facts: id, command, reason."""

    code = "step"


class AlreadyHandledError(CaseError):
    """Somebody has done it, or something else, before. Facts: id, member, event, at."""

    code = "already-handled"


class Obstacle(StrEnum):
    """Why a step is not possible: a code with a text ``reason-<code>`` each."""

    # Of a case
    TOO_FEW_PARTIES = "too-few-parties"
    NO_PURPOSE = "no-purpose"
    NO_TEXT = "no-text"
    OTHER_PARTIES = "other-parties"
    NOT_A_PARTY = "not-a-party"
    NOT_REQUESTER = "not-requester"
    NOT_APPROVER = "not-approver"
    ALREADY_APPROVED = "already-approved"
    SAME_PERSON = "same-person"
    NO_REASON = "no-reason"
    NOT_TOLD = "not-told"
    NOT_ASKED = "not-asked"
    ANSWERED = "answered"
    NOBODY = "nobody"
    NO_MEANS = "no-means"
    NOT_OUTSIDE = "not-outside"
    NOT_DUE = "not-due"
    NOT_YET = "not-yet"
    PAST_DAY = "past-day"
    BEFORE_CASE = "before-case"
    NOT_IN_CHARGE = "not-in-charge"
    NDA_STAGE = "nda-stage"
    NOT_RELEASED = "not-released"
    NDA_MISSING = "nda-missing"
    NO_DOCUMENT = "no-document"
    NO_QUESTION = "no-question"
    OWN_QUESTION = "own-question"
    REPLIED = "replied"
    UNCONFIRMED = "unconfirmed"
    ORDERED = "ordered"
    NOT_ORDERED = "not-ordered"
    OUTSIDE_SLACK = "outside-slack"

    # Of what came of it
    NO_SUCH_MEETING = "no-such-meeting"
    OVER = "over"
    BACKWARDS = "backwards"
    CONFIRMED = "already-confirmed"
    NO_SUBJECT = "no-subject"
    NOTHING_SAID = "nothing-said"
    OUT_OF_RANGE = "out-of-range"
    NOT_ALL_CONSENTED = "not-all-consented"
    REWRITTEN = "rewritten"
    STORY_TOO_LONG = "story-too-long"


class RowFault(StrEnum):
    """Why the desk cannot use a row of a file: a code with a text ``reason-<code>`` each."""

    MEMBER_ROLE = "unknown-member-role"
    SLACK_ID = "not-a-slack-id"
    ABSENCE = "not-an-absence"
    CLUSTER = "unknown-cluster-id"
    TOLD_BEFORE = "told-before"
    OUTCOME_KIND = "unknown-outcome-kind"
    CERTAINTY = "unknown-certainty"
    NOVELTY = "unknown-novelty"
    START = "unknown-start"
    ATTRIBUTION = "unknown-attribution"
    ANYWAY = "unknown-anyway"


class EmptyCorpusError(MatchbotError):
    """There is nothing to build a snapshot from. Facts: file."""

    code = "empty-corpus"
    exit_code = 66


class SeveralSourcesError(MatchbotError):
    """Files that claim to be all of one source are of several. Facts: sources."""

    code = "several-sources"
    exit_code = 65


class UnknownRecordError(MatchbotError):
    """The ledger has none of this id. Facts: reason (``no-case``, ``no-member`` …), id."""

    code = "unknown-record"
    exit_code = 66


class SlackIdTakenError(MatchbotError):
    """Two members cannot be one user of Slack. Facts: id, member."""

    code = "slack-id-taken"
    exit_code = 65


class LedgerError(MatchbotError):
    """Root of what can go wrong with the ledger."""

    code = "ledger"


class NoLedgerError(LedgerError):
    """A folder has no ledger. Facts: folder."""

    code = "no-ledger"
    exit_code = 66


class LedgerExistsError(LedgerError):
    """A folder has a ledger already, which stays what it is. Facts: folder."""

    code = "ledger-exists"
    exit_code = 73


class LedgerBusyError(LedgerError):
    """Another process has been using a file of the ledger for too long. Facts: file."""

    code = "ledger-busy"
    exit_code = 75


class LedgerMovedError(LedgerError):
    """The ledger of a folder is kept elsewhere now. Facts: folder, to."""

    code = "ledger-moved"
    exit_code = 78


class LedgerUnreachableError(LedgerError):
    """The server that keeps the ledger does not answer, or not as it should. Facts: server, reason."""

    code = "ledger-unreachable"
    exit_code = 69


class MigrationError(LedgerError):
    """A ledger cannot be moved there. Facts: to, reason."""

    code = "migration"
    exit_code = 65


class StreamMovedError(LedgerError):
    """Somebody else has recorded something of the same case meanwhile. Facts: stream, expected, found."""

    code = "stream-moved"
    exit_code = 75


class BackupError(LedgerError):
    """A backup cannot be made there, or not be restored from. Facts: folder, reason."""

    code = "backup"
    exit_code = 65


class PackError(LedgerError):
    """A folder is not a frozen pack, or is one already. Facts: folder, reason."""

    code = "pack"
    exit_code = 65


class SimulationError(LedgerError):
    """A ledger is not one to simulate in. Facts: folder, reason."""

    code = "simulation"
    exit_code = 65


class PolicyError(MatchbotError):
    """Root of what the rules of the network refuse."""

    code = "policy"
    exit_code = 77


class NotAllowedError(PolicyError):
    """Who acts may not do this at all, or not here. Facts: role, action, reason."""

    code = "not-allowed"


class ConflictError(PolicyError):
    """Who approves is too close to the case. Facts: organisation, reason."""

    code = "conflict"


class ReasonNeededError(PolicyError):
    """Who approves is close to a party and must say why all the same. Facts: organisation, reason."""

    code = "reason-needed"


class QuotaExceededError(PolicyError):
    """A limit is used up. Facts: reason, limit, frees_on."""

    code = "quota-exceeded"
    exit_code = 75


class RepeatedRequestError(PolicyError):
    """The firm has asked the same for the same, and that is still open. Facts: id."""

    code = "repeated-request"
    exit_code = 75


class RepeatedTextError(PolicyError):
    """The same text has gone to many. Facts: limit, days, frees_on."""

    code = "repeated-text"
    exit_code = 75


class UnavailableError(PolicyError):
    """A party cannot be introduced. It does not tell why: nobody learns who keeps off whom."""

    code = "unavailable"
    exit_code = 69


class PausedError(PolicyError):
    """The organisation that asks has itself paused, or left. Facts: reason, until (none when it has
    left, or paused without an end)."""

    code = "paused"


class SampleError(PolicyError):
    """A sample organisation has no place in a real ledger. Facts: id."""

    code = "sample"
    exit_code = 65


class DeferralError(PolicyError):
    """An answer cannot be put off until this day. Facts: until, latest."""

    code = "deferral"
    exit_code = 65


def user_message(error: MatchbotError, texts: Texts) -> str:
    """What went wrong and what to do about it, in one line of the reader's language."""
    facts = dict(error.facts)
    if isinstance(error, GateError):
        facts |= {
            name: figures_in_words(told, texts) for name, told in facts.items() if isinstance(told, tuple)
        }
    if isinstance(error, ReviewStateError):
        # Stages that a network added have the name that it gave them.
        facts |= {
            name: texts(key) for name in ("state", "wanted") if (key := f"review-{facts[name]}") in texts
        }
    for name in facts.keys() & {"reason", "state", "command"}:
        key = f"{name}-{facts[name]}"
        if key in texts:
            facts[name] = texts(key, **error.facts)
    return " ".join(texts(f"error-{error.code}", **facts).split())


def figures_in_words(figures: "Iterable[Figure]", texts: Texts) -> str:
    """What the gate looks at, one after the other in one line of the reader's language."""
    return texts("list-separator").join(
        texts(f"figure-{each.basis or each.name}", name=each.name, before=each.before, after=each.after)
        for each in figures
    )
