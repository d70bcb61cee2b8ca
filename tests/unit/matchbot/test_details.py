"""A closer look at a partner: what else speaks for it, and what it looks for itself."""

from datetime import date

from corpus.records import Kind, Organisation, Passage, PassageType, Profile, Source
from matchbot.details import MOST_FURTHER, further_reasons, wants
from matchbot.reasons import Reason
from matchbot.understanding import understand

SOURCE = Source("名簿", date(2026, 4, 1))
NEED = understand("ガラス基板の欠陥検査")


def profile(id: str, *texts: str, needs: tuple[str, ...] = ()) -> Profile:
    said = [(PassageType.CAPABILITY, text) for text in texts] + [(PassageType.NEED, text) for text in needs]
    passages = (Passage(f"{id}:{n}", id, type, text, SOURCE) for n, (type, text) in enumerate(said))
    return Profile(Organisation(id, f"{id}工業", Kind.FIRM, SOURCE), tuple(passages))


def sentences(reasons: tuple[Reason, ...]) -> list[str]:
    return [reason.sentence for reason in reasons]


def test_further_reasons_are_other_passages_those_with_most_words_of_the_need_first() -> None:
    partner = profile("a", "検査もする。", "塗装をする。", "ガラス基板を検査する。", "欠陥を検査する。")
    shown = (Reason("ガラス基板を検査する。", (), "capability", SOURCE.as_of),)
    assert sentences(further_reasons(partner, NEED, shown)) == ["欠陥を検査する。", "検査もする。"]


def test_what_a_partner_looks_for_speaks_not_for_what_it_can_do() -> None:
    assert further_reasons(profile("a", needs=("ガラス基板の欠陥検査を頼みたい。",)), NEED, ()) == ()


def test_there_are_a_few_reasons_at_most() -> None:
    partner = profile("a", *(f"ガラスを検査する装置{n}。" for n in range(MOST_FURTHER + 2)))
    assert len(further_reasons(partner, NEED, ())) == MOST_FURTHER


def test_a_wish_counts_where_it_speaks_of_what_the_asker_does() -> None:
    asker = profile("b", "アルミ薄板を切削する。", needs=("ガラスの研磨を頼みたい。",))
    partner = profile(
        "a",
        "アルミ薄板を売る。",
        needs=("アルミの切削を頼みたい。", "ガラスの研磨を頼みたい。", "アルミを買う。"),
    )
    assert sentences(wants(partner, asker)) == ["アルミの切削を頼みたい。"]
