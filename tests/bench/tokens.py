"""The tokens of a network's passages, as its snapshot counts them, for other engines."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from corpus.records import Profile
from corpus.registry import Registry
from index.build import passage_pieces
from index.lexical import TermCounter
from index.protection import known_of
from index.tokeniser import bigrams, words


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and bigrams of each passage, in the order of the snapshot's rows."""

    words: list[list[str]]
    bigrams: list[list[str]]


def tokens_of(home: Path) -> Tokens:
    """The tokens of all passages of the corpus in ``home``; of masked ones what a snapshot knows of them."""
    found, counters = Tokens([], []), (TermCounter(), TermCounter())
    masked: dict[int, Profile] = {}
    owners: list[int] = []
    with Registry.open(home / "corpus.db") as registry:
        for owner, profile in enumerate(registry.profiles()):
            if profile.organisation.is_masked:
                masked[len(owners)] = profile
            found.words.extend(map(_joined, passage_pieces(profile, words)))
            found.bigrams.extend(map(_joined, passage_pieces(profile, bigrams)))
            owners += [owner] * (len(found.words) - len(owners))
    for counter, passages in zip(counters, (found.words, found.bigrams), strict=True):
        for tokens in passages:
            counter.add(tokens)
    for row, (said, pairs) in known_of(masked, counters, np.array(owners)).items():
        found.words[row], found.bigrams[row] = [*said.words], [*pairs]
    return found


def _joined(pieces: Iterable[list[str]]) -> list[str]:
    return [*chain.from_iterable(pieces)]
