"""matchbot in one Slack workspace: the composition root of this floor, and what runs beside the listeners."""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event, Thread
from typing import Any

from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from matchbot.bootstrap import build_service, run_jobs
from matchbot.clocks import Clock, WallClock
from matchbot.config import Settings
from matchbot.errors import MatchbotError
from matchbot.metrics import Metrics
from matchbot.service import Service
from slack_app import answers, listeners
from slack_app.lanes import Lanes
from slack_app.notices import by_kind
from slack_app.notifier import Notifier, quietly
from slack_app.opening import PATIENCE_S
from slack_app.reception import Reception
from slack_app.sharing import let_go_of_files
from slack_app.speaker import RefusedError, Speaker, UnreachableError, reason_of, web_client, workspaces_of
from slack_app.workspaces import OneLine, Workspaces

_LOG = logging.getLogger(__name__)

_TICK_S = 0.5
_MOST_PAUSE_S = 60.0
LET_GO_EVERY_S = 10.0
"""Often enough that a bot does not grow with each question to all that was ever looked at; each time takes
milliseconds."""


class Bot:
    """One running matchbot: the Bolt app that Slack's requests are given to, and the work behind it.

    One process for one ``MATCHBOT_HOME``: what people wrote is answered in the order in which they did.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        service: Service | None = None,
        client: WebClient | None = None,
        clock: Clock | None = None,
        pause_s: float = 1.0,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """``service``, ``client`` and ``clock`` stand in for those of the settings; ``pause_s``: between
        two messages in one channel. ``patience_s``: until something stands for a modal that is not ready."""
        slack = settings.slack
        clock = clock or WallClock()
        self.service = service or build_service(settings)
        self.workspaces = workspaces_of(settings)
        """Where several workspaces let us in."""
        self._client = client or web_client(slack.bot_token.get_secret_value(), slack.api_url)
        self.speaker = Speaker(self.workspaces or OneLine(self._client), pause_s=pause_s)
        correspondence = self.service.correspondence
        self.lanes = Lanes(slack.workers)
        self.reception = Reception(
            self.service,
            self.speaker,
            correspondence,
            answers.ROUTES,
            answers.SUGGESTIONS,
            clock=clock,
            lanes=self.lanes,
            refresh_home=answers.refresh_home,
            settings=slack,
            language=settings.language,
            patience_s=patience_s,
        )
        self.notifier = Notifier(
            self.service,
            self.speaker,
            correspondence,
            by_kind(answers.NOTICES),
            clock=clock,
            settings=slack,
            language=settings.language,
        )
        self._listening = ThreadPoolExecutor(slack.threads, thread_name_prefix="matchbot-listen")
        self.app = App(
            name="matchbot",
            signing_secret=slack.signing_secret.get_secret_value(),
            # Without a token, which is not Bolt's business: what is said goes through the speaker.
            client=WebClient(base_url=self._client.base_url),
            authorize=_identities(self.workspaces)
            if self.workspaces
            else _identity(self.speaker, slack.bot_token.get_secret_value()),
            listener_executor=self._listening,
            # Else Bolt acknowledges an event before it is written down, and a crash between loses it.
            process_before_response=True,
        )
        address = self.workspaces.address if self.workspaces else _alone
        listeners.register(self.app, self.reception, address, self._lose_access)
        self._run_jobs: Callable[[], object] = lambda: run_jobs(settings, self.service, at=clock.now())
        self._jobs_every_s = slack.jobs_every_s
        self.metrics = Metrics(settings, self.service)
        self._stopping = Event()
        self._threads: list[Thread] = []

    def start(self) -> None:
        """Open the search data, answer what was left unanswered, and begin to send what waits."""
        self.metrics.open()
        self._prepare()
        let_go_of_files()
        self.reception.resume(at_once=True)
        beside: dict[str, Callable[[], object]] = {
            "matchbot-tend": self._tend,
            "matchbot-jobs": partial(self._keep, self.do_jobs, self._jobs_every_s),
            "matchbot-memory": partial(self._keep, let_go_of_files, LET_GO_EVERY_S),
        }
        self._threads = [Thread(target=work, name=name, daemon=True) for name, work in beside.items()]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End what was begun; what is left is done after the next start."""
        self._stopping.set()
        for thread in self._threads:
            thread.join(timeout=30)
        self._listening.shutdown(wait=True)
        self.lanes.close()
        self.metrics.close()

    def tend(self) -> bool:
        """One round: go on with what was left, send what is due, put cards right. False: Slack is away."""
        return quietly(self._round)

    def do_jobs(self) -> None:
        """What is due now, without waiting until it is looked for."""
        self._run_jobs()

    # Within

    def _lose_access(self, team: str) -> None:
        if self.workspaces:
            self.workspaces.forget(team)
        else:
            self.reception.lose_access()

    def _round(self) -> None:
        self.reception.resume()
        self.notifier.drain()
        self.notifier.refresh()

    def _prepare(self) -> None:
        try:
            self.service.prepare_search()
        except MatchbotError as error:
            # Whoever asks is told so; everything else works without a search.
            _LOG.warning("no search yet: %s", error.code)

    def _tend(self) -> None:
        pause_s = _TICK_S
        while not self._stopping.wait(pause_s):
            try:
                pause_s = _TICK_S if self.tend() else min(pause_s * 2, _MOST_PAUSE_S)
            except Exception:
                _LOG.exception("a round of sending failed")
                pause_s = min(pause_s * 2, _MOST_PAUSE_S)

    def _keep(self, work: Callable[[], object], every_s: float) -> None:
        """Do something again and again until the bot stops, whatever goes wrong in one round."""
        while not self._stopping.wait(every_s):
            try:
                work()
            except Exception:
                _LOG.exception("%s failed", work.__name__)


def _alone(id: str, team: str) -> str:
    """What there is one workspace for is known by Slack's id."""
    return id


def _identities(workspaces: Workspaces) -> Callable[..., Any]:
    """What tells Bolt who it speaks as in each workspace."""

    # A function, since Bolt gives a method what it takes `self` for.
    def authorize(enterprise_id: str | None = None, team_id: str | None = None) -> AuthorizeResult | None:
        return workspaces.authorize(enterprise_id, team_id)

    return authorize


def _identity(speaker: Speaker, token: str) -> Callable[..., AuthorizeResult]:
    """What tells Bolt who it speaks as: asked of Slack once, and unknown for as long as Slack is away."""
    known: list[AuthorizeResult] = []

    # A function, since Bolt gives a method what it takes `self` for.
    def authorize(enterprise_id: str | None = None, team_id: str | None = None) -> AuthorizeResult:
        if known:
            return known[0]
        try:
            me = speaker.me()
        except (UnreachableError, RefusedError) as error:
            _LOG.warning("who we are is not known: %s", reason_of(error) or "Slack cannot be reached")
            return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=token)
        known.append(
            AuthorizeResult(
                enterprise_id=enterprise_id,
                team_id=str(me.get("team_id") or team_id or ""),
                bot_token=token,
                bot_id=str(me.get("bot_id", "")),
                bot_user_id=str(me.get("user_id", "")),
            )
        )
        return known[0]

    return authorize
