"""What a statement rests on, and what several of them rest on together."""

from collections.abc import Iterable
from enum import StrEnum

from matchbot.references import TextRef


class Evidence(StrEnum):
    """What a statement rests on, the strongest first. Headlines count A and B."""

    A = "A"
    """A document."""
    B = "B"
    """Both parties."""
    C = "C"
    """One party."""
    D = "D"
    """The coordinator only."""


def evidence_of(organisation_id: str, document: TextRef | None) -> Evidence:
    """What a single report or claim rests on. ``organisation_id``: "" where the coordinator says so."""
    if document is not None:
        return Evidence.A
    return Evidence.C if organisation_id else Evidence.D


def joint_evidence(told: Iterable[Evidence], organisation_ids: Iterable[str]) -> Evidence:
    """The strongest single piece; two parties who say the same make a B."""
    strongest = min(told)
    n_parties = len({id for id in organisation_ids if id})
    return min(strongest, Evidence.B) if n_parties > 1 else strongest
