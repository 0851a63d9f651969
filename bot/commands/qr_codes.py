"""QR codes for print, as SVG or PNG: sized in millimetres, with a quiet zone and a label."""

from collections.abc import Sequence
from importlib.resources import as_file, files
from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape

import segno
from PIL import Image, ImageDraw, ImageFont

from bot.complaint.errors import SettingsWrong

QUIET: Final = 4
"""Modules left white around the code: what the standard asks for."""
SMALLEST: Final = 0.33
"""Millimetres of one module: smaller ones are not read by every phone."""
DOTS: Final = 600 / 25.4
"""Dots of a PNG in a millimetre, as printers have them."""
LINE: Final = 1.35
LETTERS: Final = 0.075
"""Height of the letters, in widths of the code."""
WIDE: Final = 0x2E80
"""Where signs begin that are twice as wide."""
_FONTS: Final = (
    "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, Helvetica, Arial, sans-serif"
)


def code_for(link: str, error: str, size: float) -> segno.QRCode:
    """The code of a link.

    Raises:
        SettingsWrong: so small nobody could read it.
    """
    code = segno.make_qr(link, error=error, boost_error=False)
    modules = len(code.matrix) + 2 * QUIET
    if size / modules < SMALLEST:
        least = modules * SMALLEST
        raise SettingsWrong(
            f"--size: at {size:g} mm the dots of this code are too fine for many phones. Write {least:.0f} or more."
        )
    return code


def as_svg(code: segno.QRCode, size: float, label: Sequence[str]) -> bytes:
    """The code as SVG: one path, and the label as text."""
    side = len(code.matrix) + 2 * QUIET
    letters: float = _letters(label) * side
    below = letters * LINE * len(label) + (letters * 0.4 if label else 0)
    words = "".join(
        f'<text x="{side / 2:g}" y="{side + letters * LINE * row - letters * 0.35:.2f}" text-anchor="middle" '
        f'font-family="{_FONTS}" font-size="{letters:.2f}">{escape(line)}</text>'
        for row, line in enumerate(label, 1)
    )
    height = side + below
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size:g}mm" height="{size * height / side:.2f}mm" '
        f'viewBox="0 0 {side} {height:.2f}"><rect width="100%" height="100%" fill="#fff"/>'
        f'<path d="{_path(code)}" fill="#000" shape-rendering="crispEdges"/>{words}</svg>\n'
    ).encode()


def _path(code: segno.QRCode) -> str:
    """The dark modules, row by row, each run as one stroke."""
    runs = []
    for y, row in enumerate(code.matrix, QUIET):
        x = 0
        while x < len(row):
            length = next((n for n, dark in enumerate(row[x:]) if not dark), len(row) - x)
            if length:
                runs.append(f"M{x + QUIET} {y}h{length}v1h-{length}z")
            x += length or 1
    return "".join(runs)


def as_png(code: segno.QRCode, size: float, label: Sequence[str]) -> bytes:
    """The code as PNG, with its size in millimetres noted in it."""
    side = len(code.matrix) + 2 * QUIET
    scale = max(1, round(size * DOTS / side))
    width = side * scale
    letters = int(_letters(label) * width)
    below = int(letters * (LINE * len(label) + 0.4)) if label else 0
    picture = Image.new("L", (width, width + below), 255)
    draw = ImageDraw.Draw(picture)
    for y, row in enumerate(code.matrix, QUIET):
        for x, dark in enumerate(row, QUIET):
            if dark:
                draw.rectangle((x * scale, y * scale, (x + 1) * scale - 1, (y + 1) * scale - 1), fill=0)
    if label:
        with as_file(files("bot.insight") / "pictures" / "font" / "hans.otf") as font:
            face = ImageFont.truetype(str(font), letters)
        for number, line in enumerate(label):
            place = (width / 2, width + letters * (LINE * number + 0.6))
            draw.text(place, line, font=face, fill=0, anchor="mm")
    file = BytesIO()
    dots = width / size * 25.4
    picture.convert("1").save(file, "PNG", dpi=(dots, dots))
    return file.getvalue()


def _letters(label: Sequence[str]) -> float:
    """Their height, in widths of the code: smaller where a line would not fit."""
    longest = max((_width(one) for one in label), default=1.0)
    return min(LETTERS, 0.94 / longest)


def _width(line: str) -> float:
    return sum(1.0 if ord(sign) >= WIDE else 0.56 for sign in line)
