"""Opening a modal in time: Slack lets us for three seconds after a click, however busy this machine is."""

import logging
from collections.abc import Mapping
from enum import Enum, auto
from threading import Lock, Timer
from typing import Any

from matchbot.texts import LANGUAGES, Texts
from slack_app.blocks import modal, section
from slack_app.speaker import RefusedError, Speaker, UnreachableError, reason_of

_LOG = logging.getLogger(__name__)

WAITING = "waiting"
"""The callback_id of a modal that stands for one which is not ready yet."""
PATIENCE_S = 0.8
TOO_LATE = frozenset({"expired_trigger_id", "exchanged_trigger_id"})
"""Slack's words for a click after which no modal can be opened any more."""
_CLOSED = frozenset({"not_found", "view_not_found"})


class _Standing(Enum):
    """Whether a modal of ours is open, for all that we know."""

    NO = auto()
    MAYBE = auto()
    """Slack was asked for one, and did not say what came of that."""
    YES = auto()


class Opening:
    """The modal that one click asks for. Where it takes a while, another stands for it until it is ready.

    Where Slack goes away in between, the same is to be tried again: what may be open is known by a name of
    ours, and is found again also where Slack never told us of it.
    """

    def __init__(self, speaker: Speaker, trigger_id: str, *, patience_s: float = PATIENCE_S) -> None:
        """``patience_s``: how long nothing is shown meanwhile."""
        self._speaker = speaker
        self._trigger_id = trigger_id
        self._patience_s = patience_s
        self._lock = Lock()
        self._standing = _Standing.NO
        self._timer: Timer | None = None

    def wait(self) -> None:
        """Somebody waits for it from now on."""
        self._timer = Timer(self._patience_s, self._stand_in)
        self._timer.daemon = True
        self._timer.start()

    def open(self, view: Mapping[str, Any]) -> None:
        """Show it, in the place of what stands for it. Raises UnreachableError, RefusedError."""
        with self._lock:
            self._end_waiting()
            if not self._is_put(view):
                self._open(view)
                self._standing = _Standing.NO

    def close(self, text: str) -> bool:
        """There is nothing to show: what stands for it says why. False where nothing does.

        Raises UnreachableError, RefusedError.
        """
        with self._lock:
            self._end_waiting()
            return self._is_put(_modal(section(text)))

    # Within

    def _end_waiting(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = None

    def _is_put(self, view: Mapping[str, Any]) -> bool:
        """Put it in the place of what stands for it; False where nothing does."""
        if self._standing is _Standing.NO:
            return False
        try:
            self._speaker.replace_named_view(self._name, self._named(view))
        except RefusedError as error:
            if error.code not in _CLOSED:
                raise
            # Whoever has closed it meanwhile does not want it any more.
            was_open, self._standing = self._standing is _Standing.YES, _Standing.NO
            return was_open
        self._standing = _Standing.NO
        return True

    def _open(self, view: Mapping[str, Any]) -> None:
        self._standing = _Standing.MAYBE
        try:
            self._speaker.open(self._trigger_id, self._named(view))
        except RefusedError:
            self._standing = _Standing.NO
            raise
        self._standing = _Standing.YES

    @property
    def _name(self) -> str:
        """Slack's external_id. A click opens one modal, so that what it set off names that."""
        return self._trigger_id

    def _named(self, view: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**view, "external_id": self._name}

    def _stand_in(self) -> None:
        with self._lock:
            if self._timer is None:
                return
            # In every language: to look up which is the reader's may be what takes long.
            told = " / ".join(Texts(language)("slack-waiting") for language in LANGUAGES)
            try:
                self._open(_modal(section(told)))
            except (UnreachableError, RefusedError) as error:
                _LOG.warning("nothing stands for a slow modal: %s", reason_of(error) or "no answer")


def _modal(*blocks: dict[str, Any]) -> dict[str, Any]:
    close = " / ".join(Texts(language)("slack-close") for language in LANGUAGES)
    return modal("matchbot", WAITING, list(blocks), close=close)
