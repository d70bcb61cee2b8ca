"""The indicators by which the programme measures itself: members, introductions, and what came of them."""

from matchbot.aftermath import Attribution, OutcomeKind
from matchbot.indicators.definitions import Basis, Figure, Group, Indicator, Measure, Unit

_INTRODUCTIONS = "SELECT case_id AS thing, parties AS same, case_id FROM introductions"
_IN_PERIOD = "BETWEEN :first AND :last"


def _outcomes(kind: OutcomeKind, condition: str = "1") -> str:
    return f"""
        SELECT outcome_id AS thing, key AS same, evidence, certainty, outcome_id FROM outcomes o
        WHERE kind = '{kind}' AND day {_IN_PERIOD} AND {condition}"""


_AGREEMENT_KINDS = "('deal', 'joint_research', 'funding')"
_TRACED = "EXISTS (SELECT 1 FROM outcome_cases c WHERE c.outcome_id = o.outcome_id)"

_NEW_PAIRS = f"""
    SELECT p.pair, MIN(p.made_on) AS day, MIN(p.case_id) AS case_id, p.first_id, p.second_id FROM pairs p
    WHERE p.made_on {_IN_PERIOD} AND NOT EXISTS (
        SELECT 1 FROM ties t WHERE t.pair = p.pair AND t.day < p.made_on
            AND (t.is_lasting OR t.day >= DATE(p.made_on, '-36 months')))
    GROUP BY p.pair"""

_ACTIVE = """
    SELECT organisation_id AS thing, organisation_id, EXISTS (
        SELECT 1 FROM acts a WHERE a.organisation_id = m.organisation_id
            AND a.day BETWEEN :year_ago AND :last) AS measure
    FROM (SELECT DISTINCT organisation_id FROM members) m"""


def _newly_tied(firms: str) -> str:
    return f"""
        WITH new_pairs AS MATERIALIZED ({_NEW_PAIRS})
        SELECT organisation_id AS thing, organisation_id, organisation_id IN (
            SELECT first_id FROM new_pairs UNION SELECT second_id FROM new_pairs) AS measure
        FROM ({firms})"""


_MEMBER_FIRMS = "SELECT DISTINCT organisation_id FROM members WHERE kind = 'firm'"
_RESPONDING_FIRMS = f"""
    SELECT DISTINCT s.organisation_id FROM surveys s JOIN members m ON m.organisation_id = s.organisation_id
    WHERE s.is_answered AND s.day {_IN_PERIOD} AND m.kind = 'firm'"""

_RESULTS = f"""
    SELECT o.* FROM outcomes o WHERE o.day {_IN_PERIOD} AND o.certainty = 'confirmed' AND (
        o.kind IN {_AGREEMENT_KINDS} OR o.kind = 'new_business' AND {_TRACED})"""


def _share_of_results(measure: str) -> str:
    return f"SELECT outcome_id AS thing, key AS same, outcome_id, {measure} AS measure FROM ({_RESULTS})"


def _attributed(attribution: Attribution) -> str:
    return _share_of_results(
        f"CASE WHEN attribution IS NULL THEN NULL ELSE attribution = '{attribution}' END"
    )


def _surveyed(measure: str) -> str:
    return f"""
        SELECT survey_id AS thing, organisation_id AS same, survey_id, {measure} AS measure FROM surveys
        WHERE day {_IN_PERIOD}"""


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
            ),
        ),
    ),
    Indicator(
        id="I02",
        group=Group.PROGRAMME,
        basis=Basis.YEAR,
        figures=(Figure(id="I02", measure=Measure.SHARE, unit=Unit.PERCENT, sql=_ACTIVE),),
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
                sql=f"{_INTRODUCTIONS} WHERE made_on {_IN_PERIOD}",
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
                f"WHERE made_on {_IN_PERIOD}",
            ),
        ),
    ),
    Indicator(
        id="I07",
        group=Group.PROGRAMME,
        basis=Basis.PERIOD,
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
                sql="SELECT case_id || ' ' || met_on AS thing, CASE WHEN is_first THEN case_id END AS same, "
                f"evidence, case_id FROM meetings WHERE met_on {_IN_PERIOD}",
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
            Figure(id="I13a", measure=Measure.SHARE, unit=Unit.PERCENT, sql=_newly_tied(_MEMBER_FIRMS)),
            Figure(id="I13b", measure=Measure.SHARE, unit=Unit.PERCENT, sql=_newly_tied(_RESPONDING_FIRMS)),
        ),
    ),
    Indicator(
        id="I24",
        group=Group.PROGRAMME,
        basis=Basis.PERIOD,
        figures=(
            Figure(id="I24a", measure=Measure.SHARE, unit=Unit.PERCENT, sql=_surveyed("satisfaction >= 4")),
            Figure(id="I24b", measure=Measure.MEAN, unit=Unit.POINT, sql=_surveyed("satisfaction")),
            Figure(id="I24c", measure=Measure.NPS, unit=Unit.POINT, sql=_surveyed("recommendation")),
            Figure(id="I24d", measure=Measure.SHARE, unit=Unit.PERCENT, sql=_surveyed("is_answered")),
            Figure(
                id="I24e",
                measure=Measure.MEAN,
                unit=Unit.POINT,
                sql=f"SELECT organisation_id AS thing, organisation_id, AVG(satisfaction) AS measure "
                f"FROM surveys WHERE day {_IN_PERIOD} GROUP BY organisation_id",
            ),
        ),
    ),
    Indicator(
        id="I25",
        group=Group.PROGRAMME,
        basis=Basis.PERIOD,
        figures=(
            Figure(
                id="I25a",
                measure=Measure.SHARE,
                unit=Unit.PERCENT,
                sql=_share_of_results("evidence IN ('A', 'B')"),
            ),
            *(
                Figure(id=id, measure=Measure.SHARE, unit=Unit.PERCENT, sql=_attributed(attribution))
                for id, attribution in (
                    ("I25b", Attribution.DECISIVE),
                    ("I25c", Attribution.CONTRIBUTING),
                    ("I25d", Attribution.UNRELATED),
                )
            ),
            Figure(
                id="I25e",
                measure=Measure.SHARE,
                unit=Unit.PERCENT,
                sql=_share_of_results("would_have_met = 'yes'"),
            ),
        ),
    ),
    Indicator(
        id="I27",
        group=Group.PROGRAMME,
        basis=Basis.PERIOD,
        figures=(
            Figure(
                id="I27",
                measure=Measure.SHARE,
                unit=Unit.PERCENT,
                sql="SELECT award_id AS thing, award_id, EXISTS (SELECT 1 FROM award_winners w "
                "WHERE w.award_id = a.award_id AND w.clusters <> '') AS measure "
                f"FROM awards a WHERE day {_IN_PERIOD}",
            ),
        ),
    ),
)
