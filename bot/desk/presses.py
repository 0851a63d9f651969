"""The data of desk buttons: what is pressed, and for which case."""

from typing import Final, NamedTuple

from bot.complaint.ids import CaseNo

NO_CASE: Final = CaseNo("-")
"""The case part of buttons that belong to no case."""


class Press(NamedTuple):
    """A desk button's data: `act`, optional `value`, and the case it belongs to."""

    act: str
    value: str
    no: CaseNo


def press_data(act: str, value: str, no: CaseNo) -> str:
    """The data of a button, at most 64 bytes, as Telegram demands."""
    return f"d|{act}|{value}|{no}"


def read_press(data: str) -> Press | None:
    """What a button's data says; None if it is none of the desk's."""
    parts = data.split("|")
    if len(parts) != 4 or parts[0] != "d":  # noqa: PLR2004 - as press_data writes it
        return None
    return Press(parts[1], parts[2], CaseNo(parts[3]))
