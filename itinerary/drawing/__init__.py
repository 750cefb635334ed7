"""The itinerary to look at: a route map, its page, the journey in time, and the text with its places and dates marked.

`route_map` gives a folium map, `page` the whole self-contained HTML file, `highlighted` the text, `timeline` drawings of stays,
distance and order. For a page of one's own there are the parts: `inline_assets` once, and `scene_of` for each trip. All treat
every word of the text as hostile, and none of what they give asks any other address for anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from itinerary.drawing.highlighting import highlighted

if TYPE_CHECKING:
    import folium

    from itinerary.model import Itinerary

__all__ = ["highlighted", "inline_assets", "page", "route_map", "scene_of"]


def scene_of(trip: Itinerary, *, sentences: bool = True) -> dict[str, Any]:
    """The trip as the map's script takes it, plain data for JSON: `itineraryDraw(map, scene)`, then `view.update(scene)`.

    Without `sentences` nothing of the text but its names, dates and words of time is in it.
    """
    from itinerary.drawing.staging import staged

    return staged(trip, sentences=sentences)


def inline_assets() -> str:
    """Styles and scripts of the map as elements for the head of a page of one's own: Leaflet, base map, `itineraryDraw`.

    About 0.6 MB, the same for every trip; what depends on the trip is `scene_of`. Asks no address for anything.
    """
    from itinerary.drawing.assets import inline

    return inline()


def route_map(trip: Itinerary) -> folium.Map:
    """The route on a vector base map that the map carries itself; an empty trip gives the map of the world.

    In Streamlit either `st_folium(route_map(trip), key="map", returned_objects=[], use_container_width=True)` or
    `st.iframe(route_map(trip).get_root().render(), height=520)`: both work without any network and keep the map as the reader
    moved it when the app runs again with the same trip. With st_folium leave out neither the key nor the empty
    `returned_objects`, or the app runs again, and flickers, at every move of the map; and give it a new map each time, as it
    changes the one it is given. A body of class `follows-system` makes the map dark where the reader's system is.
    """
    from itinerary.drawing.folium_map import RouteMap

    return RouteMap(trip)


def page(trip: Itinerary, *, title: str | None = None, source: str | None = None, sentences: bool = True) -> str:
    """The map with the list of stops as one HTML document that needs no network and forbids itself to use it.

    `title` stands in for the title of the text, `source` says where the text is from. Without `sentences` nothing of the text but
    its names, dates and words of time goes into the page. The same trip gives the same characters. Works from the file system,
    under the Content-Security-Policy that it carries, and in an iframe: `st.iframe(page(trip), height=700)`.
    """
    from itinerary.drawing.document import document

    return document(trip, title=title, source=source, sentences=sentences)
