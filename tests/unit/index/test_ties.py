"""Ties: which undertakings two organisations share, and how close that makes them."""

from pathlib import Path

import pytest

from index.columns import Columns, ColumnWriter
from index.ties import HALF_CLOSE, MOST_SHARED, Ties, undertaking

CLOSE = "次世代航空機エンジン開発事業"
USUAL = "地域イノベーション創出事業"


@pytest.mark.parametrize(
    ("title", "text", "named"),
    [
        ("", f"耐熱合金の評価（{CLOSE}）", CLOSE),
        ("", "設計(航空機(小型)の開発事業)", "航空機(小型)の開発事業"),
        (CLOSE, "耐熱合金の評価", CLOSE),
        ("特許", "歯車の研磨", ""),
        ("", "歯車の研磨（試作）", ""),
        ("", "（次世代航空機エンジン開発事業）の一部を担う", ""),
    ],
)
def test_an_undertaking_is_what_ends_a_passage_in_brackets_or_heads_it(
    title: str, text: str, named: str
) -> None:
    assert undertaking(title, text) == named


@pytest.fixture
def columns(tmp_path: Path, make_profile) -> Columns:
    """a and b share both undertakings, c and d one, e none; m is masked, s invented."""
    writer = ColumnWriter(tmp_path)
    writer.add(make_profile("a", f"合金（{CLOSE}）", f"検査（{USUAL}）"))
    writer.add(make_profile("b", f"翼（{CLOSE}）", f"計測（{USUAL}）"))
    writer.add(make_profile("c", f"塗装（{USUAL}）", f"鋳造（{USUAL}）"))
    writer.add(make_profile("d", f"研磨（{USUAL}）"))
    writer.add(make_profile("e", "切削"))
    writer.add(make_profile("m", f"鍛造（{USUAL}）", is_masked=True))
    writer.add(make_profile("s", f"溶接（{USUAL}）", is_sample=True))
    writer.close()
    return Columns(tmp_path)


@pytest.fixture
def ties(columns: Columns, tmp_path: Path) -> Ties:
    Ties.write(columns, tmp_path / "ties.arrow")
    return Ties.open(tmp_path / "ties.arrow")


def test_who_shares_more_and_rarer_undertakings_is_closer(ties: Ties) -> None:
    known = ties.of(0)
    # Shared by two: 2 ** -0.5; by four: 4 ** -0.5.
    close, loose = 2**-0.5 + 4**-0.5, 4**-0.5
    assert {row: tie.strength for row, tie in known.items()} == pytest.approx(
        {1: close / (close + HALF_CLOSE), 2: loose / (loose + HALF_CLOSE), 3: loose / (loose + HALF_CLOSE)}
    )


def test_how_close_a_tie_is_does_not_depend_on_the_others_that_one_has(ties: Ties) -> None:
    # The one who shares but the usual undertaking is as close to everybody as they are to it.
    assert ties.of(3)[0].strength == ties.of(0)[3].strength


def test_a_tie_names_the_undertaking_that_the_fewest_share(ties: Ties) -> None:
    assert {row: tie.undertaking for row, tie in ties.of(0).items()} == {1: CLOSE, 2: USUAL, 3: USUAL}


@pytest.mark.parametrize(
    ("need", "apart"),
    [
        (f"耐熱合金の評価（{CLOSE}）", ("耐熱合金の評価", CLOSE)),
        (f"耐熱合金の評価 ({USUAL}) ", ("耐熱合金の評価", USUAL)),
        # What nobody shares may be the need itself.
        ("委託契約に基づく研究（無線伝送の圧縮技術）", ("委託契約に基づく研究（無線伝送の圧縮技術）", "")),
        (f"（{CLOSE}）", (f"（{CLOSE}）", "")),
        ("耐熱合金の評価", ("耐熱合金の評価", "")),
    ],
)
def test_an_undertaking_that_others_share_is_taken_apart_from_a_need(
    ties: Ties, need: str, apart: tuple[str, str]
) -> None:
    assert ties.apart(need) == apart


def test_masked_and_invented_organisations_and_those_who_say_nothing_have_no_ties(
    ties: Ties, columns: Columns
) -> None:
    for id in ("e", "m", "s"):
        row = columns.row(id)
        assert row is not None
        assert ties.of(row) == {}


def test_what_everybody_names_is_no_undertaking(tmp_path: Path, make_profile) -> None:
    writer = ColumnWriter(tmp_path)
    for number in range(MOST_SHARED + 1):
        writer.add(make_profile(f"x{number:03d}", f"製品（{USUAL}）"))
    writer.close()
    Ties.write(Columns(tmp_path), tmp_path / "ties.arrow")
    assert Ties.open(tmp_path / "ties.arrow").of(0) == {}
