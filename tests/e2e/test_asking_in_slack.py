"""Asking for partners in Slack, with the real bot, ledger and search; only Slack itself is played."""

import json
from datetime import UTC, date, datetime

from starlette.testclient import TestClient

from corpus.records import Kind as CorpusKind
from corpus.records import Membership, MembershipRole, Organisation, Passage, PassageType, Profile, Source
from matchbot.config import Settings
from matchbot.service import Service
from slack_app.http import asgi
from slack_app.ids import Field
from slack_network import FIRM, GUEST, NEED, Slack, asked, elements, in_slack, partners, purpose, recorded

UNIVERSITIES, OTHERS = 1, 1
"""The places of their buttons below the cards."""


def test_a_question_in_the_dm_is_answered_with_three_cards(slack: Slack) -> None:
    answer = asked(slack)
    assert answer["channel"] == f"D-{FIRM}"
    assert len(elements(answer, "request")) == 3
    assert "真空" in str(answer["blocks"])


def test_where_the_text_model_is_gone_the_words_are_searched_and_the_answer_says_so(
    settings: Settings, slack: Slack
) -> None:
    (manifest,) = settings.snapshots_path.glob("*/manifest.json")
    told = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps({**told, "encoder": str(settings.home / "gone")}), "utf-8")
    answer = asked(slack)
    assert len(elements(answer, "request")) == 3
    assert "語句による簡易検索になります" in str(answer["blocks"])


def test_more_goes_on_behind_the_partners_shown(slack: Slack) -> None:
    first = asked(slack)
    slack.press(FIRM, first, "more")
    second = slack.api.told("chat.postMessage")[-1]
    values = [{each["value"] for each in elements(answer, "request")} for answer in (first, second)]
    assert values[0].isdisjoint(values[1])


def test_a_reply_narrows_what_was_asked(slack: Slack) -> None:
    asked(slack)
    answer = asked(slack, text="大学だけ")
    assert partners(answer) == ["seed:university-7"]


def test_a_reply_in_the_thread_of_an_answer_goes_on_from_what_it_shows(slack: Slack) -> None:
    first = asked(slack)
    asked(slack, text="めっきの設備を探しています")
    slack.write(FIRM, "大学だけ", thread_ts=first["posted_ts"])
    slack.settle()
    answer = slack.api.told("chat.postMessage")[-1]
    assert answer["thread_ts"] == first["posted_ts"]
    assert "検索した内容: 真空蒸着" in str(answer["blocks"])
    assert partners(answer) == ["seed:university-7"]


def replied(slack: Slack, root: str, **facts: str) -> dict:
    """What is answered to a reply in the thread of a message."""
    slack.write(FIRM, "大学だけ", thread_ts=root, **facts)
    slack.settle()
    return slack.api.told("chat.postMessage")[-1]


def test_a_reply_under_ones_own_question_goes_on_from_its_answer(slack: Slack) -> None:
    question = slack.write(FIRM, NEED)
    slack.settle()
    asked(slack, text="めっきの設備を探しています")
    answer = replied(slack, question)
    assert "検索した内容: 真空蒸着" in str(answer["blocks"])
    assert partners(answer) == ["seed:university-7"]


def test_a_reply_under_any_other_message_goes_on_from_what_the_dm_looks_for(
    settings: Settings, service: Service, slack: Slack
) -> None:
    asked(slack)
    with in_slack(settings, service) as restarted:
        answer = replied(restarted, "1700000000.000100", ts="1800000000.5")
    assert answer["thread_ts"] == "1700000000.000100"
    assert partners(answer) == ["seed:university-7"]


def test_a_kind_is_chosen_below_the_cards_and_changes_them_in_their_place(slack: Slack) -> None:
    first = asked(slack)
    slack.press(FIRM, first, "kind", UNIVERSITIES)
    (changed,) = slack.api.told("chat.update")
    assert changed["ts"] == first["posted_ts"]
    assert partners(changed) == ["seed:university-7"]
    chosen = elements(changed, "kind")[UNIVERSITIES]
    assert (chosen["text"]["text"], chosen["style"]) == ("✓ 大学", "primary")


def test_a_kind_that_is_chosen_once_more_is_no_longer(slack: Slack) -> None:
    first = asked(slack)
    slack.press(FIRM, first, "kind", UNIVERSITIES)
    slack.press(FIRM, slack.api.told("chat.update")[-1], "kind", UNIVERSITIES)
    assert len(partners(slack.api.told("chat.update")[-1])) == 3


def test_an_impatient_double_click_on_a_filter_chooses_it_once(slack: Slack) -> None:
    first = asked(slack)
    for _ in range(2):
        slack.press(FIRM, first, "kind", UNIVERSITIES)
    assert len(slack.api.told("chat.update")) == 1


def test_what_is_written_after_a_filter_was_chosen_goes_on_from_it(slack: Slack) -> None:
    slack.press(FIRM, asked(slack), "scope", OTHERS)
    answer = asked(slack, text="大学も")
    chosen = [each["text"]["text"] for each in elements(answer, "scope") if "style" in each]
    assert chosen == ["✓ 他クラスター"]


def test_each_understood_piece_is_shown_and_can_be_taken_away(slack: Slack) -> None:
    answer = asked(slack, text=f"{NEED}。関西以外で")
    assert [each["text"]["text"] for each in elements(answer, "drop")] == ["✕ 関西以外"]
    slack.press(FIRM, answer, "drop")
    (changed,) = slack.api.told("chat.update")
    assert elements(changed, "drop") == []
    assert slack.bot.service.need_of(f"D-{FIRM}").pieces == ()


def test_whatever_was_understood_stands_on_a_button_that_takes_it_away(slack: Slack) -> None:
    answer = asked(slack, text=f"当社は眼鏡を作っています。至急、{NEED}")
    assert [each["text"]["text"] for each in elements(answer, "drop")] == [
        "✕ 自社でしていること: 眼鏡",
        "✕ 時期: 至急",
    ]
    slack.press(FIRM, answer, "drop", 1)
    (changed,) = slack.api.told("chat.update")
    assert [each["text"]["text"] for each in elements(changed, "drop")] == ["✕ 自社でしていること: 眼鏡"]


def test_a_button_asks_for_the_need_that_its_card_shows(slack: Slack) -> None:
    first = asked(slack)
    asked(slack, text="めっきの設備を探しています")
    slack.press(FIRM, first, "request")
    view = slack.api.told("views.open")[-1]["view"]
    assert NEED in str(view["blocks"])
    assert "めっき" not in str(view["blocks"])


def test_the_details_of_a_partner_tell_more_and_its_owner_is_told_of_the_look(slack: Slack) -> None:
    answer = asked(slack)
    slack.press(FIRM, answer, "details", 1)
    assert "この四半期にこの相手へ届いた紹介の希望: 0件" in str(slack.api.told("views.open")[-1])
    view = slack.api.told("views.open")[-1]["view"]
    assert "一致した語" in str(view["blocks"])
    (looked_at,) = recorded(slack, "ProfileViewed")
    assert looked_at.organisation_id == partners(answer)[1]


def test_the_details_tell_which_words_of_the_need_a_profile_has_not(slack: Slack) -> None:
    answer = asked(slack, text="真空蒸着の装置の台とトリュフを探しています")
    slack.press(FIRM, answer, "details")
    view = slack.api.told("views.open")[-1]["view"]
    assert "紹介文に見当たらない語: トリュフ" in str(view["blocks"])


def test_a_partner_that_does_not_fit_is_said_to_once_and_noted(slack: Slack) -> None:
    answer = asked(slack)
    slack.press(FIRM, answer, "details", 1)
    slack.press_in_view(FIRM, slack.api.told("views.open")[-1]["view"], "unfit")
    assert "候補から外しました" in str(slack.api.told("views.update")[-1]["view"])
    (rated,) = recorded(slack, "Rated")
    assert (rated.partner_id, rated.is_fitting) == (partners(answer)[1], False)
    with slack.bot.service.desk._office.ledger.read() as unit:
        assert unit.private.text(rated.text) == NEED


def test_a_partner_that_does_not_fit_is_gone_from_the_cards_and_from_all_that_follow(slack: Slack) -> None:
    answer = asked(slack)
    first, unfit, third = partners(answer)
    slack.press(FIRM, answer, "details", 1)
    slack.press_in_view(FIRM, slack.api.told("views.open")[-1]["view"], "unfit")
    now = slack.api.told("chat.update")[-1]
    shown = partners(now)
    assert (now["ts"], shown[:2]) == (answer["posted_ts"], [first, third])
    assert len(shown) == 3
    slack.press(FIRM, now, "more")
    further = slack.api.told("chat.postMessage")[-1]
    assert set(partners(further)).isdisjoint(shown)
    refined = asked(slack, text="関西以外で")
    assert partners(refined)
    assert unfit not in [*shown, *partners(further), *partners(refined)]
    assert slack.bot.service.desk.needs("seed:firm-0", slack.bot.service.desk.member("m-1")) == []


NONSENSE = "ＸＹＺ量子テレポート旅行を探しています"


def test_where_nobody_is_found_it_can_be_said_differently(slack: Slack) -> None:
    nobody = asked(slack, text=NONSENSE)
    assert partners(nobody) == []
    assert "見つかりませんでした" in nobody["text"]
    slack.press(FIRM, nobody, "rewrite")
    view = slack.api.told("views.open")[-1]["view"]
    slack.submit(FIRM, view, {Field.TEXT: {"type": "plain_text_input", "value": NEED}})
    slack.settle()
    assert len(partners(slack.api.told("chat.postMessage")[-1])) == 3


def test_where_nobody_is_found_matchbot_can_go_on_looking(slack: Slack) -> None:
    slack.press(FIRM, asked(slack, text=NONSENSE), "alert")
    view = slack.api.told("views.open")[-1]["view"]
    told = {"type": "plain_text_input", "value": NONSENSE}
    slack.submit(FIRM, view, {Field.TEXT: told, Field.PURPOSE: purpose("research")})
    slack.settle()
    desk = slack.bot.service.desk
    (need,) = desk.needs("seed:firm-0", desk.member("m-1"))
    assert (need.text, need.wants_alerts) == (NONSENSE, True)
    assert need.id in slack.api.told("chat.postMessage")[-1]["text"]


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


def test_whoever_is_of_no_cluster_is_not_offered_to_choose_between_own_and_others(slack: Slack) -> None:
    assert len(elements(asked(slack), "scope")) == 2
    guests = asked(slack, user=GUEST)
    assert elements(guests, "scope") == []
    assert elements(guests, "kind") != []


def test_a_question_that_is_written_anew_is_answered_anew_and_once(slack: Slack) -> None:
    ts = slack.write(FIRM, "めっきの設備を探しています")
    slack.settle()
    written = {"user": FIRM, "ts": ts, "text": NEED, "edited": {"user": FIRM, "ts": "99.5"}}
    change = {
        "subtype": "message_changed",
        "message": {"type": "message", **written},
        "previous_message": {"type": "message", **written, "text": "めっきの設備を探しています"},
    }
    for event_id in ("Ev7", "Ev8"):
        slack.write("", "", channel=f"D-{FIRM}", event_id=event_id, **change)
        slack.settle()
    first, second = slack.api.told("chat.postMessage")
    assert "検索した内容: めっき" in str(first["blocks"])
    assert "検索した内容: 真空蒸着" in str(second["blocks"])


def test_whoever_sends_no_words_is_asked_for_some(slack: Slack) -> None:
    for nothing in (":pray: :+1:", "<@U0SOMEBODY>", "<https://kita.example/>"):
        assert "文字で書いてください" in asked(slack, text=nothing)["text"]
    slack.write(FIRM, "", subtype="file_share", files=[{"id": "F1", "mimetype": "audio/webm"}])
    slack.settle()
    assert "文字で書いてください" in slack.api.told("chat.postMessage")[-1]["text"]


def test_what_is_attached_is_said_not_to_be_read(slack: Slack) -> None:
    slack.write(FIRM, NEED, subtype="file_share", files=[{"id": "F1"}])
    slack.settle()
    cards, note = slack.api.told("chat.postMessage")
    assert len(elements(cards, "request")) == 3
    assert "添付は読まずに" in note["text"]


def test_the_words_of_a_message_are_searched_and_not_its_markup(slack: Slack) -> None:
    answer = asked(slack, text="<@U0BOT> ```真空蒸着&amp;めっき``` <https://kita.example/a|の装置> :pray:")
    (told,) = (block for block in answer["blocks"] if "検索した内容" in str(block))
    assert "真空蒸着&amp;めっき の装置" in str(told)


def test_a_masked_partner_is_a_code_everywhere(slack: Slack) -> None:
    first = asked(slack)
    slack.press(FIRM, first, "more")
    slack.press(FIRM, slack.api.told("chat.postMessage")[-1], "more")
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
    slack.press(FIRM, asked(slack), "request")
    view = slack.api.told("views.open")[-1]["view"]
    told = {"type": "plain_text_input", "value": brief}
    answered = slack.submit(FIRM, view, {Field.PURPOSE: purpose("research"), Field.TEXT: told})
    slack.settle()
    slack.bot.notifier.drain()
    told_firm = [each for each in slack.api.told("chat.postMessage") if each["channel"] == f"D-{FIRM}"]
    return {"answered": answered, "message": told_firm[-1]}


def test_asking_for_an_introduction_opens_a_case(slack: Slack) -> None:
    message = requested(slack)["message"]
    desk = slack.bot.service.desk
    (case,) = desk.cases(desk.member("m-1"))
    assert f"案件 {case.id}" in message["text"]
    assert case.state == "requested"
    assert case.need_id
    assert "残りの希望件数: 4件" in message["text"]


def test_two_who_only_together_meet_a_need_are_asked_for_in_one_case(
    settings: Settings, service: Service
) -> None:
    source, begin = Source("名簿", date(2026, 4, 1)), datetime(2026, 4, 1, tzinfo=UTC)
    says = {"seed:resins": "難燃性の樹脂を少量から配合する。", "seed:moulds": "射出成形の金型を設計する。"}
    with service._open_registry() as registry:
        registry.put(
            [
                Profile(
                    Organisation(id, f"{id}社", CorpusKind.FIRM, source),
                    (Passage(f"{id}:1", id, PassageType.CAPABILITY, text, source),),
                    (Membership(id, "krip", MembershipRole.HOME, source.as_of, begin),),
                )
                for id, text in says.items()
            ],
            recorded_at=begin,
        )
    service.build_index(progress=lambda *_: None)
    with in_slack(settings, service) as slack:
        answer = asked(slack, text="樹脂の配合と金型の設計ができる会社を探しています")
        shown = str(answer["blocks"])
        assert "はじめの2者が組めば応えられます" in shown
        assert "分担: 樹脂の配合" in shown
        assert "分担: 金型の設計" in shown
        slack.press(FIRM, answer, "request", 0)
        view = slack.api.told("views.open")[-1]["view"]
        told = {"type": "plain_text_input", "value": "難燃の筐体を試作したい"}
        slack.submit(FIRM, view, {Field.PURPOSE: purpose("research"), Field.TEXT: told})
        slack.settle()
        desk = slack.bot.service.desk
        (case,) = desk.cases(desk.member("m-1"))
        assert {party.id for party in case.parties if not party.is_requester} == set(says)


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
        slack.click(FIRM, button, message["posted_ts"])
    slack.settle()
    desk = slack.bot.service.desk
    (case,) = desk.cases(desk.member("m-1"), with_closed=True)
    assert case.state == "withdrawn"
    told = [each["text"] for each in slack.api.told("chat.postMessage")]
    assert sum("取り下げました" in text for text in told) == 1
    slack.bot.notifier.refresh()
    (update,) = [each for each in slack.api.told("chat.update") if each["ts"] == message["posted_ts"]]
    assert elements(update, "withdraw") == []
    assert "取下げ" in str(update["blocks"])


def test_an_app_that_was_removed_says_so_to_whoever_watches_over_it(slack: Slack) -> None:
    with TestClient(asgi(slack.bot)) as watching:
        assert watching.get("/healthz").status_code == 200
        slack.remove_app()
        answered = watching.get("/healthz")
    assert (answered.status_code, answered.json()) == (503, {"status": "revoked"})
