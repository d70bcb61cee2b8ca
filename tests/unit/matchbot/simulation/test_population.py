"""Who lives in a simulated network, and who is drawn when somebody is needed."""

from collections import Counter
from random import Random

from corpus.records import Kind
from matchbot.directory import Listed
from matchbot.need import Purpose
from matchbot.simulation.population import Population

CLUSTERS = ("tokai-mono", "kansai-bio")
LISTED = [
    *(
        Listed(id=f"firm-{n}", name=f"企業{n}", kind=Kind.FIRM, home_cluster=CLUSTERS[n % 2], clusters=())
        for n in range(400)
    ),
    *(
        Listed(id=f"uni-{n}", name=f"大学{n}", kind=Kind.UNIVERSITY, home_cluster=CLUSTERS[n % 2])
        for n in range(20)
    ),
    Listed(id="abroad", name="Abroad", kind=Kind.FIRM, country="DE"),
    Listed(id="bank", name="銀行", kind=Kind.FINANCIER),
]


def people(seed: int = 1) -> Population:
    return Population(LISTED, Random(seed))


def test_equal_seeds_give_equal_people() -> None:
    assert people(3).inhabitants == people(3).inhabitants != people(4).inhabitants


def test_each_cluster_has_coordinators_by_its_size_who_stand_in_for_each_other() -> None:
    officials = people().officials
    per_cluster = Counter(official.cluster for official in officials)
    assert per_cluster == {"": 3, "tokai-mono": 2, "kansai-bio": 2}  # 210 organisations, two at least
    ids = {official.id for official in officials}
    for official in officials:
        assert official.deputy_id != official.id
        assert official.deputy_id in ids or not official.cluster


def test_some_firms_speak_for_themselves_and_most_do_not() -> None:
    firms = [each for each in people().inhabitants if each.kind is Kind.FIRM]
    assert 0.25 < sum(bool(firm.member_id) for firm in firms) / len(firms) < 0.45


def test_a_firm_that_asks_in_slack_is_in_slack_and_has_a_home() -> None:
    drawn = people()
    for _ in range(200):
        firm = drawn.firm(is_in_slack=True)
        assert firm.member_id
        assert firm.home_cluster


def test_few_firms_ask_much_more_often_than_most() -> None:
    drawn = people()
    asked = Counter(drawn.firm(is_in_slack=False).id for _ in range(4000))
    top_tenth = sum(n for _, n in asked.most_common(40))
    assert top_tenth > 0.25 * 4000


def test_partners_are_others_each_once_and_of_the_kinds_sought() -> None:
    drawn = people()
    firm = drawn.firm(is_in_slack=False)
    for _ in range(100):
        found = drawn.partners(firm, Purpose.RESEARCH, 3)
        ids = [partner.id for partner in found]
        assert len(set(ids)) == len(ids) <= 3
        assert firm.id not in ids
        assert {partner.kind for partner in found} <= {Kind.FIRM, Kind.UNIVERSITY}


def test_there_are_fewer_partners_where_there_are_few_of_a_kind() -> None:
    drawn = people()
    found = drawn.partners(drawn.firm(is_in_slack=False), Purpose.FUNDING, 3)
    assert [partner.id for partner in found] == ["bank"]


def test_both_near_and_far_partners_are_drawn() -> None:
    drawn = people()
    firm = drawn.firm(is_in_slack=False)
    homes = Counter(drawn.partners(firm, Purpose.CROSS_INDUSTRY, 1)[0].home_cluster for _ in range(500))
    assert homes[firm.home_cluster] / 500 > 0.7  # 68 % from the own cluster, and half of the rest
    assert len(homes) > 1


def test_the_staff_answers_where_there_is_no_cluster() -> None:
    drawn = people()
    assert drawn.official("").id.startswith("sim:staff:")
    assert drawn.n_officials("") == 3
