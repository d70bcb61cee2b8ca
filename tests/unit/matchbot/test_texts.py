"""Every text that people see, once per language."""

import re
from datetime import date
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message
from fluent.syntax.visitor import Visitor

import matchbot.texts
from matchbot.texts import LANGUAGES, TextError, Texts

FOLDER = Path(matchbot.texts.__file__).parent
FILES = sorted(path.name for path in (FOLDER / "ja").glob("*.ftl"))


class Facts(Visitor):
    """Collects the names of the facts that a text uses."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node) -> None:  # noqa: N802 (fluent calls it by this name)
        self.names.add(node.id.name)


class References(Visitor):
    """Collects the names of the texts that a text refers to."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_MessageReference(self, node) -> None:  # noqa: N802
        self.names.add(node.id.name)

    def visit_TermReference(self, node) -> None:  # noqa: N802
        self.names.add(f"-{node.id.name}")


def entries(language: str, file: str) -> list:
    source = (FOLDER / language / file).read_text(encoding="utf-8")
    return FluentParser().parse(source).body


def facts_by_key(language: str, file: str) -> dict[str, set[str]]:
    found = {}
    for entry in entries(language, file):
        if isinstance(entry, Message):
            facts = Facts()
            facts.visit(entry)
            found[entry.id.name] = facts.names
    return found


def test_both_languages_have_the_same_files():
    english = sorted(path.name for path in (FOLDER / "en").glob("*.ftl"))
    assert english == FILES != []


@pytest.mark.parametrize("file", FILES)
def test_both_languages_have_the_same_keys_which_use_the_same_facts(file):
    assert facts_by_key("ja", file) == facts_by_key("en", file)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_is_one_that_fluent_cannot_read(language, file):
    assert [entry.content for entry in entries(language, file) if isinstance(entry, Junk)] == []


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_refers_to_one_of_another_file_since_files_are_read_one_by_one(language, file):
    references = References()
    for entry in entries(language, file):
        references.visit(entry)
    assert references.names <= facts_by_key(language, file).keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_keys_are_those_that_fluent_reads(language):
    read = (key for file in FILES for key in facts_by_key(language, file))
    assert sorted(Texts(language)) == sorted(read)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_written_twice(language):
    written = (entry for file in FILES for entry in entries(language, file))
    keys = [entry.id.name for entry in written if isinstance(entry, Message)]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("file", FILES)
def test_no_japanese_stands_in_an_english_text(file):
    lines = (FOLDER / "en" / file).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if re.search("[ぁ-んァ-ヶ一-龯]", line)] == []


def test_a_key_which_is_not_there_is_an_error_that_names_it():
    with pytest.raises(TextError, match="no-such-key"):
        Texts("ja")("no-such-key")


def test_a_fact_which_is_not_given_is_an_error_that_names_it():
    with pytest.raises(TextError, match="more"):
        Texts("en")("import-changed", n=1, ids="firm:1")


def test_a_text_asks_whether_it_is_there():
    assert "kind-firm" in Texts("en")
    assert "kind-nothing" not in Texts("en")


def test_facts_are_inserted_without_invisible_marks():
    assert Texts("en")("org-reinstated", id="firm:1") == "firm:1 can be found again."


def test_numbers_are_grouped_and_days_written_as_the_language_does():
    facts = {
        "n": 17,
        "on": date(2006, 11, 10),
        "firms": 9860,
        "universities": 413,
        "stated_firms": 9800,
        "stated_universities": 290,
    }
    assert "2006年11月10日現在のクラスターは17です" in Texts("ja")("clusters-totals", **facts)
    assert "17 clusters on November 10, 2006" in Texts("en")("clusters-totals", **facts)
    assert "9,860" in Texts("ja")("clusters-totals", **facts)


def test_what_somebody_wrote_may_be_long() -> None:
    assert "長" * 12_000 in Texts("ja")("chat-searched", query="長" * 12_000)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_slack_is_to_show_in_bold_stands_between_spaces(language: str) -> None:
    # Slack takes a star beside a letter, or beside a Japanese bracket, for a star.
    for file in (name for name in FILES if name.startswith("slack")):
        source = (FOLDER / language / file).read_text(encoding="utf-8")
        for before, bold, after in re.findall(r"(.?)(\*[^*\n]+\*)(.?)", source):
            assert before in ("", " "), f"{file}: {before}{bold}"
            assert after in ("", " ", ":"), f"{file}: {bold}{after}"
