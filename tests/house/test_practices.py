"""The practices of the trade are traced to tests."""

from tests.practices import EVERY, WAITING, held


def test_every_practice_is_held_or_known_to_wait() -> None:
    """Nothing of the trade is forgotten: a practice has its tests, or stands on the list of what is to come."""
    waiting = {code for codes in WAITING.values() for code in codes.split()}

    assert set(EVERY) - set(held()) - waiting == set()


def test_no_mark_names_a_practice_that_does_not_exist() -> None:
    """A slip of the pen holds nothing."""
    assert set(held()) - set(EVERY) == set()
