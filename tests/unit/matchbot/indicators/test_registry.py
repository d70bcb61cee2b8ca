"""The registry: every indicator has its words, its figures, and rows of known columns."""

import re
from datetime import UTC, datetime

import pytest

from matchbot.indicators import FIGURES, INDICATORS, Group, Period, Question, chosen
from matchbot.reporting.tables import Reader
from matchbot.texts import LANGUAGES, Texts
from matchbot.wording import Wording


def reader(language):
    return Reader(Texts(language), Wording(Texts(language), dict))


def test_ids_are_in_order_and_no_figure_stands_twice():
    ids = [indicator.id for indicator in INDICATORS]
    assert ids == sorted(set(ids))
    assert len(FIGURES) == sum(len(indicator.figures) for indicator in INDICATORS)


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.id)
def test_a_figure_bears_the_number_of_its_indicator(indicator):
    ids = [figure.id for figure in indicator.figures]
    assert ids in ([indicator.id], [f"{indicator.id}{letter}" for letter in "abcdefgh"[: len(ids)]])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.id)
def test_every_indicator_and_figure_is_defined_in_words(indicator, language):
    told = reader(language).definition(indicator)
    assert all(told[name] for name in ("name", "definition", "numerator", "dedupe", "basis"))
    assert all(reader(language).name(figure.id) for figure in indicator.figures)


def test_shares_say_of_what_they_are_shares():
    for indicator in INDICATORS:
        if any(figure.measure == "share" for figure in indicator.figures):
            assert reader("ja").definition(indicator)["denominator"], indicator.id


def test_figures_say_by_themselves_that_they_are_counted_by_who_is_a_member():
    reads_members = {id for id, (_, figure) in FIGURES.items() if re.search(r"\bmembers\b", figure.sql)}
    of_graphs = {id for id, (_, figure) in FIGURES.items() if not figure.sql}
    assert reads_members | of_graphs == {id for id, (_, figure) in FIGURES.items() if figure.is_of_members}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_definition_is_of_an_indicator_that_is_not_there(language):
    keys = {key for key in Texts(language) if re.match("(indicator|figure)-I", key)}
    known = {f"indicator-{indicator.id}" for indicator in INDICATORS}
    known |= {f"figure-{figure}" for figure in FIGURES}
    assert {re.match(r"\w+-I\d\d\w?", key)[0] for key in keys} <= known


def asked(*only, group=None):
    question = Question(
        period=Period.fiscal_year(2026), as_of=datetime(2027, 4, 1, tzinfo=UTC), group=group, only=only
    )
    return [figure.id for indicator in chosen(question) for figure in indicator.figures]


def test_a_question_is_for_all_figures_or_for_those_it_names_by_their_own_or_their_indicators_id():
    assert asked() == list(FIGURES)
    assert asked("I09b", "I10", "I05") == ["I05", "I09b", "I10a", "I10b"]
    assert asked("I05", "I16", group=Group.NETWORK) == ["I16"]
