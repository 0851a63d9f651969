"""The shape of a message, which the learned reader hears beside its words."""

import pytest

from bot.reading.shape import shape_of


def test_shouting_is_told_from_a_form() -> None:
    """A few words in capitals are shouted; a text that is capitals throughout was typed so."""
    assert "#capitals2" in shape_of("STILL waiting, this is NOT fine")
    assert "#form" in shape_of("THE CONTACT OWNS A VAN. THE DOOR WILL NOT LATCH.")
    assert "#form" not in shape_of("车门关不上")


@pytest.mark.parametrize(
    ("one", "other"),
    [("好吃", "好吃！！！"), ("还有货", "还有货吗"), ("到了", "到了😡"), ("到了\n不对", "到了不对")],
)
def test_the_same_words_in_another_shape_are_heard_apart(one: str, other: str) -> None:
    """Calls, questions, faces and lines each leave a mark."""
    assert shape_of(one) != shape_of(other)


def test_full_width_and_half_width_have_one_shape() -> None:
    """Whether a mark is typed wide or narrow says nothing."""
    assert shape_of("人呢？快点！") == shape_of("人呢?快点!")


def test_only_the_beginning_of_a_wall_is_looked_at() -> None:
    """A text of any length costs no more than a long complaint."""
    assert shape_of("坏" * 700 + "！！！") == shape_of("坏" * 700)
