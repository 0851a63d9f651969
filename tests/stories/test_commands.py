"""Commands, buttons, groups, and two customers at once, as chat logs."""

import pytest

from bot.complaint.case import Control, Status
from bot.complaint.reading import Language
from bot.sandbox.people import ADMIN_RIGHTS
from tests.stories.stage import Stage

CALLED = """
    客户: 转人工，电热壶不通电
    机器人: …已为您转人工…
"""


@pytest.mark.practice("R2", "R5", "R20", "R23", "S12", "S106")
async def test_every_command_in_chinese(stage: Stage) -> None:
    """Every command of the menu is answered, with and without a case."""
    await stage.play("""
        客户: /status
        机器人: …没有…
        客户: /help
        机器人: …
        客户: /rights
        机器人: …12315…
        客户: /withdraw
        机器人: …没有…
        客户: /start
        机器人: …自动客服（机器人）…编号 100-…
        客户: /start welcome
        机器人: …
        客户: 电热壶不通电
        -- 4秒
        机器人: 谢谢您告诉我们…
        客户: /status
        机器人: 编号 100-…
        客户: /human
        机器人: 已为您转人工…
        客户: /unknown
        机器人: …
        客户: /withdraw
        机器人: …
        按钮: 撤回 | 不撤，接着办
        客户点: 撤回
        机器人: …
    """)
    assert (await stage.case()).status is Status.WITHDRAWN


@pytest.mark.practice("R2", "R23", "S76")
async def test_every_command_in_english(english_stage: Stage) -> None:
    """The same menu answers in English."""
    await english_stage.play("""
        Customer: /start
        Bot: …bot…100-0001…
        Customer: /help
        Bot: …
        Customer: /rights
        Bot: …
        Customer: My kettle does not work at all
        -- 4 s
        Bot: Thank you…
        Customer: /status
        Bot: …100-0001…
        Customer: /human
        Bot: …
        Customer: /withdraw
        Bot: …
    """)
    assert (await english_stage.case()).language is Language.EN


@pytest.mark.practice("S76")
async def test_the_language_is_theirs_to_choose(stage: Stage) -> None:
    """By button or by word, at any time, and the choice holds whatever they write in afterwards."""
    await stage.play("""
        客户: 电热壶不通电
        机器人: …
        -- 4秒
        机器人: …
        客户: /language
        机器人: …
        按钮: 中文 | English
        客户点: English
        机器人: …
        客户: /status
        机器人: …Case 100-0001…
        客户: 这个壶真的坏了
        -- 4秒
        机器人: …
        客户: /language zh
        机器人: …
        客户: /status
        机器人: 编号 100-0001…
    """)
    assert not any("编号" in words for words in stage.said()[3:6])


@pytest.mark.practice("S39", "R3")
async def test_new_opens_another_case_beside_the_first(stage: Stage) -> None:
    """`/new` opens a second case with its own number; agents of the first are heard, and it is said which one."""
    await stage.play(f"""
        {CALLED}
        客户: /new
        机器人: …编号 100-0038…
        客户: 快递也少了一包
        -- 4秒
        机器人: …
        话题: 100-0001
        林晓: 壶给您换新
        机器人: 关于编号 100-0001（电热壶不通电）：…接手…
        机器人: 壶给您换新
    """)
    first, second = [case for case, _ in await stage.kept()]
    assert (first.no, second.no) == ("100-0001", "100-0038")
    assert first.control is Control.HUMAN


async def test_new_without_a_story_opens_nothing_twice(stage: Stage) -> None:
    """`/new` before anything was told stays with the number that is already there."""
    await stage.play("""
        客户: /new
        机器人: …编号 100-0001…
        客户: /new
        机器人: …100-0001…
    """)
    assert len(await stage.kept()) == 1


@pytest.mark.practice("R23")
async def test_the_menu_hangs_in_both_languages(stage: Stage) -> None:
    """The menu is set for private chats in Chinese, in English, and for all other languages."""
    commands = stage.demo.world.commands
    asked = ["start", "human", "status", "new", "cases", "rights", "language", "simple"]
    names = [*asked, "pack", "mydata", "delete", "withdraw", "help"]
    for code in ("zh", "en", ""):
        assert [one["command"] for one in commands["all_private_chats", code]] == names
    assert commands["all_private_chats", "zh"][1]["description"] == "转人工"
    assert commands["all_private_chats", "en"][1]["description"] == "Talk to a person"


@pytest.mark.practice("S36", "S49", "R16")
async def test_in_a_group_one_neutral_line(stage: Stage) -> None:
    """In a public group the bot says one neutral line with the way to the private chat, once a day for each person."""
    world, customer = stage.demo.world, stage.demo.customer
    group = world.add_group("小区团购群", bot_rights=ADMIN_RIGHTS)
    world.join(customer.id, group.id)
    await stage.settle()
    name = world.bot.username
    for words in ("大家好", f"@{name} 订单8841的电热壶不通电", f"@{name} 有人吗", f"/start@{name}"):
        world.say(customer.id, words, chat_id=group.id)
        await stage.settle()
    (line,) = world.from_bot(group.id)
    assert str(line.buttons[0][0]["url"]).startswith(f"https://t.me/{name}?start=")
    assert not any(words in line.text for words in ("8841", "电热壶", "100-", customer.name))
    assert await stage.kept() == []
    await stage.play("""
        客户: /start group
        机器人: …编号 100-0001…
    """)


@pytest.mark.practice("R22", "S95")
async def test_late_and_repeated_presses_do_nothing_and_say_why(stage: Stage) -> None:
    """A button pressed late or twice changes nothing; the notice says so."""
    await stage.play("""
        客户: 电热壶不通电，订单8841
        机器人: …
        -- 4秒
        机器人: …您觉得怎么处理比较合适？
        客户: 换新
        机器人: …这样可以吗？
        客户点: 同意
        机器人: …登记…
        客户点: 同意
        提示: 这个按钮过期了…
        客户点: 改一改
        提示: 这个按钮过期了…
        林晓点: 我来接
        机器人: …
        王珂点: 我来接
        提示: …林晓…
        林晓点: 我来接
        提示: 您接手了。
    """)
    case = await stage.case()
    assert len(case.fulfilments) == 1
    assert case.holder is not None
    assert case.holder.name == "林晓"


@pytest.mark.practice("R16", "S31")
async def test_somebody_elses_buttons_do_nothing(stage: Stage) -> None:
    """Another person's press of a customer's button, and a forged press, change nothing and are answered."""
    await stage.play("""
        客户: 电热壶不通电，订单8841
        机器人: …
        -- 4秒
        机器人: …您觉得怎么处理比较合适？
        客户: 换新
        机器人: …这样可以吗？
    """)
    world = stage.demo.world
    question = world.from_bot(stage.demo.customer.id)[-1]
    agree = question.button("同意")
    assert agree is not None
    forger = world.add_user("别人")
    for data in (agree["callback_data"], "d|claim||100-0001", "rubbish", "c|agree||x", ""):
        query = world.press_unseen(forger.id, question, data)
        await stage.settle()
        assert query.answer is not None
        assert query.answer.get("text")
    case = await stage.case()
    assert case.status is not Status.FULFILLING
    assert case.agreement is None
    assert len(stage.said()) == 3


@pytest.mark.practice("R16", "S31")
async def test_two_customers_never_see_each_other(stage: Stage) -> None:
    """Two talks at once, two topics: no word of one reaches the other, at the desk or in private."""
    await stage.do("客户", "转人工，电热壶不通电，我电话13812345678")
    await stage.do("客户2", "转人工，我家的杯子碎了")
    first, second = stage.thread_of("100-0001"), stage.thread_of("100-0038")
    stage.chosen_case = "100-0001"
    await stage.do("林晓", "壶给您换新")
    stage.chosen_case = "100-0038"
    await stage.do("王珂", "杯子给您退款")
    await stage.do("王珂发图", "退款单")
    await stage.do("客户", "谢谢壶的事")
    await stage.do("客户2", "谢谢杯子的事")
    world, desk = stage.demo.world, stage.demo.desk.id
    other = stage.customers["客户2"].id
    mine = "\n".join(one.text for one in world.history(stage.demo.customer.id))
    theirs = "\n".join(one.text for one in world.history(other))
    topics = ["\n".join(one.text for one in world.history(desk, thread_id=one)) for one in (first, second)]
    for words, place, elsewhere in (
        ("壶给您换新", mine, theirs),
        ("杯子给您退款", theirs, mine),
        ("退款单", theirs, mine),
        ("谢谢壶的事", topics[0], topics[1]),
        ("谢谢杯子的事", topics[1], topics[0]),
        ("100-0001", mine, theirs),
        ("100-0038", theirs, mine),
    ):
        assert words in place
        assert words not in elsewhere
    assert "电热壶" not in theirs + topics[1]
    assert "杯子" not in mine + topics[0]


ODD = [
    "<b>粗</b> & <i>没关上",
    "a < b && c > d <script>alert(1)</script>",
    "&lt;b&gt; &amp;amp; &#128512;",
    "\u202eשלום مرحبا\u202c 右到左",
    "零\u200b宽\u200d字\ufeff符",
    "{{ 7*7 }} {% raw %} ${x} %s",
    "```代码``` _下_ *星* [链接](http://x)",
    "👨\u200d👩\u200d👧\u200d👦" * 20,
    "长" * 4096,
    "<" * 4096,
]


@pytest.mark.practice("S76")
async def test_another_language_is_asked_for_in_words(stage: Stage) -> None:
    """Whoever asks for another language instead of answering gets it, and the open question in it."""
    await stage.play("""
        客户: 电热壶不通电
        机器人: …
        -- 4秒
        机器人: …订单号是多少？…
        客户: can you speak English please
        机器人: All right, in English from here on. What is the order number?…
        客户: 说中文
        机器人: 好，后面都用中文说。订单号是多少？…
        客户: 8841
        机器人: …找到了…怎么处理比较合适？…
        客户: English please
        机器人: All right, in English from here on. What would put this right for you?
    """)
    case = await stage.case()
    assert case.language is Language.EN
    assert "speak English" not in " ".join(case.story)


@pytest.mark.practice("S13")
async def test_a_shop_that_was_named_is_not_asked_for(stage: Stage) -> None:
    """Where it was bought, said on the way, is known from then on."""
    await stage.play("""
        客户: 昨天在南京西路店买的香水，防伪码查不到，是假货
        机器人: …
    """)
    assert (await stage.case()).facts.store == "南京西路店"
    assert "在哪里买的" not in "".join(stage.said())
