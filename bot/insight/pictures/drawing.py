"""The canvas of a picture: layout, type sizes, and five colours."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.patches import FancyBboxPatch
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from PIL import Image

BLUE: Final = "#0B6BAF"
ORANGE: Final = "#D55E00"
"""Both are told apart by whoever sees no red or no green."""
INK: Final = "#1D232E"
GREY: Final = "#6F7783"
PALE: Final = "#DDE2E9"

WIDTH: Final = 960
HEIGHT: Final = 1200
"""Pixels. Telegram shows a photo of this size as it is."""
DPI: Final = 160
LEFT: Final = 0.055
RIGHT: Final = 0.945
BODY: Final = 14.0
SMALL: Final = 12.0
HEAD: Final = 22.0
NARROWEST: Final = 0.24
WIDEST: Final = 0.42
"""The largest share of the width for the names before bars."""
MISSING: Final = "?"


@cache
def font_file() -> str:
    """Where our own font is: it holds what Chinese and English need, whatever the machine has."""
    with as_file(files("bot.insight.pictures") / "font" / "hans.otf") as path:
        return str(path)


@cache
def _face() -> FontProperties:
    return FontProperties(fname=font_file())


@cache
def _known() -> frozenset[int]:
    return frozenset(FT2Font(font_file()).get_charmap())


def drawable(text: str) -> str:
    """The text without characters that the font lacks."""
    if text.isascii():
        return text.replace("$", r"\$")
    kept = "".join(sign if ord(sign) in _known() else MISSING for sign in text if sign.isprintable())
    return kept.replace(MISSING * 2, MISSING).replace("$", r"\$")


def cut(text: str, most: float) -> str:
    """The text cut to this width, in widths of a Chinese character."""
    room = most
    for place, sign in enumerate(text):
        room -= 1.0 if ord(sign) >= 0x2E80 else 0.5  # noqa: PLR2004 - where wide characters begin
        if room < 0:
            return text[: max(1, place - 1)].rstrip() + "…"
    return text


def width_of(text: str) -> float:
    """How wide a text is, in widths of a Chinese character."""
    return sum(1.0 if ord(sign) >= 0x2E80 else 0.5 for sign in text)  # noqa: PLR2004 - as in `cut`


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A bar with a name before it and an amount behind it."""

    name: str
    value: float | None
    """None where it is of too few to be told."""
    label: str
    strong: bool = False
    colour: str = BLUE


class Drawing:
    """One picture. Positions are shares of its height from the top, or of its width from the left."""

    def __init__(self, title: str, above: str) -> None:
        self._figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor="white")
        self._canvas = FigureCanvasAgg(self._figure)
        self.write(LEFT, 0.042, above, size=SMALL, colour=GREY)
        self.write(LEFT, 0.092, title, size=self._fitting(title), strong=True)

    @staticmethod
    def _fitting(title: str) -> float:
        """The largest type in which the title stands in one line."""
        room = (RIGHT - LEFT) * WIDTH / DPI * 72
        return min(HEAD, room / max(width_of(title), 1.0))

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = BODY,
        colour: str = INK,
        align: str = "left",
        strong: bool = False,
    ) -> None:
        """Text at a position; strong text is bolder."""
        said = self._figure.text(x, 1 - y, drawable(text), fontsize=size, color=colour, ha=align, va="center")
        _dress(said, size, colour, strong=strong)

    def heading(self, y: float, text: str, note: str = "") -> None:
        """Over a part of the picture: what it shows, and of how many."""
        self.write(LEFT, y, text, size=BODY + 1, strong=True)
        if note:
            self.write(RIGHT, y, note, size=SMALL, colour=GREY, align="right")

    def foot(self, text: str) -> None:
        """Below everything: how to read it."""
        self.write(LEFT, 0.97, text, size=SMALL - 1, colour=GREY)

    def axes(self, top: float, bottom: float, *, left: float = LEFT, right: float = RIGHT) -> Axes:
        """A bare field to draw on."""
        field = self._figure.add_axes((left, 1 - bottom, right - left, bottom - top))
        field.set_axis_off()
        return field

    def bars(self, top: float, bottom: float, rows: Sequence[Row], *, full: float | None = None) -> None:
        """Horizontal bars. `full` is the value of the longest possible bar."""
        field = self.axes(top, bottom)
        if not rows:
            return
        names = min(WIDEST, max((_share_of(one.name, BODY) for one in rows), default=NARROWEST))
        names = max(NARROWEST, names)
        most = full or max((one.value or 0 for one in rows), default=0) or 1
        room = 1 - names - 0.02 - max((_share_of(one.label, SMALL + 1) for one in rows), default=0.1)
        height = (bottom - top) * HEIGHT / max(len(rows), 1)
        for place, one in enumerate(rows):
            self._bar(field, -float(place), one, names, room * (one.value or 0) / most, height)
        field.set_xlim(0, 1)
        field.set_ylim(-len(rows) + 0.5, 0.5)

    @staticmethod
    def _bar(field: Axes, y: float, one: Row, names: float, length: float, height: float) -> None:
        thick = min(0.58, 34 / height)
        if one.value is not None:
            field.barh(y, max(length, 0.004), height=thick, left=names, color=one.colour)
        most = names * (RIGHT - LEFT) * WIDTH / DPI * 72 / BODY - 0.6
        put(field, 0, y, cut(one.name, most), size=BODY, strong=one.strong)
        end = names + (max(length, 0.004) + 0.015 if one.value is not None else 0)
        colour = INK if one.value is not None else GREY
        put(field, end, y, one.label, size=SMALL + 1, colour=colour, strong=one.strong)

    def tile(self, box: tuple[float, float, float, float], number: str, name: str, note: str = "") -> None:
        """A number in a box of its own: left, top, right, bottom."""
        left, top, right, bottom = box
        field = self.axes(top, bottom, left=left, right=right)
        field.set_xlim(0, 1)
        field.set_ylim(0, 1)
        shape = "round,pad=0,rounding_size=0.06"
        field.add_patch(FancyBboxPatch((0, 0), 1, 1, boxstyle=shape, facecolor="#F2F5F8", edgecolor="none"))
        room = (right - left) * WIDTH / DPI * 72 * 0.88
        size = min(HEAD + 2, room / max(width_of(number), 1))
        put(field, 0.06, 0.76, name, size=min(SMALL + 1, room / max(width_of(name), 1)), colour=GREY)
        put(field, 0.06, 0.43, number, size=size, strong=True)
        put(field, 0.06, 0.14, note, size=SMALL - 1, colour=GREY)

    def png(self) -> bytes:
        """The picture as a file."""
        self._canvas.draw()  # type: ignore[no-untyped-call]
        dots = self._canvas.buffer_rgba()  # type: ignore[no-untyped-call]
        drawn = Image.fromarray(np.asarray(dots)).convert("RGB")
        out = BytesIO()
        # nothing shines through: without that channel, and less pressed, it takes half the time and is no larger
        drawn.save(out, format="png", compress_level=3)
        return out.getvalue()


def put(  # noqa: PLR0913 - where, what, and how
    field: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: float = SMALL,
    colour: str = INK,
    align: str = "left",
    upright: str = "center",
    strong: bool = False,
) -> None:
    """Words at a place of a field, in its own units."""
    said = field.text(x, y, drawable(text), ha=align, va=upright, color=colour)
    _dress(said, size, colour, strong=strong)


def _dress(said: Text, size: float, colour: str, *, strong: bool) -> None:
    said.set_fontproperties(_face())
    said.set_fontsize(size)
    if strong:
        said.set_path_effects([withStroke(linewidth=size / 26, foreground=colour)])


def _share_of(text: str, size: float) -> float:
    """Which share of the width a text takes."""
    return (width_of(text) + 1.0) * size / ((RIGHT - LEFT) * WIDTH / DPI * 72)
