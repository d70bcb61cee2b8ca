"""The log as lines of JSON on standard error, for whatever collects them.

Of an error its kind and its places in the code are told; what it says may repeat what somebody wrote.
"""

import logging
import sys
from datetime import UTC, datetime
from traceback import extract_tb
from types import TracebackType
from typing import Any, TextIO

from pythonjsonlogger.json import JsonFormatter

from matchbot.errors import MatchbotError
from matchbot.happenings import correlation

OURS = ("corpus", "index", "matchbot", "slack_app")
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _Lines(JsonFormatter):
    """One line for each record: when, how bad, where, what, its facts, and to what it belongs."""

    def __init__(self) -> None:
        super().__init__(
            ["levelname", "name", "message"],
            rename_fields={"levelname": "level", "name": "logger", "message": "event"},
            json_ensure_ascii=False,
        )

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        log_data["at"] = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        super().add_fields(log_data, record, message_dict)
        belongs_to = correlation()
        told = {"correlation_id": belongs_to.id, "cause": belongs_to.cause}
        log_data.update({name: id for name, id in told.items() if id})

    def formatException(self, ei: _ExcInfo) -> str:  # noqa: N802 (logging's name)
        """The kind of an error, the code of ours, and where it was: the innermost place last."""
        kind, error, trace = ei
        if kind is None:
            return ""
        named = f"{kind.__name__}({error.code})" if isinstance(error, MatchbotError) else kind.__name__
        return " ← ".join(
            [named, *(f"{f.filename}:{f.lineno} {f.name}" for f in reversed(extract_tb(trace)))]
        )


def log_in_json(stream: TextIO | None = None) -> None:
    """From now on write the log as lines of JSON: what matchbot does, and warnings of everything else."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Lines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
