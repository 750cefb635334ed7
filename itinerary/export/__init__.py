"""The itinerary as files other programs read: one small function per format, all in one table.

`FORMATS` maps a file ending to its `Format`; `write` puts a file on disk whole or not at all; `geojson`, `frame` and
`legs_frame` give the same content to Python. The same trip gives the same bytes, always.
"""

from itinerary.export.features import geojson
from itinerary.export.formats import FORMATS, Format, format_of, render, write
from itinerary.export.tables import frame, legs_frame

__all__ = ["FORMATS", "Format", "format_of", "frame", "geojson", "legs_frame", "render", "write"]
