"""The worked examples of `docs/` run as they stand, and their links lead somewhere."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted((ROOT / "docs").glob("*.md"))
PAGES = [*DOCS, *sorted(ROOT.glob("*.md")), *sorted((ROOT / "data").rglob("*.md"))]
_FENCE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:)([^)#\s]*[a-z][^)#\s]*)(?:#[\w-]+)?\)")


def worked(page: Path) -> doctest.DocTest:
    """All Python of a page as one example: later blocks know what earlier ones made."""
    text = page.read_text(encoding="utf-8")
    code = "\n".join(block for block in _FENCE.findall(text))
    return doctest.DocTestParser().get_doctest(code, {"__name__": "worked"}, page.name, str(page), 0)


@pytest.mark.parametrize("page", [page for page in DOCS if worked(page).examples], ids=lambda page: page.stem)
def test_a_worked_example_gives_what_it_shows(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    result = doctest.DocTestRunner(verbose=False).run(worked(page))
    assert result.attempted > 3
    assert result.failed == 0, capsys.readouterr().out


def test_a_wrong_example_is_caught(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "wrong.md"
    page.write_text("```python\n>>> 1 + 1\n3\n```\n", encoding="utf-8")
    assert doctest.DocTestRunner(verbose=False).run(worked(page)).failed == 1


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    targets = _LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_no_page_has_a_gap_still_to_be_filled() -> None:
    pages = [*PAGES, *sorted((ROOT / "itinerary").rglob("*.md"))]
    assert [str(page.relative_to(ROOT)) for page in pages if "@@" in page.read_text(encoding="utf-8")] == []


def promised(text: str) -> list[tuple[str, str]]:
    """The tests that a page names: file and function."""
    return re.findall(r"`(test_\w+\.py)::(test_\w+)`", text)


def lacking(named: list[tuple[str, str]]) -> list[str]:
    """Those of them that are not there."""
    folder = ROOT / "tests"
    sources = {file: (folder / file).read_text(encoding="utf-8") if (folder / file).exists() else "" for file, _ in named}
    return [f"{file}::{test}" for file, test in named if not re.search(rf"^def {test}\(", sources[file], re.MULTILINE)]


def test_every_promise_is_proved_by_a_test_that_is_there() -> None:
    page = (ROOT / "docs" / "promises.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ") and not line.startswith("| promise ")]
    assert len(rows) > 30
    assert [row for row in rows if not promised(row)] == []
    assert lacking(promised(page)) == []


def test_a_promise_without_its_test_would_be_seen() -> None:
    named = promised("`test_docs.py::test_a_test_that_is_not_there`, `test_nowhere.py::test_x`")
    assert lacking(named) == ["test_docs.py::test_a_test_that_is_not_there", "test_nowhere.py::test_x"]


def test_the_index_names_every_page() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in DOCS if page.name != "README.md" and page.name not in index] == []
