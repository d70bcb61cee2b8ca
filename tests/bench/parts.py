"""The parts of the benchmark, and how one is measured by itself."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from figures import Result


@dataclass(frozen=True, slots=True)
class Part:
    """``function`` of ``module`` measures it, on a sample network of this scale where it needs one.

    ``is_long``: only measured when asked for.
    """

    title: str
    module: str
    function: str = "measure"
    scale: float = 1.0
    is_long: bool = False

    def measure(self, workdir: Path, shrink: float) -> Result:
        """Its result, from a fresh process: nothing that another part loaded is in its way."""
        with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
            return pool.submit(_measured, self, workdir, shrink).result()


PARTS = {
    "hybrid": Part("Hybrid query, 70,000 passages", "hybrid_query", scale=0.87),
    "night": Part("A night, 70,000 passages", "nights", scale=0.87),
    "lexical": Part("Lexical stage against other engines", "lexical_stage", scale=0.87),
    "import": Part("Real organisations from nothing", "real_corpus", "measure_import"),
    "start": Part("Cold start on them", "real_corpus", "measure_start"),
    "eval": Part("Evaluation sets", "evaluation_sets"),
    "writing": Part("Writing to the ledger from 8 processes", "ledger_load", "measure_writing"),
    "server": Part("Writing to PostgreSQL from 16 processes", "ledger_load", "measure_server"),
    "desk": Part("Commands of the desk from 8 processes", "ledger_load", "measure_desk"),
    "slack": Part("The bot in Slack, 70,000 passages", "slack_load", scale=0.87),
    "verify": Part("A ledger of a million events", "ledger_load", "measure_verification", is_long=True),
    "simulate": Part("Five simulated years", "simulated", is_long=True),
    # After the simulation, whose years it looks at.
    "indicators": Part("Indicators of five simulated years", "indicator_load", is_long=True),
    "million": Part("A million passages", "million", scale=12.4, is_long=True),
}


def _measured(part: Part, workdir: Path, shrink: float) -> Result:
    result: Result = getattr(import_module(part.module), part.function)(workdir, part.scale / shrink)
    return result
