"""The index of a dataset as a page: a list of its journeys to search in, and one map that shows the one chosen or all of them."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from itinerary.corpus import asking
from itinerary.corpus.paper import page_of
from itinerary.files import write_whole
from itinerary.wording import count

FILE = "index.html"
_MOST = 5_000  # journeys that a page carries, those with most stops: about 2 MB

_JOURNEYS = f"""
SELECT document, coalesce(title, document) AS title, traveller, published, round(d.km) AS km, s.names, s.points
FROM documents d JOIN (
    SELECT document, list(place ORDER BY stop) AS names,
           flatten(list([round(latitude, 3), round(longitude, 3)] ORDER BY stop)) AS points
    FROM stops GROUP BY document
) s USING (document) WHERE d.status = 'read' ORDER BY d.stops DESC, document LIMIT {_MOST}
"""


def write_index(folder: Path) -> Path:
    """Write the page into the dataset's folder and give its path. Raises OutputError when it can't be written."""
    return write_whole(folder / FILE, page(folder).encode("utf-8", "replace"))


def page(folder: Path) -> str:
    """The page as one HTML document that needs no network. Raises InputError when there is no dataset."""
    with asking.connected(folder) as questions:
        rows = questions.sql(_JOURNEYS).rows
        ((all_of_them,),) = questions.sql("SELECT count(*) FROM documents WHERE stops > 0").rows
    told = count(all_of_them, "journey") + (f", the {_MOST:,} with most stops are shown" if all_of_them > _MOST else "")
    body = (
        f"<p>{escape(told)}.</p>"
        '<input id="find" type="search" placeholder="Title, traveller or place" aria-label="Find a journey">'
        '<p id="shown" role="status"></p><ol class="list" id="journeys"></ol>'
    )
    return page_of("Journeys", body, [_packed(row) for row in rows], "index")


def _packed(row: tuple[Any, ...]) -> dict[str, Any]:
    document, title, traveller, published, km, names, points = row
    about = " · ".join(part for part in (traveller or "", published.isoformat() if published else "", f"{km:,.0f} km") if part)
    return {"document": document, "title": " ".join(title.split())[:120], "about": about, "names": names, "points": points}
