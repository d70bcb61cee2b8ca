"""What is written after an option, as values."""

import re
from datetime import date, datetime, timedelta

import click
import pytest
from click.testing import CliRunner

from matchbot.bootstrap import build_service
from matchbot.cli import matchbot
from matchbot.cli.shell import Shell
from matchbot.cli.values import Day, FigureNumber, Moment, Word
from matchbot.config import Settings
from matchbot.need import Purpose


@pytest.mark.parametrize("purpose", Purpose)
def test_a_word_is_the_member_with_this_value(purpose):
    assert Word(Purpose, "purpose").convert(purpose.value, None, None) is purpose


def test_another_word_is_refused_with_those_there_are():
    with pytest.raises(click.BadParameter, match="research（研究開発）"):
        Word(Purpose, "purpose").convert("profit", None, None)


@pytest.mark.parametrize("command", ["case progress", "case introduce", "visit log", "outcomes add"])
def test_a_default_is_shown_as_it_is_typed(command):
    shown = CliRunner().invoke(matchbot, [*command.split(), "--help"], obj=Shell(Settings(), build_service))
    defaults = re.findall(r"\[(?:default|既定): (\w+)\]", shown.output)
    assert defaults
    assert all(default == default.lower() for default in defaults)


def test_a_day_is_a_date_without_a_time():
    assert Day().convert("2026-04-01", None, None) == date(2026, 4, 1)


@pytest.mark.parametrize("written", ["1.4.2026", "2026-02-30", "tomorrow"])
def test_what_is_no_day_is_refused(written):
    with pytest.raises(click.BadParameter, match=written):
        Day().convert(written, None, None)


@pytest.mark.parametrize("written", ["2026-04-01T09:05", "2026-04-01 09:05", "2026-04-01T09:05:00"])
def test_a_moment_is_a_time_in_japan(written):
    moment = Moment().convert(written, None, None)
    assert moment.replace(tzinfo=None) == datetime(2026, 4, 1, 9, 5)
    assert moment.utcoffset() == timedelta(hours=9)


@pytest.mark.parametrize("written", ["I09a", "i09a", "I09A", " ｉ０９ａ "])
def test_the_number_of_a_figure_is_written_in_any_case_and_width(written):
    assert FigureNumber().convert(written, None, None) == "I09a"
