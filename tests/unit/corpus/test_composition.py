"""One organisation out of several statements."""

from dataclasses import replace
from datetime import date

from corpus.composition import composed
from corpus.records import Kind, Mandate, Organisation, Source

LIST, FAIR = Source("会員名簿", date(2026, 3, 31)), Source("展示会", date(2026, 2, 1))
LISTED = Organisation(id="a", name="山田製作所", kind=Kind.FIRM, source=LIST, prefecture="東京都")
SEEN = Organisation(id="a", name="(株)山田製作所", kind=Kind.OTHER, source=FAIR, prefecture="大阪府")


def test_one_statement_is_the_organisation() -> None:
    assert composed([LISTED]) == LISTED


def test_the_first_statement_stands_and_the_next_fills_what_it_leaves_open() -> None:
    mandate = Mandate(stages=("seed",))
    organisation = composed([LISTED, replace(SEEN, city="大田区", mandate=mandate)])
    assert (organisation.name, organisation.kind, organisation.prefecture) == (
        "山田製作所",
        Kind.FIRM,
        "東京都",
    )
    assert (organisation.city, organisation.mandate) == ("大田区", mandate)
    assert organisation.provenance == {"city": FAIR, "mandate": FAIR}


def test_a_field_keeps_the_source_that_its_statement_names() -> None:
    website = Source("本人の申告", date(2025, 1, 1))
    seen = replace(SEEN, website="https://example.org", provenance={"website": website})
    assert composed([LISTED, seen]).provenance == {"website": website}


def test_a_name_that_is_only_spelt_differently_is_no_alias() -> None:
    assert composed([LISTED, SEEN]) == LISTED


def test_other_names_become_aliases_once_each() -> None:
    known = replace(LISTED, aliases=("ヤマダ",))
    others = [replace(SEEN, name="㈱ヤマダ", aliases=("やまだ", "山田")), replace(SEEN, name="㈱やまだ")]
    assert composed([known, *others]).aliases == ("ヤマダ", "やまだ", "山田")


def test_fields_are_united_in_the_order_they_come() -> None:
    organisation = composed([replace(LISTED, fields=("IT",)), replace(SEEN, fields=("バイオ", "IT"))])
    assert organisation.fields == ("IT", "バイオ")
    assert organisation.provenance == {}


def test_whatever_one_statement_calls_masked_is_masked() -> None:
    assert composed([LISTED, replace(SEEN, is_masked=True)]).is_masked
