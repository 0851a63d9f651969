"""The evidence pack as PDF, with its own font so that it prints the same everywhere (R50)."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.wording.pack import Pack, Section

if TYPE_CHECKING:
    from fpdf import FPDF

MARGIN: Final = 18
LABEL: Final = 46
"""Millimetres that the left column has."""
WIDTH: Final = 210 - 2 * MARGIN
FACE: Final = "own"
HASH: Final = "SHA-256 "
MISSING: Final = "□"
"""Replaces characters that the font lacks; the text file has them all."""
_INK: Final = (28, 28, 30)
_FAINT: Final = (110, 110, 115)
_RULE: Final = (200, 200, 205)


def as_pdf(pack: Pack, font: Path) -> bytes:
    """The pack as PDF, in this font (an OpenType file)."""
    page = _blank(pack, font)
    _write(page, pack.title, size=20, height=10)
    _write(page, pack.under, size=10, height=6, colour=_FAINT)
    for one in pack.sections:
        _section(page, one)
    page.ln(6)
    _write(page, pack.note, size=9, height=5, colour=_FAINT)
    return bytes(page.output())


def _blank(pack: Pack, font: Path) -> "FPDF":
    # a third of the start's time, for what is asked for now and then
    from fpdf import FPDF  # noqa: PLC0415

    class PackPages(FPDF):
        """A page with its number and the case's at the foot."""

        def footer(self) -> None:
            self.set_y(-14)
            self.set_font(FACE, size=8)
            self.set_text_color(*_FAINT)
            self.cell(0, 5, f"{pack.no} · {self.page_no()}/{{nb}}", align="R")

        def normalize_text(self, text: str) -> str:
            """The text without signs that would leave a hole."""
            known = getattr(self.fonts[FACE], "cmap", {})
            return "".join(one if ord(one) in known or one in "\n{}" else MISSING for one in text)

    page = PackPages(format="A4")
    page.set_margins(MARGIN, MARGIN, MARGIN)
    page.set_auto_page_break(True, margin=20)
    page.add_font(FACE, fname=str(font))
    page.set_title(pack.title)
    page.add_page()
    return page


def _write(
    page: "FPDF", text: str, *, size: float, height: float, colour: tuple[int, int, int] = _INK
) -> None:
    page.set_font(FACE, size=size)
    page.set_text_color(*colour)
    page.multi_cell(WIDTH, height, text, align="L", new_x="LMARGIN", new_y="NEXT")


def _section(page: "FPDF", section: Section) -> None:
    page.ln(5)
    if page.will_page_break(24):
        page.add_page()
    _write(page, section.heading, size=13, height=8)
    page.set_draw_color(*_RULE)
    page.line(MARGIN, page.get_y(), 210 - MARGIN, page.get_y())
    page.ln(1.5)
    for label, value in section.rows:
        _row(page, label, value)


def _row(page: "FPDF", label: str, value: str) -> None:
    """A label and its value side by side; what has no label takes the whole width."""
    height = 5.6
    if page.will_page_break(height * 2):
        page.add_page()
    page.set_text_color(*_FAINT)
    page.set_font(FACE, size=9)
    top, number = page.get_y(), page.page_no()
    if label:
        page.multi_cell(LABEL, height, label, align="L", new_x="LMARGIN", new_y="NEXT")
    bottom, last = page.get_y(), page.page_no()
    if last == number:
        page.set_y(top)
    page.set_x(MARGIN + (LABEL if label else 0))
    page.set_text_color(*_INK)
    # a fingerprint stays on one line, to be compared at a glance
    page.set_font(FACE, size=8.4 if HASH in value else 10.5)
    page.multi_cell(WIDTH - (LABEL if label else 0), height, value, align="L", new_x="LMARGIN", new_y="NEXT")
    if page.page_no() == number:
        page.set_y(max(bottom, page.get_y()))
    page.ln(0.8)
