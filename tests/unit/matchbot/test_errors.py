"""The tree of expected errors, and its words."""

import inspect
import re

import pytest

import matchbot.errors
from corpus.errors import Reason
from index.gate import Figure, Figures
from matchbot.errors import (
    GateError,
    MappingError,
    MatchbotError,
    Obstacle,
    RecordError,
    ReviewStateError,
    RowFault,
    TransitionError,
    UnknownOrganisationError,
    user_message,
)
from matchbot.texts import LANGUAGES, Texts


def below(kind: type[MatchbotError]) -> list[type[MatchbotError]]:
    return sorted(kind.__subclasses__(), key=lambda child: child.__name__)


def all_of(kind: type[MatchbotError]) -> list[type[MatchbotError]]:
    return [kind, *(error for child in below(kind) for error in all_of(child))]


def drawn(kind: type[MatchbotError], indent: str = "") -> list[str]:
    lines = []
    for child in below(kind):
        is_last = child is below(kind)[-1]
        lines.append(f"{indent}{'└── ' if is_last else '├── '}{child.__name__}")
        lines.extend(drawn(child, indent + ("    " if is_last else "│   ")))
    return lines


ERRORS = all_of(MatchbotError)


def test_the_tree_in_the_docstring_is_the_tree_of_the_classes():
    tree = "\n".join(["MatchbotError", *drawn(MatchbotError)])
    assert tree in inspect.cleandoc(matchbot.errors.__doc__).replace("\n    ", "\n")


def test_every_error_can_be_had_from_here():
    assert {error.__name__ for error in ERRORS} <= set(matchbot.errors.__all__)


def test_no_two_errors_have_one_code():
    codes = [error.code for error in ERRORS]
    assert sorted(codes) == sorted(set(codes))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_has_words_for_the_facts_it_promises(error, language):
    promise = re.search(r"Facts: ([^.]*)\.", inspect.cleandoc(error.__doc__).replace("\n", " "))
    names = re.sub(r"\(.*?\)", "", promise[1]).split(",") if promise else []
    message = user_message(error(**{name.strip(): "x" for name in names}), Texts(language))
    assert message
    assert "\n" not in message


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", [*Reason, *Obstacle, *RowFault])
def test_every_reason_has_words(reason, language):
    assert Texts(language)(f"reason-{reason}")


def test_no_words_are_kept_for_an_error_that_cannot_happen():
    codes = {f"error-{error.code}" for error in ERRORS}
    kept = {key for key in Texts("ja") if key.startswith("error-")}
    assert kept == codes


def test_the_message_tells_what_is_wrong_and_what_to_do():
    error = UnknownOrganisationError(id="firm:1")
    assert user_message(error, Texts("en")) == (
        "There is no organisation with the id “firm:1”. Look it up with `matchbot org find NAME`."
    )


def test_a_reason_is_put_into_words():
    error = RecordError(field="法人番号", value="123", reason=Reason.WRONG_LENGTH)
    assert "法人番号は13桁です" in user_message(error, Texts("ja"))


def test_a_reason_which_is_no_code_is_shown_as_it_is():
    error = MappingError(file="my.toml", place="organisation", reason="Expected '=' (line 3)")
    assert "Expected '=' (line 3)" in user_message(error, Texts("ja"))


def test_a_state_and_a_command_are_put_into_words():
    error = TransitionError(id="C-1", state="expired", command="approve")
    assert "C-1 は「期限切れ」なので、承認はできません" in user_message(error, Texts("ja"))


def test_what_the_gate_found_is_told_in_words() -> None:
    less = Figure("organisations", 1200, 1000, is_refused=True)
    worse = Figure("nDCG@10", 0.65, 0.6, is_refused=True, basis="golden")
    held_out = Figure("nDCG@10", 0.0488, 0.0482, is_refused=False, basis="held-out")
    error = GateError(figures=Figures([less, worse, held_out]), refused=Figures([less, worse]))
    told = user_message(error, Texts("ja"))
    assert "許容を超えた値: 機関 1,200 → 1,000、答えの分かっている問いで測った見つけやすさ" in told
    assert "（nDCG@10、最高1） 0.650 → 0.600（すべての値: " in told
    assert "伏せておいた文章で測った見つけやすさ（nDCG@10、最高1、前後の差を見る値） 0.049 → 0.048）" in told
    assert str(error).endswith("refused=organisations 1,200 → 1,000, nDCG@10 0.650 → 0.600")


def test_stages_of_the_review_are_told_by_their_names() -> None:
    error = ReviewStateError(id="draft-2", state="draft", wanted="published")
    assert "「下書き」から「公開」へ進めません" in user_message(error, Texts("ja"))
    assert "from “draft” to “published”" in user_message(error, Texts("en"))
    own = ReviewStateError(id="draft-2", state="下読み済み", wanted="draft")
    assert "「下読み済み」から「下書き」へ" in user_message(own, Texts("ja"))
