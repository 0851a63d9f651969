"""The read-back before any assessment or offer: recorded facts, with a button to correct each (S92)."""

import re
from typing import Any, Final
from zlib import crc32

from bot.complaint.actions import Button, Rows
from bot.complaint.case import Case
from bot.dialogue.draft import Draft
from bot.reading.folding import fold

POINTS: Final = 3
_ENDINGS: Final = frozenset("子机器头的")
"""Characters that end the names of many kinds of thing."""
_TROUBLE: Final = re.compile("[不没坏破漏裂断掉松响臭味慢晚少缺错脏湿皱褪开脱卡烫降扣丢碎霉酸苦]")
_SAYABLE: Final = range(5, 19)
"""Characters of a clause that can be said back."""
_CLAUSE: Final = re.compile(r"[\s，。！？；、,.!?;]+")
_UNSAYABLE: Final = re.compile(
    r"[你您咱吗呢么吧啊a-zA-Z\u202a-\u202e<>]|\d{4}|我们|什么|怎么|凭啥|为啥|到底|居然|竟然|垃圾|骗|妈|操|狗|屎|傻|滚|烂|坑|赔|退我|给我"
)
"""Questions, insults, demands and what is said to us: not to be repeated as if we said it."""
_SIGNS: Final = re.compile(r"[\u4e00-\u9fff]|[a-z]{3,}")


def understood(draft: Draft) -> dict[str, Any]:
    """The recorded facts for the read-back: the order if found, else their own points."""
    return {"order": draft.order, "points": list(draft.case.story[-POINTS:]), "told": told_other(draft)}


def told_other(draft: Draft) -> str | None:
    """The thing they spoke of, where the order that was found is for another one of ours."""
    told, order = draft.facts.product, draft.facts.order
    if told is None or order is None:
        return None
    ours = next(
        (one for one in draft.rules.products if order.product in (one.key, *one.names.values())), None
    )
    if ours is None:
        return None
    called = {sign for name in (*ours.names.values(), *ours.words) for sign in _signs(name)}
    return None if called & set(_kind(told)) else told


def _kind(name: str) -> list[str]:
    """What makes the thing: the last Chinese character that says so, or any word of a Latin name.

    An electric kettle and an electric pan share only the current.
    """
    signs = _signs(name)
    if not signs or signs[0].isascii():
        return signs
    telling = [one for one in signs if one not in _ENDINGS]
    return telling[-1:] or signs


def _signs(name: str) -> list[str]:
    """Chinese text by character, other text by word."""
    return _SIGNS.findall(fold(name))


def read_back(draft: Draft) -> dict[str, Any]:
    """The same for a message that says it only where it was not said yet as it now stands."""
    facts = draft.facts
    known = repr((facts.product, facts.order_no, facts.bought, facts.batch_no))
    name = f"noted:{crc32(known.encode()):08x}"
    new = not draft.was_said(name)
    draft.remember(name)
    return {**understood(draft), "noted": new and bool(facts.order or draft.case.story)}


def mend_row(draft: Draft) -> Rows:
    """A button to correct each recorded fact; none if nothing is known."""
    facts = draft.facts
    known = {
        "product": facts.product,
        "order_no": facts.order_no,
        "bought": facts.bought,
        "wish": draft.case.wishes,
    }
    row = tuple(Button(f"mend_{one}", "mend", one) for one, value in known.items() if value)
    return (row,) if row else ()


def in_their_words(case: Case) -> str:
    """What happened as they put it, short enough to be said back in half a sentence (S59); empty if nothing fits."""
    product, issue = case.facts.product or "", case.facts.issue
    clauses = [one for point in case.story for one in _CLAUSE.split(point) if _fits(one)]
    about = issue or ((product,) if product else ())
    telling = next((one for one in clauses if not about or any(word in one for word in about)), "")
    thing = product if issue and product not in telling else ""
    found = (thing + telling.removeprefix("我")).replace("我", "您") if telling else ""
    return found if len(found) <= _SAYABLE.stop else ""


def _fits(clause: str) -> bool:
    return len(clause) in _SAYABLE and bool(_TROUBLE.search(clause)) and not _UNSAYABLE.search(clause)
