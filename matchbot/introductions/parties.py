"""Who takes part in a case, and how we know what a party said."""

from dataclasses import dataclass

from corpus.records import Kind
from matchbot.introductions.words import Means
from matchbot.references import TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An organisation in a case, as the corpus knew it on the day of the event that holds it.

    ``home_cluster`` is "" for an organisation in no cluster: the programme's staff answers for it.
    ``clusters``: all clusters it belongs to. ``is_masked``: the others know it by a code alone until all
    have consented, because its profile is masked or, of a requester, because it wanted so in this case.
    """

    organisation_id: str
    kind: Kind
    home_cluster: str = ""
    clusters: tuple[str, ...] = ()
    country: str = "JP"
    is_requester: bool = False
    is_masked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Who speaks for a party, and how we know.

    Either the member itself, through matchbot; or, for a party outside Slack, the coordinator who
    heard it (``attested_by``), by which means, and from whom (``said_by``).
    """

    member_id: str = ""
    means: Means = Means.SLACK
    attested_by: str = ""
    said_by: TextRef | None = None
