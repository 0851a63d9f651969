"""Lines that break a rule of the trade, each with a neighbour that does not."""

import pytest
from _pytest.mark import ParameterSet

from bot.wording import Finding


def both(source: str, *lines: tuple[str, str, str]) -> list[ParameterSet]:
    """One case for each line: the source, then (language, wrong, right)."""
    return [pytest.param(source, *line, id=f"{source}-{line[0]}-{line[1][:16]}") for line in lines]


def caught(found: list[Finding], source: str) -> bool:
    """Found by this row of the trade, with why it is wrong and what to say instead."""
    return any(source in one.source and "; rather: " in one.hint and one.words for one in found)
