"""What things are called in the language of a reader."""

from collections.abc import Mapping
from functools import cached_property

from corpus.places import PREFECTURES_EN
from corpus.records import Cluster
from matchbot.errors import UnknownRecordError
from matchbot.service import Service
from matchbot.texts import Texts
from slack_app.blocks import escaped


class Names:
    """The names of clusters, prefectures and people, as Slack shows them."""

    def __init__(self, service: Service, texts: Texts) -> None:
        self._service = service
        self._texts = texts

    def cluster(self, id: str) -> str:
        """A cluster; its id where the corpus does not know it, the programme's office for none."""
        cluster = self._clusters.get(id)
        if cluster is None:
            return escaped(id) or self._texts("staff")
        return escaped(cluster.name if self._texts.language == "ja" else cluster.name_en)

    def prefecture(self, prefecture: str) -> str:
        """A prefecture."""
        return prefecture if self._texts.language == "ja" else PREFECTURES_EN.get(prefecture, prefecture)

    def member(self, member_id: str) -> str:
        """A member, as a mention where they are in Slack."""
        try:
            member = self._service.desk.member(member_id)
        except UnknownRecordError:
            return escaped(member_id)
        return f"<@{member.slack_id}>" if member.is_in_slack else escaped(member_id)

    @cached_property
    def _clusters(self) -> Mapping[str, Cluster]:
        return self._service.all_clusters()
