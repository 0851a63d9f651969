"""What was called in groups is forgotten with the rest."""

import pytest

from bot.complaint.conversation import Conversation
from bot.complaint.ids import ChatId, MessageId, UserId
from bot.complaint.records import Round
from bot.complaint.squares import Call, Square
from tests.stories.stage import Stage


@pytest.mark.practice("R53")
async def test_deletion_reaches_what_was_called_in_groups(stage: Stage) -> None:
    """Words called in a group are in no case, and go with the rest; other people's stay."""
    me, other = stage.demo.customer.id, stage.demo.stranger.id
    at = stage.clock.now()
    calls = tuple(
        Call(by=UserId(by), message=MessageId(by), at=at, last_at=at, text="电热壶漏水") for by in (me, other)
    )
    square = Conversation(chat=ChatId(-100987), square=Square(title="妈妈群", calls=calls))
    await stage.house.store.write(Round(at=at, conversations=[square]))
    await stage.do("客户", "/delete")
    (left,) = await stage.house.store.squares()
    assert left.square is not None
    assert [one.by for one in left.square.calls] == [other]
