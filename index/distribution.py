"""Encoding spread over the workers of a Dask cluster; the only door to distributed.

A worker that dies loses nothing: what it had is given to another. Passages are cut into the same pieces
wherever they are encoded, so that the vectors are the same.
"""

from collections.abc import Sequence
from functools import lru_cache

from distributed import Client
from distributed.scheduler import KilledWorker

from index.encoder import Encoder, Vectors, joined, load_encoder, pieces
from index.errors import EncoderError

_CONNECT_TIMEOUT_S = 10
_RETRIES = 5
"""How often a piece is tried again after an error of its worker."""


class DistributedEncoder:
    """A sentence-transformers model whose passages are encoded by a cluster, and queries here.

    The workers need matchbot, and the model under the same name; a model with other weights is refused.
    """

    is_of_corpus = False

    def __init__(self, name: str, scheduler: str) -> None:
        """``scheduler``: its address, as ``tcp://scheduler.example:8786``. Raises EncoderError."""
        self._name = name
        self._scheduler = scheduler
        self._here = load_encoder(name)

    @property
    def dimensions(self) -> int:
        return self._here.dimensions

    @property
    def identity(self) -> str:
        return self._here.identity

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._here.encode_queries(texts)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        try:
            with Client(self._scheduler, timeout=_CONNECT_TIMEOUT_S, set_as_default=False) as client:
                futures = [
                    client.submit(_encoded, self._name, self.identity, piece, pure=False, retries=_RETRIES)
                    for piece in pieces(texts)
                ]
                vectors: list[Vectors] = client.gather(futures)
        except (OSError, KilledWorker) as error:
            raise EncoderError(model=self._name, reason=f"{self._scheduler}: {error}") from error
        return joined(vectors, self.dimensions)


def _encoded(name: str, identity: str, texts: Sequence[str]) -> Vectors:
    """The vectors of some passages, on a worker. Raises EncoderError where its model is another one."""
    encoder = _encoder_here(name)
    if encoder.identity != identity:
        raise EncoderError(model=name, reason=f"a worker has other weights: {encoder.identity}")
    return encoder.encode_documents(texts)


@lru_cache(maxsize=1)
def _encoder_here(name: str) -> Encoder:
    return load_encoder(name)
