"""The root of matchbot's error tree, and the errors of the corpus.

An error is a *code* and the facts that go with it. The words that people see are in the text
catalogue (``matchbot/texts``), one key ``error-<code>`` for each class, in Japanese and English:
this floor knows what went wrong, not which language the reader speaks.
"""

from enum import StrEnum
from typing import ClassVar


class MatchbotError(Exception):
    """Trouble that is expected: it has a text fit to show and an exit code.

    A caller's mistake is a ``ValueError`` or ``TypeError`` instead.
    """

    code: ClassVar[str] = "unexpected"
    exit_code: ClassVar[int] = 1

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.facts = facts

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code}: {facts}" if facts else self.code


class CorpusError(MatchbotError):
    """Root of what can go wrong with the corpus."""

    code = "corpus"


class RecordError(CorpusError):
    """A value that a record cannot hold. Facts: field, value, reason (a code of its own)."""

    code = "record"
    exit_code = 65


class UnknownOrganisationError(CorpusError):
    """No organisation has this id. Facts: id."""

    code = "unknown-organisation"
    exit_code = 66


class UnknownClusterError(CorpusError):
    """No cluster has this id. Facts: id."""

    code = "unknown-cluster"
    exit_code = 66


class UnreadableFileError(CorpusError):
    """A file as a whole cannot be read; nothing of it was loaded. Facts: file, reason."""

    code = "unreadable-file"
    exit_code = 65


class MappingError(CorpusError):
    """A mapping file is wrong. Facts: file, place, reason."""

    code = "mapping"
    exit_code = 65


class MergeError(CorpusError):
    """Two organisations cannot be merged, or a merge cannot be undone. Facts: kept, merged, reason."""

    code = "merge"
    exit_code = 65


class ReviewStateError(CorpusError):
    """A step that the review states do not allow. Facts: id, state, wanted."""

    code = "review-state"
    exit_code = 65


class LineageError(CorpusError):
    """A change of clusters that contradicts their dates. Facts: id, reason."""

    code = "lineage"
    exit_code = 65


class RegistryBusyError(CorpusError):
    """Another process has been writing to the corpus for too long. Facts: file."""

    code = "registry-busy"
    exit_code = 75


class Reason(StrEnum):
    """Why a value, a row, a file or a mapping is refused: a code with a text ``reason-<code>`` each."""

    # A value or row of an import
    EMPTY = "empty"
    BAD_ID = "bad-id"
    WRONG_LENGTH = "wrong-length"
    NOT_DIGITS = "not-digits"
    CHECK_DIGIT = "check-digit"
    UNKNOWN_KIND = "unknown-kind"
    UNKNOWN_PASSAGE_TYPE = "unknown-passage-type"
    UNKNOWN_PREFECTURE = "unknown-prefecture"
    UNKNOWN_COUNTRY = "unknown-country"
    UNKNOWN_CLUSTER = "unknown-cluster"
    UNKNOWN_ROLE = "unknown-role"
    NOT_A_DATE = "not-a-date"
    NOT_AN_AMOUNT = "not-an-amount"
    NOT_YES_OR_NO = "not-yes-or-no"
    ERROR_CELL = "error-cell"
    BAD_ENCODING = "bad-encoding"
    BROKEN_QUOTES = "broken-quotes"
    LONG_CELL = "long-cell"
    TOO_MANY_CELLS = "too-many-cells"
    NOT_AN_OBJECT = "not-an-object"
    NOT_JSON = "not-json"

    TOO_LONG = "too-long"
    PERSONAL_DATA = "personal-data"

    # A file
    MISSING = "missing"
    NOT_READABLE = "not-readable"
    UNKNOWN_TYPE = "unknown-type"
    NOT_TEXT = "not-text"
    UNKNOWN_ENCODING = "unknown-encoding"
    NO_ROWS = "no-rows"
    NO_NAME_COLUMN = "no-name-column"
    NO_KNOWN_COLUMN = "no-known-column"
    NO_SUCH_SHEET = "no-such-sheet"
    NOT_A_WORKBOOK = "not-a-workbook"

    # A mapping
    NOT_TOML = "not-toml"
    UNKNOWN_MAPPING = "unknown-mapping"
    UNKNOWN_SETTING = "unknown-setting"
    WRONG_SETTING = "wrong-setting"
    BAD_PATTERN = "bad-pattern"
    BAD_TEMPLATE = "bad-template"
    NO_NAME = "no-name"

    # The registry
    NOT_A_DATABASE = "not-a-database"
    NEWER_VERSION = "newer-version"
    BACKDATED = "backdated"
    TWO_ORGANISATIONS = "two-organisations"

    # A merge
    ITSELF = "itself"
    ALREADY_MERGED = "already-merged"
    CHAIN = "chain"
    NOT_MERGED = "not-merged"
    SEVERAL_MERGED = "several-merged"

    # A change of clusters
    WRONG_SHAPE = "wrong-shape"
    NOT_BEGUN = "not-begun"
    ENDED = "ended"
