"""How the reader wants to see things: the unit of distance, and the base map, which is our own unless the network is allowed."""

from __future__ import annotations

from typing import Any

import streamlit as st

from itinerary.dashboard.formats import Manner
from itinerary.dashboard.words import say

# Base maps of others: address, the credit that their terms ask for, and their closest zoom.
_OSM = '© <a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noopener">OpenStreetMap</a> contributors'
_TOPO = '© <a href="https://opentopomap.org" target="_blank" rel="noopener">OpenTopoMap</a> (CC-BY-SA)'
_TILES: dict[str, dict[str, Any]] = {
    "osm": {"url": "https://tile.openstreetmap.org/{z}/{x}/{y}.png", "attribution": _OSM, "zoom": 19},
    "topo": {"url": "https://tile.opentopomap.org/{z}/{x}/{y}.png", "attribution": f"{_OSM}, SRTM · {_TOPO}", "zoom": 17},
}


def show() -> None:
    """The part of the side panel about preferences."""
    st.session_state.setdefault("units", Manner.of(st.context.locale).units)
    with st.expander(say("preferences")):
        st.segmented_control(
            say("units"), ("km", "mi"), key="units", required=True, format_func=lambda unit: say(f"units_{unit}")
        )
        allowed = st.toggle(say("base_network"), key="network_map", help=say("base_network_help"))
        st.selectbox(
            say("base"), ("own", *_TILES), key="base", disabled=not allowed, format_func=lambda base: say(f"base_{base}")
        )


def tiles() -> dict[str, Any] | None:
    """The base map of others that the reader asked for; None: our own."""
    return _TILES.get(st.session_state.get("base", "own")) if st.session_state.get("network_map") else None
