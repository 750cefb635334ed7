"""How long a text takes, beside a bare spaCy pass of the same model over the same text: `python -m tests.bench [FILE …]`.

Every figure is the median of several runs taken in turn, so that a busy machine slows all of them alike. Without files it reads
the stories of the quality gate, and as a book all of them over and over.
"""

from __future__ import annotations

import statistics
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

STORIES = Path(__file__).parent / "stories"
RUNS = 5
BOOK = 60_000  # words


def texts(paths: list[str]) -> dict[str, str]:
    """Name and text of what is measured."""
    if paths:
        return {Path(p).name: Path(p).read_text(encoding="utf-8") for p in paths}
    stories = [path.read_text(encoding="utf-8") for path in sorted(STORIES.glob("*.txt"))]
    everything = "\n\n".join(stories)
    article = max(stories, key=len)
    book = "\n\n".join([everything] * (BOOK // len(everything.split()) + 1))
    return {"a tweet": article[:280], "an article": article, "a report": everything, "a book": book}


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def measured(works: dict[str, Callable[[], object]], runs: int) -> dict[str, float]:
    """The median of each work, all of them done in turn."""
    rounds = [{name: seconds(work) for name, work in works.items()} for _ in range(runs)]
    return {name: statistics.median(r[name] for r in rounds) for name in works}


def main(paths: list[str]) -> int:
    """Print the table."""
    warnings.filterwarnings("ignore")
    import itinerary
    from itinerary.reading import language

    print("text                 words  spaCy s/1,000 words   build   geoparse  find_dates   (as multiples of the spaCy pass)")
    for name, text in texts(paths).items():
        nlp, words = language(), len(text.split())
        nlp.max_length = max(nlp.max_length, len(text) + 1)
        works: dict[str, Callable[[], object]] = {
            "spacy": lambda text=text, nlp=nlp: nlp(text),
            "build": lambda text=text: itinerary.build(text),
            "geoparse": lambda text=text: itinerary.geoparse(text),
            "find_dates": lambda text=text: itinerary.find_dates(text),
        }
        for work in works.values():
            work() if words < BOOK / 2 else None
        found = measured(works, RUNS if words < BOOK / 2 else 1)
        bare = found["spacy"]
        ratios = "  ".join(f"{found[key] / bare:8.2f}" for key in ("build", "geoparse", "find_dates"))
        print(f"{name:<18} {words:>7}  {1000 * bare / words:19.3f}  {ratios}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
