"""The embedded encoder: a static model learned from the corpus it will serve.

No outside vectors are needed. Two texts that belong together (title and body, the parts of one
passage, two passages of one organisation, a name and what it does) are pulled together, all others
in the batch pushed apart: sentence-transformers' ``StaticEmbedding`` under its
``MultipleNegativesRankingLoss`` (Henderson et al., *Efficient Natural Language
Response Suggestion for Smart Reply*, 2017). The loop is a plain one rather than the library's
trainer: seconds instead of a minute, and the same bytes twice.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.encoder import model_text

MIN_PAIRS = 200
"""Fewer pairs than this teach nothing worth searching with."""

OTHERS = 2
"""How many other passages of its organisation each is paired with: what a search asks is whoever said one
thing, by another."""

Pieces = tuple[str, ...]
"""A text in the pieces that its punctuation makes: what is tokenised, each piece once, however often it
stands in a pair."""

_SEGMENT = re.compile(r"[。．！？!?\n（）()「」『』、,;；]+")
_MIN_SEGMENT = 4


@dataclass(frozen=True, slots=True)
class TrainingText:
    """A passage as the training sees it; a masked organisation's without its name."""

    owner: str
    name: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """How the model is trained."""

    dimensions: int = 256
    epochs: int = 3
    batch: int = 1024
    learning_rate: float = 0.02
    scale: float = 20.0
    max_pairs: int = 80_000
    max_vocabulary: int = 120_000
    min_count: int = 2
    seed: int = 20061110


def pairs(texts: Sequence[TrainingText], seed: int) -> Iterator[tuple[Pieces, Pieces]]:
    """Texts that belong together, from passages in the order of their organisations; repeatable."""
    random = Random(seed)
    for start, end in _runs_of_owner(texts):
        own = [(_pieces(passage.title), _pieces(passage.text)) for passage in texts[start:end]]
        for place, (title, text) in enumerate(own):
            if title and text:
                yield title, text
            yield from _halves(text or title, random)
            rest = [*range(place), *range(place + 1, len(own))]
            for other in random.sample(rest, min(OTHERS, len(rest))):
                other_title, other_text = own[other]
                yield title + text, other_title + other_text
        title, text = random.choice(own)
        if name := texts[start].name:
            yield (name,), title + text


def train(
    texts: Sequence[TrainingText],
    folder: Path,
    schedule: Schedule = Schedule(),
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> bool:
    """Train on ``texts`` and save a sentence-transformers model into ``folder``.

    The model reads texts as :func:`index.encoder.model_text` writes them. The same texts and schedule
    give the same bytes on the same machine. Returns False, and writes nothing, where the corpus holds
    fewer than :data:`MIN_PAIRS` pairs.
    """
    chosen = list(pairs(texts, schedule.seed))
    if len(chosen) < MIN_PAIRS:
        return False
    if len(chosen) > schedule.max_pairs:
        chosen = Random(schedule.seed).sample(chosen, schedule.max_pairs)
    vocabulary, left, right = _read(chosen, schedule)
    _fit(vocabulary, left, right, folder, schedule, progress)
    return True


def _runs_of_owner(texts: Sequence[TrainingText]) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch of passages of one organisation."""
    start = 0
    for place in range(1, len(texts) + 1):
        if place == len(texts) or texts[place].owner != texts[start].owner:
            yield start, place
            start = place


def _pieces(text: str) -> Pieces:
    return tuple(filter(None, _SEGMENT.split(text)))


def _halves(pieces: Pieces, random: Random) -> Iterator[tuple[Pieces, Pieces]]:
    """One segment of a text, and all the others."""
    segments = tuple(piece for piece in pieces if len(piece) >= _MIN_SEGMENT)
    if len(segments) > 1:
        place = random.randrange(len(segments))
        yield segments[place : place + 1], segments[:place] + segments[place + 1 :]


class _Bags:
    """Token ids of many texts in one array: text i is ``ids[offsets[i]:offsets[i + 1]]``."""

    def __init__(self, texts: Sequence[Sequence[NDArray[np.int64]]]) -> None:
        """``texts``: the ids of the pieces of each."""
        self.ids = np.concatenate([piece for text in texts for piece in text] or [np.empty(0, np.int64)])
        lengths = [sum(map(len, text)) for text in texts]
        self.offsets = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])

    def batch(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The ids of these texts one after another, and where each begins."""
        starts, lengths = self.offsets[rows], self.offsets[rows + 1] - self.offsets[rows]
        begins = np.concatenate([[0], np.cumsum(lengths)[:-1]])
        steps = np.arange(lengths.sum()) - np.repeat(begins, lengths)
        return self.ids[np.repeat(starts, lengths) + steps], begins


def _read(chosen: Sequence[tuple[Pieces, Pieces]], schedule: Schedule) -> tuple[dict[str, int], _Bags, _Bags]:
    """The vocabulary (commonest first, [UNK] at 0) and the token ids of both sides of the pairs."""
    uses = Counter(piece for pair in chosen for side in pair for piece in side)
    tokens = {piece: model_text(piece).split() for piece in uses}
    counts: Counter[str] = Counter()
    for piece, n in uses.items():
        for token in tokens[piece]:
            counts[token] += n
    common = sorted((t for t, n in counts.items() if n >= schedule.min_count), key=lambda t: (-counts[t], t))
    vocabulary = {token: place for place, token in enumerate(["[UNK]", *common[: schedule.max_vocabulary]])}
    ids = {
        piece: np.array([vocabulary[token] for token in own if token in vocabulary], np.int64)
        for piece, own in tokens.items()
    }
    read = [[[ids[piece] for piece in side] for side in pair] for pair in chosen]
    known = [pair for pair in read if all(any(map(len, side)) for side in pair)]
    return vocabulary, _Bags([left for left, _ in known]), _Bags([right for _, right in known])


def _fit(
    vocabulary: dict[str, int],
    left: _Bags,
    right: _Bags,
    folder: Path,
    schedule: Schedule,
    progress: Callable[[int, int], None],
) -> None:
    # Threads that wait by spinning make a training that shares its cores twenty times slower; the
    # runtime reads this when torch is first imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
    from sentence_transformers.sentence_transformer.modules import StaticEmbedding
    from torch.nn.functional import embedding_bag

    torch.manual_seed(schedule.seed)
    rows = torch.randn(len(vocabulary), schedule.dimensions) / schedule.dimensions**0.5
    rows[0] = 0  # an unknown token says nothing; two texts of unknown tokens must not look alike
    embedding = StaticEmbedding(_tokenizer(vocabulary), embedding_weights=rows)
    model = SentenceTransformer(modules=[embedding], device="cpu")
    loss = MultipleNegativesRankingLoss(model, schedule.scale)
    optimiser = torch.optim.Adam(model.parameters(), lr=schedule.learning_rate, fused=True)
    order = np.random.default_rng(schedule.seed)
    n = len(left.offsets) - 1
    size = min(schedule.batch, n)
    steps = schedule.epochs * (n // size)

    table = embedding.embedding.weight
    table.grad = gradient = torch.zeros_like(table)

    def learn(rows: NDArray[np.int64]) -> None:
        """One step on these pairs. Only the tokens that stand in them are differentiated: a gradient of the
        whole table takes longer than all the rest."""
        (left_ids, left_begins), (right_ids, right_begins) = left.batch(rows), right.batch(rows)
        ids, places = np.unique(np.concatenate([left_ids, right_ids]), return_inverse=True)
        begins = np.concatenate([left_begins, right_begins + len(left_ids)])
        tokens = torch.from_numpy(ids)
        own = table.detach()[tokens].requires_grad_()
        vectors = embedding_bag(torch.from_numpy(places), own, torch.from_numpy(begins), mode="mean")
        missed = loss.compute_loss_from_embeddings(list(vectors.split(len(rows))), torch.empty(0))
        gradient[tokens] = torch.autograd.grad(missed, own)[0]
        optimiser.step()
        gradient[tokens] = 0

    step = 0
    for _ in range(schedule.epochs):
        shuffled = order.permutation(n)
        for start in range(0, n - size + 1, size):
            warm_up, cool_down = min(1.0, 10 * (step + 1) / steps), 1 - step / steps
            optimiser.param_groups[0]["lr"] = schedule.learning_rate * warm_up * cool_down
            learn(shuffled[start : start + size])
            step += 1
            progress(step, steps)
    folder.mkdir(parents=True, exist_ok=True)
    model.save(str(folder), create_model_card=False)


def _tokenizer(vocabulary: dict[str, int]) -> Any:
    """Splits at the spaces that :func:`index.encoder.model_text` sets."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import WhitespaceSplit

    tokenizer = Tokenizer(WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = WhitespaceSplit()
    return tokenizer
