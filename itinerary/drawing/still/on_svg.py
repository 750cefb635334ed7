"""A sheet as SVG: text stays text, nothing is fetched, and every word is escaped by the XML library."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring

import numpy as np

from itinerary.drawing.still.fonts import FAMILIES
from itinerary.drawing.still.marks import Mark, Pen, Pill, Shape, Sheet, Words

if TYPE_CHECKING:
    from itinerary.drawing.still.marks import Line

_WEIGHTS = {"regular": "400", "semibold": "600", "italic": "400"}
_HALO = 2.6  # points around letters, as a share of which both sides take half


def as_svg(sheet: Sheet) -> bytes:
    """The whole file, encoded as UTF-8."""
    width, height = _number(sheet.width), _number(sheet.height)
    root = Element("svg", {
        "xmlns": "http://www.w3.org/2000/svg", "width": f"{width}pt", "height": f"{height}pt", "viewBox": f"0 0 {width} {height}",
        "role": "img", "font-family": FAMILIES,
    })  # fmt: skip
    SubElement(root, "title").text = sheet.title
    SubElement(root, "desc").text = sheet.description
    defs = SubElement(root, "defs")
    for name, outline in sheet.clips.items():
        SubElement(SubElement(defs, "clipPath", {"id": name}), "path", {"d": _path((outline,), closed=True)})
    SubElement(root, "rect", {"width": width, "height": height, "fill": "#ffffff"})
    for clip, marks in groupby(sheet.marks, key=lambda mark: None if isinstance(mark, Pill) else mark.clip):
        group = SubElement(root, "g", {"clip-path": f"url(#{clip})"}) if clip else root
        for mark in marks:
            _add(group, mark)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _add(parent: Element, mark: Mark) -> None:
    if isinstance(mark, Words):
        _add_words(parent, mark)
    elif isinstance(mark, Pill):
        box = mark.box
        SubElement(parent, "rect", {
            "x": _number(box.x), "y": _number(box.y), "width": _number(box.width), "height": _number(box.height),
            "rx": _number(box.height / 2), "fill": mark.fill, **_stroke(mark.pen),
        })  # fmt: skip
    elif mark.lines:
        _add_shape(parent, mark)


def _add_shape(parent: Element, shape: Shape) -> None:
    look = {"d": _path(shape.lines, closed=shape.closed), "fill": shape.fill or "none", **_stroke(shape.pen)}
    if shape.fill_opacity < 1:
        look["fill-opacity"] = _number(shape.fill_opacity)
    SubElement(parent, "path", look)


def _add_words(parent: Element, words: Words) -> None:
    look = {
        "x": _number(words.x), "y": _number(words.y), "font-size": _number(words.size), "fill": words.colour,
        "font-weight": _WEIGHTS[words.face], "xml:space": "preserve",
    }  # fmt: skip
    if words.face == "italic":
        look["font-style"] = "italic"
    if words.halo:
        look |= {"stroke": words.halo, "stroke-width": _number(_HALO), "stroke-linejoin": "round", "paint-order": "stroke"}
    if len(words.text) > 1:  # where the reader's font is wider, its letters are drawn narrower
        look |= {"textLength": _number(words.width), "lengthAdjust": "spacingAndGlyphs"}
    SubElement(parent, "text", look).text = words.text


def _stroke(pen: Pen | None) -> dict[str, str]:
    if pen is None:
        return {}
    look = {"stroke": pen.colour, "stroke-width": _number(pen.width), "stroke-linejoin": "round"}
    look["stroke-linecap"] = "butt" if pen.dash else "round"
    if pen.dash:
        look["stroke-dasharray"] = " ".join(map(_number, pen.dash))
    if pen.opacity < 1:
        look["stroke-opacity"] = _number(pen.opacity)
    return look


def _path(lines: tuple[Line, ...], *, closed: bool) -> str:
    """Lines as path data: absolute starts, then relative steps, which are shorter; rounded so that errors don't add up."""
    parts = []
    for line in lines:
        if len(line) < 2:
            continue
        tenths = np.round(line * 10).astype(np.int64)
        steps = np.diff(tenths, axis=0)
        steps = steps[np.any(steps != 0, axis=1)]
        start = f"M{_tenth(tenths[0, 0])} {_tenth(tenths[0, 1])}"
        rest = " ".join(f"{_tenth(x)} {_tenth(y)}" for x, y in steps.tolist())
        parts.append(f"{start}l{rest or '0 0'}{'z' if closed else ''}")
    return "".join(parts)


def _tenth(value: int) -> str:
    return f"{value / 10:.1f}".removesuffix(".0")


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
