"""A sheet as PNG and PDF, drawn by matplotlib's object interface: no pyplot, no setting changed, so that threads don't meet."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D, Transform

from itinerary.drawing.still.marks import Mark, Pen, Pill, Run, Sheet, Words

if TYPE_CHECKING:
    from itinerary.drawing.still.marks import Line

_INCH = 72.0  # points
_HALO = 2.6  # points
_BEND = 0.5522847498  # of the radius: where the control points of a quarter of a circle lie


def as_png(sheet: Sheet, dots_per_inch: int) -> bytes:
    """A bitmap without a mark of when or by what it was made."""
    out = BytesIO()
    figure = _figure(sheet, dots_per_inch)
    title = sheet.title.encode("latin-1", "replace").decode("latin-1")  # all that this field of a PNG can hold
    FigureCanvasAgg(figure).print_png(out, metadata={"Software": None, "Title": title})  # type: ignore[no-untyped-call]
    return out.getvalue()


def as_pdf(sheet: Sheet) -> bytes:
    """A page without the time at which it was made."""
    out = BytesIO()
    about = {"Title": sheet.title, "Subject": sheet.description, "Creator": "itinerary", "Producer": None, "CreationDate": None}
    FigureCanvasPdf(_figure(sheet, int(_INCH))).print_pdf(out, metadata=about)  # type: ignore[no-untyped-call]
    return out.getvalue()


def _figure(sheet: Sheet, dots_per_inch: int) -> Figure:
    figure = Figure(figsize=(sheet.width / _INCH, sheet.height / _INCH), dpi=dots_per_inch, facecolor="#ffffff")
    to_sheet = Affine2D().scale(1 / _INCH, -1 / _INCH).translate(0, sheet.height / _INCH) + figure.dpi_scale_trans
    outlines = {name: _path((outline,), closed=True) for name, outline in sheet.clips.items()}
    for order, mark in enumerate(sheet.marks):
        for artist in _artists(mark, to_sheet):
            artist.set_zorder(order)
            figure.add_artist(artist)
            if not isinstance(mark, Pill) and mark.clip:
                artist.set_clip_path(outlines[mark.clip], to_sheet)
    return figure


def _artists(mark: Mark, to_sheet: Transform) -> list[PathPatch | Text]:
    if isinstance(mark, Words):
        halos = [_halo(mark, run, to_sheet) for run in mark.runs] if mark.halo else []
        return [*(halo for halo in halos if halo), *(_text(mark, run, to_sheet) for run in mark.runs)]
    if isinstance(mark, Pill):
        return [_patch(_pill(mark), mark.fill, mark.pen, to_sheet)]
    if not mark.lines:
        return []
    fill = mark.fill if mark.fill_opacity == 1 or mark.fill is None else mark.fill + f"{round(255 * mark.fill_opacity):02x}"
    return [_patch(_path(mark.lines, closed=mark.closed), fill, mark.pen, to_sheet)]


def _patch(path: Path, fill: str | None, pen: Pen | None, to_sheet: Transform) -> PathPatch:
    patch = PathPatch(path, facecolor=fill or "none", edgecolor="none", linewidth=0, transform=to_sheet)
    if pen:
        patch.set_edgecolor(pen.colour + f"{round(255 * pen.opacity):02x}")
        patch.set_linewidth(pen.width)
        patch.set_joinstyle("round")
        patch.set_capstyle("butt" if pen.dash else "round")
        if pen.dash:
            patch.set_linestyle((0, [length / pen.width for length in pen.dash]))  # matplotlib counts in widths of the line
    return patch


def _path(lines: tuple[Line, ...], *, closed: bool) -> Path:
    """Lines as one path."""
    points, codes = [], []
    for line in lines:
        if len(line) < 2:
            continue
        points.append(np.concatenate([line, line[:1]]) if closed else line)
        codes.append(np.full(len(points[-1]), Path.LINETO))
        codes[-1][0] = Path.MOVETO
        if closed:
            codes[-1][-1] = Path.CLOSEPOLY
    return Path(np.concatenate(points), np.concatenate(codes)) if points else Path(np.zeros((0, 2)))


def _pill(pill: Pill) -> Path:
    box, r = pill.box, pill.box.height / 2
    left, right, k = box.x + r, box.right - r, _BEND * r
    middle, top, foot = box.y + r, box.y, box.bottom
    points = [
        (left, top), (right, top), (right + k, top), (box.right, middle - k), (box.right, middle), (box.right, middle + k),
        (right + k, foot), (right, foot), (left, foot), (left - k, foot), (box.x, middle + k), (box.x, middle),
        (box.x, middle - k), (left - k, top), (left, top), (left, top),
    ]  # fmt: skip
    codes = [Path.MOVETO, Path.LINETO, *[Path.CURVE4] * 6, Path.LINETO, *[Path.CURVE4] * 6, Path.CLOSEPOLY]
    return Path(points, codes)


def _text(words: Words, run: Run, to_sheet: Transform) -> Text:
    """Letters as they are: `$` starts no formula."""
    return Text(
        words.x + run.x, words.y, run.text, color=words.colour, fontproperties=_font(words, run), parse_math=False,
        verticalalignment="baseline", horizontalalignment="left", transform=to_sheet,
    )  # fmt: skip


def _halo(words: Words, run: Run, to_sheet: Transform) -> PathPatch | None:
    """The outlines of the letters, drawn broad beneath them."""
    points, codes = text_to_path.get_text_path(_font(words, run), run.text, ismath=False)
    if not len(points):
        return None
    shape = np.asarray(points) * np.array([1, -1]) * words.size / text_to_path.FONT_SCALE
    path = Path(shape + np.array([words.x + run.x, words.y]), codes)
    return _patch(path, None, Pen(words.halo or "#ffffff", _HALO), to_sheet)


def _font(words: Words, run: Run) -> FontProperties:
    return FontProperties(fname=run.font, size=words.size)
