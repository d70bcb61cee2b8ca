"""How far the cases of a period have come: from the request to a new business, step by step, per path."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from matchbot.indicators.known import Known


class Step(StrEnum):
    """The steps, in their order; whoever reached one has reached all before it."""

    REQUESTED = "requested"
    APPROVED = "approved"
    CONSENTED = "consented"
    INTRODUCED = "introduced"
    MET = "met"
    AGREED = "agreed"
    BUSINESS = "business"


DAYS_TO_MATURE: Mapping[Step, int] = {
    Step.REQUESTED: 0,
    Step.APPROVED: 30,
    Step.CONSENTED: 60,
    Step.INTRODUCED: 90,
    Step.MET: 90 + 90,
    Step.AGREED: 180 + 365,
    Step.BUSINESS: 545 + 730,
}
"""How many days after its request a case may still be on its way to a step, and is not counted as lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """How many cases of a path ("": all) reached a step.

    ``n_immature``: those that reached the step before, not this one, and are still young enough to.
    """

    path: str
    step: Step
    n: int
    n_immature: int


Cohort = Counter[tuple[int, str]]
"""How many cases there are that reached so many steps, by the day of their request."""


def funnel(known: Known) -> list[Passed]:
    """The cohort of the cases opened in the period, as a whole and per path."""
    cohorts: dict[str, Cohort] = defaultdict(Counter)
    for path, day, *conditions in known.rows(_SQL):
        cohorts[path][_reached(conditions), day] += 1
    together = sum(cohorts.values(), Cohort())
    return [
        passed
        for path, cohort in [("", together), *sorted(cohorts.items())]
        for passed in _passed(path, cohort, known.today)
    ]


def _reached(conditions: Sequence[int]) -> int:
    """How many steps a case has reached without a gap, the request included."""
    missed = next((place for place, is_so in enumerate(conditions) if not is_so), len(conditions))
    return 1 + missed


def _passed(path: str, cohort: Cohort, today: date) -> Iterator[Passed]:
    for place, step in enumerate(Step):
        youngest = (today - timedelta(days=DAYS_TO_MATURE[step])).isoformat()
        yield Passed(
            path=path,
            step=step,
            n=sum(n for (reached, _), n in cohort.items() if reached > place),
            n_immature=sum(n for (reached, day), n in cohort.items() if reached == place and day > youngest),
        )


_SQL = """
    SELECT c.path, c.opened_on,
        c.put_on IS NOT NULL OR c.made_on IS NOT NULL OR c.n_approvals <= (
            SELECT COUNT(DISTINCT s.member_id) FROM steps s WHERE s.case_id = c.case_id
                AND s.step = 'IntroductionApproved' AND s.seq > c.resubmitted_seq),
        c.made_on IS NOT NULL OR EXISTS (
            SELECT 1 FROM answered a WHERE a.case_id = c.case_id AND a.n_yes = a.n_parties),
        c.made_on IS NOT NULL,
        EXISTS (SELECT 1 FROM reports r WHERE r.case_id = c.case_id),
        EXISTS (SELECT 1 FROM outcome_cases oc JOIN outcomes o ON o.outcome_id = oc.outcome_id
            WHERE oc.case_id = c.case_id AND o.certainty = 'confirmed'
                AND o.kind IN ('deal', 'joint_research', 'funding')),
        EXISTS (SELECT 1 FROM outcome_cases oc JOIN outcomes o ON o.outcome_id = oc.outcome_id
            WHERE oc.case_id = c.case_id AND o.certainty = 'confirmed' AND o.kind = 'new_business')
    FROM cases c WHERE c.opened_on BETWEEN :first AND :last"""
