"""What the machine lacks for a while costs nobody their answer."""

from errno import EACCES, EMFILE, ENFILE, ENOENT, ENOMEM

import pytest

from bot.office.turns.shortage import is_shortage


@pytest.mark.parametrize("number", [EMFILE, ENFILE, ENOMEM])
def test_what_comes_back_by_itself_is_a_shortage(number: int) -> None:
    """A row that failed for want of it is tried until it is there, however often."""
    assert is_shortage(OSError(number, "a file of ours"))


@pytest.mark.parametrize("error", [OSError(ENOENT, "x"), PermissionError(EACCES, "x"), KeyError("x")])
def test_what_somebody_must_mend_is_none(error: Exception) -> None:
    """A row that fails by a fault is set aside after a few tries, and the desk is told."""
    assert not is_shortage(error)
