"""docs/import.md: its example gives what it says, and it names every setting there is."""

import re
import tomllib

import pytest

from corpus import mapping
from corpus.mapping import read_mapping, shipped_mappings
from corpus.readers import Imported, read_profiles


@pytest.fixture
def import_page(pages):
    return pages["docs/import.md"]


def test_the_example_gives_what_the_page_says(import_page, tmp_path):
    for block in import_page.blocks:
        if block.label:
            (tmp_path / block.label).write_text(block.text, encoding="utf-8")
    results = list(read_profiles(tmp_path / "members.csv", read_mapping(tmp_path / "members.toml")))
    assert all(isinstance(result, Imported) for result in results)
    said = [
        (result.profile.organisation.kind, [passage.type for passage in result.profile.passages])
        for result in results
    ]
    assert said == [("firm", ["capability", "capability"]), ("university", ["need"])]


def test_every_setting_and_every_shipped_mapping_is_on_the_page(import_page):
    named = set(re.findall(r"`\[*(\w+)", import_page.prose))
    settings = (
        *mapping.ORGANISATION_FIELDS,
        *mapping.MANDATE_FIELDS,
        *mapping.CONTACT_FIELDS,
        *mapping.MEMBERSHIP_FIELDS,
        *mapping.PASSAGE_FIELDS,
        *mapping.OPTIONS,
        *shipped_mappings(),
    )
    assert set(settings) <= named


def test_the_mapping_blocks_are_mappings(import_page, tmp_path):
    for block in import_page.blocks:
        if block.language == "toml":
            tables = tomllib.loads(block.text)
            named = "" if "organisation" in tables else '\n[organisation]\nname = "名称"\n'
            (tmp_path / "block.toml").write_text(block.text + named, encoding="utf-8")
            read_mapping(tmp_path / "block.toml")
