"""A need that asks for two things: its halves, and the two who only together do both. Pure.

Only what is plainly two things is taken apart: joined by words that say so (「さらに」「に加えて」「の両方」,
"as well as"), or two phrases of the same build beside each other (「樹脂の配合と金型の設計」). 「アルミと鉄の
接合」 and "design and manufacture of lenses" are one thing.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from index.hits import Hit
from index.tokeniser import words

FEWEST_WORDS = 2
"""Words that a half has to say: one alone is found with too many."""
LEAST_SHARE = 1 / 4
"""Of the words of both halves, in the shorter one: less is a detail of the other."""
MOST = 0.7
"""Of the words of a half, in the passage of who does it."""
NEARLY, SOMETHING = 2 / 3, 1 / 3
"""Of the words that the best passage tells of a half: who tells so many does it as well, or at least has
to do with it."""

_PLAINLY = re.compile(
    r"(?:[、。,]\s*|(?<=[てし]))(?:さらに|また|かつ|あわせて|併せて|加えて|同時に|それと|あと)[、,\s]*"
    r"|[、,]?\s*(?:および|及び|ならびに|並びに)[、,\s]*"
    r"|(?:の?ほか(?:に)?|に加えて?|だけで(?:は|)なく|と(?:あわせて|併せて|同時に|ともに))[、,\s]*"
    r"|(?:(?:でき|出来)て(?!も)|(?:でき|出来)、|した(?:うえ|上)で)[、,\s]*"
    r"|[,;.]?\s+(?:as well as|and also|in addition to|together with|along with|plus)\s+",
    re.IGNORECASE,
)
# Behind a noun, not behind a verb (「使うとさびる」), and not 「を目的とする」「大学との」「もっと」.
_BESIDE = re.compile(
    r"(?<=[一-龯々ァ-ヴーA-Za-z0-9)])と(?![のしすいなもはっでこきか])[、,\s]*|[,;]?\s+and\s+", re.IGNORECASE
)
_BOTH = re.compile(
    r"(?:の|を|が|は)?(?:両方|どちらも|いずれも|一括|一貫|まとめて|一緒に)(?:と|を|が|で|して|も)*.*$"
    r"|^both\s+|\s+both$",
    re.IGNORECASE,
)
_TIE = re.compile(
    r"[ぁ-ん一-龯ァ-ヴーA-Za-z0-9](?:の|を|に|で|から|による)(?=\S)|\b(?:of|for|in|on|with|by|from)\b"
)
_EDGE = " 、。,.;をがもはと\n\t"


def halves(query: str) -> tuple[str, str] | None:
    """The two things that a query asks for, each in its own words; None where it is one.

    >>> halves("樹脂の配合と金型の設計"), halves("アルミと鉄の接合")
    (('樹脂の配合', '金型の設計'), None)
    """
    told = _BOTH.sub("", query).strip()
    return _parted(told, _PLAINLY) or _parted(told, _BESIDE, is_alike=True)


def complementary(
    first: Sequence[Hit], second: Sequence[Hit], parts: tuple[str, str]
) -> tuple[Hit, Hit] | None:
    """Who does most of each half, of several the first, where nobody does both; ``first``, ``second``: who is
    likely to have to do with either half, best first; ``parts``: the halves in words.

    None where somebody does both, and where a half is done by nobody, only in part, or by those only who have
    to do with the other half, too. Whether somebody does a half is told by the words of it in the passage to
    be shown, whether they stand there themselves or in a translation.
    """
    sides = _Half(_said(parts[0]), first), _Half(_said(parts[1]), second)
    doing, others_doing = (side.tellers(NEARLY, FEWEST_WORDS) for side in sides)
    if _ids(doing) & _ids(others_doing):
        return None
    near, others_near = (_ids(side.tellers(SOMETHING)) for side in sides)
    one, other = sides[0].best(doing, others_near), sides[1].best(others_doing, near)
    return (one, other) if one and other else None


@dataclass(frozen=True, slots=True)
class _Half:
    """The words of a half, and who is likely to have to do with it, best first."""

    said: frozenset[str]
    hits: Sequence[Hit]

    def n_told(self, hit: Hit) -> int:
        """How many of the words the passage tells that speaks for a hit."""
        return len(self.said & _told(hit))

    def tellers(self, share: float, fewest: int = 1) -> list[Hit]:
        """Those whose passage tells such a share of the words that anybody's tells at most, and some at
        least."""
        least = max(fewest, share * max(map(self.n_told, self.hits), default=0))
        return [hit for hit in self.hits if self.n_told(hit) >= least]

    def best(self, hits: Sequence[Hit], others: AbstractSet[str]) -> Hit | None:
        """Who of these tells most of the words, if that is most of the half; none of the ``others``."""
        alone = (hit for hit in hits if hit.organisation.id not in others)
        best = max(alone, key=self.n_told, default=None)
        return best if best and self.n_told(best) >= MOST * len(self.said) else None


def _said(part: str) -> frozenset[str]:
    """The words of a half; single letters do not count."""
    return frozenset(word for word in words(part) if len(word) > 1)


def _told(hit: Hit) -> frozenset[str]:
    """The words of a need that a passage says, and those for which it has another word."""
    if hit.evidence is None:
        return frozenset()
    translated = (word for _, said in hit.evidence.synonyms for word in words(said))
    return frozenset((*hit.evidence.matched, *translated))


def _ids(hits: Sequence[Hit]) -> frozenset[str]:
    return frozenset(hit.organisation.id for hit in hits)


def _parted(query: str, joint: re.Pattern[str], *, is_alike: bool = False) -> tuple[str, str] | None:
    """The first two parts around such a joint that each say enough; ``is_alike``: and are built alike."""
    for match in joint.finditer(query):
        first, second = query[: match.start()].strip(_EDGE), query[match.end() :].strip(_EDGE)
        if _is_open(first) or (is_alike and not _are_alike(first, second)):
            continue
        n_first, n_second = map(_n_words, (first, second))
        if min(n_first, n_second) >= max(FEWEST_WORDS, LEAST_SHARE * (n_first + n_second)):
            return first, second
    return None


def _are_alike(first: str, second: str) -> bool:
    """Whether both are bare compounds, or both phrases, of one clause each."""
    is_one_clause = not re.search("[、。]", f"{first}{second}")
    return is_one_clause and bool(_TIE.search(first)) == bool(_TIE.search(second))


def _is_open(text: str) -> bool:
    """Whether a bracket was opened and not closed."""
    n_opened, n_closed = (sum(map(text.count, marks)) for marks in ("(（「", ")）」"))
    return n_opened > n_closed


def _n_words(text: str) -> int:
    return len(set(words(text)))
