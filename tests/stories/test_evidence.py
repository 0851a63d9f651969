"""Evidence finds its way to those who need it."""

import pytest

from tests.stories.stage import Stage


@pytest.mark.practice("R31", "S74", "S18")
async def test_pictures_sent_before_the_hand_over_are_there_for_whoever_takes_over(stage: Stage) -> None:
    """The new topic gets copies of what the customer sent before anybody was called."""
    await stage.play("""
        客户: 收到的电热壶壶身瘪了
        机器人: …
        -- 4秒
        机器人: …
        客户发图: 瘪的地方
        -- 4秒
        机器人: …
        客户: 转人工
        机器人: …
    """)
    topic = stage.demo.world.from_bot(stage.demo.desk.id, thread_id=stage.thread)
    assert [one.media[0] for one in topic if one.media] == ["photo"]
