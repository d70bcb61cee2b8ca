"""What whoever watches over a running bot sees: figures over HTTP, and a log that leads to the ledger."""

import json
from contextlib import closing
from io import StringIO
from sqlite3 import connect
from time import sleep
from urllib.request import Request, urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from matchbot.happenings import correlation_id
from matchbot.ledger import Ledger
from matchbot.members import MATCHBOT
from resident import needs_mappings, resident_kb
from slack_app.http import EVENTS_PATH
from slack_workplace import (
    FIRM,
    HOME,
    LETTER,
    NEED,
    Workplace,
    consented,
    profiles,
    with_button,
)

Figures = dict[tuple[str, ...], float]


@pytest.fixture
def counting(place: Workplace) -> Workplace:
    place.bot.metrics.open()
    return place


def figures(place: Workplace, accept: str = "") -> Figures:
    """Each sample by its name and the values of its labels, as a Prometheus gets them."""
    url = place.server.app_url.removesuffix(EVENTS_PATH) + "/metrics"
    with urlopen(Request(url, headers={"Accept": accept} if accept else {})) as answer:
        assert answer.headers["content-type"].startswith(accept or "text/plain; version=0.0.4")
        told = answer.read().decode()
    families = text_string_to_metric_families(told.replace("# EOF\n", ""))
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


def test_what_people_do_is_counted_by_kind_and_result(counting: Workplace) -> None:
    consented(counting)
    counted = figures(counting)
    for action in ("request", "approve", "consent"):
        assert counted["matchbot_commands_total", action, "done"] == 1, action
    assert counted["matchbot_searches_empty_total",] == 0
    assert counted["matchbot_search_seconds_count",] >= 1
    assert counted["matchbot_answers_total", "message", "done"] >= 1
    assert counted["matchbot_answers_total", "form", "done"] >= 1
    assert counted["matchbot_ledger_events",] == counting.service.desk.position()
    assert counted["matchbot_messages_total", "sent"] == _n_sent(counting) > 0
    assert counted["matchbot_outbox_messages", "due"] == 0
    assert counted["matchbot_snapshot_organisations",] == len(profiles())
    assert counted["matchbot_snapshot_bytes",] > 0
    assert counted["process_resident_memory_bytes",] > 0


def _n_sent(place: Workplace) -> int:
    with closing(Ledger.open(place.settings.home)) as ledger, ledger.read() as unit:
        (n,) = unit.connection.execute("SELECT COUNT(*) FROM outbox WHERE sent_at IS NOT NULL").fetchone()
        return int(n)


def test_a_search_that_finds_nobody_and_a_command_that_is_refused_are_told_apart(counting: Workplace) -> None:
    counting.write(FIRM, "猫の名前を考えて")
    case_id = consented(counting)
    counting.click(HOME, with_button(counting, HOME, "letter"), "letter")
    counting.server.faults.rate_limited(1, "chat.postMessage", times=1)
    counting.fill(HOME, text=LETTER)
    counted = figures(counting)
    assert counting.state(case_id) == "introduced"
    assert counted["matchbot_searches_empty_total",] >= 1
    assert counted["matchbot_slack_rate_limits_total",] == 1


def test_how_the_last_night_went_is_told_from_its_own_record(counting: Workplace) -> None:
    assert ("matchbot_nightly_failed_steps",) not in figures(counting)
    told = {"ended_at": "2026-06-01T03:10:00+09:00", "duration_s": 61.5, "failed": {"build": "gate"}}
    counting.settings.last_night_path.write_text(json.dumps(told), "utf-8")
    counted = figures(counting)
    assert counted["matchbot_nightly_failed_steps",] == 1
    assert counted["matchbot_nightly_duration_seconds",] == 61.5
    assert counted["matchbot_nightly_ended_timestamp_seconds",] == 1780251000


def test_the_newer_format_is_given_to_who_asks_for_it_and_other_figures_stay_when_some_cannot_be_read(
    counting: Workplace,
) -> None:
    for manifest in counting.settings.snapshots_path.glob("*/manifest.json"):
        manifest.write_text("damaged", "utf-8")
    counted = figures(counting, accept="application/openmetrics-text")
    assert ("matchbot_snapshot_bytes",) not in counted
    assert counted["matchbot_ledger_events",] > 0


def test_the_id_of_a_click_leads_from_the_log_to_the_rows_of_the_ledger_and_back(
    log: StringIO, place: Workplace
) -> None:
    case_id = consented(place)
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    desk = place.service.desk
    answered = {line["correlation_id"] for line in lines if line["event"] == "answer"}
    for entry in desk.case_log(case_id, place.member("staff")):
        assert entry.correlation_id in answered, entry.type
        written = [
            line["rows"]
            for line in lines
            if line["event"] == "command"
            and line["correlation_id"] == entry.correlation_id
            and "rows" in line
        ]
        assert any(first <= entry.seq <= last for first, last in written), entry.type
        assert entry.seq in {one.seq for one in desk.traced(entry.correlation_id, MATCHBOT)}
    sent = {line["correlation_id"] for line in lines if line["event"] == "message"}
    assert sent & answered
    assert desk.traced(correlation_id("nobody did this"), MATCHBOT) == []


def test_no_name_and_no_text_of_people_is_in_the_log(log: StringIO, place: Workplace) -> None:
    consented(place)
    place.click(HOME, with_button(place, HOME, "letter"), "letter")
    place.fill(HOME, text=LETTER)
    place.server.faults.fail("internal_error", "chat.postMessage", times=3)
    place.write(FIRM, "北0工業の花子です。真空蒸着の装置のほかに乾燥機も探しています")
    place.bot.reception.resume(at_once=True)
    place.settle()
    told = log.getvalue()
    assert told.count("\n") > 20
    with closing(connect(place.settings.home / "private.db")) as private:
        texts = [text for (text,) in private.execute("SELECT text FROM texts WHERE text IS NOT NULL")]
    names = [profile.organisation.name for profile in profiles()]
    written = [text for text in texts if not text.isascii()]  # the rest are ids and languages
    assert len(written) >= 3
    for secret in [NEED, LETTER, "乾燥機", "花子", "kita.example", *names, *written]:
        assert secret not in told, secret


@needs_mappings
def test_what_questions_read_into_memory_is_given_back_before_long(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("slack_app.bot.LET_GO_EVERY_S", 0.1)
    consented(place)
    snapshots = place.settings.home / "snapshots"
    assert resident_kb(snapshots) > 0
    place.bot.start()
    place.write(FIRM, NEED)
    given_back = (resident_kb(snapshots) == 0 or sleep(0.1) for _ in range(100))
    assert any(given_back)
    place.bot.stop()
