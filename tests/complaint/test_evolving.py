"""Values made the short way are the values that dataclasses make."""

from dataclasses import FrozenInstanceError, dataclass, field, replace

import pytest

from bot.complaint.evolving import evolved, swift


@swift
@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A parcel."""

    number: int
    weight: float = 1.0
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """A parcel has a number."""
        if self.number < 1:
            raise ValueError("no number")


def test_a_swift_value_is_filled_as_any_other() -> None:
    """With what is given, what is usual, and what is new for each."""
    one, other = Parcel(number=1), Parcel(number=1, weight=2.0)
    assert (one.number, one.weight, one.notes) == (1, 1.0, [])
    assert one.notes is not other.notes
    assert other == Parcel(number=1, weight=2.0) == replace(one, weight=2.0)
    assert repr(one) == "Parcel(number=1, weight=1.0, notes=[])"
    assert evolved(one, {"weight": 3.0}) == Parcel(number=1, weight=3.0)


def test_a_swift_value_is_as_firm_as_any_other() -> None:
    """Nothing changes it, nothing is missing, nothing is too much, and it is checked."""
    one = Parcel(number=1)
    with pytest.raises(FrozenInstanceError):
        one.number = 2  # type: ignore[misc]
    with pytest.raises(TypeError, match="missing"):
        Parcel()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="unexpected"):
        Parcel(number=1, colour="red")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="no field colour"):
        evolved(one, {"colour": "red"})
    with pytest.raises(ValueError, match="no number"):
        Parcel(number=0)
