"""What things are called in the language of whoever reads."""

from dataclasses import replace
from datetime import date

import pytest

from corpus.names import Name
from corpus.records import Kind, Organisation, Source
from matchbot.masking import coarse_size
from matchbot.texts import LANGUAGES, Texts
from matchbot.wording import Wording


@pytest.mark.parametrize(
    ("band", "japanese", "english"),
    [
        ("21–100名", "21–100名", "21–100 people"),
        ("1,001名以上", "1,001名以上", "1,001 people or more"),
        ("30人", "30名", "30 people"),
        (coarse_size("301名以上"), "101名以上", "101 people or more"),
        ("中小企業", "中小企業", "中小企業"),
        ("", "", ""),
    ],
)
def test_a_size_in_people_is_told_in_the_words_of_the_reader(band: str, japanese: str, english: str) -> None:
    assert Wording(Texts("ja"), dict).size(band) == japanese
    assert Wording(Texts("en"), dict).size(band) == english


def test_who_reads_english_reads_the_name_in_english_beside_the_own_one() -> None:
    japanese, english = (Wording(Texts(language), dict) for language in LANGUAGES)
    name = Name("北見鉄工所", "Kitami Iron Works")
    assert (japanese.name(name), english.name(name)) == ("北見鉄工所", "Kitami Iron Works (北見鉄工所)")
    assert english.name(Name("北見鉄工所")) == english.name("北見鉄工所") == "北見鉄工所"


def test_an_organisation_is_told_from_others_of_its_name_by_its_prefecture() -> None:
    japanese, english = (Wording(Texts(language), dict) for language in LANGUAGES)
    source = Source("名簿", date(2026, 4, 1))
    known = Organisation("o", "北工業", Kind.FIRM, source, name_en="Kita Works", prefecture="北海道")
    assert japanese.placed(known) == "北工業（北海道）"
    assert english.placed(known) == "Kita Works (北工業), Hokkaido"
    assert english.placed(replace(known, prefecture="")) == "Kita Works (北工業)"


@pytest.mark.parametrize("source", ["会議資料", "会議資料 2006-11-10"])
def test_the_day_of_a_source_that_is_named_by_it_is_told_once(source: str) -> None:
    assert Wording(Texts("ja"), dict).said_by(source, date(2006, 11, 10)) == "出典: 会議資料（2006/11/10）"


@pytest.mark.parametrize(("n", "told"), [(1, "One waits for you today"), (3, "3 wait for you today")])
def test_one_case_is_not_told_of_as_several(n: int, told: str) -> None:
    assert Texts("en")("slack-told-digest", n=n, done=0) == told
