"""Files that the desk takes in: one without the columns it needs is refused in words that help."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import Reason, UnreadableFileError
from matchbot.award_files import AwardRow, read_awards
from matchbot.members import read_members
from matchbot.outcome_files import read_outcomes
from matchbot.performance_files import read_years
from matchbot.rows import RowRejection
from matchbot.target_files import read_targets


@pytest.mark.parametrize("read", [read_awards, read_members, read_outcomes, read_targets, read_years])
def test_a_file_without_its_first_column_leads_to_the_help_and_not_to_a_mapping(
    read: Callable[[Path], Iterable[object]], tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text("a,b\n1,2\n", "utf-8")
    with pytest.raises(UnreadableFileError) as refusal:
        list(read(file))
    assert refusal.value.facts["reason"] == Reason.NO_KNOWN_COLUMN


@pytest.mark.parametrize("heading", ["法人番号", "機関", "winners"])
def test_a_list_of_awards_may_call_its_winners_as_other_lists_do(heading: str, tmp_path: Path) -> None:
    file = tmp_path / "awards.csv"
    file.write_text(f"{heading},制度,採択番号,年月日\nseed:inspec,新連携,A1,2008-04-01\n", "utf-8")
    (award,) = read_awards(file)
    assert isinstance(award, AwardRow)
    assert award.winners == ("seed:inspec",)


@pytest.mark.parametrize("written", ["2026-04-01", "2026/4/1", "令和8年4月1日", "20260401"])
def test_a_list_may_write_a_day_as_spreadsheets_in_japan_do(written: str, tmp_path: Path) -> None:
    file = tmp_path / "awards.csv"
    file.write_bytes(f"機関,制度,採択番号,年月日\nseed:inspec,新連携,A1,{written}\n".encode("cp932"))
    (award,) = read_awards(file)
    assert isinstance(award, AwardRow)
    assert award.on == date(2026, 4, 1)


def test_a_list_must_write_whole_days(tmp_path: Path) -> None:
    file = tmp_path / "awards.csv"
    file.write_text("機関,制度,採択番号,年月日\nseed:inspec,新連携,A1,2026年4月\n", "utf-8")
    (refusal,) = read_awards(file)
    assert isinstance(refusal, RowRejection)
    assert refusal.reason == Reason.NOT_A_DATE


@pytest.mark.parametrize(
    ("read", "header", "row", "field"),
    [
        (read_members, "会員ID,役割", "hanako,王様", "役割"),
        (read_outcomes, "種類,年月日,機関", "商談成立,2026-04-01,", "機関"),
        (read_outcomes, "種類,年月日,機関,紹介なしでも", "商談成立,2026-04-01,f1,さあ", "紹介なしでも"),
        (read_awards, "機関,制度,採択番号,認定日", "seed:inspec,新連携,A1,いつか", "認定日"),
        (read_targets, "指標,年 度,目標値", "I10a,むかし,3", "年 度"),
        (read_years, "年度,売上高,大企業", "2026,1,たぶん", "大企業"),
        (read_awards, "機関,採択番号,認定日", "seed:inspec,A1,2026-04-01", "scheme"),
    ],
)
def test_a_refusal_names_the_column_as_the_file_does_or_as_it_should_be_called(
    read: Callable[[Path], Iterable[object]], header: str, row: str, field: str, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(f"{header}\n{row}\n", "utf-8")
    (refusal,) = read(file)
    assert isinstance(refusal, RowRejection)
    assert refusal.field == field
