"""What the interpreter is spared: looking for garbage that is not there, loading what nobody needs."""

import gc
import importlib
import importlib.util
import sys
from types import ModuleType

import pytest

from corpus.sparing import uncollected, without_pandas


def test_garbage_is_looked_for_again_afterwards_and_not_before_all_is_done() -> None:
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_garbage_is_looked_for_again_after_an_error() -> None:
    with pytest.raises(LookupError), uncollected():
        raise LookupError
    assert gc.isenabled()


def test_pandas_is_not_found_meanwhile_and_all_else_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "pandas", raising=False)
    with without_pandas():
        with pytest.raises(ModuleNotFoundError, match="pandas"):
            importlib.import_module("pandas")
        assert importlib.import_module("colorsys").__name__ == "colorsys"
    assert importlib.util.find_spec("pandas") is not None


def test_pandas_that_is_loaded_already_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = ModuleType("pandas")
    monkeypatch.setitem(sys.modules, "pandas", loaded)
    with without_pandas():
        assert importlib.import_module("pandas") is loaded
    assert sys.modules["pandas"] is loaded
