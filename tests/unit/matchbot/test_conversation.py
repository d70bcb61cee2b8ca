"""One thread: what is done about each message, in order."""

import re

import pytest

from corpus.places import REGIONS, REGIONS_EN
from corpus.records import Kind
from index.hits import Found, Hit
from matchbot.conversation import (
    MOST_QUESTIONS,
    Ask,
    Conversation,
    Drop,
    Exclude,
    More,
    Question,
    Quit,
    Say,
    Search,
    Step,
    ToggleKinds,
    Topic,
    Within,
    advance,
    choose,
    crowded_region,
    need_text,
    piece_to_drop,
)
from matchbot.matchmaking import Match, Matches
from matchbot.need import Language, Need, Purpose, Scope
from matchbot.texts import LANGUAGES, Texts

CLEAR_NEED = "ガラス基板の欠陥検査ができる相手を探しています"


def after(*messages: str) -> tuple[Conversation, Step]:
    state, step = Conversation(), None
    for message in messages:
        state, step = advance(state, message)
    assert step is not None
    return state, step


def search(step: Step) -> Search:
    assert isinstance(step, Search)
    return step


def test_a_clear_need_is_searched_without_a_question() -> None:
    state, step = after(CLEAR_NEED)
    assert search(step).need.query == "ガラス基板の欠陥検査"
    assert step == Search(search(step).need, offset=0, question=None)
    assert state.need == search(step).need


@pytest.mark.parametrize(
    "more",
    [
        "もっと",
        "もっと見せて",
        "他には？",
        "次",
        "続き",
        "ほかにいませんか",
        "more",
        "Show more",
        "anyone else?",
        "他にない？",
        "ほかにいる？",
        "any others?",
    ],
)
def test_more_goes_on_behind_what_was_shown(more: str) -> None:
    state, _ = after(CLEAR_NEED)
    state = state.remember(["a", "b", "c"])
    state, step = advance(state, more)
    assert search(step).offset == 3
    state = state.remember(["d", "e", "f"])
    assert search(advance(state, more)[1]).offset == 3 + 3


def test_a_refinement_starts_a_new_list_and_keeps_the_need() -> None:
    state, _ = after(CLEAR_NEED)
    state, step = advance(state.remember(["a", "b", "c"]), "大学だけ")
    assert search(step).need.kinds == {Kind.UNIVERSITY}
    assert search(step).need.query == "ガラス基板の欠陥検査"
    assert search(step).offset == 0
    assert state.shown == ()


def test_a_new_need_replaces_the_former() -> None:
    _, step = after(CLEAR_NEED, "大学だけ", "樹皮を使った土壌改良材を量産したい")
    assert search(step).need.query == "樹皮を使った土壌改良材を量産"
    assert not search(step).need.is_filtered


def test_a_piece_can_be_taken_away() -> None:
    state, _ = after(CLEAR_NEED, "大学だけ")
    assert state.need is not None
    state, step = choose(state.remember(["a"]), Drop(state.need.pieces[0]))
    assert not search(step).need.is_filtered
    assert state.shown == ()


@pytest.mark.parametrize("message", ["検査", "めっき", "glass"])
def test_a_vague_need_shows_partners_first_and_asks_one_question(message: str) -> None:
    state, step = after(message)
    assert search(step).question is Question.DETAIL
    assert state.pending is Question.DETAIL


def test_answers_join_the_need() -> None:
    state, step = after("検査", "表面の傷")
    assert search(step).need.query == "検査 表面の傷"
    state, step = after("めっき", "まだ錆びやすい")
    assert search(step).question is Question.PURPOSE
    state, step = advance(state, "販路開拓です")
    assert search(step).need.purpose is Purpose.SALES
    assert search(step).need.query == "めっき まだ錆びやすい"
    assert search(step).question is Question.KIND
    state, step = advance(state, "企業")
    assert search(step).need.kinds == {Kind.FIRM}
    assert search(step).question is None


def test_at_most_three_questions_are_asked_in_a_thread() -> None:
    state = Conversation()
    questions = []
    for message in [
        "会社を紹介して",
        "検査",
        "めっきできる会社を探しています",
        "切削",
        "研磨の会社を紹介して",
        "大学を紹介して",
    ]:
        state, step = advance(state, message)
        if isinstance(step, Ask) or (isinstance(step, Search) and step.question):
            questions.append(step.question)
    assert len(questions) == MOST_QUESTIONS
    assert len(state.asked) == MOST_QUESTIONS


def test_a_request_instead_of_an_answer_is_a_new_need() -> None:
    _, step = after("検査", "樹脂の発泡成形ができる会社を探しています")
    assert search(step).need.query == "樹脂の発泡成形"


def test_an_open_answer_leaves_the_partners_as_they_are() -> None:
    state, step = after("検査", "特にないです")
    assert step == Say(Topic.UNCHANGED)
    assert state.need is not None
    assert state.need.query == "検査"


def test_a_wish_without_content_is_asked_about() -> None:
    state, step = after("大学を紹介して")
    assert step == Ask(Question.WHAT)
    _, step = advance(state, "樹脂の発泡成形")
    assert search(step).need.query == "樹脂の発泡成形"
    assert search(step).need.kinds == {Kind.UNIVERSITY}


@pytest.mark.parametrize(
    "message",
    [
        "新しい事業を考えています",
        "何か新しいことを始めたいです",
        "連携先を探しています。",
        "会社の売上を伸ばしたいと考えています",
        "困っています",
        "we are thinking about a new business",
        "We want to grow our sales",
    ],
)
def test_a_wish_that_says_nothing_of_what_is_asked_about_and_searches_nothing(message: str) -> None:
    state, step = after(message)
    assert step == Ask(Question.WHAT)
    _, step = advance(state, "樹脂の発泡成形")
    assert search(step).need.query == "樹脂の発泡成形"


@pytest.mark.parametrize(
    "message", ["新しいめっきを始めたい", "売上を伸ばしたい、ねじの会社", "new glass", "AI"]
)
def test_one_word_of_what_is_enough_to_search(message: str) -> None:
    assert search(after(message)[1])


def test_more_without_a_need_asks_what_is_needed() -> None:
    assert after("もっと")[1] == Ask(Question.WHAT)


@pytest.mark.parametrize(
    ("message", "topic"),
    [
        ("こんにちは", Topic.GREETING),
        ("はじめまして。よろしくお願いします。", Topic.GREETING),
        ("Hello!", Topic.GREETING),
        ("ありがとうございました", Topic.THANKS),
        ("Thank you very much", Topic.THANKS),
        ("ヘルプ", Topic.HELP),
        ("使い方を教えてください", Topic.HELP),
        ("何ができますか", Topic.HELP),
        ("what can you do?", Topic.HELP),
        ("？", Topic.HELP),
        ("", Topic.HELP),
        ("補助金を教えて", Topic.OFF_TOPIC),
        ("補助金の申請方法を教えてください", Topic.OFF_TOPIC),
        ("明日の天気は？", Topic.OFF_TOPIC),
        ("会費はいくらですか", Topic.OFF_TOPIC),
        ("運転免許の更新はどこでできますか", Topic.OFF_TOPIC),
        ("ふるさと納税はどこがお得ですか", Topic.OFF_TOPIC),
        ("住民票の写しを取りたい", Topic.OFF_TOPIC),
        ("社員旅行はいつですか", Topic.OFF_TOPIC),
        ("この前の選挙はどっちが勝った？", Topic.OFF_TOPIC),
        ("あの映画の監督は誰", Topic.OFF_TOPIC),
        ("薬は一日何回がいいですか", Topic.OFF_TOPIC),
        ("Can you tell me about subsidies?", Topic.OFF_TOPIC),
    ],
)
def test_some_messages_need_no_search(message: str, topic: Topic) -> None:
    assert after(message)[1] == Say(topic)


@pytest.mark.parametrize(
    "message",
    [
        "補助金の申請を手伝ってくれる支援機関を探しています",
        "気象予報の精度を高める天気レーダーの開発",
        "助成金制度の効果分析に関する研究",
        "求人広告の自動生成技術",
        "運転免許の教習に使うシミュレータを作りたい",
        "ふるさと納税の返礼品を作ってくれる会社",
        "医療機器の製造免許を取りたい",
        "めっきはどこでできますか",
        "めっきは誰に相談すればいいですか",
        "この部品を何回まで使えるか試験してくれるところを探しています",
        "誰か溶接に詳しい人を教えて",
        "research on the effect of subsidies on small firms",
    ],
)
def test_a_need_that_names_such_a_topic_is_searched(message: str) -> None:
    assert isinstance(after(message)[1], Search)


def test_talk_in_between_does_not_lose_the_need() -> None:
    state, _ = after(CLEAR_NEED, "ありがとう", "補助金を教えて")
    state, step = advance(state.remember(["a", "b", "c"]), "もっと")
    assert search(step).offset == 3
    assert search(step).need.query == "ガラス基板の欠陥検査"


@pytest.mark.parametrize("message", ["終了", "終わります", "exit", "Quit", "bye", "さようなら"])
def test_a_thread_can_be_ended(message: str) -> None:
    assert after(CLEAR_NEED, message)[1] == Quit()


def test_the_thread_speaks_the_language_of_the_last_message() -> None:
    assert after("ガラスの検査")[0].language == "ja"
    assert after("ガラスの検査", "universities only")[0].language == "en"
    assert after("looking for a glass inspection partner", "SUS304")[0].language == "en"


def test_remembering_twice_counts_once() -> None:
    assert Conversation().remember(["a", "b"]).remember(["b", "c"]).shown == ("a", "b", "c")


NEEDS: dict[Language, str] = {"ja": "ガラス基板の欠陥検査", "en": "glass inspection"}
CONDITIONS: dict[Language, str] = {"ja": "支援機関だけ", "en": "support bodies only"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_the_help_suggests_changes_the_list(language: Language) -> None:
    lines = [line for line in Texts(language)("chat-help").splitlines() if "…" in line]
    for suggestion in (said.strip() for line in lines for said in line.split("…")[0].split(" / ")):
        state, _ = after(NEEDS[language], CONDITIONS[language])
        changed, step = advance(state.remember(["a", "b", "c"]), suggestion)
        assert changed.need != state.need or search(step).offset == 3, suggestion
        assert search(step).need.query != suggestion, suggestion


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_that_a_question_offers_is_understood(language: Language) -> None:
    need = after(NEEDS[language])[0].need
    for answer in offered(language, Question.PURPOSE):
        state = Conversation(need=need, pending=Question.PURPOSE)
        assert search(advance(state, answer)[1]).need.purpose, answer
    for answer in offered(language, Question.KIND):
        state = Conversation(need=need, pending=Question.KIND)
        assert search(advance(state, answer)[1]).need.kinds, answer


def offered(language: Language, question: Question) -> list[str]:
    """What stands between slashes in the last sentence of a question."""
    last_sentence = re.split(r"[。?]", Texts(language)(f"chat-ask-{question}"))[-1]
    return [answer.strip() for answer in re.split("[（(]", last_sentence)[0].split("/")]


def shown_in(need: Need | None, *prefectures: str) -> Matches:
    """Partners shown for a need, one in each prefecture."""
    assert need is not None
    found = [Found(f"p{place}", "甲社", "firm", prefecture=where) for place, where in enumerate(prefectures)]
    hits = [Hit(one, 0.5, rank=place) for place, one in enumerate(found, start=1)]
    return Matches(need, tuple(Match(hit, (), False, hit.organisation.id) for hit in hits))


def test_the_region_to_leave_is_the_one_that_most_of_those_shown_are_in() -> None:
    need = after(CLEAR_NEED)[0].need
    assert crowded_region(shown_in(need, "愛知県", "大阪府", "三重県")) == "東海"
    assert crowded_region(shown_in(need, "", "")) == ""
    in_tokai = after(CLEAR_NEED, "東海で")[0].need
    assert crowded_region(shown_in(in_tokai, "愛知県", "三重県")) == ""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("region", REGIONS)
def test_to_leave_any_region_by_its_name_changes_the_list(language: Language, region: str) -> None:
    state, _ = after(NEEDS[language])
    named, message = (region, f"{region}以外で") if language == "ja" else (REGIONS_EN[region], "")
    need = search(advance(state, message or f"outside {named}")[1]).need
    assert need.not_prefectures >= frozenset(REGIONS[region])


@pytest.mark.parametrize(
    ("condition", "told"), [("関西で", "関西の条件を外して"), ("大学だけ", "大学・高専の条件を外して")]
)
def test_the_piece_to_drop_is_one_that_is_taken_back_by_its_name(condition: str, told: str) -> None:
    state, _ = after(CLEAR_NEED, condition)
    assert state.need is not None
    assert piece_to_drop(state.need) is not None
    assert not search(advance(state, told)[1]).need.pieces


def test_what_only_describes_and_what_is_excluded_are_not_offered_to_drop() -> None:
    need = after(CLEAR_NEED, "関西以外で")[0].need
    assert need is not None
    assert piece_to_drop(need) is None


# --- Clicks below the partners ---


def chosen(state: Conversation, *choices) -> tuple[Conversation, Search]:
    for choice in choices:
        state, step = choose(state, choice)
    return state, search(step)


def test_kinds_are_toggled_one_by_one_and_together() -> None:
    state, _ = after(CLEAR_NEED)
    university, money = ToggleKinds((Kind.UNIVERSITY,)), ToggleKinds((Kind.FINANCIER, Kind.TRADING_HOUSE))
    assert chosen(state, university)[1].need.kinds == {Kind.UNIVERSITY}
    both = chosen(state, university, money)[1].need
    assert both.kinds == {Kind.UNIVERSITY, Kind.FINANCIER, Kind.TRADING_HOUSE}
    assert chosen(state, university, money, university)[1].need.kinds == {
        Kind.FINANCIER,
        Kind.TRADING_HOUSE,
    }
    assert chosen(state, university, university)[1].need == state.need


def test_a_kind_that_was_excluded_is_looked_for_once_it_is_clicked() -> None:
    state, _ = after(CLEAR_NEED, "大学以外で")
    assert state.need is not None
    assert state.need.not_kinds == {Kind.UNIVERSITY}
    need = chosen(state, ToggleKinds((Kind.UNIVERSITY,)))[1].need
    assert (need.kinds, need.not_kinds) == ({Kind.UNIVERSITY}, frozenset())


def test_the_clusters_can_be_chosen_and_left_open_again() -> None:
    state, _ = after(CLEAR_NEED)
    for scope in (Scope.OWN, Scope.OTHER, Scope.ALL):
        assert chosen(state, Within(scope))[1].need.scope is scope
    assert chosen(state, Within(Scope.OWN), Within(Scope.MIXED))[1].need == state.need


def test_a_changed_filter_starts_a_new_list_and_more_goes_on() -> None:
    state, _ = after(CLEAR_NEED)
    state = state.remember(["a", "b", "c"])
    assert chosen(state, More())[1].offset == 3
    assert chosen(state, Within(Scope.OWN))[1].offset == 0
    assert chosen(state, Within(Scope.OWN))[0].shown == ()


def test_a_piece_that_is_no_longer_there_changes_nothing() -> None:
    state, _ = after("大学で" + CLEAR_NEED)
    assert state.need is not None
    piece = state.need.pieces[0]
    once = chosen(state, Drop(piece))
    assert chosen(once[0], Drop(piece)) == once


def test_before_anything_was_said_a_click_is_answered_with_help() -> None:
    assert choose(Conversation(), More()) == (Conversation(), Say(Topic.HELP))


def test_what_was_said_of_a_need_is_kept_until_another_begins() -> None:
    text, state = "", Conversation()
    for said in (CLEAR_NEED, "大学だけ", "ありがとう"):
        before = state
        state, _ = advance(state, said)
        text = need_text(before, state, text, said)
    assert text == f"{CLEAR_NEED}\n大学だけ"
    fresh, _ = advance(state, "樹皮を使った土壌改良材を量産したい")
    assert need_text(state, fresh, text, "樹皮を使った…") == "樹皮を使った…"


def test_where_a_partner_is_taken_out_its_page_is_shown_again_and_it_stays_out_of_what_goes_on() -> None:
    state = after(CLEAR_NEED)[0].remember(["a", "b", "c", "d", "e"])
    state, step = choose(state, Exclude("d"))
    assert (search(step).need, search(step).offset) == (state.need, 3)
    assert (state.shown, state.unfit) == (("a", "b", "c", "e"), ("d",))
    state, step = choose(state, Exclude("a"))
    assert (search(step).offset, state.unfit) == (0, ("d", "a"))
    assert choose(state, Exclude("a"))[0] == state
    refined, _ = advance(state, "ガラス基板の欠陥検査を大学で")
    assert refined.unfit == ("d", "a")


def test_who_did_not_fit_one_need_may_fit_another() -> None:
    state, _ = choose(after(CLEAR_NEED)[0].remember(["a"]), Exclude("a"))
    other, _ = advance(state, "樹皮を使った土壌改良材を量産したい")
    assert other.unfit == ()
