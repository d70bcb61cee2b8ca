"""Small hand-made corpora, and one encoder trained from one of them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

import pytest

from corpus.records import (
    Kind,
    Membership,
    MembershipRole,
    Organisation,
    Passage,
    PassageType,
    Profile,
    Source,
)
from index.encoder import EmbeddedEncoder
from index.training import Schedule, TrainingText, train

DAY = date(2026, 4, 1)
SOURCE = Source("会員名簿", DAY, "https://example.org/members")


class MakeProfile(Protocol):
    """Makes a profile: its passages are texts, or (title, text); its first cluster is the home."""

    def __call__(
        self,
        id: str,
        *passages: str | tuple[str, str],
        kind: Kind = ...,
        clusters: Sequence[str] = ...,
        passage_fields: Sequence[str] = ...,
        **facts: object,
    ) -> Profile: ...


@pytest.fixture(scope="session")
def make_profile() -> MakeProfile:
    def make(
        id: str,
        *passages: str | tuple[str, str],
        kind: Kind = Kind.FIRM,
        clusters: Sequence[str] = (),
        passage_fields: Sequence[str] = (),
        **facts: object,
    ) -> Profile:
        organisation = Organisation(**{"id": id, "name": f"{id}社", "kind": kind, "source": SOURCE, **facts})
        titled = [("", passage) if isinstance(passage, str) else passage for passage in passages]
        return Profile(
            organisation,
            tuple(
                Passage(f"{id}:{n}", id, PassageType.CAPABILITY, text, SOURCE, title, tuple(passage_fields))
                for n, (title, text) in enumerate(titled)
            ),
            tuple(
                Membership(
                    id,
                    cluster,
                    MembershipRole.MEMBER if place else MembershipRole.HOME,
                    DAY,
                    datetime(2026, 4, 1, tzinfo=UTC),
                )
                for place, cluster in enumerate(clusters)
            ),
        )

    return make


MATERIALS = ("ガラス", "アルミ", "チタン", "樹脂", "セラミックス", "銅", "木材", "炭素繊維")
PROCESSES = ("切削", "研磨", "めっき", "溶接", "成形", "検査", "接合", "塗装")


@pytest.fixture(scope="session")
def training_texts() -> list[TrainingText]:
    """64 firms of two passages each: one for each pair of material and process."""
    return [
        TrainingText(f"{material}{process}", f"{material}{process}工業", *passage)
        for material in MATERIALS
        for process in PROCESSES
        for passage in (
            (
                f"{material}の{process}",
                f"{material}を{process}する装置を開発しています。{process}の精度を高めます。",
            ),
            ("", f"{process}に強い会社です。{material}の加工を長く手がけています。試作も受けます。"),
        )
    ]


@pytest.fixture(scope="session")
def schedule() -> Schedule:
    return Schedule(dimensions=32, epochs=3, batch=64)


@pytest.fixture(scope="session")
def model_folder(
    tmp_path_factory: pytest.TempPathFactory, training_texts: list[TrainingText], schedule: Schedule
) -> Path:
    """The folder of a model trained on ``training_texts``."""
    folder = tmp_path_factory.mktemp("model") / "encoder"
    assert train(training_texts, folder, schedule)
    return folder


@pytest.fixture(scope="session")
def static_encoder(model_folder: Path) -> EmbeddedEncoder:
    return EmbeddedEncoder(model_folder)
