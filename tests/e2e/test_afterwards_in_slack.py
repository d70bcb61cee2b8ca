"""What comes after an introduction, and beside it, in Slack: with the real bot, ledger and search."""

import re
from dataclasses import replace
from datetime import date

from corpus.records import PassageType, Profile
from matchbot.aftermath.evidence import Evidence
from matchbot.aftermath.outcomes import Certainty, OutcomeKind
from matchbot.aftermath.reports import CaseProgress
from matchbot.need import Purpose
from slack_app.demo.records import Message
from slack_workplace import (
    AWAY,
    COLLEAGUE,
    FIRM,
    HOME,
    HOME_2,
    MASKED,
    OURS,
    OUTSIDE,
    PARTNER,
    SECRET,
    THEIRS,
    Workplace,
    at_work,
    buttons,
    group,
    introduced,
    introduced_outside,
    profiles,
    with_button,
)


def seen(place: Workplace, case_id: str):
    return place.service.desk.case(case_id, place.member("staff"))


def test_the_whole_way_from_a_question_to_an_outcome(place: Workplace) -> None:
    case_id = introduced(place)
    place.clock.go_on(days=14)
    place.do_jobs()
    asked = {user: with_button(place, user, "met") for user in (FIRM, PARTNER, COLLEAGUE)}
    assert "会えましたか" in asked[FIRM].text
    place.click(FIRM, asked[FIRM], "met")
    place.fill(FIRM, day="2026-06-10")
    case = seen(place, case_id)
    assert (case.progress, case.meetings) == (CaseProgress.MEETING, (date(2026, 6, 10),))
    assert "ありがとうございます" in place.now(asked[FIRM]).shown
    assert "まだ連絡がない" not in place.now(asked[PARTNER]).shown
    assert "その後、いかがですか" in place.now(asked[PARTNER]).text
    place.click(PARTNER, place.now(asked[PARTNER]), "progress")
    assert seen(place, case_id).progress is CaseProgress.CONTINUING
    assert buttons(place.now(asked[COLLEAGUE])) == ["outcome", "rate", "rate"]
    place.click(FIRM, place.now(asked[FIRM]), "outcome")
    assert place.fill(FIRM, kind="deal").errors.keys() == {"certainty", "attribution"}
    place.fill(
        FIRM, kind="deal", certainty="confirmed", attribution="decisive", day="2026-06-12", document="契約書"
    )
    (outcome,) = place.service.desk.outcomes(place.member("staff"), case_id=case_id)
    assert (outcome.facts.kind, outcome.facts.certainty) == (OutcomeKind.DEAL, Certainty.CONFIRMED)
    assert outcome.evidence == "A"
    place.click(PARTNER, place.now(asked[PARTNER]), "outcome")
    place.fill(PARTNER, kind="deal", certainty="confirmed", attribution="contributing", day="2026-06-12")
    assert "1件と数えます" in place.inbox(PARTNER)[-1].text
    assert len(place.service.desk.outcomes(place.member("staff"), case_id=case_id)) == 1


def test_a_coordinator_records_what_is_expected_and_confirms_it_later(place: Workplace) -> None:
    case_id = introduced_outside(place)
    place.clock.go_on(days=14)
    place.do_jobs()
    asked = with_button(place, AWAY, "give_up")
    place.click(AWAY, asked, "progress")
    place.click(AWAY, place.now(asked), "outcome")
    place.fill(
        AWAY,
        kind="new_business",
        certainty="expected",
        attribution="contributing",
        day="2026-12-01",
        subject="新膜",
        organisations=[OUTSIDE],
    )
    place.click(AWAY, place.inbox(AWAY)[-1], "confirm_outcome")
    place.fill(AWAY, day="2026-06-15")
    (outcome,) = place.service.desk.outcomes(place.member("staff"), case_id=case_id)
    assert (outcome.facts.certainty, outcome.facts.subject_id) == (Certainty.CONFIRMED, "新膜")


def test_a_coordinator_reports_outcomes_and_visits_from_the_home_tab(place: Workplace) -> None:
    case_id = introduced(place)
    place.server.people.open_home(HOME)
    place.settle()
    home = place.workspace.home(HOME)
    assert home is not None
    assert place.server.people.options(HOME, home, "outcome", "北9") == []
    (offered,) = place.server.people.options(HOME, home, "outcome", "北1")
    assert offered["text"]["text"] == f"{case_id} 北0工業 北1工業"
    place.server.people.click(HOME, home, "outcome", offered)
    place.settle()
    place.fill(HOME, kind="deal", certainty="confirmed", attribution="decisive", day="2026-06-01")
    (outcome,) = place.service.desk.outcomes(place.member("staff"), case_id=case_id)
    assert (outcome.facts.kind, outcome.evidence) == (OutcomeKind.DEAL, Evidence.D)
    assert "証拠D（コーディネーターのみ）" in place.inbox(HOME)[-1].shown
    place.click(HOME, home, "visit")
    assert place.form(HOME).content["callback_id"] == "visit_form"


def test_a_firm_sees_its_introductions_in_the_home_tab_and_reports_there_what_came_of_them(
    place: Workplace,
) -> None:
    case_id = introduced(place)
    place.server.people.open_home(FIRM)
    place.settle()
    home = place.workspace.home(FIRM)
    assert home is not None
    assert f"案件 {case_id}" in home.shown
    assert "紹介: 2026年6月1日" in home.shown
    place.click(FIRM, home, "outcome")
    place.fill(FIRM, kind="deal", certainty="confirmed", attribution="decisive", day="2026-06-01")
    (outcome,) = place.service.desk.outcomes(place.member("m-firm"), case_id=case_id)
    assert outcome.evidence is Evidence.C


def test_who_says_that_it_did_not_fit_is_heard(place: Workplace) -> None:
    introduced(place)
    place.clock.go_on(days=14)
    place.do_jobs()
    card = with_button(place, FIRM, "give_up")
    place.click(FIRM, card, "give_up")
    place.fill(FIRM, reason="価格が合わない")
    place.click(FIRM, place.now(card), "rate#1")
    (need,) = place.service.desk.needs("seed:firm-0", place.member("m-firm"))
    assert need.ratings == {THEIRS: False}
    assert "価格が合わない" not in place.everything_seen(PARTNER)


def test_a_day_is_agreed_on_in_the_group_and_the_sheet_comes_before_it(place: Workplace) -> None:
    case_id = introduced(place)
    (letter,) = group(place)
    place.click(PARTNER, letter, "plan")
    assert "に決まりました" in group(place)[-1].text
    assert seen(place, case_id).planned_on == date(2026, 6, 8)
    told = with_button(place, FIRM, "call_off")
    assert "面談の予定です" in told.text
    place.clock.go_on(days=4)
    place.do_jobs()
    sheet = place.inbox(FIRM)[-1]
    assert "面談メモ" in sheet.text
    assert "北1工業" in sheet.shown
    assert sheet.shown.count("• ") == 3
    place.click(FIRM, told, "call_off")
    assert seen(place, case_id).planned_on is None
    assert "取りやめになりました" in place.inbox(PARTNER)[-1].text


def test_the_letter_offers_days_only_until_one_is_agreed_on_or_they_have_met(place: Workplace) -> None:
    introduced(place)
    (letter,) = group(place)
    offered = ["plan", "plan", "plan", "plan_other"]
    assert buttons(letter) == offered
    place.click(PARTNER, letter, "plan")
    agreed = place.now(letter)
    assert buttons(agreed) == ["plan_other"]
    assert "に決まりました" in agreed.shown
    place.click(FIRM, with_button(place, FIRM, "call_off"), "call_off")
    assert buttons(place.now(letter)) == offered
    place.clock.go_on(days=14)
    place.do_jobs()
    place.click(FIRM, with_button(place, FIRM, "met"), "met")
    place.fill(FIRM, day="2026-06-10")
    over = place.now(letter)
    assert buttons(over) == []
    assert "お引き合わせします。" in over.shown
    assert "最初の一歩" not in over.shown


def test_a_question_is_passed_on_and_answered_before_anybody_is_named(place: Workplace) -> None:
    place.requested(THEIRS, user=SECRET)
    for user in (HOME, AWAY):
        place.click(user, next(m for m in place.inbox(user) if "approve" in buttons(m)), "approve")
    place.click(PARTNER, place.inbox(PARTNER)[0], "question")
    place.fill(PARTNER, text="月に何個ほどですか")
    asked = with_button(place, SECRET, "reply")
    assert "月に何個ほどですか" in asked.shown
    place.click(SECRET, asked, "reply")
    place.fill(SECRET, text="北4工業では百個です")
    assert buttons(place.now(asked)) == []
    answered = place.inbox(PARTNER)[-1]
    assert "百個です" in answered.shown
    assert "北4" not in place.everything_seen(PARTNER)


def test_only_who_is_masked_is_told_to_leave_out_who_they_are(place: Workplace) -> None:
    place.asked()
    place.click(PARTNER, place.inbox(PARTNER)[0], "question")
    assert "貴機関とわかること" not in str(place.form(PARTNER).blocks)
    place.service.desk.propose(
        [OURS, MASKED], purpose=Purpose.RESEARCH, cluster="krip", by=place.member("k-home"), key="proposed"
    )
    place.settle()
    place.click(SECRET, with_button(place, SECRET, "question"), "question")
    assert "貴機関とわかること" in str(place.form(SECRET).blocks)


def test_a_survey_is_one_click_and_one_sentence_for_who_likes(place: Workplace) -> None:
    desk, staff = place.service.desk, place.member("staff")
    desk.send_survey("2026", ["m-firm"], by=staff, key="survey")
    place.settle()
    card = with_button(place, FIRM, "survey")
    for _ in range(3):
        place.click(FIRM, card, "survey#4")
    assert "（満足）" in place.now(card).shown
    place.click(FIRM, place.now(card), "survey_more")
    place.fill(FIRM, recommendation="9", text="よい相手でした")
    assert place.inbox(FIRM)[-1].text == "ありがとうございました。"
    assert desk.tallies(staff)["SurveyAnswered"] == 2


def test_a_pair_nobody_asked_for_is_proposed_with_one_click_and_once(place: Workplace) -> None:
    desk = place.service.desk
    desk.save_need("seed:firm-0", "真空蒸着の装置", Purpose.RESEARCH, by=place.member("m-firm"), key="need")
    place.clock.go_on(days=7)
    place.do_jobs()
    cards = {user: with_button(place, user, "propose") for user in (HOME, HOME_2)}
    assert "北0工業" in cards[HOME].shown
    place.click(HOME, cards[HOME], "propose")
    assert "提案しました" in place.inbox(HOME)[-1].text
    (case,) = desk.cases(place.member("staff"))
    for card in map(place.now, cards.values()):
        assert "propose" not in buttons(card)
        assert f"案件 {case.id}" in card.shown
    place.click(HOME_2, cards[HOME_2], "propose")
    assert "すでに案件" in place.inbox(HOME_2)[-1].text
    assert len(desk.cases(place.member("staff"))) == 1
    card = next(m for m in place.inbox(FIRM) if "consent" in buttons(m))
    assert "コーディネーターからのご提案" in card.shown


def test_a_pair_shows_that_of_the_other_one_which_fits(place: Workplace) -> None:
    with place.service._open_registry() as registry:
        registry.put(map(with_furniture_first, profiles()), recorded_at=place.clock.now())
    place.service.build_index(progress=lambda *_: None)
    need = "真空蒸着の装置"
    place.service.desk.save_need(OURS, need, Purpose.RESEARCH, by=place.member("m-firm"), key="need")
    place.clock.go_on(days=7)
    place.do_jobs()
    card = with_button(place, HOME, "propose")
    assert "真空蒸着の装置を" in card.shown
    assert "家具" not in card.shown


def with_furniture_first(profile: Profile) -> Profile:
    id = profile.organisation.id
    first = replace(profile.passages[0], id=f"{id}:0", text="木の家具を作っています。")
    return replace(profile, passages=(first, *profile.passages))


def test_who_only_looks_for_the_same_is_nobodys_pair(place: Workplace) -> None:
    with place.service._open_registry() as registry:
        registry.put(map(looking_for_it, profiles()), recorded_at=place.clock.now())
    place.service.build_index(progress=lambda *_: None)
    need = "真空蒸着の装置"
    place.service.desk.save_need(OURS, need, Purpose.RESEARCH, by=place.member("m-firm"), key="need")
    place.clock.go_on(days=7)
    place.do_jobs()
    assert [message for message in place.inbox(HOME) if "propose" in buttons(message)] == []


def looking_for_it(profile: Profile) -> Profile:
    (passage,) = profile.passages
    text = "真空蒸着の装置を貸してくださる方を探しています。"
    return replace(profile, passages=(replace(passage, type=PassageType.NEED, text=text),))


def test_the_pairs_of_a_week_that_is_over_are_not_proposed_any_more(place: Workplace) -> None:
    desk = place.service.desk
    desk.save_need("seed:firm-0", "真空蒸着の装置", Purpose.RESEARCH, by=place.member("m-firm"), key="need")
    place.clock.go_on(days=7)
    place.do_jobs()
    card = with_button(place, HOME, "propose")
    place.clock.go_on(days=7)
    place.do_jobs()
    assert place.now(card).text == "この件は終了しました。今の状態はホームでご確認ください。"
    assert buttons(place.now(card)) == []


def stale(place: Workplace, user: str, action: str, value: str) -> Message:
    """A card of long ago with one button."""
    button = {
        "type": "button",
        "action_id": action,
        "value": value,
        "text": {"type": "plain_text", "text": "x"},
    }
    block = {"type": "actions", "block_id": "b", "elements": [button]}
    return Message(place.workspace.dm(user).id, "1700000000.000100", "U0MATCHBOT", "", (block,))


def test_what_comes_late_or_out_of_order_is_answered_and_changes_nothing(place: Workplace) -> None:
    case_id = introduced(place)
    before = place.events(case_id)
    for user, action, value in (
        (PARTNER, "consent", f"{case_id}|{THEIRS}"),
        (HOME, "approve", f"{case_id}|krip"),
        (FIRM, "withdraw", case_id),
        (FIRM, "progress#1", f"{case_id}|seed:firm-0|14|no_contact"),
        (PARTNER, "plan", "c-99|2026-06-08"),
        (FIRM, "approve", f"{case_id}|krip"),
        (SECRET, "consent", f"{case_id}|{THEIRS}"),
    ):
        n_seen = len(place.inbox(user))
        place.click(user, stale(place, user, action, value), action)
        assert len(place.inbox(user)) == n_seen + 1, action
    assert place.events(case_id) == before


def test_what_was_heard_on_a_visit_becomes_a_need(place: Workplace) -> None:
    place.server.people.command(AWAY, "/matchbot", "visit")
    place.settle()
    (offered,) = place.server.people.options(AWAY, place.form(AWAY), "organisation", "北3")
    note = "工場を見学。メッキの膜厚を測れる相手を探しているとのこと。"
    place.fill(AWAY, organisation=offered, means="visit", text=note)
    told = place.inbox(AWAY)[-1]
    assert "メッキの膜厚を測れる相手" in told.shown
    place.click(AWAY, told, "visit_need")
    place.fill(AWAY, purpose="research")
    (need,) = place.service.desk.needs(OUTSIDE, place.member("k-away"))
    assert "膜厚" in need.text
    assert need.wants_alerts
    assert place.service.desk.tallies(place.member("staff"))["VisitLinked"] == 1
    assert buttons(place.now(told)) == []
    assert need.id in place.now(told).shown


def test_what_was_heard_on_a_visit_becomes_one_need_however_often_it_is_clicked(place: Workplace) -> None:
    place.server.people.command(AWAY, "/matchbot", "visit")
    place.settle()
    (offered,) = place.server.people.options(AWAY, place.form(AWAY), "organisation", "北3")
    place.fill(AWAY, organisation=offered, means="visit", text="膜厚を測れる相手を探しているとのこと。")
    told = place.inbox(AWAY)[-1]
    place.click(AWAY, told, "visit_need")
    form = place.form(AWAY)
    place.fill(AWAY, purpose="research")
    place.server.people.submit(AWAY, form, {"purpose": "research"})
    place.settle()
    place.click(AWAY, told, "visit_need")
    assert "登録済みです" in place.inbox(AWAY)[-1].text
    assert len(place.service.desk.needs(OUTSIDE, place.member("k-away"))) == 1


def test_an_english_slack_reads_no_japanese_but_names_and_what_people_wrote(tmp_path) -> None:
    with at_work(tmp_path / "home", locale="en-US") as place:
        place.asked()
        place.click(PARTNER, place.inbox(PARTNER)[0], "consent")
        place.click(HOME, with_button(place, HOME, "letter"), "letter#1")
        place.fill(HOME)
        place.clock.go_on(days=14)
        place.do_jobs()
        place.click(FIRM, with_button(place, FIRM, "met"), "met")
        place.fill(FIRM, day="2026-06-10")
        seen = "".join(place.everything_seen(user) for user in (FIRM, PARTNER, HOME, AWAY))
        assert "Have you met?" in seen
        for own in ("試作をご一緒したい", "真空蒸着の装置", "台もつ", "工業", "名簿", "の窓口", "北"):
            seen = seen.replace(own, "")
        for own in ("真空", "蒸着", "装置", "を探しています", "の", "を"):
            seen = seen.replace(own, "")
        assert re.findall("[ぁ-んァ-ヶ一-龯]+", seen) == []


def test_an_english_slack_reads_names_in_english_with_the_own_one_beside(tmp_path) -> None:
    with at_work(tmp_path / "home", locale="en-US") as place:
        place.requested(OUTSIDE)
        place.click(HOME, place.inbox(HOME)[-1], "approve")
        introduced_in_english(place)
        homes = [place.server.people.open_home(user) for user in (FIRM, PARTNER, HOME, AWAY)]
        place.settle()
        place.click(FIRM, place.workspace.home(FIRM), "never_add")
        (offered,) = place.server.people.options(FIRM, place.form(FIRM), "organisation", "Kita 3")
        assert offered["text"]["text"] == "Kita 3 Works (北3工業)"
        told = [told for user in (FIRM, PARTNER, HOME, AWAY) for told in place.posted_to(user)]
        assert len(homes) == 4
        for number in (0, 1, 3):
            assert f"Kita {number} Works (北{number}工業)" in str(told)
        assert [told for told in map(own_name_alone, told) if told] == []


def introduced_in_english(place: Workplace) -> None:
    place.asked()
    place.click(PARTNER, place.inbox(PARTNER)[0], "question")
    place.fill(PARTNER, text="How many?")
    place.click(PARTNER, place.inbox(PARTNER)[0], "consent")
    place.click(HOME, with_button(place, HOME, "letter"), "letter#1")
    assert "Dear Kita 0 Works (北0工業)" in str(place.form(HOME).blocks)
    place.fill(HOME)
    place.click(FIRM, group(place)[-1], "plan")
    place.clock.go_on(days=14)
    place.do_jobs()


def own_name_alone(told: str) -> str:
    """Where a firm's name stands without the one in English, with what is around; not a person's."""
    found = re.search("(?<!Works [(])北[0-4]工業(?!の窓口)", told)
    return told[max(0, found.start() - 40) : found.end() + 20] if found else ""
