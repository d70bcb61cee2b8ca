"""The indicators of daily work: what is asked, shown, answered, and how quickly."""

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

_PUT_TO_PARTIES = f"""
    SELECT c.case_id AS thing, c.case_id, c.put_on, a.n_parties, a.n_yes
    FROM cases c JOIN answered a ON a.case_id = c.case_id WHERE c.put_on {IN_PERIOD}"""

_IS_OLD_ENOUGH = "DATE(put_on, '+30 days') <= :today"


_SHOWN = """
    SELECT m.organisation_id AS thing, m.organisation_id, COALESCE(c.n, 0) AS n_cards
    FROM (SELECT DISTINCT organisation_id FROM members) m LEFT JOIN (
        SELECT organisation_id, COUNT(*) AS n FROM cards WHERE day BETWEEN :shown_from AND :last
        GROUP BY organisation_id) c ON c.organisation_id = m.organisation_id
    WHERE m.organisation_id NOT IN (
        SELECT organisation_id FROM (
            SELECT organisation_id, wish, until, MAX(seq) FROM wishes WHERE day <= :last
            GROUP BY organisation_id)
        WHERE wish <> 'OrganisationResumed' AND (until IS NULL OR until >= :last))"""


_CARDS = """
    SELECT need_id || ' ' || organisation_id || ' ' || day AS thing, day, organisation_id AS same, need_id,
        organisation_id FROM cards"""
_CARDS_SHOWN = f"{_CARDS} WHERE day BETWEEN :shown_from AND :last"
_IS_NEWCOMER = (
    "organisation_id NOT IN (SELECT c.organisation_id FROM cards c "
    "WHERE c.day >= :not_shown_from AND c.day < :shown_from)"
)

_VISITS = f"""
    SELECT visit_id || ' ' || organisation_id AS thing, day, organisation_id AS same, visit_id,
        organisation_id
    FROM visits WHERE day {IN_PERIOD}"""

_HAS_RENEWED = (
    "organisation_id IN (SELECT a.organisation_id FROM acts a "
    "WHERE a.act = 'ProfileRenewed' AND a.day BETWEEN :year_ago AND :last)"
)


_SERVING = "(SELECT snapshot, day, good_at FROM snapshots WHERE day <= :last ORDER BY seq DESC LIMIT 1)"
_ANSWERED = f"""
    SELECT question AS thing, ndcg, recall FROM answered_questions
    WHERE snapshot IN (SELECT snapshot FROM {_SERVING})"""


def _working_days(first: str, last: str) -> str:
    """How many working days come after one day, up to and with another."""
    return (
        f"(SELECT n_worked FROM calendar WHERE day = {last}) - "
        f"(SELECT n_worked FROM calendar WHERE day = {first})"
    )


_REQUESTS = f"""
    SELECT case_id AS thing, case_id, {_working_days("opened_on", "decided_on")} AS took,
        CASE WHEN decided_on IS NULL AND ended_on IS NULL
            THEN {_working_days("opened_on", ":today")} END AS waited,
        {_working_days("returned_on", "resubmitted_on")} AS away
    FROM cases WHERE opened_on {IN_PERIOD} AND path <> 'outside'"""


_WITHIN_SLA = """
    CASE WHEN took IS NOT NULL THEN took <= :sla WHEN waited > :sla THEN 0 END"""


def _went_on(id: str, sql: str, follow: str, days: int) -> Figure:
    """What share of a cohort went on within so many days; a row is mature once these have passed."""
    return Figure(
        id=id,
        measure=Measure.SHARE,
        unit=Unit.PERCENT,
        sql=f"SELECT case_id AS thing, case_id, begun_on FROM ({sql})",
        quantity=f"CASE WHEN DATE(begun_on, '+{days} days') <= :today THEN EXISTS ("
        f"SELECT 1 FROM ({follow}) f WHERE f.case_id = thing "
        f"AND f.day BETWEEN begun_on AND DATE(begun_on, '+{days} days')) END",
    )


_AGREEMENTS_OF_CASES = """
    SELECT oc.case_id, o.day FROM outcomes o JOIN outcome_cases oc ON oc.outcome_id = o.outcome_id
    WHERE o.certainty = 'confirmed' AND o.kind IN ('deal', 'joint_research', 'funding')"""

_BUSINESSES_OF_CASES = """
    SELECT oc.case_id, o.day FROM outcomes o JOIN outcome_cases oc ON oc.outcome_id = o.outcome_id
    WHERE o.certainty = 'confirmed' AND o.kind = 'new_business'"""

OPERATIONS: tuple[Indicator, ...] = (
    Indicator(
        id="I03",
        group=Group.OPERATIONS,
        basis=Basis.PERIOD,
        figures=(
            Figure(
                id="I03",
                measure=Measure.EVENTS,
                unit=Unit.NEED,
                sql="SELECT need_id AS thing, day, organisation_id AS same, need_id, organisation_id "
                f"FROM needs WHERE repeats = '' AND day {IN_PERIOD}",
            ),
        ),
    ),
    Indicator(
        id="I04",
        group=Group.OPERATIONS,
        basis=Basis.PERIOD,
        figures=(
            Figure(
                id="I04",
                measure=Measure.EVENTS,
                unit=Unit.CARD,
                sql=f"{_CARDS} WHERE day {IN_PERIOD}",
            ),
        ),
    ),
    Indicator(
        id="I20",
        group=Group.OPERATIONS,
        basis=Basis.COHORT,
        figures=shares(
            _PUT_TO_PARTIES,
            {
                "I20a": f"CASE WHEN {_IS_OLD_ENOUGH} THEN n_yes = n_parties END",
                "I20b": f"CASE WHEN {_IS_OLD_ENOUGH} THEN n_yes > 0 AND n_yes < n_parties END",
            },
        ),
    ),
    Indicator(
        id="I21",
        group=Group.OPERATIONS,
        basis=Basis.QUARTER,
        figures=(
            *(
                Figure(id=id, measure=measure, unit=unit, sql=_SHOWN, quantity=quantity, is_of_members=True)
                for id, measure, unit, quantity in (
                    ("I21a", Measure.GINI, Unit.RATIO, "n_cards"),
                    ("I21b", Measure.TOP_TENTH, Unit.PERCENT, "n_cards"),
                    ("I21c", Measure.SHARE, Unit.PERCENT, "n_cards = 0"),
                )
            ),
            *shares(_CARDS_SHOWN, {"I21d": _IS_NEWCOMER}),
        ),
    ),
    Indicator(
        id="I22",
        group=Group.OPERATIONS,
        basis=Basis.COHORT,
        figures=(
            _went_on(
                "I22a",
                f"SELECT case_id, made_on AS begun_on FROM introductions WHERE made_on {IN_PERIOD}",
                "SELECT case_id, met_on AS day FROM meetings",
                90,
            ),
            _went_on(
                "I22b",
                f"SELECT case_id, met_on AS begun_on FROM meetings WHERE is_first AND met_on {IN_PERIOD}",
                _AGREEMENTS_OF_CASES,
                365,
            ),
            _went_on(
                "I22c",
                f"SELECT case_id, MIN(day) AS begun_on FROM ({_AGREEMENTS_OF_CASES}) "
                f"GROUP BY case_id HAVING MIN(day) {IN_PERIOD}",
                _BUSINESSES_OF_CASES,
                730,
            ),
        ),
    ),
    Indicator(
        id="I23",
        group=Group.OPERATIONS,
        basis=Basis.PERIOD,
        figures=tuple(
            Figure(id=id, measure=measure, unit=unit, sql=_REQUESTS, quantity=quantity)
            for id, measure, unit, quantity in (
                ("I23a", Measure.MEDIAN, Unit.WORKING_DAY, "took"),
                ("I23b", Measure.NINTH_DECILE, Unit.WORKING_DAY, "took"),
                ("I23c", Measure.SHARE, Unit.PERCENT, _WITHIN_SLA),
                ("I23d", Measure.SHARE, Unit.PERCENT, "COALESCE(waited > :sla, 0)"),
                ("I23e", Measure.MEDIAN, Unit.WORKING_DAY, "away"),
            )
        ),
    ),
    Indicator(
        id="I26",
        group=Group.OPERATIONS,
        basis=Basis.STOCK,
        version=2,
        figures=(
            *shares(MEMBERS, {"I26a": _HAS_RENEWED}, is_of_members=True),
            *(
                Figure(id=id, measure=Measure.MEAN, unit=Unit.RATIO, sql=_ANSWERED, quantity=quantity)
                for id, quantity in (("I26b", "ndcg"), ("I26c", "recall"))
            ),
            Figure(
                id="I26d",
                measure=Measure.MEAN,
                unit=Unit.HOUR,
                sql=f"SELECT snapshot AS thing, day, good_at FROM {_SERVING}",
                quantity="24 * (JULIANDAY(:until) - JULIANDAY(good_at))",
            ),
        ),
    ),
    Indicator(
        id="I29",
        group=Group.OPERATIONS,
        basis=Basis.PERIOD,
        figures=(
            Figure(id="I29a", measure=Measure.EVENTS, unit=Unit.CASE, sql=_VISITS),
            *shares(_VISITS, {"I29b": "visit_id IN (SELECT visit_id FROM led_to)"}),
        ),
    ),
)
