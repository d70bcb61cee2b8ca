"""Why a partner fits, as one passage of its profile tells."""

from dataclasses import replace
from datetime import date

import pytest

from index.hits import Evidence
from index.tokeniser import words
from matchbot.reasons import LONGEST_SENTENCE, LONGEST_TITLE, reason_in

DAY = date(2026, 4, 1)


def evidence(text: str, matched: tuple[str, ...] = ("ガラス", "検査"), title: str = "") -> Evidence:
    return Evidence("p1", "capability", title, text, "名簿", "https://example.jp/", DAY, matched)


def test_the_reason_is_the_sentence_that_matters() -> None:
    text = "昭和40年に創業した。ガラス基板の欠陥を検査する装置を作る。検査の受託もする。"
    reason = reason_in(evidence(text, ("ガラス", "欠陥", "検査")))
    assert reason.sentence == "ガラス基板の欠陥を検査する装置を作る。"
    assert reason.words == ("ガラス", "欠陥", "検査")
    assert (reason.source_name, reason.source_url, reason.as_of) == ("名簿", "https://example.jp/", DAY)


def test_of_equal_sentences_the_first_is_the_reason() -> None:
    assert reason_in(evidence("ガラスを検査する。検査はガラスだけ。")).sentence == "ガラスを検査する。"


def test_matched_words_are_written_as_in_the_profile_and_not_in_parts() -> None:
    matched = ("jis", "b", "0601", "jisb0601", "測定")
    assert reason_in(evidence("ＪＩＳ Ｂ ０６０１で測定する。", matched)).words == ("JIS B 0601", "測定")


def test_a_passage_of_a_title_alone_gives_the_title() -> None:
    assert reason_in(evidence("", title="ガラスの検査手法")).sentence == "ガラスの検査手法"


def test_a_single_letter_is_shown_only_where_nothing_longer_matched() -> None:
    for matched, shown in ((("下水", "化"), ("下水",)), (("化",), ("化",))):
        assert reason_in(evidence("下水の汚泥を燃料化する。", matched)).words == shown


def test_a_single_letter_that_matched_stands_with_the_word_beside_it() -> None:
    told = evidence("半導体を検査する装置", ("半", "導体", "検査", "装置"))
    assert reason_in(told).words == ("半導体", "検査", "装置")
    told = evidence("太陽光発電と受容体遺伝子の導入", ("太陽", "光", "発電", "体", "遺伝", "子"))
    assert reason_in(told).words == ("太陽光", "発電", "遺伝子")


def test_a_long_sentence_is_shortened_around_what_matched() -> None:
    sentence = reason_in(evidence("部品を作る会社であり" * 30 + "ガラスの検査もする")).sentence
    assert len(sentence) <= LONGEST_SENTENCE + len("……")
    assert "ガラス" in sentence


@pytest.mark.parametrize(
    ("text", "term", "as_it_stands"),
    [
        ("Thin film deposition.", "thin film", "Thin film"),
        ("アルミニウムの鋳造をする。", "aluminium", "アルミニウム"),
        ("A film, a thin one.", "thin film", "film…thin"),
        ("めっきの排水を膜で処理する。", "排水処理", "排水…処理"),
        ("工場の省力化を請け負う。", "automation", "オートメーション"),
    ],
)
def test_a_word_of_the_same_meaning_is_told_as_the_passage_or_the_name_writes_it(
    text: str, term: str, as_it_stands: str
) -> None:
    known = replace(evidence(text, tuple(words(term))), synonyms=((term, "薄膜"),))
    assert reason_in(known, "星影オートメーション").synonyms == ((as_it_stands, "薄膜"),)


def test_a_synonym_that_stands_only_where_nobody_sees_it_is_not_told() -> None:
    known = evidence("薄膜を評価する。", ("評価", *words("technology")))  # in the English name
    assert reason_in(replace(known, synonyms=(("technology", "技術"),)), "架空大学").synonyms == ()


def test_a_synonym_of_a_word_that_the_passage_says_itself_is_not_told() -> None:
    known = evidence("塗膜を検査する。", ("検査", *words("inspection")), title="Inspection of Coatings")
    reason = reason_in(replace(known, synonyms=(("inspection", "検査"),)))
    assert (reason.words, reason.synonyms) == (("検査",), ())
    also_asked = replace(known, synonyms=(("inspection", "検査"), ("inspection", "点検")))
    assert reason_in(also_asked).synonyms == (("Inspection", "点検"),)
    assert reason_in(also_asked).words == ("Inspection", "検査")


def test_a_title_stands_before_the_sentence_where_it_tells_more_of_the_need() -> None:
    known = evidence("器材を貸す。ガラスの分析もする。", title="検査技術の実証事業")
    assert reason_in(known).sentence == "検査技術の実証事業 — ガラスの分析もする。"
    assert (
        reason_in(evidence("ガラスを検査する。", title="検査技術の実証事業")).sentence == "ガラスを検査する。"
    )
    long = evidence("ガラスの分析", title="検査" + "の実証事業" * 20)
    assert len(reason_in(long).sentence) <= LONGEST_TITLE + len("… — ガラスの分析")


def test_of_synonyms_for_one_word_the_whole_is_told_and_not_its_part() -> None:
    known = evidence("眼鏡フレームを作る。", ("眼鏡", "フレーム"))
    known = replace(known, synonyms=(("眼鏡", "eyeglasses"), ("眼鏡フレーム", "eyeglasses")))
    assert reason_in(known).synonyms == (("眼鏡フレーム", "eyeglasses"),)
