"""Sends what waits in the outbox, in order, and keeps what was posted true.

A message is marked as sent after Slack has taken it. While Slack is away nothing is marked, and
everything goes out when Slack is back, once and in the order in which it was put. What somebody cannot
be told (no such user any more) is logged and does not hold up the others. A card that shows a case is put
right in its place when the case has moved on, whoever moved it.
"""

import logging
from collections.abc import Callable, Mapping

from matchbot.clocks import Clock
from matchbot.config import SlackSettings
from matchbot.correspondence import Correspondence, Posted
from matchbot.desk import Message
from matchbot.errors import LedgerError, MatchbotError
from matchbot.happenings import FAILED, Happening, correlated, part_of, tell
from matchbot.members import MATCHBOT
from matchbot.service import Service
from matchbot.texts import Language
from slack_app.limits import Posting
from slack_app.names import Names, texts_for
from slack_app.notices import Notice, Telling
from slack_app.once import post_once
from slack_app.speaker import NotInstalledError, RefusedError, Speaker, UnreachableError, told_away

_LOG = logging.getLogger(__name__)

_GONE = "user_disabled"
"""Slack's word for somebody whose account was closed."""


class Notifier:
    """Tells people what the desk has for them."""

    def __init__(
        self,
        service: Service,
        speaker: Speaker,
        correspondence: Correspondence,
        notices: Mapping[str, Notice],
        *,
        clock: Clock,
        settings: SlackSettings,
        language: Language,
    ) -> None:
        self._service = service
        self._speaker = speaker
        self._correspondence = correspondence
        self._notices = notices
        self._clock = clock
        self._settings = settings
        self._language = language
        self._seen = -1
        self._streams: dict[str, frozenset[str]] = {}

    def drain(self) -> int:
        """Sends what is due; gives how many were sent. Raises UnreachableError, with the rest unsent.

        Cards are put right between: a Monday's post takes a while, and whoever has just clicked looks at the
        card. Where Slack does not let us do that now, it holds nothing back.
        """
        n_sent, puts_right = 0, True
        while waiting := self._service.desk.due_messages(self._notices):
            for message in waiting:
                n_sent += self._is_sent(message)
                puts_right = puts_right and quietly(self.refresh)
        return n_sent

    def refresh(self) -> int:
        """Puts right the posted cards whose cases have moved on; gives how many. Raises UnreachableError."""
        position = self._service.desk.position()
        if position == self._seen:
            return 0
        moved = self._service.desk.moved(self._seen) if self._seen >= 0 else None
        live = self._correspondence.live()
        n_refreshed = sum(self._is_put_right(posted) for posted in live if self._may_be_stale(posted, moved))
        self._seen = position
        self._streams = {posted.subject: self._streams.get(posted.subject, frozenset()) for posted in live}
        return n_refreshed

    # Within

    def _is_sent(self, message: Message) -> bool:
        """False for what cannot be told because of a mistake of ours: it does not hold up the others."""
        with correlated(message.id):
            try:
                result = self._send(message)
            except (UnreachableError, LedgerError):
                raise
            except NotInstalledError:
                # It waits until their workspace lets us in again, and holds nobody else up.
                self._service.desk.postpone(message.id)
                return False
            except Exception:
                _LOG.exception("%s for %s failed", message.kind, message.recipient)
                self._service.desk.postpone(message.id)
                tell(Happening.MESSAGE, kind=message.kind, result=FAILED)
                return False
            self._service.desk.mark_sent(message.id)
            tell(Happening.MESSAGE, kind=message.kind, result=result)
            return True

    def _is_put_right(self, posted: Posted) -> bool:
        try:
            return self._put_right(posted)
        except (UnreachableError, LedgerError):
            raise
        except Exception:
            _LOG.exception("a card for %s was not put right", posted.kind)
            return False

    def _may_be_stale(self, posted: Posted, moved: frozenset[str] | None) -> bool:
        """Whether anything happened to what a card shows; ``moved``: None where it is not known to what."""
        streams = self._streams.get(posted.subject)
        return moved is None or not streams or not streams.isdisjoint(moved)

    def _send(self, message: Message) -> str:
        """What became of it: sent, refused by Slack, or void."""
        notice = self._notices[message.kind]
        try:
            telling = self._telling(message)
            if notice.deliver:
                notice.deliver(telling)
            else:
                self._post(notice, telling)
        except NotInstalledError:
            raise
        except RefusedError as error:
            _LOG.warning("%s did not reach %s: %s", message.kind, message.recipient, error.code)
            if error.code == _GONE:
                self._service.desk.report_gone(message.recipient, key=part_of(message.id, "gone"))
            return "refused"
        except LedgerError:
            raise
        except MatchbotError as error:
            _LOG.warning("%s has become void: %s", message.kind, error.code)
            return "void"
        return "sent"

    def _post(self, notice: Notice, telling: Telling) -> None:
        channel = notice.channel(telling)
        if channel:
            try:
                # In a channel, one card stands for all whom the same thing is told.
                self._post_in(channel, f"{channel}:{telling.message.id.rpartition(':')[0]}", notice, telling)
                return
            except RefusedError as error:
                _LOG.warning("%s goes to a DM, not to %s: %s", telling.message.kind, channel, error.code)
        self._post_in("", telling.message.id, notice, telling)

    def _post_in(self, channel: str, id: str, notice: Notice, telling: Telling) -> None:
        """``channel``: "" for the DM. ``id``: under which it is posted once. Raises RefusedError."""
        begun = self._correspondence.posted(id)
        if begun and begun.ts:
            return
        # Before the words: what happens meanwhile is put right in the next round.
        version = self._version(notice, telling)
        posting = notice.render(telling) if notice.render else None
        if posting is None:
            return
        posted = Posted(
            message_id=id,
            recipient=telling.member.id,
            channel=channel or self._speaker.direct_channel(telling.member.slack_id),
            ts="",
            kind=telling.message.kind,
            subject=telling.message.id,
            version=version,
            is_live=bool(notice.streams(telling)) and _can_be_acted_on(posting),
        )
        post_once(self._speaker, self._correspondence, posting, posted, self._clock.now())

    def _put_right(self, posted: Posted) -> bool:
        """``subject``: the outbox message that the card was made from."""
        message = self._service.desk.message(posted.subject)
        notice = self._notices.get(posted.kind)
        if message is None or notice is None or notice.render is None:
            self._correspondence.settle(posted.message_id, posted.version, is_live=False)
            return False
        telling = self._telling(message)
        self._streams[posted.subject] = frozenset(notice.streams(telling))
        version = self._version(notice, telling)
        if version == posted.version:
            return False
        is_live = False
        try:
            posting = self._as_it_is_now(notice, telling)
            self._speaker.replace(posted.channel, posted.ts, posting)
            is_live = _can_be_acted_on(posting)
        except RefusedError as error:
            _LOG.warning("a card for %s was not put right: %s", posted.kind, error.code)
        self._correspondence.settle(posted.message_id, version, is_live=is_live)
        return True

    def _as_it_is_now(self, notice: Notice, telling: Telling) -> Posting:
        """What a posted card has to say now: at least that it is over, where its reader has no part in it."""
        try:
            posting = notice.render(telling) if notice.render else None
        except LedgerError:
            raise
        except MatchbotError as error:
            _LOG.info("a card for %s has become void: %s", notice.kind, error.code)
            posting = None
        return posting or Posting(telling.texts("slack-card-over"))

    def _version(self, notice: Notice, telling: Telling) -> int:
        return sum(map(self._service.desk.version, notice.streams(telling)))

    def _telling(self, message: Message) -> Telling:
        member = (
            MATCHBOT if message.recipient == MATCHBOT.id else self._service.desk.member(message.recipient)
        )
        texts = texts_for(member, member.slack_id, self._speaker, self._language)
        return Telling(
            message=message,
            member=member,
            texts=texts,
            names=Names(self._service, texts, member.slack_id),
            service=self._service,
            settings=self._settings,
            speaker=self._speaker,
        )


def _can_be_acted_on(posting: Posting) -> bool:
    return any(block["type"] == "actions" or "accessory" in block for block in posting.blocks)


def quietly(work: Callable[[], object]) -> bool:
    """Does a round of work; False where Slack could not be reached, and it is to be tried again later."""
    try:
        work()
    except UnreachableError as error:
        _LOG.info("Slack cannot be reached: %s", told_away(error))
        return False
    return True
