"""The itinerary inside spaCy: a component that reads the journey out of each Doc.

>>> import spacy, itinerary.for_spacy  # doctest: +SKIP
>>> nlp = spacy.load("en_core_web_sm")  # doctest: +SKIP
>>> nlp.add_pipe("itinerary", config={"published": "2023-09-17"})  # doctest: +SKIP
>>> doc = nlp("He left Artyom on Sunday.")  # doctest: +SKIP
>>> [visit.name for visit in doc._.itinerary.visits], doc.ents[0]._.place.country  # doctest: +SKIP
(['Artyom'], 'RU')

`Doc._.itinerary` is the Itinerary, None for a Doc that the component has not seen. `Span._.place` is the place that a span names,
None for others; the spans that name one are in `doc.spans["itinerary"]`. Both survive `to_bytes`, DocBin and several processes.
Importing this module registers the component, as spaCy's own do.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from itinerary import pipeline, project

if TYPE_CHECKING:
    from itinerary.model import Itinerary, Place

# Where a Doc keeps its itinerary, written as JSON: what else is kept there must be of plain types to be stored with the Doc.
_KEY = "itinerary"


@dataclass(frozen=True, slots=True)
class Component:
    """Puts the itinerary into a Doc; `published` and `traveller` are as in `itinerary.build`."""

    published: str | None = None
    traveller: str | None = None

    def __call__(self, doc: Doc) -> Doc:
        """The Doc itself. Raises InputError for a traveller or date that can't be used; a blank Doc is left as it is."""
        if doc.text.strip():
            trip = pipeline.build(doc.text, self.published, self.traveller)
            doc.user_data[_KEY] = json.dumps(project.trip_to_json(trip))
            named = [doc.char_span(r.start, r.end, label="PLACE", alignment_mode="expand") for r in trip.resolutions if r.place]
            doc.spans[_KEY] = [tokens for tokens in named if tokens is not None]
        return doc


def _create(nlp: Language, name: str, published: str | None, traveller: str | None) -> Component:
    return Component(published, traveller)


def _itinerary(doc: Doc) -> Itinerary | None:
    written = doc.user_data.get(_KEY)
    return _opened(written) if written else None


@lru_cache(maxsize=16)
def _opened(written: str) -> Itinerary:
    return project.trip_from_json(json.loads(written))


def _place(tokens: Tokens) -> Place | None:
    """The place of the name that shares most with the span."""
    trip = _itinerary(tokens.doc)
    shared = [
        (min(r.end, tokens.end_char) - max(r.start, tokens.start_char), r.place)
        for r in (trip.resolutions if trip else ())
        if r.place
    ]
    most, place = max(shared, key=lambda pair: pair[0], default=(0, None))
    return place if most > 0 else None


Language.factory("itinerary", default_config={"published": None, "traveller": None}, func=_create)
Doc.set_extension("itinerary", getter=_itinerary, force=True)
Tokens.set_extension("place", getter=_place, force=True)
