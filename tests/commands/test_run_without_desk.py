"""`complaint-bot run` where the desk's group, or Telegram, is not as it was: customers must not pay for it."""

from pathlib import Path

from tests.commands.conftest import Run
from tests.crash.brand import quick_brand
from tests.outpost import LittleTelegram, posted

DANGER = "电热壶漏电，我被电到了，手还在流血"


async def test_a_desk_that_is_taken_away_does_not_silence_the_bot(
    tmp_path: Path, telegram: LittleTelegram, run: Run
) -> None:
    """Started anew while it is out of its group, it still answers; what the group misses comes once it is back."""
    async with posted(tmp_path, telegram, brand=quick_brand(tmp_path)) as post:
        running = await post.open()
        await telegram.do("say", person_id=telegram.customer, text=DANGER)
        await telegram.waits_for(telegram.customer, "120")
        await running.stopped_in()
        await telegram.do("remove_bot", chat_id=telegram.desk)
        told = await run("status")

        again = await post.open()
        hurt = await telegram.new_customer("Hurt")
        await telegram.do("say", person_id=hurt, text=DANGER)
        await telegram.waits_for(hurt, "120")
        assert any("desk_unusable" in line and "Add it" in line for line in again.err)
        assert told.code == 1
        assert "The bot is not in this group" in told.out.decode()

        mark = (await telegram.see("state"))["mark"]
        await telegram.do("restore_bot", chat_id=telegram.desk)
        await telegram.waits_for(telegram.desk, "流血", after=mark)


async def test_a_wrong_desk_is_told_before_the_first_case(telegram: LittleTelegram, run: Run) -> None:
    """One line names the setting and what to do; nothing is begun at a desk that never worked."""
    await telegram.do("remove_bot", chat_id=telegram.desk)
    ended = await run("run")

    assert ended.code == 2
    assert ended.lines[-1].startswith("complaint-bot: COMPLAINT_BOT_DESK: The bot is not in this group.")


async def test_a_group_that_got_another_id_is_found_by_its_old_one(
    tmp_path: Path, telegram: LittleTelegram
) -> None:
    """Topics turned on make a basic group a supergroup; the log says which number to set."""
    group = (await telegram.do("add_group", title="Desk", kind="group"))["id"]
    new = (await telegram.do("upgrade_group", chat_id=group, is_forum=True))["id"]
    async with posted(tmp_path, telegram, desk=group, brand=quick_brand(tmp_path)) as post:
        running = await post.open()
        await telegram.do("say", person_id=telegram.customer, text=DANGER)
        await telegram.waits_for(new, "流血")
        assert any("desk_moved" in line and str(new) in line for line in running.err)


async def test_menus_that_telegram_does_not_take_now_keep_nobody_waiting(
    tmp_path: Path, telegram: LittleTelegram
) -> None:
    """Who starts often is asked to wait for hours with them; they are as they were, or come with the next SIGHUP."""
    await telegram.do("fail_next", method="setMyCommands", code=429, retry_after=3600, times=100)
    async with posted(tmp_path, telegram, brand=quick_brand(tmp_path)) as post:
        running = await post.open()
        await telegram.do("say", person_id=telegram.customer, text=DANGER)
        await telegram.waits_for(telegram.customer, "120")
        assert any("menus_not_set" in line for line in running.err)
