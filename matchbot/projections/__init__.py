"""The read models as a fold of the events: each event, and the rows it changes.

Everything here can be made again from the events alone; two folds of the same events give the same
rows. What a person wrote is in no row, only the id it has in the private store.
"""

from matchbot.projections.case_rows import natural_key
from matchbot.projections.memory import Memory
from matchbot.projections.projector import Projector
from matchbot.projections.rows import member_of, member_of_content, survey_of, wishes_of
from matchbot.projections.tables import FORMAT, SCHEMA, TABLES
from matchbot.projections.writing import Pending, day

__all__ = [
    "FORMAT",
    "SCHEMA",
    "TABLES",
    "Memory",
    "Pending",
    "Projector",
    "day",
    "member_of",
    "member_of_content",
    "natural_key",
    "survey_of",
    "wishes_of",
]
