"""`matchbot` commands as whole processes, with how long they took and how much memory they held."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from time import perf_counter

GIGABYTE = 10**9


class CommandFailedError(Exception):
    """A command that should have worked did not; holds what it wrote."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that ended well. ``seconds``: wall clock, interpreter start included. ``peak_bytes``:
    largest resident set, which counts mapped files that were read. ``stages``: what it reported, with
    the seconds until the next report."""

    seconds: float
    peak_bytes: int
    stages: tuple[tuple[str, float], ...]
    output: str

    @property
    def peak_gb(self) -> float:
        return self.peak_bytes / GIGABYTE

    def told_stages(self) -> str:
        """The stages in one line."""
        return ", ".join(f"{name} {seconds:.1f} s" for name, seconds in self.stages)


def matchbot(*arguments: str, home: Path) -> Finished:
    """Run ``matchbot`` with these arguments on the state in ``home``.

    The process that calls this must be small: what it holds when it starts another counts as the
    other's peak.

    Raises:
        CommandFailedError: the exit code is not 0.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MATCHBOT_")}
    environment |= {"MATCHBOT_HOME": str(home), "MATCHBOT_LANGUAGE": "en", "HF_HUB_OFFLINE": "1"}
    begun = perf_counter()
    with TemporaryFile("w+", encoding="utf-8") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "matchbot", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        assert process.stderr is not None
        reports = [(line.strip(), perf_counter()) for line in process.stderr]
        process.stderr.close()
        _, status, usage = os.wait4(process.pid, 0)
        ended = perf_counter()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said = "\n".join(line for line, _ in reports)
            raise CommandFailedError(
                f"matchbot {' '.join(arguments)} ended with {process.returncode}:\n{said}"
            )
        output.seek(0)
        return Finished(ended - begun, _bytes(usage.ru_maxrss), _stages(reports, ended), output.read())


def _stages(reports: list[tuple[str, float]], ended: float) -> tuple[tuple[str, float], ...]:
    until = [time for _, time in [*reports[1:], ("", ended)]][: len(reports)]
    return tuple(
        (line.removesuffix("…").strip(), end - start)
        for (line, start), end in zip(reports, until, strict=True)
    )


def _bytes(ru_maxrss: int) -> int:
    """Linux counts in KiB, macOS in bytes."""
    return ru_maxrss if sys.platform == "darwin" else ru_maxrss * 1024
