"""Queries as people write them, on matters that the corpus may know but not in its words."""

from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice
from random import Random

from corpus.bundled import clusters
from corpus.records import Passage
from corpus.sample import sample_profiles

_OTHER_SEED = 20061110
_SCALE = 0.05

_CHATTY = (
    "{}について詳しい会社を探しています",
    "{}で困っています。相談できる大学の先生はいませんか",
    "{}を一緒に進めてくれるパートナーがほしいです",
    "うちは小さな工場ですが、{}に取り組みたいと思っています。どこに聞けばよいでしょうか",
    "{}の試作をお願いできるところを教えてください",
    "至急です。{}に対応できる企業はありますか？",
    "{}に関心のある金融機関か商社を紹介してほしい",
    "他の地域でもかまわないので、{}の経験がある相手を知りたい",
    "We are looking for a partner who knows {}",
)


def queries(number: int) -> list[str]:
    """So many different queries: a third titles, a third sentences, a third chatty needs; repeatable.

    They come from passages of a sample network with another seed than the one searched, so none of them
    stands in the index as it is.
    """
    kinds = cycle((_title, _sentence, _chatty))
    random = Random(_OTHER_SEED)
    asked = (kind(passage, random) for kind, passage in zip(kinds, _passages(random), strict=False))
    return list(islice(dict.fromkeys(asked), number))


def _passages(random: Random) -> Iterator[Passage]:
    """Passages with a title, in no order."""
    network = sample_profiles(clusters(), scale=_SCALE, seed=_OTHER_SEED, as_of=date(2006, 11, 10))
    titled = [passage for profile in network for passage in profile.passages if passage.title]
    random.shuffle(titled)
    return iter(titled)


def _title(passage: Passage, random: Random) -> str:
    return passage.title


def _sentence(passage: Passage, random: Random) -> str:
    return random.choice([part for part in passage.text.split("。") if part])


def _chatty(passage: Passage, random: Random) -> str:
    return random.choice(_CHATTY).format(passage.title)
