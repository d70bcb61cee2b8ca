"""What the interpreter is spared that would take long and give nothing, on every floor alike."""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.abc import MetaPathFinder


@contextmanager
def uncollected() -> Iterator[None]:
    """Python's search for cycles of garbage held back: folding or counting a million things makes millions of
    objects, and looking through those that live costs a tenth of the time and finds nothing."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def without_pandas() -> Iterator[None]:
    """Nothing that is imported within finds pandas, unless it is loaded already.

    Libraries take it along wherever it is installed, only to know its types: it takes half a second to load,
    and 40 MB for good.
    """
    sys.meta_path.insert(0, _NoPandas)
    try:
        yield
    finally:
        sys.meta_path.remove(_NoPandas)


class _NoPandas(MetaPathFinder):
    """Says first of all finders that there is none."""

    @classmethod
    def find_spec(cls, name: str, path: object, target: object = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
