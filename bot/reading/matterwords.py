"""What a story is about where it is not about goods, and where it is stuck: for plans and remedies that fit."""

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files

from bot.reading.folding import fold

REMEMBERED = 1024
_DROPPED = re.compile(r"(?:降|便宜|贵|差|跌)了?(?P<sum>\d{1,5}(?:\.\d{1,2})?)(?!\d|折|天|次|%|成)")


@lru_cache(maxsize=REMEMBERED)
def beside_goods(story: tuple[str, ...]) -> str:
    """`app` or `membership` where the fault is there; else empty.

    >>> beside_goods(("app一点就闪退",)), beside_goods(("积分怎么清零了",)), beside_goods(("鞋子开胶了",))
    ('app', 'membership', '')
    """
    told = fold("\n".join(story))
    return next((name for name, pattern in _patterns("matters").items() if pattern.search(told)), "")


@lru_cache(maxsize=REMEMBERED)
def finer(category: str, story: tuple[str, ...]) -> str:
    """`wrong_item` or `part_missing` of a `delivery`, `price_drop` of a `billing`; else empty."""
    told = fold("\n".join(story))
    return next((name for name, pattern in _patterns(category).items() if pattern.search(told)), "")


def price_drop(story: tuple[str, ...]) -> float | None:
    """By how much the price fell, where they say so (今天就降了80)."""
    found = _DROPPED.search(fold("\n".join(story)))
    return float(found["sum"]) if found else None


@lru_cache(maxsize=REMEMBERED)
def wronged(story: tuple[str, ...]) -> str:
    """`misconduct` where somebody of ours wronged them in person, `scam` where a stranger cheats them; else empty.

    >>> wronged(("你们店员偷拍我",)), wronged(("有人冒充你们客服",)), wronged(("店员态度差",))
    ('misconduct', 'scam', '')
    """
    told = fold("\n".join(story))
    return next((name for name, pattern in _patterns("grave").items() if pattern.search(told)), "")


def never_came(story: tuple[str, ...]) -> bool:
    """Whether the goods, or a part of them, never arrived: then nothing can be fetched back."""
    told = fold("\n".join(story))
    return _says("never_came", told) and not _says("wrong_one", told)


def awaits_refund(story: tuple[str, ...]) -> bool:
    """Whether a refund was granted before and has not arrived: then it is looked for, and not granted again."""
    return _says("refund_owed", fold("\n".join(story)))


def only_broken(story: tuple[str, ...]) -> bool:
    """Whether goods are broken and nothing was done about it yet: no matter of after-sales, whatever is asked for.

    >>> only_broken(("kettle broken refund me",)), only_broken(("kettle broken, nobody answers",))
    (True, False)
    """
    told = fold("\n".join(story))
    return _says("broken", told) and not _says("chases", told)


def broken_and_not_wronged(story: tuple[str, ...]) -> bool:
    """Whether goods are broken and people merely do not answer: the goods are the matter then.

    >>> broken_and_not_wronged(("冰箱坏了，没人管",)), broken_and_not_wronged(("壶坏了，店员骂我",))
    (True, False)
    """
    told = fold("\n".join(story))
    return _says("broken", told) and not _says("rude", told)


def is_for_skin_or_wash(product: str) -> bool:
    """Whether a thing is for the skin or the wash: gone bad it is thrown away, and nobody has eaten it."""
    return _says("for_skin_or_wash", fold(product))


def only_leaves(story: tuple[str, ...]) -> bool:
    """Whether they only want an account or a membership closed: nothing of theirs has come out.

    >>> only_leaves(("怎么注销会员",)), only_leaves(("我的电话被泄露了，给我注销",))
    (True, False)
    """
    told = fold("\n".join(story))
    return _says("leaves", told) and not _says("leaked", told)


def has_come(words: str) -> bool:
    """Whether they say that what was agreed has arrived.

    >>> has_come("收到了"), has_come("还没收到")
    (True, False)
    """
    return _says("has_come", fold(words.strip()))


def is_undone(words: str) -> bool:
    """Whether they say that what was to be done for them was not, the money not paid or the fault not mended.

    >>> is_undone("钱根本没到账"), is_undone("your refund never came"), is_undone("没什么，都解决了")
    (True, True, False)
    """
    return _says("undone", fold(words))


def has_no_order(words: str) -> bool:
    """Whether they say that they know of no order.

    >>> has_no_order("我不知道什么订单号"), has_no_order("订单8841")
    (True, False)
    """
    return _says("no_order", fold(words))


def appliance_failed(story: tuple[str, ...]) -> bool:
    """Whether what should keep food cold has failed, so that spoilt food is its consequence."""
    return _says("appliance", fold("\n".join(story)))


def names_place(words: str) -> bool:
    """Whether the words say where it was bought or eaten."""
    return _says("place", fold(words.strip())) and not asks_back(words)


def sounds_odd(words: str) -> bool:
    """Whether they ask if it is normal, or why it does so."""
    return _says("odd", fold(words))


def says_no_complaint(words: str) -> bool:
    """Whether they say themselves that it is none."""
    return _says("no_complaint", fold(words))


def tells_what_came(words: str) -> bool:
    """Whether they tell what was promised, or what came of it: a matter without a word for a fault.

    >>> tells_what_came("你们直播间说买二送一 结果就发了两个"), tells_what_came("我要投诉你们公司")
    (True, False)
    """
    return _says("tells_what_came", fold(words))


def expires_soon(story: tuple[str, ...]) -> bool:
    """Whether food is only near its date: that makes nobody ill.

    >>> expires_soon(("牛奶还有两天过期",)), expires_soon(("牛奶过期两天了",))
    (True, False)
    """
    return _says("expires_soon", fold("\n".join(story)))


def only_feels(words: str) -> bool:
    """Whether they name a feeling alone, and nothing that caused it."""
    return _says("feeling", fold(words.strip()))


def asks_what_we_mean(words: str) -> bool:
    """Whether they did not understand our question."""
    return _says("what_you_mean", fold(words.strip()))


def pest_at_a_place(story: tuple[str, ...]) -> bool:
    """Whether vermin was seen in a shop or a room, and not in what was eaten.

    >>> pest_at_a_place(("你们店里有老鼠",)), pest_at_a_place(("在你们店里吃的面，面里有虫",))
    (True, False)
    """
    told = fold("\n".join(story))
    return _says("pest", told) and not _says("eaten_of", told)


def asks_for_something(words: str) -> bool:
    """Whether the words ask for anything, and do not only tell.

    >>> asks_for_something("给我送来"), asks_for_something("买的牛奶给我送来一箱猫砂")
    (True, False)
    """
    return _says("asks_for", _patterns("signs")["brought"].sub(" ", fold(words)))


def asks_of_eating(words: str) -> bool:
    """Whether a question is about eating or using it, and not about who did.

    >>> asks_of_eating("还能吃吗"), asks_of_eating("要不要去医院")
    (True, False)
    """
    return _says("of_eating", fold(words))


def speaks_of_redress(words: str) -> bool:
    """Whether a word of giving back, changing, mending or paying stands there, asked for or not.

    >>> speaks_of_redress("钱咋来的咋回去"), speaks_of_redress("我吐出来了，应该没咽下去")
    (True, False)
    """
    return _says("redress", fold(words))


def called_order(words: str) -> str:
    """The number that they call an order's; empty where they call none so.

    >>> called_order("哦我说错了单号是8814"), called_order("赔我8814")
    ('8814', '')
    """
    found = _patterns("signs")["order_called"].search(fold(words))
    return next((one for one in found.groups() if one), "") if found else ""


def asks_back(words: str) -> bool:
    """Whether a question is asked instead of an answer given."""
    return _says("asks_back", fold(words.strip()))


def _says(name: str, told: str) -> bool:
    return _patterns("signs")[name].search(told) is not None


@cache
def _patterns(table: str) -> dict[str, re.Pattern[str]]:
    raw = tomllib.loads((files("bot.reading") / "matterwords.toml").read_text(encoding="utf-8"))
    return {name: re.compile("|".join(f"(?:{one})" for one in ways)) for name, ways in raw[table].items()}
