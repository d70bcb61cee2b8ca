"""Help from a person, one's own profile, alerts and the command, in Slack with the real bot and ledger."""

from datetime import datetime

import pytest

from corpus.records import Kind, Organisation, Passage, PassageType, Profile, Source
from corpus.registry import Registry
from matchbot.bootstrap import run_jobs
from matchbot.indicators import Question
from matchbot.introductions.words import Means
from matchbot.need import Purpose
from matchbot.reporting.tables import this_fiscal_year
from matchbot.texts import Texts
from matchbot.workdays import OFFICE_ZONE
from slack_app.ids import Field
from slack_network import COORDINATOR, FIRM, GUEST, NEED, STAFF, Slack, asked, elements, partners, written

OURS = "seed:firm-0"
NAMES = Texts("ja")
WORKING_DAY = datetime(2027, 6, 1, 10, tzinfo=OFFICE_ZONE)


def told(slack: Slack, user: str) -> dict:
    """What matchbot posted last in somebody's DM."""
    return [each for each in slack.api.told("chat.postMessage") if each["channel"] == f"D-{user}"][-1]


def filled(slack: Slack, user: str, values: dict) -> None:
    """Somebody fills in the form that was opened last."""
    slack.submit(user, slack.api.told("views.open")[-1]["view"], values)
    slack.settle()


# --- Help ---


def test_what_is_not_about_partners_goes_to_a_person_by_name_with_the_words_at_hand(slack: Slack) -> None:
    answer = asked(slack, text="補助金を教えて")
    assert f"<@{COORDINATOR}>" in answer["text"]
    assert "補助金" not in str(answer["blocks"])
    asked(slack)
    slack.press(FIRM, answer, "help")
    assert "補助金を教えて" in str(slack.api.told("views.open")[-1]["view"])


def test_whoever_asked_for_help_hears_who_takes_care_of_it_and_what_they_answer(slack: Slack) -> None:
    slack.press(FIRM, asked(slack, text="補助金を教えて"), "help")
    filled(slack, FIRM, {Field.TEXT: written("補助金の締切はいつですか")})
    assert f"<@{COORDINATOR}>" in told(slack, FIRM)["text"]
    slack.deliver()
    card = told(slack, COORDINATOR)
    assert f"<@{FIRM}>（北0工業）" in str(card["blocks"])
    assert "補助金の締切はいつですか" in str(card["blocks"])
    slack.press(COORDINATOR, card, "help_take")
    slack.deliver()
    assert f"<@{COORDINATOR}> さんが対応しています" in told(slack, FIRM)["text"]
    slack.press(COORDINATOR, card, "help_answer")
    filled(slack, COORDINATOR, {Field.TEXT: written("来月末です")})
    slack.deliver()
    assert "来月末です" in str(told(slack, FIRM)["blocks"])
    slack.bot.notifier.refresh()
    settled = slack.api.told("chat.update")[-1]
    assert settled["ts"] == card["posted_ts"]
    assert elements(settled, "help_answer") == []


def test_where_nobody_is_found_a_person_can_be_asked_with_the_need_at_hand(slack: Slack) -> None:
    nonsense = "ＸＹＺ量子テレポート旅行を探しています"
    answer = asked(slack, text=nonsense)
    assert [len(elements(answer, way)) for way in ("rewrite", "help", "alert")] == [1, 1, 1]
    slack.press(FIRM, answer, "help")
    assert nonsense in str(slack.api.told("views.open")[-1]["view"])


def test_a_guest_is_helped_by_the_staff(slack: Slack) -> None:
    assert f"<@{STAFF}>" in asked(slack, user=GUEST, text="補助金を教えて")["text"]


# --- Alerts ---


def test_a_new_partner_is_told_of_and_shown_with_one_click(slack: Slack) -> None:
    service = slack.bot.service
    need = service.desk.save_need(
        OURS, NEED, Purpose.RESEARCH, by=service.desk.member("m-1"), key="n", wants_alerts=True
    )
    source = Source("会員名簿", service.now().date())
    passage = Passage("new:1", "new", PassageType.CAPABILITY, "真空蒸着の装置をつくる。", source)
    newcomer = Profile(Organisation("new", "新参工業", Kind.FIRM, source), (passage,))
    with Registry.open(service._settings.corpus_path) as registry:
        registry.put([newcomer], recorded_at=service.now())
    service.build_index(progress=lambda *_: None)
    run_jobs(service._settings, service, at=WORKING_DAY)
    slack.deliver()
    alert = told(slack, FIRM)
    assert alert["text"].endswith(
        f"登録されたニーズ {need.id} に合いそうな相手が新しく加わりました: 新参工業"
    )
    slack.press(FIRM, alert, "need")
    assert len(partners(told(slack, FIRM))) == 3


# --- The profile ---


def test_a_change_of_the_profile_is_suggested_let_pass_and_told_of(slack: Slack) -> None:
    slack.press_in_view(FIRM, slack.open_home(FIRM), "profile_edit")
    replace = {"type": "static_select", "selected_option": {"value": "replace"}}
    filled(
        slack, FIRM, {Field.CHANGE: replace, Field.TITLE: written(""), Field.TEXT: written("真空蒸着と鍍金")}
    )
    assert "確認待ち: 差替え「真空蒸着と鍍金」" in str(slack.home()["blocks"])
    slack.deliver()
    card = told(slack, COORDINATOR)
    for part in ("北0工業", "真空蒸着の装置を0台もつ。", "真空蒸着と鍍金"):
        assert part in str(card["blocks"])
    slack.press(COORDINATOR, card, "profile_approve")
    slack.deliver()
    assert "公開しました" in told(slack, FIRM)["text"]
    assert "真空蒸着と鍍金" in str(slack.open_home(FIRM)["blocks"])
    slack.bot.notifier.refresh()
    assert elements(slack.api.told("chat.update")[-1], "profile_approve") == []


def test_a_change_that_is_returned_comes_back_with_the_reason(slack: Slack) -> None:
    slack.press_in_view(FIRM, slack.open_home(FIRM), "profile_add")
    kind = {"type": "static_select", "selected_option": {"value": "capability"}}
    filled(slack, FIRM, {Field.CHANGE: kind, Field.TITLE: written("鍍金"), Field.TEXT: written("世界一です")})
    slack.deliver()
    slack.press(COORDINATOR, told(slack, COORDINATOR), "profile_return")
    filled(slack, COORDINATOR, {Field.REASON: written("具体的に書いてください")})
    slack.deliver()
    assert "具体的に書いてください" in str(told(slack, FIRM)["blocks"])


def test_a_profile_cannot_hold_a_mobile_number(slack: Slack) -> None:
    slack.press_in_view(FIRM, slack.open_home(FIRM), "profile_add")
    kind = {"type": "static_select", "selected_option": {"value": "capability"}}
    filled(
        slack, FIRM, {Field.CHANGE: kind, Field.TITLE: written(""), Field.TEXT: written("090-1234-5678まで")}
    )
    assert slack.bot.service.profile_drafts(slack.bot.service.desk.member("m-1")) == []
    assert told(slack, FIRM)["text"].strip()


# --- The command ---


def test_the_command_explains_itself(slack: Slack) -> None:
    for typed in ("", "help", "ヘルプ"):
        slack.command(FIRM, typed)
        slack.settle()
    texts = [each["text"] for each in slack.api.told("chat.postEphemeral")]
    assert len(texts) == 3
    assert all("/matchbot home" in text for text in texts)


@pytest.mark.parametrize("typed", ["home", "ホーム"])
def test_the_command_shows_the_home_tab(slack: Slack, typed: str) -> None:
    slack.command(FIRM, typed)
    slack.settle()
    assert "自分の案件" in str(slack.home()["blocks"])


def test_the_command_switches_the_language(slack: Slack) -> None:
    slack.command(FIRM, "language en")
    slack.settle()
    assert (
        slack.api.told("chat.postEphemeral")[-1]["text"] == "From now on matchbot writes to you in English."
    )
    slack.command(FIRM, "language 仏語")
    slack.settle()
    assert "/matchbot language en" in slack.api.told("chat.postEphemeral")[-1]["text"]


def test_a_need_that_begins_like_a_word_of_the_command_is_a_need(slack: Slack) -> None:
    slack.command(FIRM, "home appliance plating")
    slack.settle()
    assert slack.api.told("chat.postEphemeral") == []
    assert told(slack, FIRM)["blocks"]


def test_the_staff_read_counts_with_definitions_and_how_the_search_data_are(slack: Slack) -> None:
    slack.command(STAFF, "stats")
    slack.settle()
    shown = str(told(slack, STAFF)["blocks"])
    for part in (
        "*参画機関数*: 8 機関",
        "*紹介件数*: 0 件（延べ 0、実数 0、不明 0）",
        "定義 第1版",
        "最終更新",
    ):
        assert part in shown
    assert shown.count("合意の件数") == 1  # of three figures
    assert slack.api.told("chat.postEphemeral")[-1]["text"] == "DMで回答しました。"


def test_the_counts_in_slack_are_those_of_the_command_line(slack: Slack) -> None:
    service = slack.bot.service
    staff = service.desk.member_in_slack(STAFF)
    service.desk.log_outside(
        ["seed:firm-0", "seed:firm-1"],
        made_on=service.now().date(),
        means=Means.FAIR,
        purpose=Purpose.SALES,
        by=service.desk.member("k-1"),
        key="outside",
    )
    slack.command(STAFF, "stats")
    slack.settle()
    shown = str(told(slack, STAFF)["blocks"])
    now = service.now()
    question = Question(period=this_fiscal_year(now.date()), as_of=now, only=("I01", "I05", "I06", "I07"))
    counted = {one.figure: one for one in service.indicators(question, by=staff).values}
    assert counted["I05"].value == 1
    for figure, unit in (("I01", "機関"), ("I05", "件"), ("I06", "組"), ("I07", "組")):
        one = counted[figure]
        assert (
            f"*{NAMES(f'indicator-{figure}')}*: {one.value} {unit}（延べ {one.n}、実数 {one.distinct}"
            in shown
        )


def test_a_firm_is_told_that_counts_are_not_for_it(slack: Slack) -> None:
    slack.command(FIRM, "stats")
    slack.settle()
    assert "参画機関数" not in str(slack.api.calls)
    assert slack.api.told("chat.postEphemeral")[-1]["text"].strip()
