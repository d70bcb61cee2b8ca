"""The bundled data against the programme document, where the development material is at hand."""

import csv
import json
import unicodedata
from difflib import SequenceMatcher
from pathlib import Path

from corpus.bundled import clusters, profiles, programme
from corpus.places import PREFECTURES, region_of


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())


def test_the_projects_are_those_of_the_programme_in_its_order(shared: Path) -> None:
    facts = json.loads((shared / "spec" / "programme_facts.json").read_text(encoding="utf-8"))
    shared_size = facts["combined_counts"][0]

    expected = []
    for project in facts["projects"]:
        size = shared_size if project["name"] in shared_size["projects"] else project
        expected.append(
            (project["name"], tuple(project["fields"]), size["firms_approx"], size["universities"])
        )

    assert [(c.name, c.fields, c.firms_approx, c.universities) for c in clusters()] == expected
    assert {name: getattr(programme().reorganisation, name) for name in facts["reorganisation"]} == facts[
        "reorganisation"
    ]


def test_the_regions_are_those_of_the_programme(shared: Path) -> None:
    text = (shared / "data" / "prefecture_region.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))

    assert tuple(row["prefecture"] for row in rows) == PREFECTURES
    assert all(region_of(row["prefecture"]) == row["cluster_region"] for row in rows)


def test_the_passages_are_not_the_documents_sentences(shared: Path) -> None:
    document = _letters("".join(p.read_text(encoding="utf-8") for p in (shared / "seed").glob("*.txt")))
    longest_name = 13  # the longest runs that remain are names of organisations and products

    for profile in profiles():
        for passage in profile.passages:
            for text in map(_letters, (passage.title, passage.text)):
                match = SequenceMatcher(None, text, document, autojunk=False).find_longest_match()
                assert match.size <= longest_name, (passage.id, text[match.a : match.a + match.size])
