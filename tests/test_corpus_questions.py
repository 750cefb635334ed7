"""Questions to a dataset, each with an answer that is known."""

from __future__ import annotations

import datetime
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from itinerary.__main__ import main
from itinerary.corpus import asking, dataset
from itinerary.corpus.asking import Period
from itinerary.corpus.rows import rows_of, table_of
from itinerary.corpus.schema import TABLES
from itinerary.corpus.texts import Text
from itinerary.errors import InputError
from itinerary.model import Itinerary
from tests.builders import journey
from tests.conftest import ROOT

GUIDE = (ROOT / "itinerary" / "corpus" / "README.md").read_text(encoding="utf-8")

OSLO, BERGEN, LONDON, PARIS = ("Oslo", 59.9, 10.7), ("Bergen", 60.4, 5.3), ("London", 51.5, -0.1), ("Paris", 48.9, 2.4)


def of(who: str, *stops: tuple[Any, ...]) -> Itinerary:
    """A journey through stops (place, country, day or None)."""
    told = [(*place, day, {"country": country, "traveller": who}) for place, country, day in stops]
    return journey(*told)


JOURNEYS = {
    "gray": of("Ellen Gray", (OSLO, "NO", "1843-05-01"), (BERGEN, "NO", "1843-05-10"), (LONDON, "GB", None)),
    "pfeiffer": of("Ida Pfeiffer", (PARIS, "FR", "1843-04-20"), (BERGEN, "NO", "1843-05-10"), (PARIS, "FR", "1843-05-20")),
    "gray-letter": of("Gray", (BERGEN, "NO", "1843-05-10")),
    "crowd": of("the narrator", (BERGEN, "NO", "1843-05-10")),
    "later": of("Émile Roy", (BERGEN, "NO", "1900-05-10"), (OSLO, "NO", "1900-06-01")),
}


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dataset")
    with dataset.opened(folder, dataset.Manifest("made by hand", "text", None, None)) as there:
        rows = [rows_of(Text(name), trip, 0.1) for name, trip in JOURNEYS.items()]
        there.write({table: [table_of(table, [row for one in rows for row in one[table]])] for table in TABLES})
    return folder


def test_where_somebody_was_between_two_days(out: Path) -> None:
    with asking.connected(out) as ask:
        answer = ask.whereabouts("gray", Period(datetime.date(1843, 5, 2), datetime.date(1843, 5, 9)))
    assert [(row[0], row[1], row[3], row[4], row[5]) for row in answer.rows] == [
        ("Ellen Gray", "Oslo", datetime.date(1843, 5, 1), datetime.date(1843, 5, 10), False)
    ]


def test_names_are_found_without_their_accents(out: Path) -> None:
    with asking.connected(out) as ask:
        assert {row[0] for row in ask.whereabouts("emile roy").rows} == {"Émile Roy"}


def test_those_meet_who_were_at_one_place_on_one_day_and_are_not_one_person(out: Path) -> None:
    with asking.connected(out) as ask:
        met = {tuple(sorted(row[:2])) for row in ask.meetings().rows}
        hers = {row[1] for row in ask.meetings("Pfeiffer").rows}
    assert met == {("Ellen Gray", "Ida Pfeiffer"), ("Gray", "Ida Pfeiffer")}
    assert hers == {"Ellen Gray", "Gray"}


def test_every_journey_through_a_place_with_its_neighbours(out: Path) -> None:
    with asking.connected(out) as ask:
        through = {row[0]: row[2:5] for row in ask.through("bergen").rows}
        in_france = [row[3] for row in ask.through("France").rows]
    assert through["gray"] == ("Oslo", "Bergen", "London")
    assert len(through) == 5
    assert in_france == ["Paris", "Paris"]


def test_flows_count_legs_between_countries(out: Path) -> None:
    with asking.connected(out) as ask:
        flows = {row[:2]: row[2] for row in ask.flows().rows}
    assert flows == {("FR", "NO"): 1, ("NO", "FR"): 1, ("NO", "GB"): 1}


@pytest.mark.parametrize("query", re.findall(r"```sql\n(.*?)```", GUIDE, re.DOTALL), ids=lambda query: query.splitlines()[0][3:])
def test_the_recipes_of_the_guide_run(out: Path, query: str) -> None:
    with asking.connected(out) as ask:
        answer = ask.sql(query)
    assert answer.rows or "errors" in query


def test_the_pandas_recipe_of_the_guide_runs(out: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL)
    names: dict[str, Any] = {"datetime": datetime}
    exec(code.replace("OUT", str(out)), names)
    assert len(names["spring"]) == 7


def test_a_folder_without_a_dataset_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no dataset"), asking.connected(tmp_path):
        pass


def test_a_damaged_part_is_told_with_what_mends_it(out: Path, tmp_path: Path) -> None:
    shutil.copytree(out, tmp_path / "out")
    (tmp_path / "out" / "stops" / "part-000000.parquet").write_bytes(b"PAR1")
    with (
        pytest.raises(InputError, match=r"stops/part-000000.parquet.*; delete the part"),
        asking.connected(tmp_path / "out") as ask,
    ):
        ask.whereabouts("gray")


def test_days_in_the_wrong_order_are_told() -> None:
    with pytest.raises(InputError, match="give the earlier day first"):
        Period(datetime.date(1900, 1, 1), datetime.date(1800, 1, 1))


# --- the command ------------------------------------------------------------------------------------------------------


def test_an_answer_is_printed_as_a_table(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["query", str(out), "through", "London"]) == 0
    head, row = capsys.readouterr().out.splitlines()
    assert head.split()[:4] == ["document", "traveller", "came_from", "place"]
    assert row.startswith("gray      Ellen Gray  Bergen     London")


def test_an_answer_is_written_as_json(out: Path, tmp_path: Path) -> None:
    assert main(["query", str(out), "whereabouts", "Pfeiffer", "-o", str(tmp_path / "a.json")]) == 0
    assert [row["since"] for row in json.loads((tmp_path / "a.json").read_text())] == ["1843-04-20", "1843-05-10", "1843-05-20"]


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (["whereabouts", "Gray", "--from", "May"], "'May' is no date"),
        (["through", "Oslo", "-o", "a.html"], "Only `flows` makes a map"),
        (["flows", "-o", "a.xyz"], "No answer is written as 'a.xyz'"),
        (["sql", "selec"], "DuckDB refuses"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused(
    out: Path, question: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["query", str(out), *question]) == 2
    assert sentence in capsys.readouterr().err
