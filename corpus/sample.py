"""A sample network: invented organisations in the real sizes of the projects, to try matchbot on.

Every organisation and text is drawn from hand-written vocabularies (``corpus/data/sample``) and marked
as a sample. Each organisation draws its own random numbers, from the seed and its id.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cached_property
from math import inf
from random import Random

from corpus.invented_names import InventedName, Names
from corpus.phrasing import Draw, Phrases, phrases
from corpus.places import JAPAN_TIME, PREFECTURES, REGIONS
from corpus.records import (
    Cluster,
    Kind,
    Mandate,
    Membership,
    MembershipRole,
    Organisation,
    Passage,
    PassageType,
    Profile,
    Source,
)
from corpus.vocabulary import Body, Partner, Topic, vocabulary

_SOURCE_NAME = "見本"
_THEMES = 60_000
# A project alone in its region shares few universities with others; projects of one region share many.
# So 413 memberships are held by about 290 universities.
_HOMES_ALONE, _HOMES_AMONG_SIBLINGS = 0.9, 0.645

_SHARE_MASKED = 0.04
_SHARE_WITH_NEED = 0.15
_SHARE_WITH_ENGLISH_NAME = 0.15
_SHARE_MOVED = 0.01
_SHARE_IN_NETWORK = 0.5
_SHARE_OF_OWN_FIELDS = 0.8
_SHARE_OF_FIRST_TOPIC = 0.7
_SHARE_IN_SECOND_CLUSTER = 0.3
_SHARE_WITH_TITLE = 0.7
_SHARE_WITH_ENGLISH_TITLE = 0.05
_FIRM_PASSAGES = (1, 1, 2, 2, 2, 3, 3, 4)
_STAFF = ((20, "1–20名"), (100, "21–100名"), (300, "101–300名"), (900, "301名以上"))
_MODEL: Phrases = phrases(["{KX|MT|SR|HG|AP|TN|VL|FZ|QD|EB}-{1..9}{0|1|2|4|5|8}{0..9}{0|1|5}"])


def sample_profiles(
    clusters: Sequence[Cluster], *, scale: float, seed: int, as_of: date
) -> Iterator[Profile]:
    """The profiles of a sample network, one after the other, none kept.

    ``scale`` 1.0 gives the stated size of each cluster and about 60,000 research themes; at any scale
    every kind occurs and every cluster has a firm and a university. The order is firms, universities,
    other bodies, partners abroad, each by cluster and number. All statements are as of ``as_of``.
    Equal arguments give equal profiles.

    Raises: ValueError without clusters, or for a scale that is no number above 0.
    """
    if not clusters:
        raise ValueError("a sample network needs at least one cluster")
    if not 0 < scale < inf:
        raise ValueError(f"scale must be a number above 0, not {scale}")
    return _Network(tuple(clusters), scale, seed, as_of).profiles()


class _Network:
    def __init__(self, clusters: tuple[Cluster, ...], scale: float, seed: int, as_of: date) -> None:
        self._clusters = clusters
        self._scale = scale
        self._seed = seed
        self._as_of = as_of
        self._recorded_at = datetime.combine(as_of, time(), JAPAN_TIME)
        self._source = Source(_SOURCE_NAME, as_of)
        self._words = vocabulary()
        self._names = Names(self._words.names, seed)
        self._topics = {
            cluster.id: [t for t in self._words.topics if set(t.fields) & set(cluster.fields)]
            or list(self._words.topics)
            for cluster in clusters
        }

    def profiles(self) -> Iterator[Profile]:
        for place, cluster in enumerate(self._clusters):
            for number in range(self._size(cluster, cluster.firms_approx)):
                yield self._firm(cluster, number, number * len(self._clusters) + place)
        yield from self._universities()
        for place, body in enumerate(self._words.bodies):
            for number in range(self._scaled(body.number)):
                yield self._body(body, number, number * len(self._words.bodies) + place)
        for number, partner in enumerate(self._words.partners):
            yield self._partner(partner, number)

    # Sizes

    def _scaled(self, number: int) -> int:
        return max(1, round(number * self._scale))

    def _size(self, cluster: Cluster, stated: int | None) -> int:
        """How many of ``stated`` fall to this cluster: all, or its part of what a group shares."""
        group = [c.id for c in self._clusters if cluster.size_group and c.size_group == cluster.size_group]
        if not group:
            return self._scaled(stated or 0)
        part, rest = divmod(round((stated or 0) * self._scale), len(group))
        return max(1, part + (group.index(cluster.id) < rest))

    # Firms

    def _firm(self, cluster: Cluster, number: int, name_number: int) -> Profile:
        id = f"sample:firm:{cluster.id}:{number}"
        rng = Random(f"{self._seed}:{id}")
        topics = self._topics[cluster.id] if rng.random() < _SHARE_OF_OWN_FIELDS else self._words.topics
        topic = rng.choice(topics)
        name = self._names.firm(name_number, topic.suffixes, rng)
        staff, size_band = _staff(rng)
        given = {"staff": f"{staff}名", "year": f"{rng.randint(1935, self._as_of.year - 2)}年"}
        organisation = self._organisation(
            id,
            name,
            Kind.FIRM,
            prefecture=rng.choice(self._prefectures(cluster)),
            fields=topic.fields,
            size_band=size_band,
            is_masked=rng.random() < _SHARE_MASKED,
            with_english=rng.random() < _SHARE_WITH_ENGLISH_NAME,
        )
        neighbours = [t for t in self._words.topics if t.area == topic.area]
        passages = []
        for place in range(rng.choice(_FIRM_PASSAGES)):
            own = topic if not place or rng.random() < _SHARE_OF_FIRST_TOPIC else rng.choice(neighbours)
            passages.append(self._passage(id, place, own, "capability", rng, given))
        if rng.random() < _SHARE_WITH_NEED:
            passages.append(self._passage(id, len(passages), topic, "need", rng, given))
        memberships = self._firm_memberships(id, cluster, rng)
        return Profile(organisation, tuple(passages), memberships)

    def _firm_memberships(self, id: str, home: Cluster, rng: Random) -> tuple[Membership, ...]:
        network = rng.choice(home.networks) if home.networks and rng.random() < _SHARE_IN_NETWORK else ""
        statements = [self._membership(id, home, MembershipRole.HOME, rng, network)]
        siblings = self._siblings(home)
        if siblings and rng.random() < _SHARE_MOVED:
            former, latter = rng.choice(siblings), statements[0]
            joined = self._membership(id, former, MembershipRole.MEMBER, rng)
            if joined.valid_from < latter.valid_from:
                left = Membership(id, former.id, MembershipRole.LEFT, latter.valid_from, latter.recorded_at)
                statements = [joined, left, latter]
        return tuple(statements)

    # Universities

    def _universities(self) -> Iterator[Profile]:
        homes = [(cluster, number) for cluster in self._clusters for number in range(self._homes(cluster))]
        extra = self._extra_clusters(homes)
        themes = _THEMES * self._scale / len(homes)
        for place, (cluster, number) in enumerate(homes):
            yield self._university(cluster, number, place, extra[place], themes)

    def _homes(self, cluster: Cluster) -> int:
        share = _HOMES_AMONG_SIBLINGS if self._siblings(cluster) else _HOMES_ALONE
        return max(1, round(self._size(cluster, cluster.universities) * share))

    def _extra_clusters(self, homes: Sequence[tuple[Cluster, int]]) -> list[list[Cluster]]:
        """For each university, the clusters it takes part in beside its home: those of its own region
        before others."""
        extra: list[list[Cluster]] = [[] for _ in homes]
        for cluster in self._clusters:
            wanted = self._size(cluster, cluster.universities) - self._homes(cluster)
            rng = Random(f"{self._seed}:extra:{cluster.id}")
            others = [place for place, (home, _) in enumerate(homes) if home.id != cluster.id]
            rng.shuffle(others)
            others.sort(key=lambda place: (homes[place][0].region != cluster.region, len(extra[place])))
            for place in others[:wanted]:
                extra[place].append(cluster)
        return extra

    def _university(
        self, home: Cluster, number: int, name_number: int, extra: Sequence[Cluster], themes: float
    ) -> Profile:
        id = f"sample:university:{home.id}:{number}"
        rng = Random(f"{self._seed}:{id}")
        form = rng.choice(self._words.names["university"]["forms"])
        name = self._names.university(name_number, home.region, (form[0], form[1]), rng)
        topics = self._university_topics(home, form[2:])
        count = max(1, round(themes * rng.uniform(0.4, 1.6)))
        passages = tuple(
            self._passage(id, place, rng.choice(topics), "theme", rng, {}) for place in range(count)
        )
        organisation = self._organisation(
            id,
            name,
            Kind.UNIVERSITY,
            prefecture=rng.choice(self._prefectures(home)),
            fields=home.fields,
        )
        return Profile(organisation, passages, self._memberships(id, home, extra, rng))

    def _university_topics(self, home: Cluster, fields: Sequence[str]) -> list[Topic]:
        """The fields of its form, or else all topics, those of its cluster twice as often."""
        if fields:
            return [topic for topic in self._words.topics if set(fields) & set(topic.fields)]
        return [*self._words.topics, *self._topics[home.id]]

    # Other bodies

    def _body(self, body: Body, number: int, name_number: int) -> Profile:
        id = f"sample:{body.id}:{number}"
        rng = Random(f"{self._seed}:{id}")
        prefecture, home = self._seats[(number + rng.randrange(2)) % len(self._seats)]
        form = rng.choice(body.names)
        mandate = self._mandate(body, home, rng) if body.kind is Kind.FINANCIER else None
        organisation = self._organisation(
            id,
            self._names.body(name_number, prefecture, form, rng),
            body.kind,
            prefecture=prefecture,
            fields=mandate.fields if mandate else home.fields,
            mandate=mandate,
        )
        fields = organisation.fields or home.fields
        given = {"place": home.region, "year": f"{rng.randint(1950, self._as_of.year - 2)}年"}
        if mandate:
            given["amount"] = f"{_yen(mandate.ticket_min)}から{_yen(mandate.ticket_max)}"
        passages = []
        for place in range(rng.randint(*body.passages)):
            topic = rng.choice(self._topics[home.id])
            given["field"] = rng.choice(fields)
            passages.append(self._body_passage(id, place, topic, body, rng, given))
        extra = [c for c in self._siblings(home) if rng.random() < _SHARE_IN_SECOND_CLUSTER]
        return Profile(organisation, tuple(passages), self._memberships(id, home, extra, rng))

    def _mandate(self, body: Body, home: Cluster, rng: Random) -> Mandate:
        least, most = body.ticket
        stages = rng.sample(body.stages, rng.randint(1, len(body.stages)))
        return Mandate(
            stages=tuple(sorted(stages, key=body.stages.index)),
            fields=home.fields if rng.random() < 0.7 else (),
            regions=(home.region,),
            ticket_min=least * rng.choice((1, 2, 3)),
            ticket_max=most // rng.choice((1, 2, 4)),
        )

    @cached_property
    def _seats(self) -> list[tuple[str, Cluster]]:
        """Each prefecture with a cluster of its region, the clusters of a region in turn."""
        seats = [(p, c) for c in self._clusters for p in self._prefectures(c)]
        Random(f"{self._seed}:seats").shuffle(seats)
        return seats

    def _partner(self, partner: Partner, number: int) -> Profile:
        id = f"sample:partner:{number}"
        rng = Random(f"{self._seed}:{id}")
        topics = [topic for topic in self._words.topics if topic.area == partner.area]
        topic = rng.choice(topics)
        given = {"year": f"{rng.randint(1920, self._as_of.year - 2)}年", "staff": f"{rng.randint(10, 600)}名"}
        sort = "theme" if partner.kind is Kind.UNIVERSITY else "capability"
        passages = tuple(
            self._passage(id, place, rng.choice(topics), sort, rng, given)
            for place in range(rng.randint(2, 4))
        )
        organisation = self._organisation(
            id,
            InventedName(partner.name, partner.name),
            partner.kind,
            country=partner.country,
            fields=topic.fields,
        )
        homes = [c for c in self._clusters if set(c.fields) & set(topic.fields)]
        home = rng.choice(homes) if homes and rng.random() < 0.5 else None
        return Profile(organisation, passages, self._memberships(id, home, (), rng) if home else ())

    # Records

    def _organisation(
        self,
        id: str,
        name: InventedName,
        kind: Kind,
        *,
        fields: tuple[str, ...],
        prefecture: str = "",
        country: str = "JP",
        size_band: str = "",
        mandate: Mandate | None = None,
        is_masked: bool = False,
        with_english: bool = True,
    ) -> Organisation:
        return Organisation(
            id=id,
            name=name.name,
            name_en=name.english if with_english else "",
            kind=kind,
            source=self._source,
            country=country,
            prefecture=prefecture,
            fields=fields,
            size_band=size_band,
            mandate=mandate,
            is_masked=is_masked,
            is_sample=True,
        )

    def _passage(
        self, id: str, place: int, topic: Topic, sort: str, rng: Random, given: Mapping[str, str]
    ) -> Passage:
        draw = Draw(rng, topic.words, {**given, "model": Draw(rng, {}, {}).text(_MODEL)})
        shape = topic.shapes[sort]
        text = shape.text(draw)
        if sort == "theme":
            in_english = "english" in topic.words and rng.random() < _SHARE_WITH_ENGLISH_TITLE
            title = draw.text(shape.english if in_english else shape.titles)
        else:
            title = draw.text(shape.titles) if rng.random() < _SHARE_WITH_TITLE else ""
        return Passage(f"{id}:{place}", id, PassageType(sort), text, self._source, title, topic.fields)

    def _body_passage(
        self, id: str, place: int, topic: Topic, body: Body, rng: Random, given: Mapping[str, str]
    ) -> Passage:
        draw = Draw(rng, topic.words, given)
        text, title = body.shape.text(draw), draw.text(body.shape.titles)
        return Passage(f"{id}:{place}", id, body.type, text, self._source, title, topic.fields)

    def _memberships(
        self, id: str, home: Cluster, extra: Sequence[Cluster], rng: Random
    ) -> tuple[Membership, ...]:
        return (
            self._membership(id, home, MembershipRole.HOME, rng),
            *(self._membership(id, cluster, MembershipRole.MEMBER, rng) for cluster in extra),
        )

    def _membership(
        self, id: str, cluster: Cluster, role: MembershipRole, rng: Random, network: str = ""
    ) -> Membership:
        days = max(0, (self._as_of - cluster.valid_from).days)
        joined = cluster.valid_from + timedelta(days=rng.randint(0, days))
        return Membership(id, cluster.id, role, joined, self._recorded_at, network)

    def _siblings(self, cluster: Cluster) -> list[Cluster]:
        return [c for c in self._clusters if c.region == cluster.region and c.id != cluster.id]

    def _prefectures(self, cluster: Cluster) -> tuple[str, ...]:
        return REGIONS.get(cluster.region, PREFECTURES)


def _staff(rng: Random) -> tuple[int, str]:
    """How many people work there, and the band which that number lies in; small firms are many."""
    most = rng.choices([most for most, _ in _STAFF], (50, 35, 11, 4))[0]
    staff = rng.randint(max(3, most // 4), most)
    return staff, next(band for end, band in _STAFF if staff <= end)


def _yen(amount: int | None) -> str:
    """An amount as banks write it: 500万円, 2億5,000万円."""
    hundred_millions, rest = divmod((amount or 0) // 10_000, 10_000)
    parts = (f"{hundred_millions}億" if hundred_millions else "", f"{rest:,}万" if rest else "")
    return "".join(parts) + "円"
