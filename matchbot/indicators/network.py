"""The indicators of the network: who is connected with whom, across which borders."""

from matchbot.indicators.definitions import Basis, Figure, Group, Indicator, Measure, Unit

_IN_PERIOD = "BETWEEN :first AND :last"


def _across(measure: str) -> str:
    return f"""
        SELECT case_id AS thing, case_id, {measure} AS measure FROM introductions i
        WHERE made_on {_IN_PERIOD}"""


_ALL_HAVE_HOMES = "NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = i.case_id AND p.home_cluster = '')"
_HOMES_DIFFER = "(SELECT COUNT(DISTINCT p.home_cluster) > 1 FROM parties p WHERE p.case_id = i.case_id)"
_REGIONS_DIFFER = (
    "(SELECT COUNT(DISTINCT r.region) > 1 FROM parties p JOIN regions r ON r.cluster = p.home_cluster "
    "WHERE p.case_id = i.case_id)"
)
_SHARE_NO_CLUSTER = """NOT EXISTS (
    SELECT 1 FROM party_clusters c WHERE c.case_id = i.case_id GROUP BY c.cluster
    HAVING COUNT(*) = (SELECT COUNT(*) FROM parties p WHERE p.case_id = i.case_id))"""
_HAS_FREE_FINANCIER = (
    "EXISTS (SELECT 1 FROM parties p WHERE p.case_id = i.case_id AND p.kind = 'financier' "
    "AND p.home_cluster = '')"
)


def _of_pairs(kinds: str) -> str:
    return f"""
        SELECT case_id || ' ' || pair AS thing, pair AS same, pair, case_id,
            CASE MIN(first_kind, second_kind) || ' ' || MAX(first_kind, second_kind)
                WHEN 'firm university' THEN 'firm university' WHEN 'financier firm' THEN 'financier firm'
                WHEN 'firm firm' THEN 'firm firm' ELSE 'other' END = '{kinds}' AS measure
        FROM pairs WHERE made_on {_IN_PERIOD}"""


_WAYS = """
    SELECT DISTINCT r.organisation_id AS first_id, o.organisation_id AS second_id
    FROM introductions i JOIN parties r ON r.case_id = i.case_id AND r.is_requester
    JOIN parties o ON o.case_id = i.case_id AND o.organisation_id <> r.organisation_id
    WHERE i.made_on BETWEEN :window AND :last"""

_RECIPROCATED = f"""
    WITH ways AS MATERIALIZED ({_WAYS})
    SELECT first_id || ' ' || second_id AS thing,
        MIN(first_id, second_id) || ' ' || MAX(first_id, second_id) AS same,
        first_id || ' ' || second_id AS pair,
        (second_id, first_id) IN (SELECT first_id, second_id FROM ways) AS measure
    FROM ways"""

_OF_GRAPHS = {
    "I16": [("I16", Measure.DENSITY, Unit.RATIO)],
    "I17": [("I17", Measure.CENTRALISATION, Unit.RATIO)],
    "I18": [
        ("I18a", Measure.BETWEENNESS, Unit.RATIO),
        ("I18b", Measure.FIRST_FIVE, Unit.PERCENT),
        ("I18c", Measure.BRIDGES, Unit.ORGANISATION),
    ],
    "I19": [
        ("I19a", Measure.CLUSTERING, Unit.RATIO),
        ("I19b", Measure.PATH_LENGTH, Unit.STEP),
        ("I19c", Measure.LARGEST, Unit.PERCENT),
        ("I19d", Measure.SMALL_WORLD, Unit.RATIO),
    ],
}


NETWORK: tuple[Indicator, ...] = (
    Indicator(
        id="I14",
        group=Group.NETWORK,
        basis=Basis.PERIOD,
        figures=tuple(
            Figure(id=id, measure=Measure.SHARE, unit=Unit.PERCENT, sql=_across(measure))
            for id, measure in (
                ("I14a", f"CASE WHEN {_ALL_HAVE_HOMES} THEN {_HOMES_DIFFER} END"),
                ("I14b", f"CASE WHEN {_ALL_HAVE_HOMES} THEN {_SHARE_NO_CLUSTER} END"),
                ("I14c", f"CASE WHEN {_ALL_HAVE_HOMES} THEN {_REGIONS_DIFFER} END"),
                ("I14d", _HAS_FREE_FINANCIER),
            )
        ),
    ),
    Indicator(
        id="I15",
        group=Group.NETWORK,
        basis=Basis.PERIOD,
        figures=tuple(
            Figure(id=id, measure=Measure.SHARE, unit=Unit.PERCENT, sql=_of_pairs(kinds))
            for id, kinds in (
                ("I15a", "firm university"),
                ("I15b", "financier firm"),
                ("I15c", "firm firm"),
                ("I15d", "other"),
            )
        ),
    ),
    *(
        Indicator(
            id=id,
            group=Group.NETWORK,
            basis=Basis.WINDOW,
            figures=tuple(
                Figure(id=figure_id, measure=measure, unit=unit) for figure_id, measure, unit in figures
            ),
        )
        for id, figures in _OF_GRAPHS.items()
    ),
    Indicator(
        id="I28",
        group=Group.NETWORK,
        basis=Basis.WINDOW,
        figures=(Figure(id="I28", measure=Measure.SHARE, unit=Unit.PERCENT, sql=_RECIPROCATED),),
    ),
)
