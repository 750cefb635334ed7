"""Who may import whom. The rings are told in the docstring of `itinerary`; here the imports are read and held to them."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "itinerary"

VOCABULARY = {"errors", "files", "cache", "names", "model", "geodesy"}
AIDS = {"judging", "clauses", "wording", "account"}  # ideas that several steps share: vocabulary in all but the nouns
STEPS = {"reading", "toponyms", "dates", "geocoding", "visits", "ordering", "legs"}
BACKENDS = {"gazetteer", "online"}
COMPOSITION = {"pipeline"}
MENDING = {"workspace", "project", "importing", "comparing"}  # work on trips: no text is read
OUTPUTS = {"drawing", "export", "summary"}
SECOND = {"second_reader"}  # another judge of visits, given to the pipeline by whoever composes
MANY = {"corpus"}  # any number of texts: texts in, a dataset out
ENTRIES = {"__main__", "commands", "dashboard", "environment", "serving"}

GROUND = VOCABULARY | AIDS
# Module -> the modules of the package that it may import, besides itself.
ALLOWED = {
    **dict.fromkeys(VOCABULARY | AIDS, GROUND),
    **dict.fromkeys(STEPS | BACKENDS, GROUND),
    "online": GROUND | {"reading"},  # a page fetched is a document opened
    **dict.fromkeys(COMPOSITION, GROUND | STEPS | BACKENDS),
    "comparing": GROUND,
    "workspace": GROUND | {"legs"},
    "project": GROUND | {"legs", "workspace"},
    "importing": GROUND | {"legs", "dates", "project"},  # dates: a cell may tell its time in words
    **dict.fromkeys(SECOND, GROUND | {"legs"}),  # two accounts made into one are joined anew
    **dict.fromkeys(OUTPUTS, GROUND),
    "export": GROUND | {"drawing"} | MENDING,
    **dict.fromkeys(MANY, GROUND | COMPOSITION | {"drawing", "reading"}),
    "for_spacy": GROUND | COMPOSITION | {"project"},
    "environment": {"errors"},
    "serving": {"errors", "environment"},
    "__main__": {"errors", "commands", "environment"},
    "dashboard": GROUND | OUTPUTS | COMPOSITION | MENDING | BACKENDS | SECOND | {"environment", "reading"},
    "commands": GROUND | OUTPUTS | COMPOSITION | MENDING | BACKENDS | SECOND | ENTRIES | MANY | {"reading"},
    "__init__": GROUND | COMPOSITION | MENDING,
}
# Library -> the only modules that may load it.
OWNERS = {
    "folium": {"drawing"},
    "branca": {"drawing"},
    "matplotlib": {"drawing"},
    "spacy": {"reading", "for_spacy"},
    **dict.fromkeys(("trafilatura", "htmldate", "pypdfium2", "markdown_it"), frozenset({"reading"})),
    **dict.fromkeys(("dask", "distributed", "duckdb"), frozenset({"corpus"})),
    "pyarrow": {"corpus", "export"},
    **dict.fromkeys(("gpxpy", "icalendar", "xlsxwriter"), frozenset({"export"})),
    "streamlit": {"dashboard"},
    **{name: {"online"} for name in ("urllib.request", "http", "httpx", "requests", "socket", "ftplib", "smtplib")},
}
# The conveniences of the nouns that borrow an output, and only inside the method.
LAZY = {("model", "export")}


def files() -> list[Path]:
    return [ROOT / "app.py", *sorted(PACKAGE.rglob("*.py"))]


def module_of(file: Path) -> str:
    """The ring's member a file belongs to: a package counts as one."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py") if file.is_relative_to(PACKAGE) else file.stem


def imports(file: Path) -> Iterator[tuple[str, bool]]:
    """Every module a file loads when it runs, with whether only inside a function; not what is for the type checker alone."""
    yield from _walk(ast.parse(file.read_text(encoding="utf-8")), lazy=False)


def _walk(node: ast.AST, *, lazy: bool) -> Iterator[tuple[str, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        if isinstance(child, ast.Import):
            yield from ((alias.name, lazy) for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and child.module:
            yield child.module, lazy
            yield from ((f"{child.module}.{alias.name}", lazy) for alias in child.names)
        yield from _walk(child, lazy=lazy or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef))


def inner(name: str) -> str | None:
    """The module of the package that an import names, None for libraries."""
    parts = name.split(".")
    return parts[1] if parts[0] == "itinerary" and len(parts) > 1 and parts[1] in known(PACKAGE) else None


@cache
def known(package: Path) -> frozenset[str]:
    """The modules of a package."""
    return frozenset(module_of(file) for file in package.rglob("*.py"))


def trespasses(file: Path) -> list[str]:
    module = module_of(file)
    targets = {(target, lazy) for name, lazy in imports(file) if (target := inner(name)) and target != module}
    allowed = ALLOWED.get(module, set())
    return [
        f"{module} -> {target}"
        for target, lazy in sorted(targets)
        if target not in allowed and not (lazy and (module, target) in LAZY)
    ]


def foreigners(file: Path) -> list[str]:
    module = module_of(file)
    names = {name for name, _ in imports(file)}
    return [f"{module} loads {library}" for library, owners in OWNERS.items() if module not in owners
            and any(name == library or name.startswith(library + ".") for name in names)]  # fmt: skip


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=lambda file: str(file.relative_to(PACKAGE)))
def test_a_module_imports_only_what_its_ring_allows(file: Path) -> None:
    assert trespasses(file) == []


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.relative_to(ROOT)))
def test_a_library_is_loaded_only_by_its_owner(file: Path) -> None:
    assert foreigners(file) == []


def test_every_module_has_a_ring() -> None:
    assert {module_of(file) for file in PACKAGE.rglob("*.py")} <= set(ALLOWED)


def test_the_guide_names_every_module() -> None:
    guide = ast.get_docstring(ast.parse((PACKAGE / "__init__.py").read_text(encoding="utf-8"))) or ""
    words = {word for line in guide.splitlines() for word in line.split()[:3]}
    assert {module_of(file) for file in PACKAGE.rglob("*.py")} - {"__init__"} <= words


def test_a_step_that_imports_a_step_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    for name in ("legs", "dates", "model"):
        (tmp_path / f"{name}.py").write_text("from itinerary import dates\nfrom itinerary.model import Leg\n", encoding="utf-8")
    assert trespasses(tmp_path / "legs.py") == ["legs -> dates"]


def test_a_library_in_the_wrong_place_is_caught_even_inside_a_function(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    (tmp_path / "legs.py").write_text("def f():\n    import folium.plugins\n    from urllib import request\n", encoding="utf-8")
    assert foreigners(tmp_path / "legs.py") == ["legs loads folium", "legs loads urllib.request"]


EARLY = ["itinerary", "itinerary.environment", "itinerary.__main__", "itinerary.serving", "itinerary.importing", "tests.__main__"]
COMMANDS = [f"itinerary.commands.{file.stem}" for file in sorted((PACKAGE / "commands").glob("[a-z]*.py"))]


@pytest.mark.parametrize("module", EARLY + COMMANDS)
def test_what_runs_before_the_set_up_needs_the_standard_library_alone(module: str) -> None:
    bare = [sys.executable, "-S", "-c", f"import {module}"]  # -S: no installed package can be imported
    done = subprocess.run(bare, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stderr) == (0, "")
