"""The indicators of daily work: what is asked, shown, answered, and how quickly."""

from matchbot.indicators.definitions import Basis, Figure, Group, Indicator, Measure, Unit

_IN_PERIOD = "BETWEEN :first AND :last"

_PUT_TO_PARTIES = f"""
    SELECT c.case_id, c.put_on,
        (SELECT COUNT(*) FROM parties p WHERE p.case_id = c.case_id) AS n_parties,
        (SELECT COUNT(DISTINCT s.organisation_id) FROM steps s WHERE s.case_id = c.case_id
            AND s.step = 'ConsentGiven' AND NOT EXISTS (
                SELECT 1 FROM steps x WHERE x.case_id = s.case_id AND x.step = 'ConsentRefused'
                    AND x.organisation_id = s.organisation_id AND x.seq > s.seq)) AS n_yes
    FROM cases c WHERE c.put_on {_IN_PERIOD}"""

_IS_OLD_ENOUGH = "DATE(put_on, '+30 days') <= :today"


def _answered(condition: str) -> str:
    return f"""
        SELECT case_id AS thing, case_id, CASE WHEN {_IS_OLD_ENOUGH} THEN {condition} END AS measure
        FROM ({_PUT_TO_PARTIES})"""


_SHOWN = """
    SELECT m.organisation_id AS thing, m.organisation_id, (
        SELECT COUNT(*) FROM cards c WHERE c.organisation_id = m.organisation_id
            AND c.day BETWEEN :days_90 AND :last) AS n
    FROM (SELECT DISTINCT organisation_id FROM members) m
    WHERE NOT EXISTS (
        SELECT 1 FROM (
            SELECT wish, until, ROW_NUMBER() OVER (ORDER BY seq DESC) AS place FROM wishes w
            WHERE w.organisation_id = m.organisation_id AND w.day <= :last)
        WHERE place = 1 AND wish <> 'OrganisationResumed' AND (until IS NULL OR until >= :last))"""


_RENEWED = """
    SELECT organisation_id AS thing, organisation_id, EXISTS (
        SELECT 1 FROM acts a WHERE a.organisation_id = m.organisation_id AND a.act = 'ProfileRenewed'
            AND a.day BETWEEN :year_ago AND :last) AS measure
    FROM (SELECT DISTINCT organisation_id FROM members) m"""


def _shown(measure: str) -> str:
    return f"SELECT thing, organisation_id, {measure} AS measure FROM ({_SHOWN})"


_REQUESTS = f"""
    SELECT *, working_days(opened_on, decided_on) AS took,
        CASE WHEN decided_on IS NULL AND ended_on IS NULL THEN working_days(opened_on, :today) END AS waited
    FROM cases WHERE opened_on {_IN_PERIOD} AND path <> 'outside'"""


def _requests(measure: str) -> str:
    return f"SELECT case_id AS thing, case_id, {measure} AS measure FROM ({_REQUESTS})"


_WITHIN_SLA = """
    CASE WHEN took IS NOT NULL THEN took <= :sla WHEN waited > :sla THEN 0 END"""


def _steps(sql: str, follow: str, days: int) -> str:
    """A cohort whose rows are mature once so many days have passed; ``follow`` says whether it went on."""
    return f"""
        SELECT thing, case_id,
            CASE WHEN DATE(day, '+{days} days') <= :today THEN EXISTS ({follow}) END AS measure
        FROM ({sql}) f"""


def _within(day: str, days: int) -> str:
    return f"{day} BETWEEN f.day AND DATE(f.day, '+{days} days')"


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
                sql="SELECT need_id AS thing, organisation_id AS same, need_id, organisation_id FROM needs "
                f"WHERE repeats = '' AND day {_IN_PERIOD}",
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
                sql="SELECT need_id || ' ' || organisation_id || ' ' || day AS thing, "
                "organisation_id AS same, "
                f"need_id, organisation_id FROM cards WHERE day {_IN_PERIOD}",
            ),
        ),
    ),
    Indicator(
        id="I20",
        group=Group.OPERATIONS,
        basis=Basis.COHORT,
        figures=(
            Figure(id="I20a", measure=Measure.SHARE, unit=Unit.PERCENT, sql=_answered("n_yes = n_parties")),
            Figure(
                id="I20b",
                measure=Measure.SHARE,
                unit=Unit.PERCENT,
                sql=_answered("n_yes > 0 AND n_yes < n_parties"),
            ),
        ),
    ),
    Indicator(
        id="I21",
        group=Group.OPERATIONS,
        basis=Basis.QUARTER,
        figures=(
            Figure(id="I21a", measure=Measure.GINI, unit=Unit.RATIO, sql=_shown("n")),
            Figure(id="I21b", measure=Measure.TOP_TENTH, unit=Unit.PERCENT, sql=_shown("n")),
            Figure(id="I21c", measure=Measure.SHARE, unit=Unit.PERCENT, sql=_shown("n = 0")),
        ),
    ),
    Indicator(
        id="I22",
        group=Group.OPERATIONS,
        basis=Basis.COHORT,
        figures=(
            Figure(
                id="I22a",
                measure=Measure.SHARE,
                unit=Unit.PERCENT,
                sql=_steps(
                    "SELECT case_id AS thing, case_id, made_on AS day FROM introductions "
                    f"WHERE made_on {_IN_PERIOD}",
                    f"SELECT 1 FROM meetings m WHERE m.case_id = f.case_id AND {_within('m.met_on', 90)}",
                    90,
                ),
            ),
            Figure(
                id="I22b",
                measure=Measure.SHARE,
                unit=Unit.PERCENT,
                sql=_steps(
                    "SELECT case_id AS thing, case_id, met_on AS day FROM meetings "
                    f"WHERE is_first AND met_on {_IN_PERIOD}",
                    f"SELECT 1 FROM ({_AGREEMENTS_OF_CASES}) a WHERE a.case_id = f.case_id "
                    f"AND {_within('a.day', 365)}",
                    365,
                ),
            ),
            Figure(
                id="I22c",
                measure=Measure.SHARE,
                unit=Unit.PERCENT,
                sql=_steps(
                    f"SELECT case_id AS thing, case_id, MIN(day) AS day FROM ({_AGREEMENTS_OF_CASES}) "
                    f"GROUP BY case_id HAVING MIN(day) {_IN_PERIOD}",
                    f"SELECT 1 FROM ({_BUSINESSES_OF_CASES}) b WHERE b.case_id = f.case_id "
                    f"AND {_within('b.day', 730)}",
                    730,
                ),
            ),
        ),
    ),
    Indicator(
        id="I23",
        group=Group.OPERATIONS,
        basis=Basis.PERIOD,
        figures=(
            Figure(id="I23a", measure=Measure.MEDIAN, unit=Unit.WORKING_DAY, sql=_requests("took")),
            Figure(id="I23b", measure=Measure.NINTH_DECILE, unit=Unit.WORKING_DAY, sql=_requests("took")),
            Figure(id="I23c", measure=Measure.SHARE, unit=Unit.PERCENT, sql=_requests(_WITHIN_SLA)),
            Figure(
                id="I23d",
                measure=Measure.SHARE,
                unit=Unit.PERCENT,
                sql=_requests("COALESCE(waited > :sla, 0)"),
            ),
            Figure(
                id="I23e",
                measure=Measure.MEDIAN,
                unit=Unit.WORKING_DAY,
                sql=_requests(
                    "CASE WHEN returned_on IS NOT NULL THEN working_days(returned_on, resubmitted_on) END"
                ),
            ),
        ),
    ),
    Indicator(
        id="I26",
        group=Group.OPERATIONS,
        basis=Basis.YEAR,
        figures=(Figure(id="I26", measure=Measure.SHARE, unit=Unit.PERCENT, sql=_RENEWED),),
    ),
)
