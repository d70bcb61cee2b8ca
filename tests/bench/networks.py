"""Sample networks, loaded and indexed by the command line, and kept for the next run of the same code."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from processes import Finished, matchbot

ROOT = Path(__file__).resolve().parents[2]
SEED = 1

_BUILT = "built.json"


@dataclass(frozen=True, slots=True)
class Network:
    """A home with a corpus and a snapshot, and what it cost to make. ``is_kept``: by an earlier run."""

    home: Path
    loaded: Finished
    indexed: Finished
    is_kept: bool

    @property
    def snapshots(self) -> Path:
        return self.home / "snapshots"

    def note(self) -> str:
        """How it was made, for the report."""
        when = "in an earlier run of the same code" if self.is_kept else "in this run"
        return (
            f"Made {when}: `matchbot corpus sample` {self.loaded.seconds:.0f} s, "
            f"{self.loaded.peak_gb:.2f} GB; "
            f"`matchbot index build` {self.indexed.seconds:.0f} s, {self.indexed.peak_gb:.2f} GB "
            f"({self.indexed.told_stages()})."
        )


def network(workdir: Path, scale: float) -> Network:
    """The network of this scale in ``workdir``; made anew where the code that makes it has changed."""
    home = workdir / f"network-{scale:g}"
    code = _code()
    if (home / _BUILT).exists():
        built = json.loads((home / _BUILT).read_text("utf-8"))
        if built["code"] == code:
            return Network(home, _finished(built["loaded"]), _finished(built["indexed"]), is_kept=True)
    shutil.rmtree(home, ignore_errors=True)
    loaded = matchbot("corpus", "sample", "--scale", f"{scale:g}", "--seed", str(SEED), home=home)
    indexed = matchbot("index", "build", home=home)
    facts = {"code": code, "loaded": asdict(loaded), "indexed": asdict(indexed)}
    (home / _BUILT).write_text(json.dumps(facts), "utf-8")
    return Network(home, loaded, indexed, is_kept=False)


def _finished(value: dict[str, object]) -> Finished:
    return Finished(**value)  # type: ignore[arg-type]


def _code() -> str:
    """A hash of all that decides what a network looks like."""
    digest = sha256()
    for file in _sources():
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for package in ("corpus", "index"):
        for suffix in ("py", "toml"):
            yield from sorted((ROOT / package).rglob(f"*.{suffix}"))
