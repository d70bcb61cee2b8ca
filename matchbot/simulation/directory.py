"""Organisations that stay as they are."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from corpus.errors import UnknownOrganisationError
from corpus.records import Contact
from matchbot.directory import Described, Listed


class FixedDirectory:
    """Organisations that stay as they are, in memory."""

    def __init__(self, listed: Iterable[Listed]) -> None:
        self._listed = {each.id: each for each in listed}

    def listed(self, organisation_id: str, *, on: date) -> Listed:
        """An organisation, the same on every day. Raises UnknownOrganisationError."""
        try:
            return self._listed[organisation_id]
        except KeyError:
            raise UnknownOrganisationError(id=organisation_id) from None

    def described(self, organisation_id: str) -> Described:
        """Who does not exist says nothing."""
        return Described()

    def seeking(self, clusters: Collection[str], *, on: date) -> Iterable[tuple[Listed, str]]:
        """Who does not exist seeks nothing."""
        return ()

    def clusters(self) -> Collection[str]:
        """Those in which somebody is."""
        return {cluster for each in self._listed.values() for cluster in (each.home_cluster, *each.clusters)}

    def contact(self, organisation_id: str) -> Contact | None:
        """Nobody can be reached who does not exist."""
        return None

    def forget(self, words: Sequence[str]) -> int:
        """There is nothing to forget."""
        return 0
