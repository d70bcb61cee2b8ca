"""What things are called in the language of a reader: clusters, places, organisations, pieces of a need."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property

from corpus.names import Name, in_english
from corpus.places import PREFECTURES_EN, REGIONS_EN, SPOKEN_REGIONS
from corpus.records import Cluster, Organisation
from index.hits import Found, Tie
from matchbot.funding import Fit, Point
from matchbot.need import Aspect, Piece, bounds
from matchbot.texts import Texts

_PEOPLE = re.compile(r"(?P<n>[\d,]+(?:[-–~～][\d,]+)?)[名人](?P<from>以上)?")
"""A size as a band of numbers of people."""


class Wording:
    """Names in one language. ``read_clusters`` is asked when a cluster is first named."""

    def __init__(self, texts: Texts, read_clusters: Callable[[], Mapping[str, Cluster]]) -> None:
        self._texts = texts
        self._read_clusters = read_clusters

    @cached_property
    def _clusters(self) -> Mapping[str, Cluster]:
        return self._read_clusters()

    def cluster(self, id: str) -> str:
        """A cluster; its id where the corpus does not know it."""
        cluster = self._clusters.get(id)
        if cluster is None:
            return id
        return cluster.name if self._texts.language == "ja" else cluster.name_en

    def prefecture(self, prefecture: str) -> str:
        """A prefecture."""
        return prefecture if self._texts.language == "ja" else PREFECTURES_EN.get(prefecture, prefecture)

    def region(self, region: str) -> str:
        """A region of the programme."""
        return region if self._texts.language == "ja" else REGIONS_EN.get(region, region)

    def organisation(self, known: Found | Organisation) -> str:
        """An organisation; one with a name in English keeps its own name beside it."""
        return self.name(Name(known.name, known.name_en))

    def name(self, name: str) -> str:
        """The same, where no more is at hand than what it is called."""
        english = in_english(name) if self._texts.language == "en" else ""
        return f"{english} ({name})" if english else str(name)

    def placed(self, known: Found | Organisation) -> str:
        """An organisation with the prefecture it is in, to tell it from others of its name."""
        name = self.organisation(known)
        if not known.prefecture:
            return name
        return self._texts("organisation-in", name=name, prefecture=self.prefecture(known.prefecture))

    def marks(self, found: Found, *, is_other_cluster: bool) -> str:
        """What should be seen of an organisation at once: 見本, 非公開 and the like, in a row."""
        marks = {
            "sample": found.is_sample,
            "masked": found.is_masked,
            "international": found.country != "JP",
            "other-cluster": is_other_cluster,
        }
        return "".join(self._texts(f"mark-{mark}") for mark, is_shown in marks.items() if is_shown)

    def facts(self, found: Found) -> str:
        """What an organisation is, where, in which clusters, and how large."""
        clusters = self._texts("list-separator").join(map(self.cluster, found.clusters))
        facts = (
            self._texts(f"kind-{found.kind}"),
            self.prefecture(found.prefecture),
            clusters,
            self.size(found.size_band),
        )
        return self._texts("fact-separator").join(filter(None, facts))

    def size(self, band: str) -> str:
        """How large an organisation is: a number of people in the reader's words, all else as it was told."""
        told = _PEOPLE.fullmatch(band)
        return self._texts("size-from" if told["from"] else "size", n=told["n"]) if told else band

    def stage(self, stage: str) -> str:
        """A stage of the review: one that a network added has the name that it gave it."""
        key = f"review-{stage}"
        return self._texts(key) if key in self._texts else stage

    def said_by(self, source: str, as_of: date) -> str:
        """Where a statement comes from, and of which day, told once also of a source named by it."""
        return self._texts("said-by", source=source.removesuffix(as_of.isoformat()).rstrip(), as_of=as_of)

    def tie(self, tie: Tie) -> str:
        """What a partner has in common with who asks."""
        return (
            self._texts("tie-undertaking", name=tie.undertaking)
            if tie.undertaking
            else self._texts("tie-met")
        )

    def synonyms(self, pairs: Sequence[tuple[str, str]]) -> str:
        """Words of a profile that mean what words of the need mean: 「意味の近い語: 薄膜 = thin film」."""
        told = (f"{written} = {said}" for written, said in pairs)
        return self._texts("card-synonyms", words=self._texts("list-separator").join(told))

    def piece(self, piece: Piece) -> str:
        """One understood piece of a need."""
        match piece.aspect:
            case Aspect.KIND:
                values = [self._texts(f"kind-{value}") for value in piece.values]
            case Aspect.PLACE:
                values = self._places(piece)
            case Aspect.CLUSTER:
                values = [self.cluster(value) for value in piece.values]
            case Aspect.SCOPE:
                values = [self._texts(f"scope-{value}") for value in piece.values]
            case Aspect.PURPOSE:
                values = [self._texts(f"purpose-{value}") for value in piece.values]
            case Aspect.STAGE:
                values = [self._texts(f"stage-{value}") for value in piece.values]
            case Aspect.AMOUNT:
                values = [self.amount(*bounds(piece.values))]
            case Aspect.TERM | Aspect.URGENCY | Aspect.OFFER:
                values = list(piece.values)
        key = f"piece-not-{piece.aspect}" if piece.is_excluded else f"piece-{piece.aspect}"
        return self._texts(key, value=self._texts("alternative-separator").join(values))

    def amount(self, least: int | None, most: int | None) -> str:
        """A sum of money, or from how much to how much; None: no limit."""
        if least == most:
            return "" if least is None else self._yen(least)
        told = ("" if bound is None else self._yen(bound) for bound in (least, most))
        return self._texts("amount-range", **dict(zip(("least", "most"), told, strict=True)))

    def _yen(self, yen: int) -> str:
        if self._texts.language == "en":
            is_round = yen >= 1_000_000 and yen % 100_000 == 0
            return f"¥{yen / 1_000_000:,g} million" if is_round else f"¥{yen:,}"
        oku, rest = divmod(yen, 100_000_000)
        man, ones = divmod(rest, 10_000)
        parts = ((oku, "億"), (man, "万"), (ones, ""))
        return "".join(f"{number:,}{unit}" for number, unit in parts if number) + "円"

    def fit(self, fit: Fit) -> str:
        """On what a mandate agrees with a need, or does not."""
        match fit.point:
            case Point.AMOUNT:
                sought, stated = (self.amount(*bounds(told)) for told in (fit.sought, fit.stated))
            case Point.STAGE:
                sought, stated = (
                    self._listed(self._texts(f"stage-{stage}") for stage in stages)
                    for stages in (fit.sought, fit.stated)
                )
            case Point.REGION:
                sought = self._listed(map(self.prefecture, fit.sought))
                stated = self._listed(map(self.region, fit.stated))
            case Point.FIELD:
                sought, stated = self._listed(fit.sought), self._listed(fit.stated)
        key = f"fit-{fit.point}" if fit.is_met else f"fit-not-{fit.point}"
        return self._texts(key, sought=sought, stated=stated)

    def _listed(self, names: Iterable[str]) -> str:
        return self._texts("list-separator").join(names)

    def _places(self, piece: Piece) -> list[str]:
        """The region that the prefectures are, as it was said if it was; else one by one."""
        regions = [name for name, members in SPOKEN_REGIONS.items() if set(members) == set(piece.values)]
        if self._texts.language == "ja" and len(piece.values) > 1 and regions:
            return [next((region for region in regions if region in piece.said), regions[0])]
        return [self.prefecture(prefecture) for prefecture in piece.values]


def visibility_told(
    texts: Texts, names: Mapping[str, str], codes: Mapping[str, str], chosen_by: str
) -> list[str]:
    """By what the others know the masked parties of a case, line by line; or that all are named.

    ``names`` and ``codes``: by organisation. ``chosen_by``: the one that is masked because it wanted so.
    """
    hidden = [
        texts("visibility-chosen" if id == chosen_by else "visibility-masked", name=names[id], code=code)
        for id, code in codes.items()
    ]
    return hidden or [texts("visibility-named")]
