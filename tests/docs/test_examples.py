"""What is documented runs: the examples in docstrings, and the commands on the pages.

On a page, a block fenced ``sh`` is run, one after the other, in a folder and a home of its own; a block
whose fence names a file (```` ```csv firms.csv ````) is that file. Lines that call make are not run: they
would set up a second environment.
"""

import doctest
import importlib
import os
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import printed


def modules():
    for name in ("corpus", "index", "matchbot", "slack_app"):
        package = importlib.import_module(name)
        yield name
        for module in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not module.name.endswith("__main__"):
                yield module.name


@pytest.mark.parametrize("name", list(modules()))
def test_the_examples_in_docstrings_hold(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_the_examples_of_the_printing_hold():
    assert doctest.testmod(printed).failed == 0


@pytest.fixture(scope="module")
def matchbot_home(tmp_path_factory):
    """A home as `make run` leaves it, only smaller, and without an encoder to train."""
    home = tmp_path_factory.mktemp("documented")
    run("matchbot setup --sample-scale 0.002", folder=home, home=home)
    return home


def run(script, *, folder, home):
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"MATCHBOT_HOME": str(home), "MATCHBOT_ENCODER": "none", "PATH": path}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.timeout(1200)  # some thirty processes, one after the other
def test_the_commands_on_a_page_run(page_with_commands, matchbot_home, tmp_path):
    blocks = page_with_commands.blocks
    for block in blocks:
        if block.label:
            (tmp_path / block.label).write_text(block.text, encoding="utf-8")
    lines = [line for block in blocks if block.language == "sh" for line in block.text.splitlines()]
    script = "\n".join(line for line in lines if not line.startswith("make "))
    run(script, folder=tmp_path, home=matchbot_home)
