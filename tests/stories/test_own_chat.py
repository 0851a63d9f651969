"""Colleagues in their own chat with the bot, as chat logs: no case by mistake, and no complaint of theirs lost."""

from tests.stories.stage import Stage


async def test_a_colleagues_start_opens_no_case(stage: Stage) -> None:
    """They read who they are here and where the work is; nothing comes up at the desk."""
    await stage.play("""
        林晓私聊: /start
        机器人: 林晓，您在这边是座席，事情都在工作群里办。刚才这条没有立案。
        按钮: 去工作群 | 我要投诉
        陈岚私聊: 电热壶不通电，转人工
        机器人: 陈岚，您在这边是主管…
        方宁私聊: /help
        机器人: …
    """)
    assert await stage.kept() == []
    assert stage.demo.desk.topics == {}


async def test_a_colleague_who_complains_is_served_like_anybody(stage: Stage) -> None:
    """One tap, and from then on every word is a complainant's."""
    await stage.play("""
        林晓私聊: 你好
        机器人: …没有立案…
        林晓私聊点: 我要投诉
        机器人: …
        林晓私聊: 电热壶不通电，转人工
        机器人: …已为您转人工…
        林晓私聊: 壶是上周买的
        机器人: 收到…
    """)
    case = await stage.case()
    assert (case.customer.name, case.at_desk) == ("林晓", True)


async def test_danger_is_never_held_up(stage: Stage) -> None:
    """A colleague who is hurt is helped at once, whatever they are at the desk."""
    await stage.do("林晓私聊", "我喝了酸奶嘴肿起来了，喘不上气")
    assert "120" in stage.said()[0]


async def test_who_has_left_the_desk_is_a_customer(stage: Stage) -> None:
    """The brand file may still name them; what counts is whether they are in the group."""
    person = next(one for one in stage.demo.agents if one.name == "王珂")
    stage.demo.world.leave(person.id, stage.demo.desk.id)
    await stage.do("王珂私聊", "电热壶不通电，转人工")
    assert (await stage.case()).customer.name == "王珂"


async def test_an_english_agent_is_greeted_in_english(english_stage: Stage) -> None:
    """The same for an English desk."""
    name = english_stage.demo.agents[0].name
    await english_stage.play(f"""
        {name} in private: /start
        Bot: {name}, here you are an agent; the work is done in the desk's group…
        Buttons: To the desk | I have a complaint
    """)
