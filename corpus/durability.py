"""What is written stays written, down to the disk; and what only one may do, one does."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def sync(path: Path) -> None:
    """Make a file, or the names in a folder, survive a crash of the machine."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(file: Path, text: str, *, errors: str = "strict") -> None:
    """Write a file that is there whole or not at all, in place of what was there. ``errors``: of what has no
    encoding, as `open` takes it."""
    written = file.with_name(f".{file.name}.new")
    with written.open("w", encoding="utf-8", errors=errors) as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(written, file)
    sync(file.parent)


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """A folder that is there whole or not at all: the one to make and fill comes in its place at the end.

    What is there by then has to be removed within.
    """
    aside = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        yield aside
        aside.rename(folder)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    sync(folder.parent)


@contextmanager
def sole(file: Path) -> Iterator[None]:
    """Being the only one who holds a lock; the system gives it back when the process ends, however it ends.

    Raises BlockingIOError where somebody holds it.
    """
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
