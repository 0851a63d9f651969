"""A link as a QR code for the screen."""

from base64 import b64encode
from io import BytesIO
from typing import Final

SCALE: Final = 8
"""Dots of one module."""
QUIET: Final = 4
"""Modules left white around the code: what the standard asks for."""


def on_screen(link: str) -> str:
    """The code as a PNG in base64."""
    import segno  # noqa: PLC0415 - seldom needed, and not free at the start

    out = BytesIO()
    segno.make_qr(link, error="m").save(out, kind="png", scale=SCALE, border=QUIET)
    return b64encode(out.getvalue()).decode()
