"""What can go wrong with the index. (Never ``IndexError``: that is Python's own.)"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.errors import MatchbotError


class IndexingError(MatchbotError):
    """Root of what can go wrong with the index."""

    code = "indexing"


class EncoderError(IndexingError):
    """A model cannot be loaded or used. Facts: model, reason."""

    code = "encoder"
    exit_code = 69


class SnapshotError(IndexingError):
    """A snapshot is damaged or of another format. Facts: snapshot, file, reason."""

    code = "snapshot"
    exit_code = 65

    @classmethod
    @contextmanager
    def naming(cls, file: Path, folder: Path | None = None) -> Iterator[None]:
        """What is read within is a file of the snapshot in ``folder`` (None: the one it lies in). Raises
        SnapshotError where numpy, Arrow or FAISS cannot read it."""
        folder = folder or file.parent
        try:
            yield
        except (EOFError, OSError, RuntimeError, ValueError) as error:
            name = file.relative_to(folder).as_posix()
            raise cls(snapshot=folder.name, file=name, reason="unreadable") from error


class NoSnapshotError(IndexingError):
    """There is no snapshot to search, or none to go back to. Facts: folder."""

    code = "no-snapshot"
    exit_code = 66


class SearchClusterError(IndexingError):
    """The server that searches does not answer, or not as it should. Facts: server, reason."""

    code = "search-cluster"
    exit_code = 69


class BuildRunningError(IndexingError):
    """Another build holds the lock. Facts: folder."""

    code = "build-running"
    exit_code = 75


class GateError(IndexingError):
    """What was built is too much worse than what serves, so that goes on. Facts: figures, refused."""

    code = "gate"
    exit_code = 65


class EvaluationSetError(IndexingError):
    """An evaluation set cannot be read. Facts: file, line, reason."""

    code = "evaluation-set"
    exit_code = 65


class NotInstalledError(MatchbotError):
    """What is configured needs packages of an extra that is not installed. Facts: package, extra."""

    code = "not-installed"
    exit_code = 69

    @classmethod
    @contextmanager
    def naming(cls, extra: str) -> Iterator[None]:
        """What is imported within needs the packages of this extra. Raises NotInstalledError."""
        try:
            yield
        except ModuleNotFoundError as error:
            raise cls(package=error.name or "", extra=extra) from error
