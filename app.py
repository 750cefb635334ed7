"""The dashboard: a text in, its journey as a map, numbers and tables out.

Thin over the library: widgets, one cached call, drawing functions. The text of a session lives in that session's state alone; the
cache is keyed by the whole text, so a session meets only what it asked for itself.
"""

import contextvars
import datetime as dt
import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator as Block

import itinerary
from itinerary import drawing, export, panels, reading

SAMPLES = Path(__file__).parent / "data" / "samples"
LARGE = 200_000  # characters; a longer text is kept beside the text box, which a browser would make slow
LABELS = {".html": "HTML map", ".geojson": "GeoJSON", ".csv": "CSV"}  # the formats most people want
MAP_HEIGHT = 560  # pixels
FIRST_DAY, LAST_DAY = dt.date(1, 1, 1), dt.date(9999, 12, 31)

# What Streamlit's own page needs: less air above; on a phone a name for the button of the side bar, and a shorter reader.
STYLE = """<style>
.stMainBlockContainer { padding-top: 2.2rem; padding-bottom: 3rem; max-width: 1600px; }
[data-testid="stSidebarHeader"] { height: 2.5rem; }
[data-testid="stExpandSidebarButton"] { width: auto; }
[data-testid="stExpandSidebarButton"]::after { content: "Your own text"; font-size: .9rem; padding: 0 .3rem; }
iframe { border-radius: .5rem; }
@media (max-width: 700px) {
  .stMainBlockContainer { padding-top: 3.6rem; }
  :has(> .st-key-reader), .st-key-reader { height: 330px !important; flex: 0 0 330px !important; }
}
</style>"""

Tell = Callable[..., None]


def main() -> None:
    """The whole page."""
    st.set_page_config("Itinerary", "🧭", layout="wide")
    st.html(panels.STYLE)
    st.html(STYLE)
    with st.sidebar:
        text, published = ask()
        below = st.container()
    try:
        trip, traveller = traced(text, published, below)
        show(trip, (text, published, traveller))
    except itinerary.ItineraryError as error:
        st.error(plain(str(error)))


# --- what is asked ----------------------------------------------------------------------------------------------------


def ask() -> tuple[str, dt.date | None]:
    """The text and its publication date, as this session has them; the sample article at first."""
    if "text" not in st.session_state:
        use_sample()
    st.html('<p class="it it-brand"><b>Itinerary</b> Give it a text that tells a journey, and see the journey.</p>')
    if len(st.session_state.text) > LARGE:
        st.info(f"The text at hand has {len(st.session_state.text):,} characters.")
    else:
        st.text_area("Text", key="text", height=300, placeholder="Paste an article, a diary, a travel plan …")
    st.date_input("Published", key="published", min_value=FIRST_DAY, max_value=LAST_DAY,
                  help="When the text was published, if you know it: it turns “on Sunday” into a day.")  # fmt: skip
    st.button("Show the journey", type="primary", width="stretch")
    st.file_uploader("Or a text file", ["txt", "md"], key="file", on_change=take_file)
    st.button("Sample article", type="tertiary", on_click=use_sample)
    if st.session_state.get("refused"):
        st.error(plain(st.session_state.pop("refused")))
    return st.session_state.text, st.session_state.published


def use_sample() -> None:
    """Put the sample article into the session."""
    sample = json.loads((SAMPLES / "index.json").read_text(encoding="utf-8"))[0]
    st.session_state.text = (SAMPLES / sample["file"]).read_text(encoding="utf-8")
    st.session_state.published = dt.date.fromisoformat(sample["published"])


def take_file() -> None:
    """Put the file just uploaded into the session; a file that can't be read leaves the text as it was."""
    file = st.session_state.file
    if file is None:
        return
    try:
        st.session_state.text = reading.decode(file.getvalue())
        st.session_state.published = None
    except itinerary.ItineraryError as error:
        st.session_state.refused = f"{file.name}: {error}"


def traced(text: str, published: dt.date | None, below: Block) -> tuple[itinerary.Itinerary, str | None]:
    """The journey of the main traveller or, where the text has several and the user chose, of another one."""
    progress = st.empty()
    trip, chosen = build(text, published, None, _tell=teller(progress)), None
    if len(trip.travellers) > 1:
        names = sorted(trip.travellers, key=lambda name: name != trip.traveller)
        chosen = below.selectbox("Traveller", names, key=f"traveller in {hash(text)}")
    if chosen in (None, trip.traveller):
        chosen = None
    else:
        trip = build(text, published, chosen, _tell=teller(progress))
    progress.empty()
    return trip, chosen


def teller(place: Block) -> Tell:
    """Shows the stage of the work in `place`, from outside the cache, which would otherwise record and replay it."""
    outside = contextvars.copy_context()

    def tell(stage: str, share: float | None = None) -> None:
        outside.run(place.progress, share or 0.0, f"{stage.capitalize()} …")

    return tell


@st.cache_data(show_spinner=False, max_entries=16)
def build(text: str, published: dt.date | None, traveller: str | None, *, _tell: Tell) -> itinerary.Itinerary:
    """The one call into the library; reached only for what is not remembered."""
    _tell("opening the language model")
    return itinerary.build(text, published, traveller, progress=_tell)


# --- what is shown ----------------------------------------------------------------------------------------------------

Key = tuple[str, dt.date | None, str | None]


def show(trip: itinerary.Itinerary, key: Key) -> None:
    """Heading, numbers, map beside text, tables, downloads."""
    st.html(panels.heading(trip))
    if not trip.visits:
        st.info("The text tells of no place that the traveller visited. What it names is listed below.")
    else:
        st.html(panels.numbers(trip))
    beside, text = st.columns([5, 3], gap="medium")
    with beside:
        st.iframe(page(key, trip), height=MAP_HEIGHT, alt="Map of the journey; the table below tells the same stops")
    with text, st.container(height=MAP_HEIGHT, key="reader"):
        st.html(f'{panels.key()}<div class="it it-text">{drawing.highlighted(trip)}</div>')
    downloads(trip)
    st.html(f'<h2 class="it it-part">Stops and legs</h2>{panels.stops(trip)}')
    if trip.mentions:
        st.html(f'<h2 class="it it-part">Only mentioned</h2>{panels.mentioned(trip)}')


@st.cache_data(show_spinner=False, max_entries=16)
def page(key: Key, _trip: itinerary.Itinerary) -> str:
    """The map as a page of its own, light or dark as the system is; the same for the same key, so a rerun leaves it standing."""
    return str(drawing.route_map(_trip).get_root().render()).replace("<body>", '<body class="follows-system">', 1)


def downloads(trip: itinerary.Itinerary) -> None:
    """A button for each format, the common ones at hand; a file is made when its button is pressed."""
    once = {form.encode: (ending, form) for ending, form in reversed(export.FORMATS.items())}  # .json is .geojson again
    with st.container(horizontal=True):
        more = None
        for ending, form in reversed(once.values()):
            if ending not in LABELS:
                more = more or st.popover("More formats")
            download(more or st.container(width="content"), trip, ending, form)


def download(place: Block, trip: itinerary.Itinerary, ending: str, form: export.Format) -> None:
    """One button; in the list of more formats it says what the format is good for."""
    label = LABELS.get(ending) or f"{ending[1:].upper()} – {form.description}"
    place.download_button(
        label, partial(form.encode, trip), file_name(trip, ending), form.media_type,
        key=f"download{ending}", help=form.description, on_click="ignore", icon=":material/download:",
    )  # fmt: skip


def file_name(trip: itinerary.Itinerary, ending: str) -> str:
    """A name any disk takes: the letters and digits of the title."""
    words = re.findall(r"\w+", (trip.title or "journey").lower())
    return ("-".join(words)[:60].strip("-") or "journey") + ending


def plain(text: str) -> str:
    """The text with every sign escaped that Streamlit's Markdown would act on."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|<>$:~^=&])", r"\\\1", text)


main()
