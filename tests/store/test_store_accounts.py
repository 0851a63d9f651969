"""The brand's own accounts, on every kind of database."""

from bot.complaint.ids import UserId
from bot.complaint.records import Round
from bot.store import Store
from tests.contract.store import NOW, an_account


async def test_an_owner_has_one_door_for_good(store: Store) -> None:
    """However often it is asked for, and whatever connection leads there, an owner's door is the same."""
    first, second = await store.door_for(UserId(4)), await store.door_for(UserId(5))

    assert first != second
    assert 0 not in {first, second}
    assert await store.door_for(UserId(4)) == first


async def test_what_the_bot_may_do_is_kept_with_its_round(store: Store) -> None:
    """An account is there from the round that writes it, and as the last one wrote it."""
    door = await store.door_for(UserId(4))
    assert await store.accounts() == []
    connected = an_account(door)
    muted = an_account(door, can_reply=False, former=("biz0",))

    await store.write(Round(at=NOW, accounts=[connected, muted]))

    assert await store.accounts() == [muted]
