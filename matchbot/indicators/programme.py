"""The indicators by which the programme measures itself: members, introductions, and what came of them."""

from matchbot.aftermath.outcomes import Attribution, OutcomeKind
from matchbot.indicators.definitions import (
    IN_PERIOD,
    MEMBERS,
    Basis,
    Figure,
    Group,
    Indicator,
    Measure,
    Unit,
    shares,
)

_INTRODUCTIONS = "SELECT case_id AS thing, parties AS same, case_id FROM introductions"


def _outcomes(kind: OutcomeKind, condition: str = "1") -> str:
    return f"""
        SELECT outcome_id AS thing, day, key AS same, evidence, certainty, outcome_id FROM outcomes o
        WHERE kind = '{kind}' AND day {IN_PERIOD} AND {condition}"""


_AGREEMENT_KINDS = "('deal', 'joint_research', 'funding')"
_TRACED = "EXISTS (SELECT 1 FROM outcome_cases c WHERE c.outcome_id = o.outcome_id)"

_NEW_PAIRS = f"""
    SELECT p.pair, SUBSTR(MIN(p.made_on || p.case_id), 11) AS case_id, p.first_id, p.second_id FROM pairs p
    WHERE p.made_on {IN_PERIOD} AND NOT EXISTS (
        SELECT 1 FROM ties t WHERE t.pair = p.pair AND t.day < p.made_on
            AND (t.is_lasting OR t.day >= DATE(p.made_on, '-36 months')))
    GROUP BY p.pair"""

_HAS_ACTED = (
    "organisation_id IN (SELECT a.organisation_id FROM acts a WHERE a.day BETWEEN :year_ago AND :last)"
)


def _newly_tied(firms: str) -> str:
    return f"""
        WITH new_pairs AS MATERIALIZED ({_NEW_PAIRS})
        SELECT organisation_id AS thing, organisation_id, organisation_id IN (
            SELECT first_id FROM new_pairs UNION SELECT second_id FROM new_pairs) AS is_tied
        FROM ({firms})"""


_MEMBER_FIRMS = "SELECT DISTINCT organisation_id FROM members WHERE kind = 'firm'"
_RESPONDING_FIRMS = f"""
    SELECT DISTINCT s.organisation_id FROM surveys s JOIN members m ON m.organisation_id = s.organisation_id
    WHERE s.is_answered AND s.day {IN_PERIOD} AND m.kind = 'firm'"""

_RESULTS = f"""
    SELECT outcome_id AS thing, day, key AS same, outcome_id, o.evidence IN ('A', 'B') AS is_proved,
        attribution, would_have_met
    FROM outcomes o WHERE o.day {IN_PERIOD} AND o.certainty = 'confirmed' AND (
        o.kind IN {_AGREEMENT_KINDS} OR o.kind = 'new_business' AND {_TRACED})"""


_SURVEYED = f"""
    SELECT survey_id AS thing, day, organisation_id AS same, survey_id, satisfaction, recommendation,
        is_answered
    FROM surveys WHERE day {IN_PERIOD}"""


PROGRAMME: tuple[Indicator, ...] = (
    Indicator(
        id="I01",
        group=Group.PROGRAMME,
        basis=Basis.STOCK,
        figures=(
            Figure(
                id="I01",
                measure=Measure.DISTINCT,
                unit=Unit.ORGANISATION,
                sql="SELECT organisation_id || ' ' || cluster AS thing, organisation_id AS same, "
                "organisation_id FROM members",
                is_of_members=True,
            ),
        ),
    ),
    Indicator(
        id="I02",
        group=Group.PROGRAMME,
        basis=Basis.YEAR,
        figures=shares(MEMBERS, {"I02": _HAS_ACTED}, is_of_members=True),
    ),
    Indicator(
        id="I05",
        group=Group.PROGRAMME,
        basis=Basis.PERIOD,
        figures=(
            Figure(
                id="I05",
                measure=Measure.EVENTS,
                unit=Unit.CASE,
                sql=f"{_INTRODUCTIONS} WHERE made_on {IN_PERIOD}",
            ),
        ),
    ),
    Indicator(
        id="I06",
        group=Group.PROGRAMME,
        basis=Basis.PERIOD,
        figures=(
            Figure(
                id="I06",
                measure=Measure.DISTINCT,
                unit=Unit.PAIR,
                sql=f"SELECT case_id || ' ' || pair AS thing, pair AS same, pair, case_id FROM pairs "
                f"WHERE made_on {IN_PERIOD}",
            ),
        ),
    ),
    Indicator(
        id="I07",
        group=Group.PROGRAMME,
        basis=Basis.PERIOD,
        version=2,
        figures=(
            Figure(
                id="I07",
                measure=Measure.DISTINCT,
                unit=Unit.PAIR,
                sql=f"SELECT pair AS thing, pair, case_id FROM ({_NEW_PAIRS})",
            ),
        ),
    ),
    Indicator(
        id="I08",
        group=Group.PROGRAMME,
        basis=Basis.PERIOD,
        figures=(
            Figure(
                id="I08",
                measure=Measure.DISTINCT,
                unit=Unit.CASE,
                sql="SELECT case_id || ' ' || met_on AS thing, met_on AS day, "
                "CASE WHEN is_first THEN case_id END AS same, evidence, case_id "
                f"FROM meetings WHERE met_on {IN_PERIOD}",
            ),
        ),
    ),
    Indicator(
        id="I09",
        group=Group.PROGRAMME,
        basis=Basis.PERIOD,
        figures=tuple(
            Figure(id=id, measure=Measure.DISTINCT, unit=Unit.AGREEMENT, sql=_outcomes(kind))
            for id, kind in (
                ("I09a", OutcomeKind.DEAL),
                ("I09b", OutcomeKind.JOINT_RESEARCH),
                ("I09c", OutcomeKind.FUNDING),
            )
        ),
    ),
    Indicator(
        id="I10",
        group=Group.PROGRAMME,
        basis=Basis.PERIOD,
        figures=(
            Figure(
                id="I10a",
                measure=Measure.DISTINCT,
                unit=Unit.BUSINESS,
                sql=_outcomes(OutcomeKind.NEW_BUSINESS),
            ),
            Figure(
                id="I10b",
                measure=Measure.DISTINCT,
                unit=Unit.BUSINESS,
                sql=_outcomes(OutcomeKind.NEW_BUSINESS, _TRACED),
            ),
        ),
    ),
    Indicator(
        id="I11",
        group=Group.PROGRAMME,
        basis=Basis.PERIOD,
        figures=tuple(
            Figure(id=id, measure=Measure.DISTINCT, unit=Unit.COMPANY, sql=_outcomes(kind))
            for id, kind in (
                ("I11a", OutcomeKind.FOUNDING),
                ("I11b", OutcomeKind.SECOND_FOUNDING),
                ("I11c", OutcomeKind.UNIVERSITY_VENTURE),
            )
        ),
    ),
    Indicator(
        id="I12",
        group=Group.PROGRAMME,
        basis=Basis.PERIOD,
        figures=(
            Figure(id="I12", measure=Measure.DISTINCT, unit=Unit.COMPANY, sql=_outcomes(OutcomeKind.LISTING)),
        ),
    ),
    Indicator(
        id="I13",
        group=Group.PROGRAMME,
        basis=Basis.PERIOD,
        figures=(
            *shares(_newly_tied(_MEMBER_FIRMS), {"I13a": "is_tied"}, is_of_members=True),
            *shares(_newly_tied(_RESPONDING_FIRMS), {"I13b": "is_tied"}, is_of_members=True),
        ),
    ),
    Indicator(
        id="I24",
        group=Group.PROGRAMME,
        basis=Basis.PERIOD,
        figures=(
            *(
                Figure(
                    id=id, measure=measure, unit=unit, sql=_SURVEYED, quantity=quantity, is_of_answers=True
                )
                for id, measure, unit, quantity in (
                    ("I24a", Measure.SHARE, Unit.PERCENT, "satisfaction >= 4"),
                    ("I24b", Measure.MEAN, Unit.POINT, "satisfaction"),
                    ("I24c", Measure.NPS, Unit.POINT, "recommendation"),
                )
            ),
            *shares(_SURVEYED, {"I24d": "is_answered"}),
            Figure(
                id="I24e",
                measure=Measure.MEAN,
                unit=Unit.POINT,
                sql="SELECT organisation_id AS thing, organisation_id, AVG(satisfaction) AS satisfaction "
                f"FROM surveys WHERE day {IN_PERIOD} GROUP BY organisation_id",
                quantity="satisfaction",
                is_of_answers=True,
            ),
        ),
    ),
    Indicator(
        id="I25",
        group=Group.PROGRAMME,
        basis=Basis.PERIOD,
        figures=shares(
            _RESULTS,
            {
                "I25a": "is_proved",
                "I25b": f"attribution = '{Attribution.DECISIVE}'",
                "I25c": f"attribution = '{Attribution.CONTRIBUTING}'",
                "I25d": f"attribution = '{Attribution.UNRELATED}'",
                "I25e": "would_have_met = 'yes'",
            },
        ),
    ),
    Indicator(
        id="I27",
        group=Group.PROGRAMME,
        basis=Basis.PERIOD,
        figures=shares(
            f"SELECT award_id AS thing, day, award_id FROM awards WHERE day {IN_PERIOD}",
            {"I27": "award_id IN (SELECT w.award_id FROM award_winners w WHERE w.clusters <> '')"},
        ),
    ),
)
