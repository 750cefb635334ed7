"""Many texts at once: nothing lost, nothing twice, every failure told."""

from __future__ import annotations

import csv
import datetime as dt
import errno
import gzip
import json
import logging
import os
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from itinerary import corpus, files, pipeline, reading
from itinerary.__main__ import main
from itinerary.corpus import dataset, engine, running
from itinerary.corpus.rows import rows_of
from itinerary.corpus.schema import TABLES, schema
from itinerary.corpus.texts import Text, batches
from itinerary.errors import InputError, ItineraryError, OutputError
from tests.conftest import ROOT
from tests.corpus_builds import obedient

STORIES = ROOT / "tests" / "stories"


def rows(folder: Path, table: str) -> list[dict[str, Any]]:
    return pq.read_table(folder / table).to_pylist() if any((folder / table).glob("*.parquet")) else []


def documents(folder: Path) -> list[str]:
    return sorted(row["document"] for row in rows(folder, "documents"))


def write_texts(folder: Path, **texts: str) -> Path:
    folder.mkdir()
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def read(source: Path | str, out: Path, **more: Any) -> corpus.Report:
    work = corpus.Work(build=obedient, **more)
    return corpus.run(corpus.Source.open(str(source)), out, work, where=corpus.Cluster(workers=1))


# --- a run ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset made from texts that are well, and from some that fail in every way."""
    folder = tmp_path_factory.mktemp("mixed")
    texts = write_texts(folder / "in", a="Oslo Bergen", b="Suva Apia", c="nothing", d="refuse:", e="fail:", f="linger:",
                        g="crash:", h="hang:", i=f"crash once:{folder / 'mark'}", j="Oslo")  # fmt: skip
    (texts / "k.txt").write_bytes(bytes(range(256)) * 10)
    (texts / "o.html").write_text("<html><body><p>Oslo</p><p>Apia</p></body></html>", encoding="utf-8")
    (texts / ".hidden").write_text("Oslo", encoding="utf-8")
    (texts / "l.jsonl").write_text('{"id": "a.txt", "text": "Oslo"}\n{"id": "m", "text": "Bergen"}\nno json\n{"id": "n"}\n')
    read(texts, folder / "out", time_limit=0.4, grace=0.4)
    return folder / "out"


def test_every_document_is_in_the_dataset_once(mixed: Path) -> None:
    files = [f"{letter}.txt" for letter in "abcdefghijk"]
    assert documents(mixed) == sorted([*files, "a.txt", "l.jsonl:3", "m", "n", "o.html"])


def test_each_failure_is_told_with_its_kind(mixed: Path) -> None:
    told = {(row["document"], row["occurrence"]): row["kind"] for row in rows(mixed, "errors")}
    assert told == {
        ("d.txt", 1): "unusable",
        ("e.txt", 1): "failed",
        ("f.txt", 1): "time limit",
        ("g.txt", 1): "worker lost",
        ("h.txt", 1): "worker lost",
        ("k.txt", 1): "unreadable",
        ("a.txt", 2): "duplicate id",
        ("l.jsonl:3", 1): "unreadable",
        ("n", 1): "unreadable",
    }


def test_a_text_whose_worker_was_killed_once_is_read_all_the_same(mixed: Path) -> None:
    read = {row["document"] for row in rows(mixed, "documents") if row["status"] == "read"}
    assert read == {"a.txt", "b.txt", "c.txt", "i.txt", "j.txt", "m", "o.html"}


def test_stops_and_legs_tell_the_journey(mixed: Path) -> None:
    stops = [row for row in rows(mixed, "stops") if row["document"] == "a.txt"]
    assert [(s["stop"], s["place"], s["arrive"], s["arrive_from"]) for s in stops] == [
        (1, "Oslo", "1843-05-03", dt.date(1843, 5, 3)),
        (2, "Bergen", "1843-05-05", dt.date(1843, 5, 5)),
    ]
    (leg,) = (row for row in rows(mixed, "legs") if row["document"] == "a.txt")
    assert (leg["origin_place"], leg["destination_place"], round(leg["km"])) == ("Oslo", "Bergen", 305)


def test_lines_over_the_antimeridian_are_cut_in_two(mixed: Path) -> None:
    (leg,) = (row for row in rows(mixed, "legs") if row["document"] == "b.txt")
    order, kind, lines = struct.unpack_from("<BII", leg["geometry"])
    assert (order, kind, lines) == (1, 5, 2)


def test_geometry_is_told_as_geoparquet(mixed: Path) -> None:
    geo = json.loads(pq.read_schema(next((mixed / "stops").glob("*.parquet"))).metadata[b"geo"])
    assert geo["columns"]["geometry"] == {"encoding": "WKB", "geometry_types": ["Point"]}


def test_workers_say_nothing_on_the_terminal() -> None:
    with engine.cluster(corpus.Work(build=obedient), workers=1) as client:
        (level,) = client.run(_level).values()
    assert level == logging.CRITICAL


def _level() -> int:
    return logging.getLogger("distributed.worker").getEffectiveLevel()


def test_a_run_leaves_the_environment_as_it_was(tmp_path: Path) -> None:
    before = dict(os.environ)
    read(write_texts(tmp_path / "in", a="Oslo"), tmp_path / "out")
    assert dict(os.environ) == before


def test_a_second_run_finds_nothing_left_to_do(mixed: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in mixed.rglob("*.parquet")}
    report = read(mixed.parent / "in", mixed)
    assert (report.documents, report.before, report.errors.total()) == (0, 16, 9)
    assert before == {file: file.stat().st_mtime_ns for file in mixed.rglob("*.parquet")}


def test_what_a_killed_run_left_without_its_documents_is_done_again(tmp_path: Path) -> None:
    texts = write_texts(tmp_path / "in", a="Oslo", b="Bergen")
    read(texts, tmp_path / "out")
    next((tmp_path / "out" / "documents").glob("*.parquet")).unlink()
    (tmp_path / "out" / "stops" / ".part-000000.parquet.xyz.part").write_bytes(b"half")
    read(texts, tmp_path / "out")
    assert [row["document"] for row in rows(tmp_path / "out", "stops")] == ["a.txt", "b.txt"]
    assert not list((tmp_path / "out").rglob("*.part"))


# --- the whole run killed ---------------------------------------------------------------------------------------------


def started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "tests.corpus_builds", *arguments], cwd=ROOT, text=True,
                            stdout=subprocess.PIPE, start_new_session=True)  # fmt: skip


def until_a_part_is_there(out: Path) -> None:
    end = time.monotonic() + 60
    while not list(out.glob("documents/part-*.parquet")):
        assert time.monotonic() < end, "no part came"
        time.sleep(0.02)


@pytest.fixture
def slow_texts(tmp_path: Path) -> Path:
    """Twelve batches of one text each."""
    return write_texts(tmp_path / "in", **{f"t{i:02d}": "wait:0.1" + " " * 39_999 for i in range(12)})


def test_a_run_killed_in_the_middle_goes_on_where_it_was(tmp_path: Path, slow_texts: Path) -> None:
    out = tmp_path / "out"
    with started(str(slow_texts), str(out)) as process:
        until_a_part_is_there(out)
        os.killpg(process.pid, signal.SIGKILL)
    there = documents(out)
    assert 0 < len(there) < 12
    report = read(slow_texts, out)
    assert (report.before, report.documents) == (len(there), 12 - len(there))
    assert documents(out) == [f"t{i:02d}.txt" for i in range(12)]


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A scheduler and a worker of their own, as on a cluster."""
    code = (
        "from distributed import LocalCluster\n"
        "if __name__ == '__main__':\n"
        " c = LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address='127.0.0.1:0')\n"
        " print(c.scheduler_address, flush=True)\n"
        " import time; time.sleep(60)\n"
    )
    program = tmp_path / "scheduler.py"
    program.write_text(code)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, text=True, start_new_session=True,
                          env=environment) as process:  # fmt: skip
        assert process.stdout
        yield process.stdout.readline().strip(), process
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def test_a_scheduler_that_dies_in_the_middle_leaves_what_was_done(
    tmp_path: Path, slow_texts: Path, scheduler: tuple[str, subprocess.Popen[str]]
) -> None:
    out, (address, cluster) = tmp_path / "out", scheduler
    with started(str(slow_texts), str(out), address) as process:
        until_a_part_is_there(out)
        os.killpg(cluster.pid, signal.SIGKILL)
        told, _ = process.communicate(timeout=60)
    assert "The scheduler went away in the middle" in told
    there = documents(out)
    assert 0 < len(there) < 12
    assert len(there) == len(set(there))


def test_a_scheduler_that_is_away_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_ANSWER", 0.3)
    source = corpus.Source.open(str(write_texts(tmp_path / "in", a="Oslo")))
    with pytest.raises(InputError, match="No Dask scheduler answers at"):
        corpus.run(source, tmp_path / "out", corpus.Work(build=obedient), where=corpus.Cluster(scheduler="tcp://127.0.0.1:9"))


# --- sources ----------------------------------------------------------------------------------------------------------

ROWS = [{"id": "1", "text": "Oslo", "published": "2023-09-17"}, {"id": "2", "text": "Bergen", "published": ""}]


def write_table(path: Path) -> Path:
    if path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(ROWS), path)
    elif path.name.endswith(".gz"):
        path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in ROWS).encode()))
    elif path.suffix == ".jsonl":
        path.write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    else:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, ROWS[0], delimiter="\t" if path.suffix == ".tsv" else ",")
            writer.writeheader()
            writer.writerows(ROWS)
    return path


@pytest.mark.parametrize("name", ["t.jsonl", "t.jsonl.gz", "t.csv", "t.tsv", "t.parquet"])
def test_every_kind_of_table_gives_the_same_texts(tmp_path: Path, name: str) -> None:
    source = corpus.Source.open(str(write_table(tmp_path / name)))
    texts = [(text.id, text.content, text.published) for text in source.texts()]
    assert texts == [("1", "Oslo", "2023-09-17"), ("2", "Bergen", None)]


def test_columns_may_have_any_name(tmp_path: Path) -> None:
    (tmp_path / "t.jsonl").write_text('{"nr": 7, "body": "Oslo", "at": "2023-09-17T08:00:00Z"}\n')
    (text,) = corpus.Source.open(str(tmp_path / "t.jsonl"), corpus.Columns("body", "nr", "at")).texts()
    assert (text.id, text.content, text.published) == ("7", "Oslo", "2023-09-17")


def test_a_pattern_names_texts_by_their_path(tmp_path: Path) -> None:
    write_texts(tmp_path / "in", a="Oslo", b="Bergen")
    assert [text.id for text in corpus.Source.open(str(tmp_path / "in" / "*.txt")).texts()] == ["a.txt", "b.txt"]


def test_shares_rise_to_the_whole(tmp_path: Path) -> None:
    write_texts(tmp_path / "in", a="Oslo", b="Bergen")
    write_table(tmp_path / "in" / "t.jsonl")
    shares = [text.share for text in corpus.Source.open(str(tmp_path / "in")).texts()]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1)


def test_batches_are_sized_by_the_length_of_their_texts() -> None:
    texts = [Text(str(i), "x" * 1_000) for i in range(200)]
    sizes = [len(batch) for batch in batches(texts)]
    assert sizes == [40, 40, 40, 40, 40]


BAD = {
    "missing": (lambda d: d / "missing", "There is no '.*missing'; give a folder"),
    "empty folder": (lambda d: d, "The folder .* holds no file"),
    "no match": (lambda d: d / "*.txt", "No file matches"),
    "no column": (lambda d: _put(d / "t.jsonl", b'{"id": 1, "body": "x"}\n'), r"has no column 'text' \(it has: id, body\)"),
    "cut parquet": (lambda d: _put(d / "t.parquet", b"PAR1 nothing"), "t.parquet .*; "),
    "latin csv": (lambda d: _put(d / "t.csv", b"id,text\n1,K\xf8benhavn\n"), "is no UTF-8 text"),
}


def _put(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", BAD)
def test_a_bad_source_is_refused_with_one_sentence(tmp_path: Path, name: str) -> None:
    make, sentence = BAD[name]
    with pytest.raises(InputError, match=sentence):
        list(corpus.Source.open(str(make(tmp_path))).texts())


def test_a_table_that_breaks_off_is_a_failure_of_its_own_and_the_next_file_is_read(tmp_path: Path) -> None:
    rows = "".join(f'{{"id": "{number}", "text": "{hash(str(number))}"}}\n' for number in range(20_000))
    _put(tmp_path / "a.jsonl.gz", gzip.compress(rows.encode())[:-50_000])
    _put(tmp_path / "b.txt", b"Oslo")
    *whole, broken, last = corpus.Source.open(str(tmp_path)).texts()
    assert [text.id for text in whole] == [str(number) for number in range(len(whole))]
    assert len(whole) > 1_000
    assert (broken.id, "a.jsonl.gz is no whole jsonl.gz file" in (broken.fault or "")) == ("a.jsonl.gz", True)
    assert last.id == "b.txt"


def test_a_source_without_any_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no text in"):
        read(_put(tmp_path / "t.jsonl", b"\n"), tmp_path / "out")


def test_a_file_that_may_not_be_read_is_a_failure_of_its_own(tmp_path: Path) -> None:
    write_texts(tmp_path / "in", a="Oslo")
    (tmp_path / "in" / "b.txt").symlink_to(tmp_path / "gone")
    texts = list(corpus.Source.open(str(tmp_path / "in")).texts())
    assert [(text.id, text.fault) for text in texts] == [
        ("a.txt", None),
        ("b.txt", "the file can't be read (No such file or directory)"),
    ]


# --- the dataset ------------------------------------------------------------------------------------------------------


def test_another_source_needs_leave_to_join(tmp_path: Path) -> None:
    manifest = dataset.Manifest("one", "text", None, None)
    with dataset.opened(tmp_path, manifest):
        pass
    other = dataset.Manifest("two", "text", None, None)
    with pytest.raises(OutputError, match="was made from 'one', not 'two'"), dataset.opened(tmp_path, other):
        pass
    with dataset.opened(tmp_path, other, add=True) as joined:
        assert joined.done() == set()


@pytest.mark.parametrize("table", ["documents", "errors"])
def test_a_damaged_part_is_told_with_what_mends_it(tmp_path: Path, table: str) -> None:
    texts = write_texts(tmp_path / "in", a="Oslo", b="fail:")
    read(texts, tmp_path / "out")
    _put(tmp_path / "out" / table / "part-000000.parquet", b"PAR1")
    with pytest.raises(InputError, match=rf"{table}/part-000000.parquet' is damaged; delete '.*documents/part-000000.parquet'"):
        read(texts, tmp_path / "out")
    (tmp_path / "out" / "documents" / "part-000000.parquet").unlink()
    assert read(texts, tmp_path / "out").documents == 2


def test_what_goes_wrong_in_a_run_is_not_laid_upon_the_folder(tmp_path: Path) -> None:
    opened = dataset.opened(tmp_path, dataset.Manifest("one", "text", None, None))
    with pytest.raises(OSError, match="no port is free"), opened:
        raise OSError("no port is free")


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine")
    manifest = dataset.Manifest("one", "text", None, None)
    with pytest.raises(OutputError, match="holds other files"), dataset.opened(tmp_path, manifest):
        pass
    assert [file.name for file in tmp_path.iterdir() if file.name != ".lock"] == ["diary.txt"]


def test_two_runs_at_once_into_one_dataset_are_refused(tmp_path: Path) -> None:
    manifest = dataset.Manifest("one", "text", None, None)
    with (
        dataset.opened(tmp_path, manifest),
        pytest.raises(OutputError, match="Another run is writing"),
        dataset.opened(tmp_path, manifest),
    ):
        pass


def test_a_full_disk_keeps_the_parts_that_are_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    work = corpus.Work(build=obedient)
    with dataset.opened(tmp_path, dataset.Manifest("one", "text", None, None)) as there:
        there.write({table: [found] for table, found in work((Text("a", "Oslo"),)).items()})

        def full(*arguments: Any) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(files, "_replace", full)
        with pytest.raises(OutputError, match="the disk is full"):
            there.write({table: [found] for table, found in work((Text("b", "Oslo"),)).items()})
    assert documents(tmp_path) == ["a"]


def test_a_run_that_finds_the_disk_full_breaks_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(there: dataset.Dataset, tables: Any) -> None:
        raise OutputError("the disk is full; free some space or write elsewhere.")

    monkeypatch.setattr(dataset.Dataset, "write", full)
    found = iter([((Text("a"),), corpus.Work(build=obedient)((Text("a", "Oslo"),)))])
    with (
        dataset.opened(tmp_path, dataset.Manifest("one", "text", None, None)) as there,
        pytest.raises(corpus.BrokenOff, match=r"the disk is full.*What was done is kept"),
    ):
        running._work(found, there, running.Report(), lambda report: None)


def test_every_column_has_a_meaning_and_stands_in_the_guide() -> None:
    guide = (ROOT / "itinerary" / "corpus" / "README.md").read_text(encoding="utf-8")
    for table in TABLES:
        assert all(field.metadata[b"meaning"] for field in schema(table))
        missing = [name for name, _, meaning in TABLES[table] if f"`{name}`" not in guide or meaning not in guide]
        assert missing == []


def test_what_utf8_cannot_say_is_replaced() -> None:
    found = corpus.Work(build=obedient)((Text("a\ud800", "refuse:"),))
    assert found["errors"]["document"].to_pylist() == ["a?"]


# --- the true pipeline ------------------------------------------------------------------------------------------------


def test_a_worker_reads_what_a_single_call_reads() -> None:
    paths = sorted(STORIES.glob("*.txt"), key=lambda path: path.stat().st_size)[:3]
    texts = tuple(Text(path.name, path.read_bytes()) for path in paths)
    found = corpus.Work()(texts)
    alone = [rows_of(text, pipeline.build(text.content.decode()), 0.0) for text in texts]  # type: ignore[union-attr]
    for table in ("stops", "legs", "mentions", "dates"):
        expected = [row for one in alone for row in one[table]]
        assert found[table].equals(pa.Table.from_pylist(expected, schema=schema(table)))
    assert found["stops"].num_rows > 3


def test_a_model_that_has_met_too_many_words_is_loaded_anew_and_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("itinerary.corpus.work._WORDS", 100)
    texts = (Text("a", "On 3 May 1843 Ida left Oslo for Bergen, where she stayed with a friend until the ice had gone."),)
    first, before = corpus.Work()(texts), reading.language()
    assert len(before.vocab) > 100
    second, after = corpus.Work()(texts), reading.language()
    assert after is not before
    assert all(first[table].equals(second[table]) for table in ("stops", "legs", "mentions", "dates"))


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_exit_status_tells_how_it_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = write_texts(tmp_path / "in", a="Oslo")
    given = ["corpus", str(texts), "-o", str(tmp_path / "out")]
    ends: dict[int, Any] = {
        0: running.Report(documents=1),
        1: running.Report(documents=1, errors=running.Counter({"failed": 1})),
        2: InputError("Not usable."),
        3: engine.BrokenOff("Broke off."),
    }
    for status, end in ends.items():
        monkeypatch.setattr(corpus, "run", _ending(end))
        assert main(given) == status
    assert "1 in" in capsys.readouterr().out


def _ending(end: Any) -> Any:
    def run(*arguments: Any, **more: Any) -> Any:
        if isinstance(end, ItineraryError):
            raise end
        return end

    return run


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--workers", "0"], "--workers 0 can do nothing"),
        (["--time-limit", "-1"], "--time-limit -1 is no number of seconds"),
        (["-o", "no/such/folder"], "There is no folder"),
        (["-o", __file__], "is a file; give the name of a folder"),
    ],
)
def test_options_that_cannot_be_used_are_refused(more: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", str(STORIES), "-o", "out", *more]) == 2
    told = capsys.readouterr().err
    assert sentence in told
    assert len(told.splitlines()) == 1
