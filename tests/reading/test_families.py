"""The seventeen families of risk, read as their table says."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.complaint.reading import Family, Reading

_TABLE = tomllib.loads((Path(__file__).parent / "families.toml").read_text(encoding="utf-8"))
_EXCEPTIONS = tomllib.loads((Path(__file__).parent / "exceptions.toml").read_text(encoding="utf-8"))
_EXCEPT = {(one["family"], one["said"]) for one in _EXCEPTIONS["family"]}
_DANGERS = (Family.INJURY, Family.SELF_HARM, Family.EXTORTION)
_SHOWN = [
    (family, said)
    for family, rows in _TABLE.items()
    for said in (*rows["zh"], *rows["en"])
    if (family, said) not in _EXCEPT
]
_NOT_SHOWN = [
    (family, said)
    for family, rows in _TABLE.items()
    for said in rows["never"]
    if (family, said) not in _EXCEPT
]


def test_every_family_has_its_table() -> None:
    """No family of risk goes without a table of what shows it and what does not."""
    assert set(_TABLE) == {family.value for family in Family}


@pytest.mark.parametrize(("family", "said"), _SHOWN)
def test_a_cue_shows_its_family(read: Callable[..., Reading], family: str, said: str) -> None:
    """Every cue of the table raises its family by itself."""
    assert read(said).shows(Family(family))


@pytest.mark.parametrize(("family", "said"), _NOT_SHOWN)
def test_what_only_looks_like_it_shows_nothing(read: Callable[..., Reading], family: str, said: str) -> None:
    """Idioms, product names, questions and others' affairs raise no alarm."""
    assert not read(said).shows(Family(family))


@pytest.mark.parametrize("said", [said for family in _DANGERS for said in _TABLE[family]["zh"]])
def test_danger_is_read_in_the_middle_of_a_story(read: Callable[..., Reading], said: str) -> None:
    """A sign of danger counts as much inside a longer message as alone."""
    reading = read(f"你好，上周在你们店里买的东西。{said}。你们看看吧")
    assert any(reading.shows(family) for family in _DANGERS)


@pytest.mark.practice("R45")
@pytest.mark.parametrize(
    "said",
    [
        "三天内不退款我就向12315投诉",
        "不给说法我们法院见",
        "我会如实写一条差评",
        "要求退一赔三，不行就找消协调解",
        "赔我医药费1200，有发票，不然我起诉",
        "refund me or I go to the ombudsman",
    ],
)
def test_a_lawful_step_is_a_right_and_never_extortion(read: Callable[..., Reading], said: str) -> None:
    """Who demands what is due and names a lawful step is not called an extortionist."""
    assert not read(said).shows(Family.EXTORTION)
