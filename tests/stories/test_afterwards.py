"""After the end, as chat logs: how it was, whether we may write, and what became of an idea."""

from datetime import datetime, timedelta

import pytest

from bot.complaint.case import Control, Severity, Status
from tests.stories.stage import Stage
from tests.stories.test_desk import ANSWERED

SETTLED = f"""
    {ANSWERED}
    林晓点: 问是否解决
    机器人: …解决了吗？
    客户点: 解决了
    机器人: 编号 100-0001 到这里办完了…几分…不想评可以不理我，不会再打扰。
    按钮: 1 | 2 | 3 | 4 | 5 | 跳过 | 不评了
"""
IDEA = """
    客户: 没别的，就是希望包装好撕一点
    机器人: …编号 100-0001
    -- 4秒
    机器人: …采用了，我来告诉您，可以吗？
"""


@pytest.mark.practice("R19", "R34", "S10", "S40")
async def test_each_question_is_put_once_and_can_be_skipped(stage: Stage) -> None:
    """Handling, outcome, again, a word, news: one question a message; what is skipped stays unanswered."""
    await stage.play(f"""
        {SETTLED}
        客户: 4分
        机器人: 结果呢，您打几分？
        客户: 跳过
        机器人: 下次还会买我们家的吗？
        客户点: 不好说
        机器人: 这件事办下来，您觉得省心吗？…直接写也行。
        客户: 客服小姑娘很耐心
        机器人: …有了改进，可以发消息告诉您吗？…说一声就停。
        客户点: 可以
        机器人: 谢谢您…
        .. 10天
    """)
    case = await stage.case()
    survey = case.surveys[0]
    assert (survey.handling, survey.outcome, survey.would_buy_again, survey.unsure) == (4, None, None, True)
    assert (survey.words, survey.refused) == ("客服小姑娘很耐心", False)
    assert case.follow_up_consent
    assert case.follow_up_at is not None


@pytest.mark.practice("R34", "S40")
@pytest.mark.parametrize("words", ["别问了", "stop", "不用了", "不评了", "don't ask me again"])
async def test_a_refusal_is_respected_for_good(stage: Stage, words: str) -> None:
    """Who does not want to be asked is not asked again: not now, and not after another case."""
    await stage.play(f"""
        {SETTLED}
        客户: {words}
        机器人: …
        .. 10天
        客户: /new
        机器人: …
        客户: 转人工，快递少了一包坚果
        机器人: …
        林晓: 您好，我来看
        机器人: …
        机器人: 您好，我来看
        林晓: /resolve
        机器人: …解决了吗？
        记号: 👌
        客户点: 解决了
        机器人: …到这里办完了…再见。
        .. 10天
    """)
    first, second = [case for case, _ in await stage.kept()]
    assert (first.surveys[0].refused, second.surveys) == (True, ())


@pytest.mark.practice("S10", "S53", "R34")
async def test_a_poor_score_brings_somebody_else_on_a_yes(stage: Stage) -> None:
    """What was missing is asked, and taken up again one step up and by another agent, if they want that."""
    await stage.play(f"""
        {SETTLED}
        客户点: 5
        机器人: 结果呢，您打几分？
        客户点: 1
        机器人: 没让您满意，是我们没做好，对不起。还差什么？…
        客户: 只换了壶，底座还是旧的
        机器人: 记下了。要请另一位同事从头再看一遍吗？
        按钮: 好，请重新看 | 不用了
    """)
    before = await stage.case()
    assert (before.status, before.surveys[0].words) == (Status.CLOSED, "只换了壶，底座还是旧的")
    await stage.play("""
        客户点: 好，请重新看
        机器人: 好，重新打开了。这回换一位同事从头看一遍，…前联系您。
        群: …
        群: 重开…
        林晓: 我再看看
        群: …重开后换一位同事…
        王珂: 我来看
        机器人: …接手…
        机器人: 我来看
    """)
    case = await stage.case()
    assert (case.control, case.reopened, case.is_open) == (Control.HUMAN, 1, True)
    assert case.severity < before.severity or before.severity is Severity.SEV2


@pytest.mark.practice("S10", "R34")
async def test_a_poor_score_and_a_no_stay_closed(stage: Stage) -> None:
    """Nobody is made to go through it once more."""
    await stage.play(f"""
        {SETTLED}
        客户点: 2
        机器人: 结果呢，您打几分？
        客户点: 跳过
        机器人: …还差什么？…
        客户点: 跳过
        机器人: …要请另一位同事从头再看一遍吗？
        客户点: 不用了
        机器人: 这件事办下来，您觉得省心吗？…
        客户点: 3
        机器人: 谢谢您说实话…
    """)
    assert (await stage.case()).status is Status.CLOSED


@pytest.mark.practice("S69", "S77")
async def test_it_is_not_asked_in_the_quiet_hours(stage: Stage) -> None:
    """A yes late at night ends the case; how it was is asked when the morning has come."""
    await stage.play(f"""
        {ANSWERED}
        林晓点: 问是否解决
        机器人: …解决了吗？
        -- 13小时
        客户点: 解决了
        机器人: …到这里办完了…再见。
        .. 12小时
        机器人: …几分…
        客户点: 5
        机器人: 结果呢，您打几分？
    """)
    asked = (await stage.case()).surveys[0].asked_at.astimezone(stage.rules.clock)
    assert asked.hour >= stage.rules.quiet.ends.hour


@pytest.mark.practice("S41", "S100", "S40")
async def test_who_agreed_is_thanked_once_when_their_idea_is_adopted(stage: Stage) -> None:
    """One command at the desk, one thanks; a second command sends nothing."""
    await stage.play(f"""
        {IDEA}
        客户点: 可以
        机器人: 好…
        林晓: /adopted
        群: 写 /adopted …
        林晓: /adopted 包装加了易撕口
        机器人: 您提的建议，我们采用了：包装加了易撕口。谢谢您…说一声就停。
        群: 已登记采用：包装加了易撕口。感谢已发给顾客。
        林晓: /adopted 又一次
        群: 已经登记过…
        .. 5天
    """)
    case = await stage.case()
    assert (case.adopted, case.thanked_at) == ("包装加了易撕口", case.adopted_at)
    assert case.control is Control.BOT


@pytest.mark.practice("S40", "S100")
async def test_who_took_the_consent_back_hears_nothing(stage: Stage) -> None:
    """A word is enough, at any time: what was adopted is kept, and nobody is written to."""
    await stage.play(f"""
        {IDEA}
        客户点: 可以
        机器人: 好…
        客户: 别再发了
        机器人: 好，以后不再问，也不主动发消息了。…
        林晓: /adopted 包装加了易撕口
        群: …顾客没同意收消息，不发。
        .. 5天
    """)
    case = await stage.case()
    assert (case.follow_up_consent, case.thanked_at, case.adopted) == (False, None, "包装加了易撕口")


@pytest.mark.practice("S77", "S69")
async def test_thanks_wait_while_a_case_of_theirs_is_open(stage: Stage) -> None:
    """No friendly news beside a complaint that is in hand, and none at night: it comes when both are over."""
    await stage.play(f"""
        {IDEA}
        客户点: 可以
        机器人: 好…
        客户: 转人工，电热壶不通电
        机器人: …
        话题: 100-0001
        林晓: /adopted 包装加了易撕口
        群: 已登记采用：包装加了易撕口。最早…发感谢…
        客户: /withdraw
        机器人: …撤回吗？
        客户点: 撤回
        机器人: …撤回了…
        .. 2天
        机器人: 您提的建议，我们采用了…
    """)
    case = (await stage.kept())[0][0]
    assert case.thanked_at is not None
    assert case.adopted_at is not None
    assert case.thanked_at - case.adopted_at >= timedelta(days=1)
    assert isinstance(case.thanked_at, datetime)


@pytest.mark.practice("S40")
@pytest.mark.parametrize("words", ["别再发了", "不要再给我发消息", "别再打扰我了"])
async def test_who_wants_no_more_messages_is_heard_while_a_person_has_the_case(
    stage: Stage, words: str
) -> None:
    """The bot stays silent, the colleague sees the words and what holds now, and nobody asks how it was."""
    await stage.play(f"""
        客户: 转人工，快递少了一包坚果
        机器人: …
        林晓: 您好，我来看
        机器人: …
        机器人: 您好，我来看
        客户: {words}
        群: 顾客不想再收主动消息和回访，已记下。手上这件照办。
        群: …{words}
        林晓: /resolve
        机器人: …解决了吗？
        记号: 👌
        客户点: 解决了
        机器人: …到这里办完了…再见。
        .. 10天
    """)
    case = await stage.case()
    assert (case.surveys, case.follow_up_consent) == ((), False)
    assert case.follow_up_at is not None


@pytest.mark.practice("S40", "S100")
async def test_a_consent_question_that_nobody_answers_ends_as_a_no(stage: Stage) -> None:
    """No reminder, no word: after three days the case is closed, and nothing is sent when the idea is adopted."""
    await stage.play(f"""
        {IDEA}
        .. 5天
        林晓: /adopted 包装加了易撕口
        群: …顾客没同意收消息，不发。
        .. 5天
    """)
    case = await stage.case()
    assert (case.is_open, case.status) == (False, Status.SUGGESTION_LOGGED)
    assert (case.follow_up_consent, case.thanked_at) == (False, None)


@pytest.mark.practice("S40")
async def test_a_late_yes_to_it_is_a_yes(stage: Stage) -> None:
    """The buttons go on working after the quiet end; once answered, they are late."""
    await stage.play(f"""
        {IDEA}
        .. 5天
        客户点: 可以
        机器人: 好，采用了就告诉您。…
        林晓: /adopted 包装加了易撕口
        机器人: 您提的建议，我们采用了…
        群: …感谢已发给顾客。
    """)
    assert (await stage.case()).follow_up_consent
