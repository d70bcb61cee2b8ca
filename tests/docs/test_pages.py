"""Every page holds together: its links lead somewhere, and pages that belong together agree."""

import ast
import re
import shutil
import subprocess
import tomllib
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def anchors(page):
    """The anchors that a reader's Markdown viewer makes of the headings."""
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for _, title in page.headings}


def test_every_link_inside_the_repository_leads_somewhere(page, pages, root):
    links = re.findall(r"\]\((?!https?:|mailto:)([^)\s]+)\)", page.prose)
    for link in links:
        path, _, anchor = link.partition("#")
        target = (page.path.parent / path).resolve() if path else page.path
        assert target.exists(), f"{link} leads nowhere"
        if anchor:
            assert anchor in anchors(pages[str(target.relative_to(root))]), f"{link}: no such heading"


def test_a_page_begins_with_its_only_title(page):
    levels = [level for level, _ in page.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1


@pytest.mark.parametrize("name", ["README", "docs/slack"])
def test_the_japanese_page_is_level_with_the_english_one(pages, name):
    english, japanese = pages[f"{name}.md"], pages[f"{name}.ja.md"]
    assert [level for level, _ in english.headings] == [level for level, _ in japanese.headings]
    assert english.blocks == japanese.blocks
    assert len(english.prose.split("\n\n")) == len(japanese.prose.split("\n\n"))


def test_every_decision_says_how_we_would_know_it_was_wrong(pages):
    decisions = [page for name, page in pages.items() if name.startswith("docs/adr/")]
    wanted = ["Context", "Decision", "Consequences", "How we would know it was wrong"]
    for position, page in enumerate(decisions, start=1):
        number = f"{position:04}"
        assert page.path.name.startswith(f"{number}-")
        assert page.headings[0][1].startswith(f"{number}. ")
        assert [title for _, title in page.headings[1:]] == wanted, page.path.name


def test_only_what_belongs_there_stands_at_the_top_of_the_repository(root):
    """A profile or a note that a command left behind is not part of matchbot."""
    if not (root / ".git").exists() or not shutil.which("git"):
        pytest.skip("this copy is no repository that git could list")
    listed = subprocess.run(["git", "ls-files"], cwd=root, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip(f"git does not list this repository: {listed.stderr.strip()}")
    assert {path.split("/")[0] for path in listed.stdout.splitlines()} == {
        *(".ci", ".gitignore", ".pre-commit-config.yaml", "Makefile", "constraints.txt", "pyproject.toml"),
        *("CHANGELOG.md", "README.ja.md", "README.md", "docs", "deploy", "tests"),
        *("corpus", "index", "matchbot", "slack_app"),
    }


def requirements(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    return [Requirement(line).name for group in (project["dependencies"], *extras) for line in group]


def test_every_dependency_has_its_line_and_no_other_has_one(pages, root):
    documented = re.findall(r"^\| ([\w.-]+) \|", pages["docs/dependencies.md"].text, re.MULTILINE)
    assert [name for name in documented if name != "package"] == requirements(root)


def imports_from_outside(root):
    """For each module from outside that the four packages import, the distributions it may come from."""
    modules = {
        name.split(".")[0]
        for package in ("corpus", "index", "matchbot", "slack_app")
        for path in (root / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in imported_names(node)
    }
    installed = packages_distributions()
    return [
        {canonicalize_name(name) for name in installed[module]} for module in modules if module in installed
    ]


def imported_names(node):
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def test_what_is_asked_for_at_run_time_is_what_is_imported(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["scale"]]
    asked_for = {canonicalize_name(Requirement(line).name) for line in lines}
    imported = imports_from_outside(root)
    assert [names for names in imported if not names & asked_for] == []
    for_slack_app = {"slack-bolt"}  # which the demo's tests use, and the app itself soon
    assert asked_for - for_slack_app - set().union(*imported) == {"sudachidict-core"}  # SudachiPy opens it


def test_every_dependency_is_pinned_to_one_version_without_an_address(root):
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [Requirement(line) for line in lines if not line.startswith("#")]
    for pin in pins:
        assert [clause.operator for clause in pin.specifier] == ["=="], pin
        assert pin.url is None
    pinned = {canonicalize_name(pin.name) for pin in pins}
    assert {canonicalize_name(name) for name in requirements(root)} <= pinned


def test_every_target_that_a_page_names_is_in_the_makefile(page, root):
    targets = set(re.findall(r"^(\w+):", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    in_blocks = [line for block in page.blocks for line in block.text.splitlines()]
    named = {
        match[1]
        for text in (*in_blocks, *re.findall(r"`([^`\n]+)`", page.prose))
        if (match := re.match(r"(?:\$ )?make ([a-z]+)", text))
    }
    assert named <= targets
