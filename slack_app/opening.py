"""Opening a modal in time: Slack lets us for three seconds after a click, however busy this machine is."""

import logging
from collections.abc import Mapping
from threading import Lock, Timer
from typing import Any

from matchbot.texts import LANGUAGES, Texts
from slack_app.blocks import modal, section
from slack_app.speaker import RefusedError, Speaker, UnreachableError, reason_of

_LOG = logging.getLogger(__name__)

WAITING = "waiting"
"""The callback_id of a modal that stands for one which is not ready yet."""
PATIENCE_S = 0.8
_CLOSED = frozenset({"not_found", "view_not_found"})


class Opening:
    """The modal that one click asks for. Where it takes a while, another stands for it until it is ready."""

    def __init__(self, speaker: Speaker, trigger_id: str, *, patience_s: float = PATIENCE_S) -> None:
        """``patience_s``: how long nothing is shown meanwhile."""
        self._speaker = speaker
        self._trigger_id = trigger_id
        self._patience_s = patience_s
        self._lock = Lock()
        self._waiting_id = ""
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
            if self._waiting_id:
                self._put(view)
            else:
                self._speaker.open(self._trigger_id, view)

    def close(self, text: str) -> bool:
        """There is nothing to show: what stands for it says why. False where nothing does.

        Raises UnreachableError, RefusedError.
        """
        with self._lock:
            self._end_waiting()
            if not self._waiting_id:
                return False
            self._put(_modal(section(text)))
            return True

    # Within

    def _end_waiting(self) -> None:
        if self._timer:
            self._timer.cancel()
        self._timer = None

    def _put(self, view: Mapping[str, Any]) -> None:
        waiting_id, self._waiting_id = self._waiting_id, ""
        try:
            self._speaker.replace_view(waiting_id, view)
        except RefusedError as error:
            # Whoever has closed it meanwhile does not want it any more.
            if error.code not in _CLOSED:
                raise

    def _stand_in(self) -> None:
        with self._lock:
            if self._timer is None:
                return
            # In every language: to look up which is the reader's may be what takes long.
            told = " / ".join(Texts(language)("slack-waiting") for language in LANGUAGES)
            try:
                self._waiting_id = self._speaker.open(self._trigger_id, _modal(section(told)))
            except (UnreachableError, RefusedError) as error:
                _LOG.warning("nothing stands for a slow modal: %s", reason_of(error) or "no answer")


def _modal(*blocks: dict[str, Any]) -> dict[str, Any]:
    close = " / ".join(Texts(language)("slack-close") for language in LANGUAGES)
    return modal("matchbot", WAITING, list(blocks), close=close)
