"""How firms do: yearly figures taken in from files, and their index against the national average."""

from dataclasses import dataclass
from pathlib import Path

from corpus.errors import UnknownOrganisationError
from matchbot.desk.work import Room, Work
from matchbot.errors import Obstacle, SampleError
from matchbot.introductions.parties import Party
from matchbot.members import Member
from matchbot.performance import Accounts, AverageStated, YearReported
from matchbot.performance_files import YearRow, read_years
from matchbot.policy import Action
from matchbot.rows import RowRejection, RowsTold


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformanceImport:
    """What a file of yearly figures brought; ``n_known``: rows that were there like that already."""

    n_rows: int
    n_recorded: int
    n_known: int
    rejections: tuple[RowRejection, ...]


class Performing(Room):
    """Figures of firms stay as they were told; whatever is told otherwise needs a reason."""

    def import_performance(
        self, file: Path, *, by: Member, key: str, is_average: bool = False
    ) -> PerformanceImport:
        """Takes in what firms report of their years, or the national average.

        Rows that cannot be used are reported. Raises UnreadableFileError, NotAllowedError.
        """
        with self._work(Action.IMPORT_PERFORMANCE, by, key) as work:
            rows = read_years(file)
            is_new, rejections = rows.taken(lambda row: _taken(work, row, rows, is_average=is_average))
        return PerformanceImport(
            n_rows=len(is_new) + len(rejections),
            n_recorded=is_new.count(True),
            n_known=is_new.count(False),
            rejections=rejections,
        )


def _taken(work: Work, row: YearRow, rows: RowsTold[YearRow], *, is_average: bool) -> bool | RowRejection:
    """Whether a row told anything new; a rejection where it cannot be used."""
    try:
        party = None if is_average else work.party(row.organisation)
    except (UnknownOrganisationError, SampleError) as error:
        return rows.refused(row.row, "organisation", row.organisation, error.code)
    of_industry = f"/{row.industry}" if is_average and row.industry else ""
    stream = f"performance:{party.organisation_id if party else 'average'}/{row.fiscal_year}{of_industry}"
    earlier = work.unit.events.read(stream)
    if earlier and _says(earlier[-1].event) == (row.accounts, row.industry):
        return False
    if earlier and not row.reason:
        return rows.refused(row.row, "reason", "", Obstacle.NO_REASON)
    work.record(stream, [_year(work, row, party) if party else _average(work, row)])
    return True


def _says(event: YearReported | AverageStated) -> tuple[Accounts, str]:
    return event.accounts, event.industry


def _year(work: Work, row: YearRow, party: Party) -> YearReported:
    return YearReported(
        organisation_id=party.organisation_id,
        fiscal_year=row.fiscal_year,
        accounts=row.accounts,
        member_id=work.by.id,
        is_large=row.is_large,
        is_member=bool(party.clusters),
        industry=row.industry,
        reason=work.keep(row.reason, "reason"),
    )


def _average(work: Work, row: YearRow) -> AverageStated:
    return AverageStated(
        fiscal_year=row.fiscal_year,
        accounts=row.accounts,
        member_id=work.by.id,
        industry=row.industry,
        source=work.keep(row.source, "source"),
        reason=work.keep(row.reason, "reason"),
    )
