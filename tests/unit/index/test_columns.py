"""The facts of a snapshot, by row."""

from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from corpus.records import Kind, Membership, MembershipRole, Profile
from index.columns import NAME_ONLY, Columns, ColumnWriter, rewrite_texts
from index.errors import SnapshotError
from index.hits import Evidence as Shown
from index.hits import Filters, Found

KANSAI, TOKAI, KRIP = "kansai-bio", "tokai-mono", "krip"


def write(folder: Path, profiles: list[Profile]) -> Columns:
    writer = ColumnWriter(folder)
    for profile in profiles:
        writer.add(profile)
    writer.close()
    return Columns(folder)


@pytest.fixture
def columns(tmp_path: Path, make_profile) -> Columns:
    return write(
        tmp_path,
        [
            make_profile("a", ("検査", "装置"), "研磨", prefecture="大阪府", clusters=[KANSAI, KRIP]),
            make_profile("b", prefecture="愛知県", clusters=[TOKAI], fields=["機械"], is_masked=True),
            make_profile("c", "創薬", kind=Kind.UNIVERSITY, prefecture="京都府", passage_fields=["バイオ"]),
            make_profile("d", "鋳造", kind=Kind.OTHER, clusters=[TOKAI], is_sample=True, name_en="D Inc."),
        ],
    )


def passing(columns: Columns, **filters: set[str]) -> str:
    masks = columns.allowed(Filters(**{name: frozenset(values) for name, values in filters.items()}))
    assert masks is not None
    organisations, passages = masks
    assert passages.tolist() == organisations[columns.owners].tolist()
    return "".join(columns.id(row) for row in np.flatnonzero(organisations).tolist())


def test_passages_of_one_organisation_stand_next_to_each_other(columns: Columns) -> None:
    assert columns.owners.tolist() == [0, 0, 1, 2, 3]
    assert columns.starts.tolist() == [0, 2, 3, 4, 5]
    assert (columns.n_organisations, columns.n_passages) == (4, 5)


def test_an_organisation_is_found_by_its_id(columns: Columns) -> None:
    assert [columns.row(id) for id in ("a", "d", "nobody")] == [0, 3, None]


def test_an_organisation_is_told_as_it_was_written(columns: Columns) -> None:
    assert columns.found(0) == Found(
        "a", "a社", "firm", prefecture="大阪府", home_cluster=KANSAI, clusters=(KANSAI, KRIP)
    )
    assert columns.found(3) == Found(
        "d", "d社", "other", name_en="D Inc.", home_cluster=TOKAI, clusters=(TOKAI,), is_sample=True
    )


def test_a_passage_is_told_with_its_source_and_date(columns: Columns) -> None:
    assert columns.evidence(0, ("検査",)) == Shown(
        passage_id="a:0",
        type="capability",
        title="検査",
        text="装置",
        source_name="会員名簿",
        source_url="https://example.org/members",
        as_of=date(2026, 4, 1),
        matched=("検査",),
    )
    assert columns.title_and_text(0) == ("検査", "装置")


def test_an_organisation_without_passages_has_one_row_for_its_name(columns: Columns) -> None:
    evidence = columns.evidence(2, ())
    assert (evidence.type, evidence.title, evidence.text) == (NAME_ONLY, "", "")


def test_of_a_masked_organisation_the_columns_know_nothing_that_tells_who_it_is(columns: Columns) -> None:
    assert columns.found(1) == Found("b", "", "firm", home_cluster=TOKAI, clusters=(TOKAI,), is_masked=True)
    shown = columns.evidence(2, ())
    assert (shown.title, shown.text, shown.source_name, shown.source_url) == ("", "", "", "")


def test_texts_can_be_written_anew_in_their_rows(columns: Columns, tmp_path: Path) -> None:
    rewrite_texts(tmp_path, {1: ("成形", "樹脂")})
    expected = [(0, "検査", "装置"), (0, "成形", "樹脂"), (1, "", ""), (2, "", "創薬"), (3, "", "鋳造")]
    assert list(Columns(tmp_path).texts()) == expected


def test_texts_come_with_their_owners_in_order(columns: Columns) -> None:
    expected = [(0, "検査", "装置"), (0, "", "研磨"), (1, "", ""), (2, "", "創薬"), (3, "", "鋳造")]
    assert list(columns.texts()) == expected


def test_masked_organisations_have_no_name_to_learn_from(columns: Columns) -> None:
    assert columns.names() == ["a社", "", "c社", "d社"]


def test_no_filters_restrict_nothing(columns: Columns) -> None:
    assert columns.allowed(Filters()) is None


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"kinds": {"firm"}}, "ab"),
        ({"kinds": {"firm", "university"}}, "abc"),
        ({"not_kinds": {"firm"}}, "cd"),
        ({"prefectures": {"大阪府", "京都府"}}, "ac"),
        ({"not_prefectures": {"大阪府"}}, "bcd"),
        ({"clusters": {KRIP}}, "a"),
        ({"clusters": {KANSAI, TOKAI}}, "abd"),
        ({"not_clusters": {TOKAI}}, "ac"),
        ({"not_clusters": {KRIP}}, "bcd"),
        # A masked organisation cannot be found out by its place or its fields.
        ({"fields": {"機械"}}, ""),
        ({"fields": {"バイオ"}}, "c"),
        ({"excluded_ids": {"a", "nobody"}}, "bcd"),
        ({"kinds": {"firm"}, "not_clusters": {TOKAI}, "excluded_ids": {"a"}}, ""),
        ({"kinds": {"firm", "other"}, "clusters": {TOKAI}, "prefectures": {"愛知県"}}, ""),
        ({"kinds": {"no-such-kind"}}, ""),
        ({"not_kinds": {"no-such-kind"}}, "abcd"),
    ],
)
def test_filters_let_pass(columns: Columns, filters: dict[str, set[str]], ids: str) -> None:
    assert passing(columns, **filters) == ids


def test_a_membership_that_was_left_is_none(tmp_path: Path, make_profile) -> None:
    profile = make_profile("a", "検査", clusters=[KANSAI])
    left = Membership("a", TOKAI, MembershipRole.LEFT, date(2026, 4, 1), datetime(2026, 4, 1, tzinfo=UTC))
    columns = write(tmp_path, [Profile(profile.organisation, profile.passages, (*profile.memberships, left))])
    assert columns.found(0).clusters == (KANSAI,)
    assert passing(columns, clusters={TOKAI}) == ""


def test_no_organisations_make_empty_tables(tmp_path: Path) -> None:
    columns = write(tmp_path, [])
    assert (columns.n_organisations, columns.n_passages) == (0, 0)
    assert columns.starts.tolist() == [0]
    assert list(columns.texts()) == columns.names() == []
    assert passing(columns, kinds={"firm"}) == ""


def test_more_rows_than_a_batch_keep_their_order(tmp_path: Path, make_profile) -> None:
    ids = [f"f{number:05d}" for number in range(5_000)]
    columns = write(tmp_path, [make_profile(id, "検査") for id in ids])
    assert [columns.id(row) for row in (0, 4_095, 4_096, 4_999)] == [ids[0], ids[4_095], ids[4_096], ids[-1]]
    assert columns.owners.tolist() == list(range(5_000))


@pytest.mark.parametrize("name", ["organisations.arrow", "passages.arrow"])
@pytest.mark.parametrize("content", [None, b"", b"no table" * 9])
def test_a_table_that_cannot_be_read_is_told_by_name(
    tmp_path: Path, make_profile, name: str, content: bytes | None
) -> None:
    write(tmp_path, [make_profile("a", "検査")])
    (tmp_path / name).unlink()
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(SnapshotError) as caught:
        Columns(tmp_path)
    assert caught.value.facts == {"snapshot": tmp_path.name, "file": name, "reason": "unreadable"}
