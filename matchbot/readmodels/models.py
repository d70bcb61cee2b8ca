"""The read models on one connection, with everything that can be asked of them."""

import sqlite3

from matchbot.readmodels.case_questions import CaseQuestions
from matchbot.readmodels.need_questions import NeedQuestions
from matchbot.readmodels.people_questions import PeopleQuestions


class Models(CaseQuestions, NeedQuestions, PeopleQuestions):
    """The read models as events up to a position leave them."""

    @property
    def connection(self) -> sqlite3.Connection:
        """For questions that say best in SQL what they ask; nothing is to be written through it but into
        temporary tables."""
        return self._sql
