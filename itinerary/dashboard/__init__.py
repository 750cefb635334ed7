"""The dashboard: give it texts, see their journeys, correct them, take them along. The only package that knows Streamlit.

::

    side panel: intake ─► desk ─► working (reads a text once) ─► Sheet with its Workspace
                correcting ─► mending ─► Workspace, corrected          ▲
    main:       component (map | text | stops) ─► events ──────────────┤
    a model:    second ─► asking (in the background) ─► desk ─► readings ┘   both readings, side by side, to choose from

Whatever a reader does ends in the pure `itinerary.workspace`; what is shown is made from its trip by pure functions (`scenes`,
`panels`, `formats`). A session has its own desk; nothing is shared but the texts that ship with the program.
"""
