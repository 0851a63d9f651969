"""Who is what at the desk, given and taken in the chat; and in which language each of them reads."""

from pathlib import Path

import pytest

from bot.complaint.axes import Queue
from bot.complaint.colleagues import Role
from bot.complaint.evolving import replace
from bot.desk.acting import ACTS
from bot.desk.cases.arriving import LOG
from bot.desk.incidents.orders import INCIDENT
from bot.desk.learning.lesson_orders import LESSON, LESSONS, SAMPLES
from bot.desk.overview.enquiries import ASKS
from bot.desk.overview.reporting import REPORT
from bot.desk.overview.staff import ORDERS
from tests.stories.raising import raise_stage
from tests.stories.spots import Spot, from_bot
from tests.stories.stage import Stage

THERE = frozenset({*ACTS.commands, *ASKS, *ORDERS, INCIDENT, LESSON, LESSONS, SAMPLES, LOG, REPORT})
"""Every command that the desk knows."""
CALLED = """
    客户: 转人工，电热壶不通电
    机器人: …已为您转人工…前有人答复您…
"""


async def roles(stage: Stage) -> dict[str, str]:
    """What was set in the chat, by name."""
    return {
        one.name: one.role.value for one in await stage.house.store.roster() if one.changed_by is not None
    }


async def test_a_manager_gives_a_role_and_takes_it_back(stage: Stage) -> None:
    """A manager makes somebody a supervisor by answering their message, or by name; it holds at once."""
    await stage.play(f"""
        {CALLED}
        王珂在大群: 早
        赵铭在大群回: 早 > /role 主管 法务
        大群: 王珂 现在是主管，法务。
        王珂在大群: /roster
        大群: 名册…赵铭 @zhao_ming · 经理…王珂 @wang_ke · 主管 · 法务…
        赵铭在大群: /role @wang_ke agent
        大群: 王珂 现在是座席。
        赵铭在大群: /role 王珂 quality
        大群: 王珂 现在是座席，质量。
    """)
    assert await roles(stage) == {"王珂": "agent"}
    deeds = [one.deed async for one in stage.house.store.deeds()]
    assert [(one.act, one.name) for one in deeds] == [("role", "赵铭")] * 3
    assert [list(one.after.values()) for one in deeds] == [["supervisor legal"], ["agent"], ["agent quality"]]
    assert list(deeds[1].before.values()) == ["supervisor legal"]
    assert await stage.house.store.broken_seal() is None


@pytest.mark.parametrize("who", ["林晓", "陈岚"])
async def test_nobody_below_a_manager_gives_roles(stage: Stage, who: str) -> None:
    """An agent's and a supervisor's order changes nothing; it is refused in words, and kept in the audit."""
    await stage.play(f"""
        王珂在大群: 早
        {who}在大群回: 早 > /role manager
        大群: 这一步要经理来做…
        路人甲在大群回: 早 > /role manager
    """)
    assert await roles(stage) == {}
    (deed,) = [one.deed async for one in stage.house.store.deeds()]
    assert (deed.name, deed.act, deed.refused) == (who, "role", "no_right")


async def test_what_cannot_be_meant_is_asked_back(stage: Stage) -> None:
    """Without a person, or with a word that is no role, the order says how it is written and changes nothing."""
    await stage.play("""
        赵铭在大群: /role
        大群: 没认出是谁…
        赵铭在大群: /role @nobody 主管
        大群: 没认出是谁…
        赵铭在大群: /role 陈岚 国王
        大群: 这样写：/role…
        赵铭在大群: /role 陈岚
        大群: 这样写：/role…
    """)
    assert await roles(stage) == {}
    assert [one async for one in stage.house.store.deeds()] == []


async def test_the_last_manager_stays(stage: Stage) -> None:
    """The last manager cannot be taken away; with a second one they can step down."""
    await stage.play("""
        赵铭在大群: /role 赵铭 agent
        大群: 赵铭 是最后一位经理…
        赵铭在大群: /role 陈岚 manager
        大群: 陈岚 现在是经理。
        赵铭在大群: /role 赵铭 agent
        大群: 赵铭 现在是座席。
        赵铭在大群: /role 赵铭 manager
        大群: 这一步要经理来做…
    """)
    assert await roles(stage) == {"陈岚": "manager", "赵铭": "agent"}


async def test_a_role_holds_after_a_restart(tmp_path: Path) -> None:
    """What was set in the chat is there again when the house opens anew, over what the brand file says."""
    async with raise_stage(tmp_path) as stage:
        await stage.play("""
            赵铭在大群: /role 陈岚 agent
            大群: 陈岚 现在是座席。
            陈岚在大群: /lang en
            大群: Fine: your lists and notices are in English.
        """)
    async with raise_stage(tmp_path, again=stage) as stage:
        await stage.play("""
            陈岚在大群: /roster
            大群: Roster…陈岚 @chen_lan · agent · English…
            赵铭在大群: /roster
            大群: 名册…陈岚 @chen_lan · 座席 · 英文…
        """)


async def test_ones_own_language_gives_no_rank_of_its_own(stage: Stage) -> None:
    """Who only chose a language has the role that the brand file gives them, whatever it says tomorrow."""
    await stage.play("""
        陈岚在大群: /lang english
        大群: Fine…
        陈岚在大群: /lang klingon
        大群: Write /lang zh or /lang en…
    """)
    kept = {one.name: one for one in await stage.house.store.roster()}
    roster = stage.rules.roster().with_changes({kept["陈岚"].id: kept["陈岚"]})
    assert roster.of(kept["陈岚"].id).role is Role.SUPERVISOR
    without = replace(stage.rules, people=()).roster().with_changes({kept["陈岚"].id: kept["陈岚"]})
    assert without.of(kept["陈岚"].id).role is Role.AGENT


@pytest.mark.practice("R16")
async def test_an_english_speaking_agent_reads_english(stage: Stage) -> None:
    """Lists, cards and notices for one colleague are in theirs; the topic stays in the desk's language."""
    await stage.play(f"""
        {CALLED}
        林晓在大群: /lang en
        大群: Fine: your lists and notices are in English.
        林晓在大群: /queue
        大群: Waiting: 1…100-0001…answer by 14:00 today
        林晓在大群: /case 100-0001
        大群: 100-0001 · normal…waiting for someone…
        林晓点: 我来接
        提示: It's yours.
        机器人: …
        王珂点: 问是否解决
        提示: 林晓 正在跟。
        卡片: …林晓 在跟…
    """)
    card = from_bot(stage.demo, Spot(stage.demo.desk))[-1]
    labels = [key["text"] for row in card.body["reply_markup"]["inline_keyboard"] for key in row]
    assert [labels[0], *labels[-2:]] == ["I'll take it", "Refresh", "Go to topic"]


async def test_on_a_fresh_desk_its_creator_stands_in_for_a_manager(tmp_path: Path) -> None:
    """While nobody is a manager the group's creator gives out roles; once there is one, they do it no more."""
    async with raise_stage(tmp_path, staff=False) as stage:
        lin = next(one for one in stage.demo.agents if one.name == "林晓")
        stage.demo.desk.members[lin.id].status = "creator"
        await stage.play("""
            王珂在大群: 早
            王珂在大群: /role 王珂 manager
            大群: 这一步要经理来做…
            林晓在大群: /role 王珂 supervisor
            大群: 王珂 现在是主管。
            林晓在大群: /role 王珂 manager
            大群: 王珂 现在是经理。
            林晓在大群: /role 林晓 manager
            大群: 这一步要经理来做…
        """)
        assert await roles(stage) == {"王珂": "manager"}


@pytest.mark.parametrize("code", ["zh", "en", ""])
async def test_the_desk_has_a_menu_of_its_own(tmp_path: Path, code: str) -> None:
    """Every group of the desk shows the agents' commands, and only those that there are; private chats do not."""
    async with raise_stage(tmp_path, desks={Queue.LEGAL: "法务群"}) as stage:
        menus = stage.demo.world.commands
        for group in stage.demo.desks:
            names = [one["command"] for one in menus[f"chat:{group.id}", code]]
            assert names[0] == "claim"
            assert sorted(names) == sorted(THERE)
        assert "claim" not in [one["command"] for one in menus["all_private_chats", code]]


async def test_help_names_every_command(stage: Stage) -> None:
    """What the menu offers stands in the help as well, in the asker's language."""
    await stage.play("""
        林晓在大群: /help
        大群: 接案 /claim 接…
        王珂在大群: /lang en
        大群: …
        王珂在大群: /help
        大群: Taking /claim…
    """)
    chinese, _, english = [one.text for one in from_bot(stage.demo, Spot(stage.demo.desk))]
    shown = THERE - {"help", "note"}
    for text in (chinese, english):
        assert {name for name in shown if f"/{name}" not in text} == set()


async def test_who_is_taken_out_of_the_group_loses_the_desk_at_once(stage: Stage) -> None:
    """Who worked a case a moment ago can do nothing from an old screen once Telegram has told of it."""
    await stage.play(f"""
        {CALLED}
        林晓点: 我来接
        提示: …
        机器人: …
    """)
    lin = next(one for one in stage.demo.agents if one.name == "林晓")
    stage.demo.world.leave(lin.id, stage.demo.desk.id)
    await stage.settle()
    await stage.play("""
        林晓点: 问是否解决
        提示: 只有座席能点。
    """)
