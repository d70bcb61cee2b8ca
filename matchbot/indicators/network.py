"""The indicators of the network: who is connected with whom, across which borders."""

from matchbot.indicators.definitions import IN_PERIOD, Basis, Figure, Group, Indicator, Measure, Unit, shares

_ACROSS = f"""
    SELECT i.case_id AS thing, i.case_id, SUM(p.home_cluster = '') = 0 AS all_have_homes,
        COUNT(DISTINCT p.home_cluster) > 1 AS homes_differ, COUNT(DISTINCT r.region) > 1 AS regions_differ,
        MAX(p.kind = 'financier' AND p.home_cluster = '') AS has_free_financier
    FROM introductions i JOIN parties p ON p.case_id = i.case_id
    LEFT JOIN regions r ON r.cluster = p.home_cluster
    WHERE i.made_on {IN_PERIOD} GROUP BY i.case_id"""

_SHARES_NO_CLUSTER = """NOT EXISTS (
    SELECT 1 FROM party_clusters c WHERE c.case_id = thing GROUP BY c.cluster
    HAVING COUNT(*) = (SELECT COUNT(*) FROM parties p WHERE p.case_id = thing))"""

_KINDS_OF_PAIRS = f"""
    SELECT case_id || ' ' || pair AS thing, pair AS same, pair, case_id,
        MIN(first_kind, second_kind) || ' ' || MAX(first_kind, second_kind) AS kinds
    FROM pairs WHERE made_on {IN_PERIOD}"""
_TOLD_KINDS = {"I15a": "firm university", "I15b": "financier firm", "I15c": "firm firm"}

_WAYS = """
    SELECT DISTINCT r.organisation_id AS first_id, o.organisation_id AS second_id
    FROM introductions i JOIN parties r ON r.case_id = i.case_id AND r.is_requester
    JOIN parties o ON o.case_id = i.case_id AND o.organisation_id <> r.organisation_id
    WHERE i.made_on BETWEEN :window AND :last"""

_RECIPROCATED = f"""
    WITH ways AS MATERIALIZED ({_WAYS})
    SELECT w.first_id || ' ' || w.second_id AS thing,
        MIN(w.first_id, w.second_id) || ' ' || MAX(w.first_id, w.second_id) AS same,
        w.first_id || ' ' || w.second_id AS pair,
        EXISTS (SELECT 1 FROM ways r WHERE r.first_id = w.second_id AND r.second_id = w.first_id)
            AS is_returned
    FROM ways w"""

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
        ("I19d", Measure.SMALL_WORLD, Unit.TIMES),
    ],
}


NETWORK: tuple[Indicator, ...] = (
    Indicator(
        id="I14",
        group=Group.NETWORK,
        basis=Basis.PERIOD,
        figures=shares(
            _ACROSS,
            {
                "I14a": "CASE WHEN all_have_homes THEN homes_differ END",
                "I14b": f"CASE WHEN all_have_homes THEN {_SHARES_NO_CLUSTER} END",
                "I14c": "CASE WHEN all_have_homes THEN regions_differ END",
                "I14d": "has_free_financier",
            },
        ),
    ),
    Indicator(
        id="I15",
        group=Group.NETWORK,
        basis=Basis.PERIOD,
        figures=shares(
            _KINDS_OF_PAIRS,
            {
                **{id: f"kinds = '{kinds}'" for id, kinds in _TOLD_KINDS.items()},
                "I15d": f"kinds NOT IN {tuple(_TOLD_KINDS.values())}",
            },
        ),
    ),
    *(
        Indicator(
            id=id,
            group=Group.NETWORK,
            basis=Basis.WINDOW,
            figures=tuple(
                Figure(id=figure_id, measure=measure, unit=unit, is_of_members=True)
                for figure_id, measure, unit in figures
            ),
        )
        for id, figures in _OF_GRAPHS.items()
    ),
    Indicator(
        id="I28",
        group=Group.NETWORK,
        basis=Basis.WINDOW,
        figures=shares(_RECIPROCATED, {"I28": "is_returned"}),
    ),
)
