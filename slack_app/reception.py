"""Where everything that people do in Slack arrives: kept before it is acknowledged, answered once, never
left without a word.

What arrives is written down, then acknowledged, then answered in the background, one thing after the
other for each person. What was not answered when the program ended is answered when it starts again.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock

from matchbot.clocks import Clock
from matchbot.config import SlackSettings
from matchbot.correspondence import Arrival, Correspondence
from matchbot.errors import MatchbotError, UnknownRecordError
from matchbot.happenings import DONE, FAILED, Happening, correlated, correlation, telling
from matchbot.members import Member
from matchbot.service import Service
from matchbot.texts import Language, Texts
from slack_app.arrivals import Arrived, Kind
from slack_app.call import Answering, Call, Route, Suggesting
from slack_app.lanes import Lanes
from slack_app.limits import Posting
from slack_app.names import Names, texts_for
from slack_app.opening import PATIENCE_S, TOO_LATE, Opening
from slack_app.speaker import RefusedError, Speaker, UnreachableError, told_away

_LOG = logging.getLogger(__name__)

MOST_ATTEMPTS = 10
"""How often an answer that did not reach Slack is tried."""
_AGAIN_AFTER = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class _Waited:
    """A click for which something is to be shown at once, and the modal that may stand for that."""

    arrived: Arrived
    opening: Opening
    n_attempts: int = 0


class Reception:
    """Takes what arrives and has it answered."""

    def __init__(
        self,
        service: Service,
        speaker: Speaker,
        correspondence: Correspondence,
        routes: Iterable[Route],
        suggestions: Mapping[str, Suggesting],
        *,
        clock: Clock,
        lanes: Lanes,
        refresh_home: Answering,
        settings: SlackSettings,
        language: Language,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """``language``: of whoever's Slack does not say one that we speak. ``patience_s``: how long nobody is
        shown anything while a modal is made."""
        self._service = service
        self._speaker = speaker
        self._correspondence = correspondence
        self._routes: Mapping[tuple[Kind, str], Route] = {(route.kind, route.what): route for route in routes}
        self._suggestions = suggestions
        self._clock = clock
        self._lanes = lanes
        self._refresh_home = refresh_home
        self._settings = settings
        self._language = language
        self._patience_s = patience_s
        self.is_revoked = False
        """Whether Slack has taken our token back since this program began."""
        self._at_work: set[str] = set()
        self._left_open: list[_Waited] = []
        self._lock = Lock()

    def take(self, arrived: Arrived) -> None:
        """Keep something that a person did, and have it answered; a second time it is nothing new."""
        route = self.route(arrived)
        if route and (route.opens or route.shows):
            opening = self._opening(arrived)
            if route.opens:
                opening.wait()
            self._put_view(_Waited(arrived, opening))
            return
        kept = {"what": arrived.what, **arrived.payload}
        now = self._clock.now()
        if self._correspondence.take(arrived.key, arrived.kind, arrived.who, kept, now):
            self._enqueue(arrived, n_attempts=0)

    def faults(self, arrived: Arrived) -> Mapping[str, str]:
        """What is wrong with a form, by field, in the words of whoever filled it in."""
        route = self.route(arrived)
        if route is None or route.check is None:
            return {}
        member = self._service.desk.member_in_slack(arrived.who)
        return route.check(arrived.payload["values"], self._texts(member, arrived.who))

    def suggestions(self, action_id: str, who: str, typed: str) -> Mapping[str, str]:
        """What a menu offers for what was typed into it; nothing where that cannot be told now."""
        suggest = self._suggestions.get(action_id)
        if suggest is None:
            return {}
        try:
            member = self._service.desk.member_in_slack(who)
            words = Names(self._service, self._texts(member, who), who).plain
            return suggest(self._service, member, typed, words)
        except MatchbotError as error:
            _LOG.warning("nothing to suggest: %s", error.code)
        except UnreachableError as error:
            _LOG.warning("nothing to suggest: %s", told_away(error))
        return {}

    def resume(self, *, at_once: bool = False) -> None:
        """Answer what was taken and is not answered: after a restart, or when Slack was away.

        What was tried waits a while before it is tried again, unless ``at_once``; but for a modal, since
        somebody may be looking at what stands for it.
        """
        with self._lock:
            left_open, self._left_open = self._left_open, []
        for waited in left_open:
            self._put_view(waited)
        now = self._clock.now()
        for waiting in self._correspondence.waiting():
            if at_once or not waiting.n_attempts or _is_to_be_tried(waiting, now):
                self._enqueue(_arrived(waiting), waiting.n_attempts)

    def lose_access(self) -> None:
        """The app was removed from the workspace: what people were not told yet waits for a new token."""
        _LOG.error("Slack has taken our token back: install the app again, and set MATCHBOT_SLACK_BOT_TOKEN")
        self.is_revoked = True

    def route(self, arrived: Arrived) -> Route | None:
        """What is done about an arrival."""
        return self._routes.get((arrived.kind, arrived.what))

    # Within

    def _put_view(self, waited: _Waited) -> None:
        self._lanes.put(f"view:{waited.arrived.who}", lambda: self._show(waited))

    def _show(self, waited: _Waited) -> None:
        """Show what somebody waits for; a modal also when Slack is back, that nobody waits for ever."""
        try:
            self._answer(waited.arrived, waited.opening, waited.n_attempts)
        except UnreachableError as error:
            _LOG.info("Slack cannot be reached: %s", told_away(error))
            route = self.route(waited.arrived)
            if route and route.opens:
                with self._lock:
                    self._left_open.append(replace(waited, n_attempts=waited.n_attempts + 1))

    def _enqueue(self, arrived: Arrived, n_attempts: int) -> None:
        with self._lock:
            if arrived.key in self._at_work:
                return
            self._at_work.add(arrived.key)
        self._lanes.put(arrived.who, lambda: self._work(arrived, n_attempts))

    def _work(self, arrived: Arrived, n_attempts: int) -> None:
        came_to_nothing = False
        try:
            self._correspondence.attempt(arrived.key)
            came_to_nothing = not self._answer(arrived, self._opening(arrived), n_attempts)
        except UnreachableError as error:
            _LOG.info("Slack cannot be reached: %s", told_away(error))
            if n_attempts + 1 < MOST_ATTEMPTS:
                return
            _LOG.error("an answer did not reach Slack in %d attempts", MOST_ATTEMPTS)
        finally:
            with self._lock:
                self._at_work.discard(arrived.key)
        if came_to_nothing and arrived.kind is Kind.CLICK:
            self._correspondence.release(arrived.key)
        else:
            self._correspondence.done(arrived.key, self._clock.now())

    def _opening(self, arrived: Arrived) -> Opening:
        trigger_id = str(arrived.payload.get("trigger_id", ""))
        return Opening(self._speaker, trigger_id, patience_s=self._patience_s)

    def _answer(self, arrived: Arrived, opening: Opening, n_attempts: int) -> bool:
        """False where it came to nothing. Raises UnreachableError, and nothing else."""
        about = {"kind": arrived.kind, "what": arrived.what, "n_attempts": n_attempts}
        with correlated(arrived.key), telling(Happening.ANSWER, **about) as told:
            told["result"] = result = self._answered(arrived, opening, was_tried=n_attempts > 0)
            return result == DONE

    def _answered(self, arrived: Arrived, opening: Opening, *, was_tried: bool) -> str:
        """Answer, and give the result. Raises UnreachableError, and nothing else: whoever spoke to matchbot
        hears of every other error."""
        try:
            call = self._call(arrived, opening, was_tried=was_tried)
            route = self.route(arrived)
            if route is None:
                call.tell("slack-outdated")
            else:
                route.answer(call)
                if route.changes_home:
                    self._show_home(call)
                # What was to be opened may have been told instead.
                opening.close(call.texts("slack-told-instead"))
            return DONE
        except UnreachableError:
            raise
        except MatchbotError as error:
            texts = self._texts_of(arrived.who)
            # A button outlives what it is about: a thread is kept for a while only.
            is_outdated = isinstance(error, UnknownRecordError) and arrived.kind is Kind.CLICK
            told = (
                texts("slack-outdated")
                if is_outdated
                else Names(self._service, texts, arrived.who).error(error)
            )
            self._apologise(arrived, opening, told)
            return error.code
        except RefusedError as error:
            _LOG.warning("%s %s: Slack refused: %s", arrived.kind, arrived.what, error.code)
            told = "slack-too-late" if error.code in TOO_LATE else "slack-refused"
            self._apologise(arrived, opening, self._texts_of(arrived.who)(told, id=correlation().id))
            return "refused"
        except Exception:
            _LOG.exception("%s %s failed", arrived.kind, arrived.what)
            self._apologise(
                arrived, opening, self._texts_of(arrived.who)("slack-failed", id=correlation().id)
            )
            return FAILED

    def _show_home(self, call: Call) -> None:
        """What was done is done, also where the home tab cannot be shown now: opened, it is."""
        try:
            self._refresh_home(call)
        except (MatchbotError, RefusedError) as error:
            _LOG.warning("the home tab was not shown: %s", error.code)
        except UnreachableError:
            _LOG.warning("the home tab was not shown: Slack cannot be reached")

    def _call(self, arrived: Arrived, opening: Opening, *, was_tried: bool) -> Call:
        member = self._member(arrived.who)
        texts = self._texts(member, arrived.who)
        return Call(
            arrived=arrived,
            member=member,
            texts=texts,
            names=Names(self._service, texts, arrived.who),
            service=self._service,
            speaker=self._speaker,
            settings=self._settings,
            opening=opening,
            was_tried=was_tried,
        )

    def _member(self, who: str) -> Member:
        """Who that is; whoever is nobody yet is welcomed."""
        desk = self._service.desk
        known = desk.member_in_slack(who)
        if known:
            return known
        person = self._speaker.person(who)
        return desk.welcome(
            who, key=f"welcome:{who}", name=person.name, mail=person.mail, link_mail=not person.is_stranger
        )

    def _apologise(self, arrived: Arrived, opening: Opening, text: str) -> None:
        """Where it can be said: on the spot, or else in the DM; to say nothing at all is not an answer."""
        try:
            if opening.close(text):
                return
        except RefusedError:
            pass
        channel = str(arrived.payload.get("channel") or "")
        posting = Posting(text)
        try:
            if channel and not channel.startswith("D"):
                self._speaker.whisper(channel, arrived.who, posting)
                return
            if arrived.payload.get("thread_ts"):
                self._speaker.say(channel, posting, thread_ts=str(arrived.payload["thread_ts"]))
                return
        except RefusedError:
            pass
        try:
            self._speaker.say_to(arrived.who, posting)
        except RefusedError as error:
            _LOG.warning("somebody could not be told: %s", error.code)

    def _texts_of(self, who: str) -> Texts:
        """Also when the ledger is what does not work."""
        try:
            member = self._service.desk.member_in_slack(who)
        except MatchbotError:
            member = None
        return self._texts(member, who)

    def _texts(self, member: Member | None, who: str) -> Texts:
        return texts_for(member, who, self._speaker, self._language)


def _arrived(waiting: Arrival) -> Arrived:
    payload = dict(waiting.payload)
    what = str(payload.pop("what", ""))
    return Arrived(waiting.key, Kind(waiting.kind), waiting.who, what, payload)


def _is_to_be_tried(waiting: Arrival, now: datetime) -> bool:
    return now - waiting.received_at >= _AGAIN_AFTER * waiting.n_attempts
