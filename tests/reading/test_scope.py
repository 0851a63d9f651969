"""Who is meant in a clause, and whether it is told as a fact."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from bot.complaint.reading import Family, Reading
from bot.reading.folding import fold
from bot.reading.scope import scope_of


def _marks(text: str) -> frozenset[str]:
    return scope_of(fold(text)).marks


@pytest.mark.parametrize(
    "text",
    ["膝盖磕破了一大块", "膝蓋磕破了一大塊", "my knee is swollen", "孩子的手指夹断了", "猫的爪垫扎破了"],
)
def test_a_hurt_part_of_the_body_is_told_as_a_fact(text: str) -> None:
    """Whosever body it is, in either script and language."""
    assert "@hurt:fact" in _marks(text)


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("女儿的嘴唇肿了", "child"),
        ("我的嘴唇肿了", "self"),
        ("外婆的脚踝肿了", "elder"),
        ("my dog's paw is swollen", "pet"),
        ("宝宝一喝，嘴唇肿了", "child'"),
    ],
)
def test_it_is_heard_who_is_hurt(text: str, whom: str) -> None:
    """The nearest before the hurt, or else in the clauses before."""
    assert f"@hurt/{whom}" in _marks(text)


def test_a_thing_that_is_broken_is_nobody_hurt() -> None:
    """A scratched screen bleeds nobody."""
    marks = _marks("屏幕划了一道")
    assert "@broken:fact" in marks
    assert "@hurt:fact" not in marks


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("嘴唇会肿吗", "asked"),
        ("does it make your lips swell?", "asked"),
        ("嘴唇没肿", "denied"),
        ("如果嘴唇肿了", "supposes"),
        ("听说有人嘴唇肿了", "told"),
        ("电影里他嘴唇肿了", "tale"),
        ("小时候嘴唇肿过", "not_now"),
        ("看得我眼睛疼", "degree"),
    ],
)
def test_what_is_not_told_as_a_fact_is_known_as_such(text: str, how: str) -> None:
    """Asked, denied, supposed, told of others, in a film, long ago, or a figure of speech."""
    scope = scope_of(fold(text))
    assert how in scope.hedged["harm"]


def test_one_fact_is_enough() -> None:
    """Who asks one thing and tells another has told it."""
    assert "harm" not in scope_of(fold("嘴唇会肿吗，我嘴唇肿了")).hedged


def test_a_text_without_any_sign_has_no_scope() -> None:
    """Nothing is told, so nothing is hedged."""
    assert scope_of(fold("请问几点关门")).hedged == {}


def test_a_very_long_text_is_read_in_its_beginning() -> None:
    """No text takes long."""
    assert "@hurt:fact" not in _marks("好" * 700 + "膝盖磕破了")


@pytest.mark.parametrize(
    "said",
    [
        "听说隔壁店有人吃完嘴唇肿了，你们家的放花生吗",
        "听说别家奶茶喝进去玻璃把嘴划破了，你们用什么杯子",
        "does this cream make your eyelids swell? haven't bought it yet",
    ],
)
def test_a_sign_that_is_only_asked_supposed_or_told_of_others_is_no_danger(
    read: Callable[..., Reading], said: str
) -> None:
    """Unless the rest of the text sounds like one."""
    assert not read(said).may_show(Family.INJURY, Family.SELF_HARM)


@pytest.mark.practice("R27")
@pytest.mark.parametrize(
    "said",
    [
        "会不会肿我不知道，反正我嘴唇已经肿成两倍了",
        "音质不错，就是耳朵里起了一圈水泡，流水了",
        "如果你们不处理我就去找药监，孩子的手指夹断了一截",
    ],
)
def test_a_fact_counts_beside_whatever_is_asked_or_praised(read: Callable[..., Reading], said: str) -> None:
    """No question, praise or condition beside it takes a danger back."""
    assert read(said).may_show(Family.INJURY)


_SAID = """
import sys
from bot.reading.folding import fold
from bot.reading.scope import scope_of
print([sorted(scope_of(fold(line)).marks) for line in sys.stdin])
"""
_TWO_WAYS = (
    "被你们催收催得我真不想活了，站阳台上半个钟头了\n"
    "the noise-cancelling is dead as a doornail on the right side, left one's fine, one ear of babies\n"
)
"""Words that mean two things, either of which makes the same sign."""


def test_it_is_the_same_in_every_process() -> None:
    """Nothing hangs on the order of a set, which each process draws anew: learned here, it is read so anywhere."""
    told = {
        subprocess.run(  # noqa: S603 - our own words
            [sys.executable, "-c", _SAID],
            input=_TWO_WAYS.encode(),
            env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in range(1, 7)
    }
    assert len(told) == 1
