"""Who asked for whom before, as the rules look back on it: read once, and kept up while cases change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from matchbot.following import Followed
from matchbot.introductions.words import OPEN, State
from matchbot.policy import PastRequest

_REFUNDED = frozenset({State.CANCELLED, State.WITHDRAWN, State.EXPIRED})


@dataclass(frozen=True, slots=True)
class _History:
    """The cases of one organisation by id: all that are open, and those since a day."""

    since: date
    requests: dict[str, PastRequest]


class Histories:
    """The histories of the organisations that were asked about."""

    def __init__(self, *, is_whole: bool = False) -> None:
        """``is_whole``: every case there is will be taken, so that who has none here has none at all."""
        self._by_organisation: dict[str, _History] = {}
        self._is_whole = is_whole
        self._forgotten: set[str] = set()

    def __len__(self) -> int:
        return len(self._by_organisation)

    def unknown(self, organisations: Iterable[str], *, since: date) -> list[str]:
        """The organisations of which not all is known since a day."""
        return [id for id in organisations if not self._is_known(id, since)]

    def learn(self, organisations: Iterable[str], requests: Sequence[PastRequest], *, since: date) -> None:
        """These are the organisations' cases since a day, and their open ones."""
        for id in organisations:
            own = {request.case_id: request for request in requests if id in request.parties}
            self._by_organisation[id] = _History(since, own)

    def take(self, followed: Followed) -> None:
        """A case stands like this now."""
        request = None
        for id in followed.case.organisation_ids:
            history = self._history(id)
            if history is not None:
                request = request or _as_looked_back_on(followed)
                history.requests[request.case_id] = request

    def forget(self, organisations: Iterable[str]) -> None:
        """What is known of these organisations holds no longer."""
        for id in organisations:
            self._by_organisation.pop(id, None)
            self._forgotten.add(id)

    def clear(self) -> None:
        """Nothing is known any more."""
        self._by_organisation.clear()
        self._is_whole = False

    def of(self, organisations: Iterable[str], *, since: date) -> list[PastRequest]:
        """The cases of known organisations since a day, and their open ones, each once and by id."""
        found = {
            request.case_id: request
            for id in organisations
            for request in self._by_organisation[id].requests.values()
            if request.is_open or request.requested_on >= since
        }
        return [found[case_id] for case_id in sorted(found)]

    def _is_known(self, id: str, since: date) -> bool:
        history = self._history(id)
        return history is not None and history.since <= since

    def _history(self, id: str) -> _History | None:
        """What is known of an organisation; None where it was never looked up."""
        if self._is_whole and id not in self._by_organisation and id not in self._forgotten:
            self._by_organisation[id] = _History(date.min, {})
        return self._by_organisation.get(id)


def past_request(
    case_id: str,
    state: State,
    *,
    requester_id: str,
    parties: Iterable[str],
    requested_on: date,
    expires_on: date,
    text_id: str,
) -> PastRequest:
    """A case in a state, as the rules look back on it."""
    return PastRequest(
        case_id=case_id,
        requester_id=requester_id,
        parties=frozenset(parties),
        requested_on=requested_on,
        expires_on=expires_on,
        is_open=state in OPEN,
        is_refunded=state in _REFUNDED,
        text_id=text_id,
    )


def _as_looked_back_on(followed: Followed) -> PastRequest:
    case = followed.case
    return past_request(
        case.id,
        case.state,
        requester_id=case.requester.organisation_id if case.requester else "",
        parties=case.organisation_ids,
        requested_on=followed.opened_on,
        expires_on=case.expires_on,
        text_id=case.brief.id if case.brief else "",
    )
