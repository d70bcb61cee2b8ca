"""What the desk needs to know of an organisation: where it belongs, and whether its name may be shown."""

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from corpus.names import Name
from corpus.records import Contact, Kind, MembershipRole, Passage, PassageType, Profile
from corpus.registry import Registry


@dataclass(frozen=True, slots=True)
class Listed:
    """An organisation as the network lists it. ``clusters`` are those of the day, the home cluster first;
    ``home_cluster`` is "" for one that no coordinator answers for."""

    id: str
    name: str
    """A `Name` where it has one in English, too."""
    kind: Kind
    home_cluster: str = ""
    clusters: tuple[str, ...] = ()
    size_band: str = ""
    country: str = "JP"
    is_masked: bool = False
    is_sample: bool = False


def listed_as(profile: Profile) -> Listed:
    """How the network lists an organisation that the corpus knows so."""
    known = profile.organisation
    home = [said.cluster_id for said in profile.memberships if said.role is MembershipRole.HOME]
    others = [said.cluster_id for said in profile.memberships if said.role is not MembershipRole.HOME]
    return Listed(
        id=known.id,
        name=Name(known.name, known.name_en),
        kind=known.kind,
        home_cluster=home[0] if home else "",
        clusters=(*home, *others),
        size_band=known.size_band,
        country=known.country,
        is_masked=known.is_masked,
        is_sample=known.is_sample,
    )


@dataclass(frozen=True, slots=True)
class Described:
    """What an organisation says of itself, in its own words: what it does or offers, and what it seeks."""

    does: tuple[str, ...] = ()
    seeks: tuple[str, ...] = ()


def described_as(profile: Profile) -> Described:
    """What the passages of a profile say, in their order."""
    return Described(
        does=tuple(map(_words, (p for p in profile.passages if p.type is not PassageType.NEED))),
        seeks=tuple(map(_words, (p for p in profile.passages if p.type is PassageType.NEED))),
    )


def _words(passage: Passage) -> str:
    return passage.text.strip() or passage.title


class Directory(Protocol):
    """Where organisations are looked up."""

    def listed(self, organisation_id: str, *, on: date) -> Listed:
        """An organisation with the clusters of a day. Raises UnknownOrganisationError."""
        ...

    def described(self, organisation_id: str) -> Described:
        """What it says of itself. Raises UnknownOrganisationError."""
        ...

    def seeking(self, clusters: Collection[str], *, on: date) -> Iterable[tuple[Listed, str]]:
        """The organisations at home in clusters that say what they seek, with the first that they say."""
        ...

    def clusters(self) -> Collection[str]:
        """The ids of all clusters that there ever were."""
        ...

    def contact(self, organisation_id: str) -> Contact | None:
        """How to reach it; None where nothing is known. Raises UnknownOrganisationError."""
        ...

    def forget(self, words: Sequence[str]) -> int:
        """Remove every contact that holds one of these words, for good; gives how many."""
        ...


class RegistryDirectory:
    """The directory that the corpus is."""

    def __init__(self, open_registry: Callable[[], AbstractContextManager[Registry]]) -> None:
        self._open_registry = open_registry

    def listed(self, organisation_id: str, *, on: date) -> Listed:
        """An organisation with the clusters of a day. Raises UnknownOrganisationError."""
        with self._open_registry() as registry:
            return listed_as(registry.profile(organisation_id, on=on))

    def described(self, organisation_id: str) -> Described:
        """What an organisation says of itself. Raises UnknownOrganisationError."""
        with self._open_registry() as registry:
            return described_as(registry.profile(organisation_id))

    def seeking(self, clusters: Collection[str], *, on: date) -> list[tuple[Listed, str]]:
        """The organisations at home in clusters that say what they seek, by id, with the first they say."""
        with self._open_registry() as registry:
            told = ((listed_as(profile), described_as(profile)) for profile in registry.profiles(on=on))
            return [(one, says.seeks[0]) for one, says in told if says.seeks and one.home_cluster in clusters]

    def clusters(self) -> frozenset[str]:
        """The ids of all clusters that there ever were."""
        with self._open_registry() as registry:
            return frozenset(cluster.id for cluster in registry.clusters())

    def contact(self, organisation_id: str) -> Contact | None:
        """How to reach an organisation. Raises UnknownOrganisationError."""
        with self._open_registry() as registry:
            return registry.contact(organisation_id)

    def forget(self, words: Sequence[str]) -> int:
        """Remove every contact that holds one of these words, for good; gives how many."""
        with self._open_registry() as registry:
            return registry.forget_contacts(words)
