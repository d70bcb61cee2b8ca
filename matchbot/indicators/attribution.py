"""Who has a part in what came of it: each outcome split among those who claim it, and counted once in all."""

from dataclasses import dataclass
from fractions import Fraction

from matchbot.indicators.definitions import Breakdown
from matchbot.indicators.known import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """What a cluster or coordinator has to do with the outcomes of a kind.

    ``name``: "" for the programme as a whole. ``n_claimed``: how many it claims, each in full (延べ).
    ``share``: its equal part of each, added up; the parts of all make what anybody claims. ``n``: how
    many there are in all, claimed or not; for the programme alone.
    """

    name: str
    kind: str
    n_claimed: int
    share: Fraction
    n: int | None = None


def credits(known: Known, by: Breakdown, *, is_headline_only: bool = True) -> list[Credit]:
    """The confirmed outcomes of the period, split by cluster or coordinator.

    A claim that says UNRELATED has no part. By name and kind; the programme as a whole first.
    """
    evidence = "AND o.evidence IN ('A', 'B')" if is_headline_only else ""
    outcomes = known.rows(
        "SELECT outcome_id, kind FROM outcomes o "
        f"WHERE certainty = 'confirmed' AND day BETWEEN :first AND :last {evidence}"
    )
    kinds: dict[str, str] = dict(outcomes.fetchall())
    claimed: dict[str, set[str]] = {}
    for outcome_id, name in known.rows(_CLAIMED[by]):
        if outcome_id in kinds:
            claimed.setdefault(outcome_id, set()).add(name)
    totals: dict[tuple[str, str], tuple[int, Fraction]] = {}
    for outcome_id, names in claimed.items():
        for name in ("", *names):
            part = Fraction(1, len(names)) if name else Fraction(1)
            n, share = totals.get((name, kinds[outcome_id]), (0, Fraction(0)))
            totals[name, kinds[outcome_id]] = n + 1, share + part
    for kind in kinds.values():
        totals.setdefault(("", kind), (0, Fraction(0)))
    all_kinds = list(kinds.values())
    return [
        Credit(
            name=name,
            kind=kind,
            n_claimed=n,
            share=share,
            n=None if name else all_kinds.count(kind),
        )
        for (name, kind), (n, share) in sorted(totals.items())
    ]


_CLAIMED = {
    Breakdown.CLUSTER: "SELECT outcome_id, cluster FROM claims "
    "WHERE cluster <> '' AND COALESCE(attribution, '') <> 'unrelated'",
    Breakdown.COORDINATOR: "SELECT outcome_id, claimant FROM claims "
    "WHERE organisation_id = '' AND COALESCE(attribution, '') <> 'unrelated'",
}
