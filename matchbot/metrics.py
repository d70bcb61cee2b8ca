"""How a running matchbot does, as Prometheus reads it.

What happens is counted as it is told (`matchbot/happenings.py`); how things stand (outbox, search data,
ledger, last night) is looked up when it is asked for.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.metadata import version
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from matchbot.config import Settings
from matchbot.errors import MatchbotError
from matchbot.happenings import LOGGER, Happening
from matchbot.nightly import last_night
from matchbot.service import Service

_SEARCH_BUCKETS_S = (0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56)


class Metrics(logging.Handler):
    """The metrics of one process: told of what happens from `open` to `close`, and asked at any time."""

    def __init__(self, settings: Settings, service: Service) -> None:
        super().__init__(logging.INFO)
        registry = self._registry = CollectorRegistry()
        self._searches = Histogram(
            "matchbot_search_seconds",
            "How long it took to find partners for a need.",
            buckets=_SEARCH_BUCKETS_S,
            registry=registry,
        )
        self._empty = Counter(
            "matchbot_searches_empty", "Searches that found nobody to show.", registry=registry
        )
        self._commands = Counter(
            "matchbot_commands",
            "Commands of the desk by action and result: done, nothing-new, failed or the code of an error.",
            ["action", "result"],
            registry=registry,
        )
        self._answers = Counter(
            "matchbot_answers",
            "What people did in Slack and was answered, by its kind and the result.",
            ["kind", "result"],
            registry=registry,
        )
        self._messages = Counter(
            "matchbot_messages",
            "Messages of the outbox by what became of them: sent, void, refused or failed.",
            ["result"],
            registry=registry,
        )
        self._rate_limits = Counter(
            "matchbot_slack_rate_limits", "How often Slack asked for patience.", registry=registry
        )
        registry.register(_State(settings, service))
        ProcessCollector(registry=registry)

    def open(self) -> None:
        """Begin to count."""
        LOGGER.setLevel(logging.INFO)
        LOGGER.addHandler(self)

    def close(self) -> None:
        """Count no more."""
        LOGGER.removeHandler(self)
        super().close()

    def emit(self, record: logging.LogRecord) -> None:
        """Count one thing that happened."""
        told: dict[str, Any] = vars(record)
        match record.msg:
            case Happening.SEARCH:
                self._searches.observe(told["duration_s"])
                if not told.get("n_found"):
                    self._empty.inc()
            case Happening.COMMAND:
                self._commands.labels(told["action"], told["result"]).inc()
            case Happening.ANSWER:
                self._answers.labels(told["kind"], told["result"]).inc()
            case Happening.MESSAGE:
                self._messages.labels(told["result"]).inc()
            case Happening.RATE_LIMIT:
                self._rate_limits.inc()

    def exposition(self, accept: str) -> tuple[bytes, str]:
        """All metrics in the format that an Accept header asks for, and the name of that."""
        encode, content_type = choose_encoder(accept)
        return encode(self._registry), content_type


class _State(Collector):
    """How things stand. Of what cannot be read now nothing is told."""

    def __init__(self, settings: Settings, service: Service) -> None:
        self._settings = settings
        self._service = service

    def collect(self) -> Iterator[Metric]:
        yield InfoMetricFamily("matchbot", "Which matchbot this is.", {"version": version("matchbot")})
        rooms: tuple[Callable[[], Iterator[Metric]], ...] = (self._outbox, self._search_data, self._night)
        for room in rooms:
            with suppress(MatchbotError):
                yield from room()

    def _outbox(self) -> Iterator[Metric]:
        desk = self._service.desk
        yield _gauge(
            "matchbot_ledger_events", "Events in the ledger: the number of the last one.", desk.position()
        )
        backlog = desk.backlog()
        waiting = GaugeMetricFamily(
            "matchbot_outbox_messages",
            "Messages that are not sent: all, those that Slack should have by now, those that failed.",
            labels=["state"],
        )
        for state, n in (
            ("waiting", backlog.n_waiting),
            ("due", backlog.n_due),
            ("failed", backlog.n_failed),
        ):
            waiting.add_metric([state], n)
        yield waiting

    def _search_data(self) -> Iterator[Metric]:
        manifest = self._service.live_manifest()
        if manifest is None:
            return
        for name, told, value in (
            (
                "created_timestamp_seconds",
                "When the search data in use were built.",
                manifest.created_at.timestamp(),
            ),
            ("organisations", "Organisations in the search data in use.", manifest.n_organisations),
            ("passages", "Passages in the search data in use.", manifest.n_passages),
            ("bytes", "Size of the search data in use.", sum(file.bytes for file in manifest.files.values())),
        ):
            yield _gauge(f"matchbot_snapshot_{name}", told, value)

    def _night(self) -> Iterator[Metric]:
        night = last_night(self._settings)
        if night is None:
            return
        for name, told, value in (
            ("ended_timestamp_seconds", "When the last work of a night ended.", night.ended_at.timestamp()),
            ("duration_seconds", "How long it took.", night.duration_s),
            ("failed_steps", "How many of its steps failed.", len(night.failed)),
        ):
            yield _gauge(f"matchbot_nightly_{name}", told, value)


def _gauge(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, value)
