"""What evaluators ask of the indicators, and set: targets and breaks of series."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from matchbot.members import Member
from matchbot.service.work import Work

if TYPE_CHECKING:
    from matchbot.desk import Counted, Evaluation, Receipt, TargetImport
    from matchbot.indicators import Question, Target


class Evaluating(Work):
    """Indicators, and what they are measured by."""

    def indicators(self, question: "Question", *, by: Member) -> "Counted":
        """The values of a set of indicators. Raises NotAllowedError, NoLedgerError."""
        with self._open_registry() as registry:
            return self.desk.indicators(question, registry, by)

    @contextmanager
    def evaluation(self, *, by: Member) -> "Iterator[Evaluation]":
        """To be asked any number of questions of indicators, and nothing else within.

        Raises NotAllowedError, NoLedgerError.
        """
        with self._open_registry() as registry, self.desk.evaluation(registry, by) as evaluation:
            yield evaluation

    def set_target(
        self, target: "Target", *, by: Member, key: str, source: str = "", reason: str = ""
    ) -> "Receipt":
        """A figure is to reach a value. Raises UnknownClusterError, StepError, NotAllowedError."""
        with self._open_registry() as registry:
            return self.desk.set_target(target, registry, by=by, key=key, source=source, reason=reason)

    def set_targets_of_the_programme(self, *, source: str, by: Member, key: str) -> int:
        """Sets what the programme's document sets; gives how many were not there. Raises NotAllowedError."""
        with self._open_registry() as registry:
            return self.desk.set_targets_of_the_programme(registry, source=source, by=by, key=key)

    def mark_break(
        self, *, on: date, reason: str, by: Member, key: str, figure: str = "", cluster: str = ""
    ) -> "Receipt":
        """From a day on, numbers are not comparable with those before. Raises UnknownClusterError."""
        with self._open_registry() as registry:
            return self.desk.mark_break(
                registry, on=on, reason=reason, by=by, key=key, figure=figure, cluster=cluster
            )

    def import_targets(self, file: Path, *, by: Member, key: str) -> "TargetImport":
        """Takes in a list of targets. Raises UnreadableFileError, NotAllowedError."""
        with self._open_registry() as registry:
            return self.desk.import_targets(file, registry, by=by, key=key)
