"""The operational corpus: every organisation under one key, with what was said of it, by whom and when.

The only door to the database of the corpus. One connection per `Registry`, for one thread at a time.
"""

from corpus.intake import Difference, Tally
from corpus.registry.counting import Counting, Counts, SourceCount
from corpus.registry.database import connected
from corpus.registry.deciding import Candidate, Deciding, Decision
from corpus.registry.taking import Taking

__all__ = ["Candidate", "Counts", "Decision", "Difference", "Registry", "SourceCount", "Tally", "connected"]


class Registry(Taking, Counting, Deciding):
    """The corpus in one SQLite file.

    Every write is one transaction: it happens as a whole or, also when the process is killed, not at
    all. Readers never wait for a writer. Times are given by the caller and need a zone.
    """
