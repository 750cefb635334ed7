"""The itinerary as files other programs read: one small function per format, all in one table.

`FORMATS` maps a file ending to its `Format`; `write` puts a file on disk whole or not at all; `geojson`, `frame`, `legs_frame`
and `notebook` give the same content to Python. The same trip gives the same bytes, always. What is put into a file is read back
by `itinerary.importing`.
"""

from itinerary.export.features import geojson
from itinerary.export.formats import FORMATS, Format, encoded, ending_of, format_of, render, write
from itinerary.export.notebook import notebook
from itinerary.export.tables import frame, legs_frame

__all__ = [
    "FORMATS",
    "Format",
    "encoded",
    "ending_of",
    "format_of",
    "frame",
    "geojson",
    "legs_frame",
    "notebook",
    "render",
    "write",
]
