"""What an organisation could add to its profile: the one word by which it misses what others look for.

Pure. Of the needs of others nothing is told but such a word, where it is one that many use, and how
many needs lack nothing else.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from corpus.records import Organisation, Profile
from index.tokeniser import Word, analyse, words
from matchbot.need import Need
from matchbot.understanding import understand

FEWEST_SHARED = 2
"""How many words of a need a profile has to have, so that one more would make it fit."""
MOST_HINTS = 5
_SHORTEST = 2
_MOST_READ = 4_096


@dataclass(frozen=True, slots=True)
class Hint:
    """A word that the profile lacks, as it is written, and how many needs of others miss it by that alone."""

    term: str
    n_needs: int


def hints(needs: Iterable[str], profile: Profile, is_common: Callable[[str], bool]) -> list[Hint]:
    """The words that would help most, at most `MOST_HINTS`: by number of needs, then by word.

    ``needs``: what others wrote. ``is_common``: whether a word is in such use that to tell it tells
    nobody's secret.
    """
    known = frozenset(
        token for passage in profile.passages for token in words(f"{passage.title} {passage.text}")
    )
    asked = (words_asked for need, words_asked in map(_read, needs) if _asks_for(need, profile.organisation))
    missing = [word for words_asked in asked if (word := _missing(words_asked, known))]
    counts = Counter(word.token for word in missing)
    written = {word.token: word.surface for word in reversed(missing)}
    told = [Hint(written[token], n) for token, n in counts.items() if is_common(token)]
    return sorted(told, key=lambda hint: (-hint.n_needs, hint.term))[:MOST_HINTS]


@lru_cache(maxsize=_MOST_READ)
def _read(text: str) -> tuple[Need, Mapping[str, Word]]:
    """A need as it is understood, and its words by their tokens: read once for all who look at hints."""
    need = understand(text)
    return need, {word.token: word for word in analyse(need.query)}


def _missing(asked: Mapping[str, Word], known: AbstractSet[str]) -> Word | None:
    """The only word asked for that is not known, where enough of the others are; None otherwise."""
    lacking = asked.keys() - known
    if len(lacking) != 1 or len(asked) - 1 < FEWEST_SHARED:
        return None
    word = asked[lacking.pop()]
    return word if len(word.surface) >= _SHORTEST else None


def _asks_for(need: Need, organisation: Organisation) -> bool:
    """Whether an organisation of this kind and place is looked for at all."""
    kind, prefecture = organisation.kind, organisation.prefecture
    is_kind = (not need.kinds or kind in need.kinds) and kind not in need.not_kinds
    is_place = not need.prefectures or prefecture in need.prefectures
    return is_kind and is_place and prefecture not in need.not_prefectures
