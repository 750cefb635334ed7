"""The house is in order: sizes, first lines, pictures that agree, nothing left lying about, every library pinned."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path

from itinerary import environment

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted(path for folder in ("itinerary", "data", "tests") for path in (ROOT / folder).rglob("*.py"))
STATIC = sorted(path for kind in ("*.js", "*.css", "*.html") for path in (ROOT / "itinerary").rglob(kind))

LONGEST_FILE, LONGEST_FUNCTION = 400, 40  # lines
# File -> why it is longer all the same.
LONG_FILES = {
    "tests/test_corpus.py": "one file per module tested; the runs that are broken off share their corpus",
    "tests/test_app.py": "one file per module tested; the dashboard as Streamlit runs it",
    "tests/test_app_browser.py": "one file per module tested; the dashboard as a browser shows it",
}
# Function -> why it is longer all the same.
LONG_FUNCTIONS = {
    "pipeline.build": "the table of contents, read from top to bottom; half of it is its docstring and its signature"
}

# What stands in the root: a stray file of a tool or a trial shows up here.
IN_ROOT = {
    "itinerary", "data", "docs", "tests", "app.py",
    "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "CITATION.cff", "LICENSE",
    "pyproject.toml", "requirements.txt", "requirements.lock",
    ".ci", ".git", ".gitignore", ".pre-commit-config.yaml", ".streamlit",
}  # fmt: skip
# Marks of work that was not finished.
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX:|HACK)\b|\bbreakpoint\(\)|\bpdb\b|^<{7} |^>{7} ", re.MULTILINE)


def lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function of a file as module.name, with its lines, decorators left out."""
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.stem}.{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_longer_than_a_reader_bears() -> None:
    long = {named(path) for path in (*CODE, *STATIC) if lines(path) > LONGEST_FILE}
    assert long - LONG_FILES.keys() == set(), "split it, or state the reason in LONG_FILES"
    assert LONG_FILES.keys() - long == set(), "no longer long: take it out of LONG_FILES"


def test_no_function_is_longer_than_a_screen() -> None:
    long = {name for path in CODE for name, length in functions(path) if length > LONGEST_FUNCTION}
    assert long - LONG_FUNCTIONS.keys() == set(), "split it, or state the reason in LONG_FUNCTIONS"
    assert LONG_FUNCTIONS.keys() - long == set(), "no longer long: take it out of LONG_FUNCTIONS"


def test_each_file_says_in_its_first_line_what_it_does() -> None:
    told = {named(path): ast.get_docstring(parsed(path)) or "" for path in CODE}
    assert [name for name, text in told.items() if not 10 < len(text.split("\n")[0]) <= 130] == []


def test_every_public_name_is_there() -> None:
    import itinerary

    assert [name for name in itinerary.__all__ if getattr(itinerary, name, None) is None] == []


def test_the_readme_draws_the_picture_of_the_package() -> None:
    import itinerary

    guide = itinerary.__doc__ or ""
    picture = guide.split("::\n", 1)[1].split("\nThe rule", 1)[0].strip("\n")
    assert picture.count("─►") > 8
    assert picture in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_the_package_and_the_rules_of_import_agree() -> None:
    import itinerary
    from tests import test_architecture as rules

    rows = re.findall(r"^(\w+(?: \w+)?) {2,}(\w+) +\S", itinerary.__doc__ or "", re.MULTILINE)
    told = {module: ring for ring, module in rows if ring != "ring"}
    assert told.keys() == {rules.module_of(path) for path in (ROOT / "itinerary").rglob("*.py")} - {"__init__"}
    assert {module for module, ring in told.items() if ring == "step"} == rules.STEPS
    assert {module for module, ring in told.items() if ring == "output"} == rules.OUTPUTS
    assert {module for module, ring in told.items() if ring == "vocabulary"} == rules.GROUND
    assert {module for module, ring in told.items() if ring == "back end"} == rules.BACKENDS


def test_the_version_is_told_once() -> None:
    import itinerary

    told = {
        "pyproject.toml": f'version = "{itinerary.__version__}"',
        "CITATION.cff": f"version: {itinerary.__version__}",
        "CHANGELOG.md": f"## {itinerary.__version__}",
    }
    assert [name for name, line in told.items() if line not in (ROOT / name).read_text(encoding="utf-8")] == []


def test_nothing_lies_about_in_the_root() -> None:
    ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split()}
    assert {path.name for path in ROOT.iterdir()} - IN_ROOT - ignored == set()


def test_all_data_are_accounted_for() -> None:
    told = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    patterns = [word for cell in re.findall(r"`([^`]+)`", told) for word in cell.split(", ")]
    there = [*(ROOT / "data").iterdir(), *(ROOT / "data" / "places").glob("*.csv")]
    assert [path.name for path in there if not _accounted(path, patterns)] == []


def _accounted(path: Path, patterns: list[str]) -> bool:
    return path.suffix in (".md", ".py") or any(path.match(p.strip("/")) or path.name == p.split("/")[0] for p in patterns)


def test_nothing_is_left_unfinished() -> None:
    rest = [path for path in (*CODE, *STATIC) if path != Path(__file__)]
    assert {named(path): found for path in rest if (found := UNFINISHED.findall(path.read_text(encoding="utf-8")))} == {}


def test_every_library_that_is_imported_is_pinned() -> None:
    pinned = {name.lower() for name in environment.pins(environment.REQUIREMENTS)}
    packages = metadata.packages_distributions()
    libraries = {name.split(".")[0] for path in CODE if named(path).startswith("itinerary") for name in imports(path)}
    foreign = libraries - sys.stdlib_module_names - {"itinerary"}
    assert {name for name in foreign if not {package.lower() for package in packages[name]} & pinned} == set()


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
