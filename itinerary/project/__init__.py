"""Trips and projects as files that open again: nothing is lost, nothing is trusted.

::

    Workspace, Itinerary ◄─ file ─ nouns ─► JSON ◄─ text ─► bytes          codec follows the dataclasses' own hints

`codec` writes and reads any frozen dataclass, `nouns` knows how days, spans, places and legs are spelled, `text` lays JSON out,
`file` says what a file holds::

    {"format": "itinerary project", "version": 1, "program": "0.1.0",
     "settings": {"name": …, "source": …, "published": "2023-09-17", "traveller": …, "day_first": true},
     "done": [[{"do": "SetPlace", "target": {"quote": {"exact": "Rome", "prefix": …, "start": 16}}, "place": "geonames:1"}]],
     "undone": [],                              steps: corrections that are undone together; "do" names the correction
     "trip": {"text": …, "visits": […], …},     as it was read, so that opening needs neither language model nor gazetteer
     "beside": {"visits": […], …},              what another reader made of the same text, where there was one
     "places": {"geonames:1": {…}}}             each place once, called by its id
"""

from __future__ import annotations

from itinerary.project.file import ENDING, dumps, load, save, trip_from_json, trip_to_json

__all__ = ["ENDING", "dumps", "load", "save", "trip_from_json", "trip_to_json"]
