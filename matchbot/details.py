"""A closer look at a partner: what else speaks for it, and what it looks for itself.

Pure. Everything is taken from the partner's own profile, as the corpus has it now.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from corpus.records import Passage, PassageType, Profile
from index.hits import Evidence
from index.tokeniser import words
from matchbot.need import Need
from matchbot.reasons import Reason, reason_in

MOST_FURTHER = 3
FEWEST_WORDS = 2
"""Words that a wish has to share with what the asker does, so that it is told as a wish for them."""


def further_reasons(profile: Profile, need: Need, shown: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """What other passages say for a partner, those with the most words of the need first, then by id."""
    sentences = {reason.sentence for reason in shown}
    offered = (passage for passage in profile.passages if passage.type is not PassageType.NEED)
    told = (reason for reason in _told(offered, frozenset(words(need.query)), 1))
    return tuple(reason for reason in told if reason.sentence not in sentences)[:MOST_FURTHER]


def wants(profile: Profile, asker: Profile) -> tuple[Reason, ...]:
    """What a partner says that it looks for, as far as it speaks of what the asker does."""
    offered = frozenset(
        token
        for passage in asker.passages
        if passage.type is not PassageType.NEED
        for token in words(f"{passage.title} {passage.text}")
    )
    wished = (passage for passage in profile.passages if passage.type is PassageType.NEED)
    return tuple(_told(wished, offered, FEWEST_WORDS))[:MOST_FURTHER]


def _told(passages: Iterator[Passage], asked: AbstractSet[str], fewest: int) -> Iterator[Reason]:
    matched = ((passage, asked & frozenset(words(f"{passage.title} {passage.text}"))) for passage in passages)
    ranked = sorted(matched, key=lambda pair: (-len(pair[1]), pair[0].id))
    return (
        reason_in(_evidence(passage, tuple(sorted(shared))))
        for passage, shared in ranked
        if len(shared) >= fewest
    )


def _evidence(passage: Passage, matched: tuple[str, ...]) -> Evidence:
    return Evidence(
        passage_id=passage.id,
        type=str(passage.type),
        title=passage.title,
        text=passage.text,
        source_name=passage.source.name,
        source_url=passage.source.url,
        as_of=passage.source.as_of,
        matched=matched,
    )
