"""Texts → vectors: any sentence-transformers model, and the static one that the build trains itself.

A static model is a table of token vectors and their mean, so it is served with numpy and
``tokenizers`` alone: importing torch costs seconds and half a gigabyte, and gives the same vectors
(a test compares them). Only other models bring torch in.
"""

import json
import struct
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import EncoderError
from index.tokeniser import bigrams, words

Vectors = NDArray[np.float32]
Tokens = Sequence[int] | NDArray[np.int32]
"""A text as the rows of a static model's table."""

EMBEDDED = "embedded"
"""The setting that asks for the model which the build trains from the corpus."""
NONE = "none"
"""The setting that asks for lexical search only."""
PIECE = 256
"""How many passages a transformer encodes together: which ones stand together moves the last digits."""


_UNSEEN, _SEVERAL = -1, -2
"""A term that was not looked up yet, and one with a space in it, which is several to the model."""


class Encoder(Protocol):
    """Gives texts their vectors: float32 ``[n, dimensions]``, rows of unit L2 norm, or of zeros for a
    text in which the model knows nothing."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    @property
    def identity(self) -> str:
        """What the vectors depend on; equal identities give equal vectors."""
        ...

    @property
    def is_of_corpus(self) -> bool:
        """Whether it learned its words from the passages that it serves, and knows no others."""
        ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of needs."""
        ...

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages."""
        ...


def model_text(text: str) -> str:
    """``text`` as the embedded model reads it: words and character bigrams, set apart by spaces.

    Bigrams let it know something of words it has never met whole.
    """
    return " ".join([*words(text), *bigrams(text)])


class StaticEncoder:
    """A sentence-transformers ``StaticEmbedding`` model, read from its folder without torch."""

    is_of_corpus = False

    def __init__(self, folder: Path, prepare: Callable[[str], str] = str) -> None:
        from tokenizers import Tokenizer

        self._prepare = prepare
        weights = folder / _static_module(folder) / "model.safetensors"
        try:
            self._tokenizer = Tokenizer.from_file(str(weights.with_name("tokenizer.json")))
            self._rows = _map_tensor(weights, "embedding.weight")
        except Exception as error:  # tokenizers raises nothing narrower
            raise EncoderError(model=folder.name, reason=f"{error}") from error
        self._tokenizer.no_padding()
        self._weights = weights

    @property
    def dimensions(self) -> int:
        return int(self._rows.shape[1])

    @cached_property
    def identity(self) -> str:
        return f"static {sha256(self._weights.read_bytes()).hexdigest()[:16]}"

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        return self._vectors(self._split([self._prepare(text) for text in texts]))

    def _split(self, texts: Sequence[str]) -> list[Tokens]:
        """The rows of the table that each text is made of."""
        return [one.ids for one in self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)]

    def _vectors(self, tokens: Sequence[Tokens]) -> Vectors:
        """The vector of each text, told by the rows of the table that it is made of."""
        vectors = np.zeros((len(tokens), self.dimensions), np.float32)
        for vector, own in zip(vectors, tokens, strict=True):
            if len(own):
                vector[:] = self._rows[own].sum(axis=0)
        return unit_rows(vectors)


class EmbeddedEncoder(StaticEncoder):
    """The model that the build trained from the corpus."""

    is_of_corpus = True

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, model_text)


class NumberedEncoder(EmbeddedEncoder):
    """The embedded model over passages that were read before, each as the numbers of its terms: a term is
    looked up in the model once, however often it is said."""

    def __init__(
        self, folder: Path, ids: Mapping[str, int], read: Callable[[str], Sequence[NDArray[np.int32]]]
    ) -> None:
        """``ids``: the number of each term, in their order, to which others may be added. ``read``: the terms
        that :func:`model_text` gives, as such numbers."""
        super().__init__(folder)
        self._ids = ids
        self._read = read
        self._known = np.zeros(0, np.int32)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        numbers = [np.concatenate(self._read(text)) for text in texts]
        self._look_up(numbers)
        tokens: list[Tokens] = [self._known[own] for own in numbers]
        for place, own in enumerate(tokens):
            if np.min(own, initial=0) < 0:
                (tokens[place],) = self._split([self._prepare(texts[place])])
        return self._vectors(tokens)

    def _look_up(self, numbers: Sequence[NDArray[np.int32]]) -> None:
        """Have the rows of the table for these terms at hand."""
        unseen = np.full(len(self._ids) - len(self._known), _UNSEEN, np.int32)
        self._known = np.append(self._known, unseen)
        is_said = np.zeros(len(self._ids), bool)
        for own in numbers:
            is_said[own] = True
        new = np.flatnonzero(is_said & (self._known == _UNSEEN))
        if len(new):
            terms = [*self._ids]
            found = self._split([terms[number] for number in new.tolist()])
            self._known[new] = [own[0] if len(own) == 1 else _SEVERAL for own in found]


class TransformerEncoder:
    """Any sentence-transformers model by local path or hub name, with its own prompts.

    A model that names the prompts ``query`` and ``passage`` or ``document`` (e5, for one) has them put
    before queries and passages.
    """

    is_of_corpus = False

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(name, device="cpu")
        except Exception as error:  # a model's own code may raise anything
            raise EncoderError(model=name, reason=(f"{error}".splitlines() or [repr(error)])[0]) from error
        self._name = name
        self._prompts = {name: prompt or "" for name, prompt in (self._model.prompts or {}).items()}

    @property
    def dimensions(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    @cached_property
    def identity(self) -> str:
        return f"sentence-transformers {self._name} {_fingerprint(self._model.state_dict())}"

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(texts, self._prompts.get("query", ""))

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        prompt = self._prompts.get("passage") or self._prompts.get("document", "")
        return joined([self._encode(piece, prompt) for piece in pieces(texts)], self.dimensions)

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        vectors = self._model.encode(list(texts), prompt=prompt or None, show_progress_bar=False)
        return unit_rows(np.asarray(vectors, np.float32))


def load_encoder(name: str) -> Encoder:
    """The encoder for a hub name or a local folder; a static model is served without torch.

    Raises:
        EncoderError: the model cannot be found or read.
    """
    folder = Path(name)
    if folder.is_dir() and _is_static(folder):
        return StaticEncoder(folder)
    return TransformerEncoder(name)


def pieces(texts: Sequence[str]) -> list[Sequence[str]]:
    """Passages in the pieces that are encoded together, wherever they are."""
    return [texts[start : start + PIECE] for start in range(0, len(texts), PIECE)]


def joined(vectors: Sequence[Vectors], dimensions: int) -> Vectors:
    """The vectors of pieces one after another; of none ``[0, dimensions]``."""
    return np.concatenate([np.zeros((0, dimensions), np.float32), *vectors])


def unit_rows(vectors: Vectors) -> Vectors:
    """The rows scaled to L2 norm 1; rows of zeros stay."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(norms > 0, norms, 1)).astype(np.float32, copy=False)


def _modules(folder: Path) -> list[dict[str, Any]]:
    modules = folder / "modules.json"
    try:
        return json.loads(modules.read_text("utf-8")) if modules.is_file() else []
    except (OSError, ValueError) as error:
        raise EncoderError(model=folder.name, reason=f"{modules.name}: {error}") from error


def _is_static(folder: Path) -> bool:
    """Whether the model is a static embedding, alone or with a normalisation behind it."""
    types = [module["type"].rsplit(".", 1)[-1] for module in _modules(folder)]
    return types in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])


def _static_module(folder: Path) -> str:
    """The folder of the embedding within the model's folder."""
    return next((module["path"] for module in _modules(folder)), "")


def _map_tensor(file: Path, name: str) -> Vectors:
    """A float32 matrix of a safetensors file, mapped: rows are read when they are used."""
    with file.open("rb") as stream:
        (length,) = struct.unpack("<Q", stream.read(8))
        header = json.loads(stream.read(length))[name]
    if header["dtype"] != "F32":
        raise ValueError(f"{name} is {header['dtype']}, not F32")
    start = 8 + length + header["data_offsets"][0]
    return np.memmap(file, np.float32, "r", offset=start, shape=tuple(header["shape"]))


def _fingerprint(state: Any) -> str:
    """A short hash of a model's weights."""
    digest = sha256()
    for name, tensor in sorted(state.items()):
        digest.update(name.encode())
        digest.update(tensor.cpu().numpy().tobytes())
    return digest.hexdigest()[:16]
