"""What an agent reads while a case lives: the next step is true, and a slip is helped with."""

import pytest

from tests.stories.stage import Stage

CALLED = """
    客户: 转人工，电热壶坏了，订单8841
    机器人: …已为您转人工…
    林晓点: 我来接
    机器人: …
"""


@pytest.mark.practice("S45", "S83")
async def test_the_card_says_what_really_comes_next(stage: Stage) -> None:
    """First words, then a decision, then their answer, then carrying it out: the card never runs ahead."""
    await stage.play(f"""
        {CALLED}
        卡片: …下一步 复述一遍…
        林晓: 您好，壶什么时候买的？
        机器人: …
        卡片: …下一步 查清楚，给方案或结论…
        林晓: /offer 退款 89
        机器人: 同事给您的方案…
        卡片: …下一步 等顾客答复方案…
        客户点: 同意
        机器人: …
        群: …
        卡片: …下一步 去办，办完 /done 凭证号…
    """)


@pytest.mark.practice("S28", "S65")
async def test_after_a_finding_the_card_asks_for_the_cause(stage: Stage) -> None:
    """The customer was told with the finding, so nobody is sent to tell them again."""
    await stage.play(f"""
        {CALLED}
        林晓: 您好，我来查
        机器人: …
        林晓: /upheld 底座接触不良 | 底座改用新的弹片
        机器人: …
        群: …是什么原因？…
        卡片: …下一步 选原因：/cause…
    """)


@pytest.mark.practice("S45")
async def test_a_slip_in_a_command_is_helped_with(stage: Stage) -> None:
    """The command that was meant is named; what resembles none leads to the list."""
    await stage.play(f"""
        {CALLED}
        林晓: /resolv
        群: 没有 /resolv 这个命令，什么都没发。是不是 /resolve？
        林晓: /结案
        群: 没有 /结案 这个命令，什么都没发。是不是 /resolve？
        林晓: /开会
        群: 没有 /开会 这个命令，什么都没发。/help 看有哪些。
        林晓: /task
        群: …/task 回电 明天10-11 @名字 说明…
        林晓: /promise
        群: 这样写：/promise 寄出检验报告 明天18:00…
    """)


@pytest.mark.practice("R31", "S13")
async def test_a_wish_told_with_the_call_for_a_person_is_on_the_card(stage: Stage) -> None:
    """Whoever takes over does not ask again what was wanted from the first words."""
    await stage.play("""
        客户: 转人工，电热壶坏了，订单8841，我要你们赔我1500
        机器人: …已为您转人工…
        卡片: …要求 …1500…
    """)


@pytest.mark.practice("S97", "S45")
async def test_two_things_agreed_are_two_things_to_record(stage: Stage) -> None:
    """The line says that each has a number; while a request waits, the card waits for it."""
    await stage.play(f"""
        {CALLED}
        林晓: 您好，我来处理
        机器人: …
        林晓: /offer 退款 89 + 补偿 1200 | 壶漏电吓着老人
        群: a1 请批…
        卡片: …下一步 等批准…
        林晓: /offer 退款 89 + 券 30
        机器人: 同事给您的方案…
        客户点: 同意
        机器人: …
        群: ✓ 顾客同意…办完 /done f1 凭证号，各写一次，编号在卡片上。
    """)


@pytest.mark.practice("S53", "S45")
async def test_a_missed_time_that_was_made_up_no_longer_leads(stage: Stage) -> None:
    """Once the late answer was given, the card turns to what is next."""
    await stage.play("""
        客户: 喝了你们的牛奶，孩子上吐下泻在医院
        机器人: …
        大群: 🔴 100-0001…
        .. 20分钟
        机器人: …
        机器人: 说好的答复没按时…
        群: 🔔…
        群: 🔔…
        群: ❗…
        大群: …
        大群: …
        大群: …
        林晓点: 我来接
        机器人: …
        卡片: …下一步 先问人：现在怎么样…
        林晓: 孩子现在怎么样？
        机器人: 孩子现在怎么样？
        卡片: …下一步 查清楚，给方案或结论…
    """)


@pytest.mark.practice("S13", "S45")
async def test_a_number_that_is_no_case_is_said_so(stage: Stage) -> None:
    """Nobody reads the whole usage because of a wrong digit."""
    await stage.play(f"""
        {CALLED}
        林晓: /merge 100-0009
        群: 没有 100-0009 这件，或就是这一件。…
        林晓: /transfer 法务
        群: 为什么转给法务？点一个，或写 /transfer 法务 原因。
    """)
