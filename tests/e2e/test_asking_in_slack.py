"""Asking for partners in Slack, with the real bot, ledger and search; only Slack itself is played."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from corpus.records import (
    Kind,
    Membership,
    MembershipRole,
    Organisation,
    Passage,
    PassageType,
    Profile,
    Source,
)
from matchbot.bootstrap import build_service
from matchbot.config import Settings
from matchbot.members import MATCHBOT, MemberRow
from matchbot.policy import Role
from matchbot.service import Service
from slack_app.ids import Field
from slack_network import Slack, elements, in_slack

SOURCE = Source("名簿", date(2026, 4, 1))
BEGIN = datetime(2026, 4, 1, tzinfo=UTC)
NEED = "真空蒸着の装置を探しています"
FIRM, GUEST = "U0FIRM", "U0GUEST"


def profile(number: int, *, kind: Kind = Kind.FIRM, is_masked: bool = False) -> Profile:
    id = f"seed:{'masked' if is_masked else kind}-{number}"
    organisation = Organisation(id, f"北{number}工業", kind, SOURCE, is_masked=is_masked)
    passage = Passage(f"{id}:1", id, PassageType.CAPABILITY, f"真空蒸着の装置を{number}台もつ。", SOURCE)
    cluster = ("krip", "hokkaido")[number % 2]
    return Profile(
        organisation, (passage,), (Membership(id, cluster, MembershipRole.HOME, SOURCE.as_of, BEGIN),)
    )


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(home=tmp_path / "home", encoder="none")


@pytest.fixture
def service(settings: Settings) -> Iterator[Service]:
    service = build_service(settings)
    service.clusters()
    with service._open_registry() as registry:
        firms = [profile(n) for n in range(6)]
        registry.put(
            [*firms, profile(7, kind=Kind.UNIVERSITY), profile(8, is_masked=True)], recorded_at=BEGIN
        )
    service.build_index(progress=lambda *_: None)
    desk = service.create_ledger(is_sample=False)
    rows = [
        MemberRow(row=1, id="m-1", role=Role.FIRM, organisations=("seed:firm-0",), slack_id=FIRM),
        MemberRow(row=2, id="k-1", role=Role.COORDINATOR, clusters=("krip",)),
    ]
    for row in rows:
        desk.register_member(row, by=MATCHBOT, key=row.id)
    yield service
    service.correspondence.close()


@pytest.fixture
def slack(settings: Settings, service: Service) -> Iterator[Slack]:
    with in_slack(settings, service) as slack:
        yield slack


def asked(slack: Slack, user: str = FIRM, text: str = NEED) -> dict:
    slack.write(user, text)
    slack.settle()
    return slack.api.told("chat.postMessage")[-1]


def test_a_question_in_the_dm_is_answered_with_three_cards(slack: Slack) -> None:
    answer = asked(slack)
    assert answer["channel"] == f"D-{FIRM}"
    assert len(elements(answer, "request")) == 3
    assert "真空" in str(answer["blocks"])


def test_more_goes_on_behind_the_partners_shown(slack: Slack) -> None:
    first = asked(slack)
    slack.click(FIRM, elements(first, "more")[0], "1.0")
    slack.settle()
    second = slack.api.told("chat.postMessage")[-1]
    values = [{each["value"] for each in elements(answer, "request")} for answer in (first, second)]
    assert values[0].isdisjoint(values[1])


def test_a_reply_narrows_what_was_asked(slack: Slack) -> None:
    asked(slack)
    answer = asked(slack, text="大学だけ")
    assert [each["value"] for each in elements(answer, "request")] == [f"D-{FIRM}|seed:university-7"]


def test_a_kind_is_chosen_from_the_menu(slack: Slack) -> None:
    first = asked(slack)
    (menu,) = elements(first, "kind")
    slack.click(FIRM, menu, "1.0", chosen=f"D-{FIRM}|university")
    slack.settle()
    answer = slack.api.told("chat.postMessage")[-1]
    assert [each["value"] for each in elements(answer, "request")] == [f"D-{FIRM}|seed:university-7"]


def test_a_message_that_is_delivered_again_is_answered_once(slack: Slack) -> None:
    ts = slack.write(FIRM, NEED)
    slack.settle()
    slack.write(FIRM, NEED, ts=ts, event_id="Ev2")
    slack.settle()
    assert len(slack.api.told("chat.postMessage")) == 1


def test_in_a_channel_only_a_pointer_to_the_dm_is_seen(slack: Slack) -> None:
    slack.write(FIRM, f"<@UBOT> {NEED}", channel="C1")
    slack.settle()
    in_dm, in_channel = slack.api.told("chat.postMessage")
    assert (in_dm["channel"], in_channel["channel"]) == (f"D-{FIRM}", "C1")
    assert in_channel["text"] == "DMで回答しました。"
    assert "工業" not in str(in_channel)


def test_a_channel_of_one_organisation_is_answered_there_unless_it_is_shared(slack: Slack) -> None:
    for channel in ("COWN", "CSHARED"):
        slack.write(FIRM, f"<@UBOT> {NEED}", channel=channel)
        slack.settle()
    with_names = {each["channel"] for each in slack.api.told("chat.postMessage") if "工業" in str(each)}
    assert with_names == {"COWN", f"D-{FIRM}"}


def test_the_command_is_answered_in_the_dm(slack: Slack) -> None:
    slack.command(FIRM, NEED)
    slack.settle()
    (answer,) = slack.api.told("chat.postMessage")
    assert answer["channel"] == f"D-{FIRM}"


def test_whoever_is_nobody_yet_searches_open_profiles_and_cannot_request(slack: Slack) -> None:
    answer = asked(slack, user=GUEST)
    assert "北" in str(answer["blocks"])
    assert "M-" not in str(answer["blocks"])
    assert elements(answer, "request") == []


def test_a_masked_partner_is_a_code_everywhere(slack: Slack) -> None:
    first = asked(slack)
    slack.click(FIRM, elements(first, "more")[0], "1.0")
    slack.settle()
    slack.click(FIRM, elements(slack.api.told("chat.postMessage")[-1], "more")[0], "2.0")
    slack.settle()
    everything = str(slack.api.calls)
    assert "M-" in everything
    assert "北8工業" not in everything
    assert "seed:masked-8" not in everything


def test_what_arrived_while_slack_was_away_is_answered_when_it_is_back(slack: Slack) -> None:
    slack.api.is_down = True
    slack.write(FIRM, NEED)
    slack.settle()
    assert slack.api.told("chat.postMessage") == []
    slack.api.is_down = False
    service = slack.bot.service
    (waiting,) = service.correspondence.waiting()
    assert waiting.n_attempts == 1
    slack.bot.reception.resume(at_once=True)
    slack.settle()
    assert len(slack.api.told("chat.postMessage")) == 1
    assert service.correspondence.waiting() == []


def test_nobody_is_left_without_a_word_when_the_search_data_are_missing(
    slack: Slack, settings: Settings
) -> None:
    (settings.snapshots_path / "CURRENT").unlink()
    answer = asked(slack)
    assert answer["text"].strip()


def test_a_button_that_nothing_answers_to_says_so(slack: Slack) -> None:
    slack.click(FIRM, {"type": "button", "action_id": "of_long_ago", "value": "x"}, "1.0")
    slack.settle()
    assert "もう使えません" in slack.api.told("chat.postMessage")[-1]["text"]


def test_what_is_not_signed_by_slack_is_refused(slack: Slack) -> None:
    assert slack.forged().status == 401
    assert slack.api.told("chat.postMessage") == []


def test_an_english_slack_is_answered_in_english(slack: Slack) -> None:
    slack.api.locale = "en-US"
    answer = asked(slack)
    assert answer["text"] == "3 partners may fit."


def requested(slack: Slack, brief: str = "試作をご一緒したい") -> dict:
    card = asked(slack)
    slack.click(FIRM, elements(card, "request")[0], "1.0")
    slack.settle()
    view = slack.api.told("views.open")[-1]["view"]
    purpose = {"type": "static_select", "selected_option": {"value": "research"}}
    told = {"type": "plain_text_input", "value": brief}
    answered = slack.submit(FIRM, view, {Field.PURPOSE: purpose, Field.TEXT: told})
    slack.settle()
    return {"answered": answered, "message": slack.api.told("chat.postMessage")[-1]}


def test_asking_for_an_introduction_opens_a_case(slack: Slack) -> None:
    message = requested(slack)["message"]
    desk = slack.bot.service.desk
    (case,) = desk.cases(desk.member("m-1"))
    assert f"案件 {case.id}" in message["text"]
    assert case.state == "requested"
    assert case.need_id
    assert "残りの希望件数: 4件" in message["text"]


def test_a_request_without_a_word_stays_open_and_says_why(slack: Slack) -> None:
    answered = requested(slack, brief="  ")["answered"]
    assert (
        "内容を書いてください" in answered.body.encode().decode("unicode_escape") or "errors" in answered.body
    )
    desk = slack.bot.service.desk
    assert desk.cases(desk.member("m-1")) == []


def test_a_request_that_is_refused_says_why_and_leaves_no_need_behind(slack: Slack) -> None:
    desk = slack.bot.service.desk
    firm = desk.member("m-1")
    desk.pause("seed:firm-0", by=firm, key="pause")
    assert requested(slack)["message"]["text"].strip()
    assert desk.cases(firm, with_closed=True) == []
    assert desk.needs("seed:firm-0", firm) == []


def test_a_request_is_taken_back_once_however_often_it_is_clicked(slack: Slack) -> None:
    message = requested(slack)["message"]
    (button,) = elements(message, "withdraw")
    for _ in range(3):
        slack.click(FIRM, button, "9.0")
    slack.settle()
    desk = slack.bot.service.desk
    (case,) = desk.cases(desk.member("m-1"), with_closed=True)
    assert case.state == "withdrawn"
    assert len(slack.api.told("chat.update")) == 1
