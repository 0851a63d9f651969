"""Cases that turn out to be one, that come back, and words that end one, as chat logs."""

import pytest

from bot.complaint.case import Severity, Status
from tests.stories.stage import Stage


@pytest.mark.practice("S73")
async def test_two_cases_about_one_thing_become_one(stage: Stage) -> None:
    """Merged, the promises go over with their times, both histories stay, and the customer is told one number once."""
    await stage.play("""
        客户: 转人工，电热壶不通电
        机器人: …编号 100-0001…14:00前…
        客户: /new
        机器人: …编号 100-0038…
        客户: 转人工，电热壶还是不通电
        机器人: …
        话题: 100-0001
        林晓点: 我来接
        机器人: 关于编号 100-0001（电热壶不通电）：…接手…
        林晓: /merge 100-0038
        群: 和 100-0038…合并，留哪个编号？…
        林晓点: 留这件 100-0001
        提示: …
        机器人: 编号 100-0038 和 100-0001 说的是同一件事…
        群: 100-0038 并进来了，那边的对话…还是不通电…
        话题: 100-0038
        群: 这件已并入 100-0001…
        客户: 那什么时候能好
        话题: 100-0001
        群: …那什么时候能好
    """)
    target, source = [case for case, _ in await stage.kept()]
    assert (source.status, source.merged_into, source.is_open) == (Status.MERGED, target.no, False)
    assert target.merged == (source.no,)
    assert source.open_promises == ()
    assert len([one for one in target.open_promises if one.kind == "person_answers"]) == 1
    topic = next(one for one in stage.demo.world.topics(stage.demo.desk.id) if source.no in one.name)
    assert topic.closed


@pytest.mark.practice("S73")
async def test_another_customers_case_takes_a_supervisor_and_a_reason(stage: Stage) -> None:
    """Two people about one thing: an agent cannot merge them, a supervisor can, with a reason; each is told."""
    await stage.play("""
        客户: 转人工，电热壶不通电
        机器人: …编号 100-0001…
        客户2: 转人工，家里的电热壶不通电
        机器人: …编号 100-0038…
        话题: 100-0001
        林晓: /merge 100-0038
        群: 不能和 100-0038 合并：不是同一位顾客，要主管来做
        陈岚: /merge 100-0038
        群: 不能和 100-0038 合并：不是同一位顾客，要写明原因
        陈岚: /merge 100-0038 夫妻俩说的是同一个壶
        群: …那件是另一位顾客 客户2 的…
        陈岚点: 留这件 100-0001
        群: 不能和 100-0038 合并：答应那位顾客的事还没办完
    """)
    assert [case.is_open for case, _ in await stage.kept()] == [True, True]


@pytest.mark.practice("S120", "R10")
async def test_what_broke_again_goes_to_somebody_else(stage: Stage) -> None:
    """Reopened by "又坏了": same number, one step up, the supervisor called; who closed it cannot take it again."""
    await stage.play("""
        客户: 转人工，电热壶不通电
        机器人: …编号 100-0001…
        林晓点: 我来接
        机器人: …接手…
        林晓: /resolve 换新寄出了
        机器人: 换新寄出了…
        记号: 👌
        客户点: 解决了
        机器人: 编号 100-0001 到这里办完了…
        -- 2天
        客户: 又坏了！
        机器人: 同样的事让您碰上第二次…对不起…
        群: …
        群: 重开：顾客说没解决，级别升一级。…陈岚…
        林晓点: 我来接
        提示: 上次是您结的，这次换一位同事。
        王珂点: 我来接
        机器人: …接手…
    """)
    case = await stage.case()
    assert (case.no, case.reopened, case.severity) == ("100-0001", 1, Severity.SEV2)
    assert case.holder is not None
    assert case.holder.name == "王珂"


async def test_settled_in_words_is_a_yes(stage: Stage) -> None:
    """Whoever writes "解决了" to the question has answered it, as with the button."""
    await stage.play("""
        客户: 转人工，电热壶不通电
        机器人: …
        林晓点: 我来接
        机器人: …
        林晓: /resolve 换新寄出了
        机器人: …解决了吗？
        记号: 👌
        客户: 解决了，谢谢
        机器人: 编号 100-0001 到这里办完了…
        群: …解决了，谢谢
    """)
    assert (await stage.case()).status is Status.CLOSED


async def test_no_more_of_it_is_asked_about(stage: Stage) -> None:
    """A "不投诉了" in answer to a question of ours is no skipped question: it is asked whether they withdraw."""
    await stage.play("""
        客户: 上周买的电热壶不通电
        机器人: …
        -- 4秒
        机器人: …订单号…
        客户: 不投诉了
        机器人: …撤回吗？…
        客户点: 撤回
        机器人: 好，按您说的撤回了，编号 100-0001 留着…
    """)
