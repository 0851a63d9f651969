"""Words go through as they were typed, whatever they hold."""

import pytest

from bot.complaint.signs import shown
from tests.stories.stage import Stage

CALLED = """
    客户: 转人工，电热壶不通电
    机器人: …已为您转人工…
"""

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


@pytest.mark.practice("S18", "S32")
@pytest.mark.parametrize("words", ODD, ids=range(len(ODD)))
async def test_words_arrive_as_typed(stage: Stage, words: str) -> None:
    """Whatever signs people type arrive on the other side, but for those that turn what is beside them."""
    await stage.play(f"{CALLED}\n林晓点: 我来接\n机器人: …")
    await stage.do("客户", words)
    await stage.do("林晓", words)
    world = stage.demo.world
    assert world.from_bot(stage.demo.customer.id)[-1].text == words
    at_desk = stage.topic_lines()
    assert "".join(one.text for one in at_desk).replace("\n", "").removeprefix("周敏") == shown(words)
    _, rows = (await stage.kept())[0]
    assert [row.entry.text for row in rows if row.entry.text == words] == [words, words]


async def test_an_agents_long_words_arrive_whole(stage: Stage) -> None:
    """What an agent writes beyond one message's length arrives in parts, in order and complete."""
    await stage.play(f"{CALLED}\n林晓点: 我来接\n机器人: …")
    words = "\n".join(f"第{number}条：" + "字" * 90 for number in range(100))
    await stage.do("林晓", words)
    parts = [one.text for one in stage.demo.world.from_bot(stage.demo.customer.id)[2:]]
    assert len(parts) == 3
    assert "\n".join(parts) == words


@pytest.mark.practice("S18")
async def test_a_name_is_no_markup(stage: Stage) -> None:
    """A customer whose name is written like HTML is shown as they call themselves."""
    world = stage.demo.world
    odd = world.add_user("<b>王</b> & 子")
    world.say(odd.id, "转人工，壶坏了")
    await stage.settle()
    world.say(odd.id, "有人吗")
    await stage.settle()
    said = [one.text for one in world.from_bot(stage.demo.desk.id, thread_id=stage.thread)]
    assert "<b>王</b> & 子" in said[0]
    assert said[-1] == "<b>王</b> & 子\n有人吗"
