"""Several colleagues and several groups on one page, with a finger or with a mouse."""

from pathlib import Path

import pytest
from playwright.async_api import Locator, expect

from bot.complaint.axes import Queue
from tests.browser.chromium import Screen
from tests.browser.marks import IN_A_BROWSER
from tests.browser.visitor import on_the_wednesday

pytestmark = IN_A_BROWSER

PHONE = Screen(width=390, height=844, touch=True)


async def _tool(message: Locator, name: str, screen: Screen) -> None:
    """Use a tool of a bubble: a finger taps first, a mouse points."""
    words = message.get_by_test_id("words")
    await (words.tap() if screen.touch else words.hover())
    await message.get_by_test_id(name).first.click()


@pytest.mark.parametrize("screen", [Screen(), PHONE], ids=["wide", "phone"])
async def test_whoever_sits_at_the_desk_is_named_with_their_rights(tmp_path: Path, screen: Screen) -> None:
    """Name and rights stand on the chip, over the list and in the topic alike; words go out under that name."""
    async with on_the_wednesday(tmp_path, screen) as visitor:
        chip = visitor.page.get_by_test_id("speaker")
        if screen == PHONE:
            await visitor.turns_to("desk")
        for name, standing in (("王珂", "座席"), ("陈岚", "主管"), ("赵铭", "经理"), ("方宁", "法务")):
            await visitor.sits_down_as(name)
            await expect(chip).to_contain_text(standing)
            await expect(chip).to_be_in_viewport()
        await visitor.page.get_by_test_id("topic").first.click()
        await expect(chip).to_be_in_viewport()
        await visitor.desk.says("// 大家看一下 @lin_xiao")
        await expect(visitor.page.get_by_test_id("wanted")).to_have_text("1")
        await visitor.sits_down_as("林晓")
        await expect(visitor.page.get_by_test_id("wanted")).to_have_count(0)
        await expect(visitor.desk.messages.last).to_contain_text("方宁")
        assert await visitor.overflow() <= 0
        assert await visitor.sees_wrong() == []


@pytest.mark.parametrize("screen", [Screen(), PHONE], ids=["wide", "phone"])
async def test_replies_reactions_edits_and_deletions_work_with_a_finger(
    tmp_path: Path, screen: Screen
) -> None:
    """Whatever can be done with a message is one tap away, and what it does is seen on the message."""
    async with on_the_wednesday(tmp_path, screen) as visitor:
        desk = visitor.desk
        if screen == PHONE:
            await visitor.turns_to("desk")
        await visitor.page.get_by_test_id("topic").first.click()
        await desk.says("中午吃面")
        first = desk.messages.filter(has_text="吃面").first
        await _tool(first, "reply-button", screen)
        await desk.says("不吃")
        answer = desk.messages.filter(has_text="不吃")
        await expect(answer.locator(".quoted")).to_contain_text("中午吃面")
        await _tool(first, "react-button", screen)
        await expect(first.get_by_test_id("reaction")).to_have_text("👍")
        await _tool(answer, "edit-button", screen)
        await desk.input.fill("吃吧")
        await visitor.page.keyboard.press("Enter")
        await expect(desk.messages.last).to_contain_text("吃吧")
        await expect(desk.messages.last).to_contain_text("已编辑")
        await _tool(desk.messages.last, "delete-button", screen)
        await expect(desk.messages.filter(has_text="吃吧")).to_have_count(0)


@pytest.mark.parametrize("screen", [Screen(), PHONE], ids=["wide", "phone"])
async def test_a_queues_own_group_is_one_tap_away(tmp_path: Path, screen: Screen) -> None:
    """A case of that queue opens its topic there; the other group counts what is new, and one switches by a tap."""
    async with on_the_wednesday(tmp_path, screen, {Queue.SAFETY: "安全群"}) as visitor:
        phone, page = visitor.phone, visitor.page
        await phone.says("孩子吃了嘴肿起来了，喘")
        await phone.hears("120")
        if screen == PHONE:
            await visitor.turns_to("desk")
        await expect(visitor.topics()).to_have_count(0)
        safety = page.get_by_test_id("group").filter(has_text="安全群")
        await expect(safety.locator(".badge")).to_be_visible()
        assert await visitor.sees_wrong() == []
        await safety.click()
        await expect(safety).to_have_attribute("aria-pressed", "true")
        await visitor.opens_topic("肿起来")
        await visitor.desk.shows("紧急")
        await visitor.desk.presses("我来接")
        await visitor.desk.shows("林晓", "在跟")
        assert await visitor.overflow() <= 0
        assert await visitor.sees_wrong() == []


async def test_an_album_stands_together_and_things_without_words_have_a_name(tmp_path: Path) -> None:
    """Three photos sent at once are one album on both screens; the list of topics says what came last."""
    photo = tmp_path / "p.png"
    async with on_the_wednesday(tmp_path, Screen()) as visitor:
        phone, desk, page = visitor.phone, visitor.desk, visitor.page
        await phone.says("转人工，电热壶不通电，订单8841")
        await phone.hears("转人工")
        await desk.presses("我来接")
        await desk.shows("林晓", "在跟")
        await page.screenshot(path=photo)
        await page.get_by_test_id("phone-photo-file").set_input_files([photo, photo, photo])
        for side in (phone, desk):
            album = side.element.get_by_test_id("album")
            await expect(album).to_have_count(1)
            await expect(album.get_by_test_id("photo")).to_have_count(3)
        await page.get_by_test_id("phone-attach").click()
        await page.get_by_test_id("phone-attach-location").click()
        await expect(desk.element.get_by_test_id("location")).to_be_visible()
        await expect(visitor.topics().first).to_contain_text("[位置]")
        assert await visitor.sees_wrong() == []
