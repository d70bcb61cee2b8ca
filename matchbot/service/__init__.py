"""What people can ask of matchbot: one method for each command.

The service decides nothing that a room below can decide; it brings them together. It is given what it
works with by the composition root (``matchbot/bootstrap.py``), so that tests can give it something else.
"""

from matchbot.service.clusters import ClusterOverview, NewCluster
from matchbot.service.conversing import Conversing, Details, Reply
from matchbot.service.evaluating import Evaluating
from matchbot.service.indexing import Indexing, IndexStatus, SetupReport
from matchbot.service.loading import CorpusStatus, ImportReport
from matchbot.service.organisations import OrganisationRecord, Organisations
from matchbot.service.searching import RankChange
from matchbot.service.work import Bundle

__all__ = [
    "Bundle",
    "ClusterOverview",
    "CorpusStatus",
    "Details",
    "ImportReport",
    "IndexStatus",
    "NewCluster",
    "OrganisationRecord",
    "RankChange",
    "Reply",
    "Service",
    "SetupReport",
]


class Service(Conversing, Indexing, Organisations, Evaluating):
    """The use cases. Each call is one unit of work on its own connection."""
