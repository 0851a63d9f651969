"""Short answers mean what the question before them makes them mean."""

from collections.abc import Callable

import pytest

from bot.complaint.reading import Family, Intent, Reading

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("asked", "said", "intent"),
    [
        ("unharmed", "没有，都没事", Intent.SAYS_UNHARMED),
        ("unharmed", "没有", Intent.SAYS_UNHARMED),
        ("unharmed", "no", Intent.SAYS_UNHARMED),
        ("unharmed", "没受伤，就是吓了一跳", Intent.SAYS_UNHARMED),
        ("eaten", "没有", Intent.SAYS_UNHARMED),
        ("eaten", "吃了", Intent.SAYS_EATEN),
        ("eaten", "yes", Intent.SAYS_EATEN),
        ("agree", "好的", Intent.AGREES),
        ("agree", "ok", Intent.AGREES),
        ("agree", "no", Intent.REFUSES),
        ("agree", "不同意", Intent.REFUSES),
        ("order_no", "跳过", Intent.SKIPS),
        ("order_no", "没有", Intent.SKIPS),
        ("order_no", "不记得了", Intent.SKIPS),
        ("order_no", "skip", Intent.SKIPS),
    ],
)
def test_an_answer_is_understood(read: Read, asked: str, said: str, intent: Intent) -> None:
    """The pending question gives a short answer its meaning."""
    assert intent in read(said, asked=asked).intents


@pytest.mark.parametrize("said", ["没有", "没吃", "no", "还没吃就发现了"])
def test_not_eaten_is_not_eaten(read: Read, said: str) -> None:
    """A no to the question whether it was eaten is neither a yes nor a refusal."""
    intents = read(said, asked="eaten").intents
    assert Intent.SAYS_EATEN not in intents
    assert Intent.REFUSES not in intents


@pytest.mark.parametrize("said", ["有", "有一点", "yes", "我妈不小心划到手了，流了一点血"])
def test_yes_somebody_is_hurt(read: Read, said: str) -> None:
    """A plain yes to the question of harm is a sign of injury: doubt goes to the safe side."""
    reading = read(said, asked="unharmed")
    assert reading.shows(Family.INJURY)
    assert Intent.SAYS_UNHARMED not in reading.intents


def test_unwell_after_eating_is_harm(read: Read) -> None:
    """Asked whether it was eaten and anybody unwell, "a little" is harm."""
    assert read("有点", asked="eaten").shows(Family.INJURY)


@pytest.mark.practice("S48")
@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("明天上午", "tomorrow_morning"),
        ("明天下午打给我", "tomorrow_afternoon"),
        ("今天下午都行", "today_afternoon"),
        ("tomorrow morning please", "tomorrow_morning"),
        ("随时", None),
    ],
)
def test_a_time_for_the_call_is_heard(read: Read, said: str, when: str | None) -> None:
    """The half day that suits for a call."""
    assert read(said, asked="phone").when == when


@pytest.mark.parametrize("said", ["8841", "订单8841", "是8841"])
def test_a_bare_number_is_the_order_that_was_asked_for(read: Read, said: str) -> None:
    """Asked for the order number, a number is one, and no sum of money."""
    reading = read(said, asked="order_no")
    assert reading.slots.order_no == ("8841",)
    assert reading.remedy is None
    assert reading.slots.amount == ()


def test_a_batch_that_is_called_one_is_no_answer_to_the_question_for_an_order(read: Read) -> None:
    """Who reads the wrong number off the pack says which it is."""
    slots = read("批号L20260701", asked="order_no").slots
    assert (slots.order_no, slots.batch_no) == ((), ("L20260701",))


def test_a_bare_number_is_the_phone_that_was_asked_for(read: Read) -> None:
    """Asked for a telephone number, even an unusual one is taken."""
    assert read("5550177", asked="phone").slots.phone == ("5550177",)
    assert read("13812345678", asked="phone").slots.phone == ("13812345678",)


def test_without_a_question_a_no_is_only_a_no(read: Read) -> None:
    """Nothing is read into a no that answers nothing."""
    assert Intent.SAYS_UNHARMED not in read("没有").intents


@pytest.mark.practice("S95")
@pytest.mark.parametrize(
    "text", ["同意", "好的，谢谢", "行，就这样办", "可以，辛苦了", "没问题", "yes please", "OK", "👌"]
)
def test_a_plain_yes_to_what_binds_is_a_yes(read: Callable[..., Reading], text: str) -> None:
    """Thanks and the like may stand beside it."""
    assert Intent.AGREES in read(text, asked="agree").intents


@pytest.mark.practice("S95")
@pytest.mark.parametrize(
    "text",
    [
        "嗯……我看看",
        "好，让我考虑一下",
        "好贵",
        "可以吗？",
        "好的，但是要快",
        "同意才怪",
        "ok but when?",
        "行不行啊",
    ],
)
def test_a_yes_with_more_beside_it_settles_nothing(read: Callable[..., Reading], text: str) -> None:
    """Who hesitates, asks, or names a condition has not said yes to what binds."""
    assert Intent.AGREES not in read(text, asked="agree").intents


@pytest.mark.parametrize(
    "said",
    [
        "面包里有一根头发，没吃",
        "面包里有一根头发，还好没吃",
        "我女儿差点吃",
        "我女儿差点吃了",
        "差一点就喝下去了",
        "一看发霉了，谁都没敢吃",
        "a bug in it, i didn't eat it",
        "we almost ate it",
    ],
)
def test_not_eaten_is_heard_unasked(read: Read, said: str) -> None:
    """Who says by themselves that nothing was eaten has answered the question."""
    intents = read(said).intents
    assert Intent.SAYS_UNHARMED in intents
    assert Intent.SAYS_EATEN not in intents


@pytest.mark.parametrize(
    "said",
    ["我没吃，孩子吃了", "饭都没吃，外卖到现在没到", "没吃完就扔了", "从没吃过这么难吃的", "吃了一半才看见"],
)
def test_what_was_eaten_by_somebody_is_not_unharmed(read: Read, said: str) -> None:
    """A meal that was missed, left over or eaten by others says nothing of that."""
    assert Intent.SAYS_UNHARMED not in read(said).intents


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("还要多久", Intent.ASKS_STATUS),
        ("还要等多久啊", Intent.ASKS_STATUS),
        ("要等到什么时候", Intent.ASKS_STATUS),
        ("到底有没有人", Intent.WANTS_PERSON),
        ("还没人？", Intent.WANTS_PERSON),
        ("没人管我", Intent.WANTS_PERSON),
        ("is anyone there?", Intent.GREETS),
        ("anybody here", Intent.GREETS),
        ("is anyone even reading this?", Intent.WANTS_PERSON),
        ("吃进去有毒没", Intent.ASKS_IF_HARMFUL),
        ("这个涂层掉了吃下去有事吗", Intent.ASKS_IF_HARMFUL),
        ("吃了会不会中毒", Intent.ASKS_IF_HARMFUL),
        ("咽下去要不要紧啊", Intent.ASKS_IF_HARMFUL),
        ("掉的皮炒菜里吃了对身体有害吗", Intent.ASKS_IF_HARMFUL),
        ("is it poisonous if swallowed?", Intent.ASKS_IF_HARMFUL),
        ("will it hurt me if I ate some of it", Intent.ASKS_IF_HARMFUL),
        ("没事了", Intent.WITHDRAWS),
        ("没事儿了", Intent.WITHDRAWS),
        ("谢谢，没事了", Intent.WITHDRAWS),
        ("fixed it myself", Intent.WITHDRAWS),
        ("i dunno the order numbr", Intent.SKIPS),
        ("dont remember the order number", Intent.SKIPS),
        ("i lost my receipt", Intent.SKIPS),
    ],
)
def test_short_lines_in_peoples_own_words(read: Read, said: str, intent: Intent) -> None:
    """What waiting, calling, ending and not knowing sound like."""
    assert intent in read(said).intents


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("有没有人用过这款壶", Intent.WANTS_PERSON),
        ("我在3号楼，一直没人来", Intent.WANTS_PERSON),
        ("没事了吧？", Intent.WITHDRAWS),
        ("没事了，但是锅还是坏的", Intent.WITHDRAWS),
        ("all sorted, but where is the invoice", Intent.WITHDRAWS),
        ("you lost the order", Intent.SKIPS),
        ("is anyone there? my kettle leaks", Intent.WANTS_PERSON),
        ("吃了没事，就是来说一声", Intent.ASKS_IF_HARMFUL),
        ("你们几点开门 吃饭要不要排队", Intent.ASKS_IF_HARMFUL),
    ],
)
def test_what_only_sounds_like_them(read: Read, said: str, intent: Intent) -> None:
    """Words about others, questions and a "but" are none of it."""
    assert intent not in read(said).intents


def test_mended_by_oneself_is_the_end_of_it(read: Read) -> None:
    """To be done with it is no new grievance; hurt or not, it then answers the question."""
    reading = read("不用换了，我自己修好了")
    assert Intent.WITHDRAWS in reading.intents
    assert not reading.is_complaint
    assert Intent.WITHDRAWS not in read("没事了", asked="unharmed").intents
