"""The home tab in Slack, with the real bot and ledger: what a firm sees there, and what it changes."""

from datetime import date

from corpus.records import PassageType
from matchbot.config import Settings
from matchbot.members import MATCHBOT, MemberRow
from matchbot.need import Purpose
from matchbot.policy import Role
from matchbot.profiles import Change
from slack_app.ids import Click, Field
from slack_network import (
    COORDINATOR,
    FIRM,
    GUEST,
    STAFF,
    Slack,
    asked,
    elements,
    partners,
    purpose,
    recorded,
    written,
)

OURS = "seed:firm-0"


def requested(slack: Slack) -> str:
    """A case that the firm has asked for, by its cards and the form."""
    slack.press(FIRM, asked(slack), "request", 1)
    view = slack.api.told("views.open")[-1]["view"]
    slack.submit(FIRM, view, {Field.PURPOSE: purpose("research"), Field.TEXT: written("試作をご一緒したい")})
    slack.settle()
    desk = slack.bot.service.desk
    return desk.cases(desk.member("m-1"))[0].id


def test_the_home_tab_shows_each_open_case_with_whose_turn_it_is_since_when_and_until_when(
    slack: Slack,
) -> None:
    case_id = requested(slack)
    shown = str(slack.open_home(FIRM)["blocks"])
    for told in (f"案件 {case_id}", "承認待ち", "のコーディネーター（承認、今日から）", "期限: 20"):
        assert told in shown
    assert "今週の紹介希望: 残り4件（上限5件）" in shown


def test_a_case_is_withdrawn_in_the_home_tab_which_then_shows_it_no_longer(slack: Slack) -> None:
    requested(slack)
    slack.press_in_view(FIRM, slack.open_home(FIRM), "withdraw")
    assert elements(slack.home(), "withdraw") == []
    assert "残り5件" in str(slack.home()["blocks"])


def test_an_organisation_pauses_until_a_day_and_returns_with_one_click(slack: Slack) -> None:
    desk = slack.bot.service.desk
    slack.press_in_view(FIRM, slack.open_home(FIRM), "pause")
    view = slack.api.told("views.open")[-1]["view"]
    until = date(2099, 7, 1)
    slack.submit(FIRM, view, {Field.DAY: {"type": "datepicker", "selected_date": until.isoformat()}})
    slack.settle()
    assert OURS in desk.not_to_be_shown()
    assert "休止しています（2099年7月1日まで）" in str(slack.home()["blocks"])
    slack.press_in_view(FIRM, slack.home(), "resume")
    assert OURS not in desk.not_to_be_shown()
    assert elements(slack.home(), "pause")


def test_an_organisation_opts_out_after_it_was_asked_and_can_return(slack: Slack) -> None:
    home = slack.open_home(FIRM)
    assert "confirm" in elements(home, "opt_out")[0]
    slack.press_in_view(FIRM, home, "opt_out")
    assert OURS in slack.bot.service.desk.not_to_be_shown()
    assert elements(slack.home(), "resume")


def test_whom_somebody_never_wants_to_meet_is_picked_is_never_shown_and_can_be_lifted(slack: Slack) -> None:
    slack.press_in_view(FIRM, slack.open_home(FIRM), "never_add")
    view = slack.api.told("views.open")[-1]["view"]
    offered = slack.type(FIRM, Field.ORGANISATION, "北2")
    assert offered[0]["value"] == "seed:firm-2"
    assert OURS not in {each["value"] for each in slack.type(FIRM, Field.ORGANISATION, "工業")}
    slack.submit(FIRM, view, {Field.ORGANISATION: {"type": "external_select", "selected_option": offered[0]}})
    slack.settle()
    assert "北2工業（機関）" in str(slack.home()["blocks"])
    shown: list[str] = []
    answer = asked(slack)
    while elements(answer, "more"):
        shown += partners(answer)
        slack.press(FIRM, answer, "more")
        answer = slack.api.told("chat.postMessage")[-1]
    assert "seed:firm-2" not in shown + partners(answer)
    slack.press_in_view(FIRM, slack.open_home(FIRM), "never_lift")
    assert "北2工業" not in str(slack.home()["blocks"])


def test_a_masked_organisation_is_not_offered_by_its_name(slack: Slack) -> None:
    assert slack.type(FIRM, Field.ORGANISATION, "北8") == []


def test_a_need_that_is_kept_is_shown_and_ended_in_the_home_tab(slack: Slack) -> None:
    desk = slack.bot.service.desk
    desk.save_need(OURS, "蒸着の相手", Purpose.RESEARCH, by=desk.member("m-1"), key="n", wants_alerts=True)
    home = slack.open_home(FIRM)
    assert "蒸着の相手 【通知】" in str(home["blocks"])
    slack.press_in_view(FIRM, home, "close_need")
    assert "登録したニーズはありません" in str(slack.home()["blocks"])


def test_a_need_that_was_kept_with_each_of_several_requests_is_shown_and_ended_once(slack: Slack) -> None:
    desk = slack.bot.service.desk
    for key, text in (("n-1", "蒸着の相手"), ("n-2", "蒸着の相手"), ("n-3", "塗装の相手")):
        desk.save_need(OURS, text, Purpose.RESEARCH, by=desk.member("m-1"), key=key)
    home = slack.open_home(FIRM)
    assert str(home["blocks"]).count("蒸着の相手") == 1
    slack.press_in_view(FIRM, home, "close_need")
    assert "蒸着の相手" not in str(slack.home()["blocks"])
    assert "塗装の相手" in str(slack.home()["blocks"])


def test_the_owner_of_a_profile_learns_how_often_it_was_looked_at(slack: Slack) -> None:
    desk = slack.bot.service.desk
    desk.view_profile(OURS, by=desk.member("k-1"), key="look")
    shown = str(slack.open_home(FIRM)["blocks"])
    assert "詳しく見られた回数: 1回（1人）" in shown
    assert "真空蒸着の装置を0台もつ。" in shown


def test_the_home_tab_says_by_which_word_a_profile_misses_needs_and_begins_the_sentence(
    slack: Slack, settings: Settings
) -> None:
    service, desk = slack.bot.service, slack.bot.service.desk
    firm, coordinator = desk.member("m-1"), desk.member("k-1")
    going = service.suggest_profile_change(
        OURS, Change.WITHDRAW, passage_id=f"{OURS}:2", by=firm, key="going"
    )
    service.decide_draft(going.id, True, by=coordinator, key="gone")
    assert "件のニーズに該当します" not in str(slack.open_home(FIRM)["blocks"])
    text = "真空蒸着の装置の販路"
    desk.enter_need("seed:firm-2", text, Purpose.SALES, by=coordinator, key="n")
    home = slack.open_home(FIRM)
    assert "「販路」についての一文を足せば、1件のニーズに該当します。" in str(home["blocks"])
    (hint,) = (block for block in home["blocks"] if "一文を足せば" in str(block))
    slack.press_in_view(FIRM, {**home, "blocks": [hint]}, "profile_add")
    form = slack.api.told("views.open")[-1]["view"]
    assert "販路に対応できます。" in str(form["blocks"])
    slack.submit(
        FIRM,
        form,
        {Field.CHANGE: purpose(PassageType.CAPABILITY), Field.TEXT: written("販路を開いてきました。")},
    )
    slack.settle()
    (draft,) = desk.drafts(firm)
    assert (draft.organisation_id, draft.text) == (OURS, "販路を開いてきました。")
    (settings.snapshots_path / "CURRENT").unlink()
    assert "真空蒸着の装置を0台もつ。" in str(slack.open_home(FIRM)["blocks"])


def test_the_language_is_switched_with_one_click(slack: Slack) -> None:
    home = slack.open_home(FIRM)
    (english,) = (each for each in elements(home, "language") if each["value"] == "en")
    slack.press_in_view(FIRM, {**home, "blocks": [{"type": "actions", "elements": [english]}]}, "language")
    assert "My cases" in str(slack.home()["blocks"])
    assert asked(slack)["text"] == "3 partners may fit."


def test_a_home_tab_of_many_cases_has_pages_that_miss_nothing(slack: Slack) -> None:
    desk = slack.bot.service.desk
    for number in range(120):
        desk.save_need(OURS, f"ニーズ{number}番", Purpose.RESEARCH, by=desk.member("m-1"), key=f"n{number}")
    first = slack.open_home(FIRM)
    assert len(first["blocks"]) <= 100
    slack.press_in_view(FIRM, first, "home_page")
    both = str([first["blocks"], slack.home()["blocks"]])
    assert all(f"ニーズ{number}番" in both for number in range(120))


def test_the_staff_see_how_the_search_data_are(slack: Slack, settings: Settings) -> None:
    shown = str(slack.open_home(STAFF)["blocks"])
    assert "8機関" in shown
    assert "その後に変わった機関: 0" in shown
    (settings.snapshots_path / "CURRENT").unlink()
    assert "検索データがありません" in str(slack.open_home(STAFF)["blocks"])


def test_an_evaluator_reads_where_the_counts_are(slack: Slack) -> None:
    row = MemberRow(row=9, id="e-1", role=Role.EVALUATOR, slack_id=GUEST)
    slack.bot.service.desk.register_member(row, by=MATCHBOT, key="evaluator")
    assert "/matchbot stats" in str(slack.open_home(GUEST)["blocks"])


def test_a_guest_picks_an_organisation_and_may_ask_once_that_is_confirmed(slack: Slack) -> None:
    answer = asked(slack, user=GUEST)
    assert elements(answer, "claim")
    (offered,) = slack.type(GUEST, Click.CLAIM, "北3")
    slack.click(GUEST, elements(answer, "claim")[0], answer["posted_ts"], chosen=offered["value"])
    slack.settle()
    assert "「北3工業」の方として" in slack.api.told("chat.postMessage")[-1]["text"]
    assert "「北3工業」の方として" in str(slack.home()["blocks"])
    assert elements(asked(slack, user=GUEST), "request") == []
    desk = slack.bot.service.desk
    desk.confirm_claim(GUEST, by=desk.member("s-1"), key="confirm")
    slack.deliver()
    assert "「北3工業」の方であることを確認しました" in slack.api.told("chat.postMessage")[-1]["text"]
    assert len(elements(asked(slack, user=GUEST), "request")) == 3
    assert [claim.organisation_id for claim in recorded(slack, "OrganisationClaimed")] == ["seed:firm-3"]


def test_a_coordinator_sees_what_waits_and_who_asks_for_help(slack: Slack) -> None:
    case_id = requested(slack)
    desk = slack.bot.service.desk
    desk.ask_for_help("締切はいつですか", by=desk.member("m-1"), key="help")
    home = slack.open_home(COORDINATOR)
    assert case_id in str(home["blocks"])
    assert f"<@{FIRM}>（今日から）\\n締切はいつですか" in str(home["blocks"])
    assert elements(home, "open_card")
    assert elements(home, "help_answer")
