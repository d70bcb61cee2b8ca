"""The open lists of the development data, read with the mappings that are shipped for them."""

import csv
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpus.mapping import shipped_mapping
from corpus.readers import FlagCode, Imported, read_profiles
from corpus.records import Kind


def load(mapping: str, path: Path) -> list[Imported]:
    """All rows of a list, of which none may be refused."""
    imported = []
    for result in read_profiles(path, shipped_mapping(mapping)):
        assert isinstance(result, Imported), result
        imported.append(result)
    return imported


def n_passages(results: list[Imported]) -> int:
    return sum(len(result.profile.passages) for result in results)


def n_ids(results: list[Imported]) -> int:
    return len({result.profile.organisation.id for result in results})


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def json_rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_organisations_of_the_spending_review_load_with_all_their_contracts(shared: Path) -> None:
    path = shared / "data" / "rs_orgs_2024.jsonl"
    results = load("rs_orgs", path)
    contracts = [
        (
            row["name"],
            contract["project"],
            f"{contract.get('role', '')} {contract.get('content', '')}".split(),
        )
        for row in json_rows(path)
        for contract in row["contracts"]
    ]
    assert (len(results), n_ids(results)) == (17_630, 17_630)
    # 49,853 lines, of which 25 repeat another one of the same organisation
    assert len(contracts) == 49_853
    assert (
        n_passages(results) == 49_853 - 25 == len({(name, title, *text) for name, title, text in contracts})
    )
    assert Counter(result.profile.organisation.kind for result in results) == {
        **{Kind.FIRM: 12_632, Kind.ASSOCIATION: 3_833, Kind.UNIVERSITY: 502, Kind.OTHER: 283},
        **{Kind.FINANCIER: 234, Kind.PUBLIC_INSTITUTE: 146},
    }
    assert sum(bool(result.profile.organisation.prefecture) for result in results) == 7_952
    # The source's own typing errors: flagged, and the organisations kept without the number
    flags = Counter(flag.code for result in results for flag in result.flags)
    assert flags == {FlagCode.CORPORATE_NUMBER_DROPPED: 17}


def test_the_firms_of_one_city_load_with_their_patents_and_trademarks(shared: Path) -> None:
    path = shared / "data" / "sabae_companies.jsonl"
    results = load("sabae_companies", path)
    rows = json_rows(path)
    assert (len(results), n_ids(results)) == (2_114, 2_114)
    assert n_passages(results) == sum(
        bool(row["industry_items"])
        + len({patent["title"] for patent in row["patents"]})
        + len({trademark["title"] for trademark in row["trademarks"]})
        for row in rows
    )
    # Eight closed or moved firms have neither number nor address
    assert sum(not result.profile.organisation.prefecture for result in results) == 8


def test_the_universities_load_with_a_theme_for_each_department(shared: Path) -> None:
    path = shared / "data" / "universities_2022.csv"
    results = load("universities_2022", path)
    rows = csv_rows(path)
    assert (len(results), n_ids(results)) == (813, 813)
    assert all(result.profile.organisation.kind is Kind.UNIVERSITY for result in results)
    assert [result.profile.organisation.prefecture for result in results] == [
        row["prefecture"] for row in rows
    ]
    assert sum(not result.profile.passages for result in results) == 30
    # What a faculty has in common (共通) is the faculty's own
    departments = {
        (row["name"], part.removesuffix("/（共通）"))
        for row in rows
        for part in row["faculties_majors"].split("; ")
        if part
    }
    assert n_passages(results) == len(departments)


def test_the_banks_load_under_their_full_names_and_are_found_by_the_short_ones(shared: Path) -> None:
    results = load("zengin_banks", shared / "data" / "zengin_banks.csv")
    assert (len(results), n_ids(results)) == (1_146, 1_146)
    organisations = {result.profile.organisation.id: result.profile.organisation for result in results}
    assert organisations["zengin:0001"].name == "みずほ銀行"
    assert organisations["zengin:1506"].name == "三島信用金庫"
    assert organisations["zengin:1506"].aliases == ("三島信金", "ミシマシンキン")
    assert {organisation.kind for organisation in organisations.values()} == {Kind.FINANCIER}


def test_the_workshops_load_and_three_that_are_listed_twice_are_one_each(shared: Path) -> None:
    results = load("tsubame_sanjo_factories", shared / "data" / "tsubame_sanjo_factories.csv")
    assert (len(results), n_ids(results)) == (137, 137 - 3)
    assert {result.profile.organisation.prefecture for result in results} == {"新潟県"}
    # One is an event without an address
    assert sum(result.contact is not None for result in results) == 137 - 1


def test_ten_thousand_organisations_are_read_in_seconds(shared: Path) -> None:
    start = time.process_time()
    results = load("rs_orgs", shared / "data" / "rs_orgs_2024.jsonl")
    n_statements = len(results) + n_passages(results)
    # About 25,000 a second alone on the machine that the design was measured on
    assert n_statements / (time.process_time() - start) > 8_000


@pytest.mark.parametrize("name", ["habataku300_2023.csv", "chabsa_companies.jsonl"])
def test_lists_with_usual_headers_load_without_a_mapping_of_their_own(shared: Path, name: str) -> None:
    path = shared / "data" / name
    n_rows = len(csv_rows(path)) if path.suffix == ".csv" else len(json_rows(path))
    assert len(load("default", path)) == n_rows
