"""The tokens of a network's passages, as its snapshot counts them, for other engines."""

from dataclasses import dataclass
from pathlib import Path

from corpus.records import Profile
from corpus.registry import Registry
from index.tokeniser import bigrams, words


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and bigrams of each passage, in the order of the snapshot's rows."""

    words: list[list[str]]
    bigrams: list[list[str]]


def tokens_of(home: Path) -> Tokens:
    """The tokens of all passages of the corpus in ``home``."""
    found = Tokens([], [])
    with Registry.open(home / "corpus.db") as registry:
        for profile in registry.profiles():
            for tokens, read in ((found.words, words), (found.bigrams, bigrams)):
                named = read(" ".join(_names(profile)))
                tokens += [named + read(text) for text in _texts(profile)]
    return found


def _names(profile: Profile) -> list[str]:
    """The names by which the organisation may be found; they stand before each of its passages."""
    organisation = profile.organisation
    return [] if organisation.is_masked else [organisation.name, organisation.name_en, *organisation.aliases]


def _texts(profile: Profile) -> list[str]:
    return [f"{passage.title} {passage.text}" for passage in profile.passages] or [""]
