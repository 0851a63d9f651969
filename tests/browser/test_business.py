"""A business account on the page: connected from the menu, written to, and answered from the owner's phone."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Route, expect

from tests.browser.chromium import Screen
from tests.browser.marks import IN_A_BROWSER
from tests.browser.visitor import on_the_wednesday

pytestmark = IN_A_BROWSER

PHONE = Screen(width=390, height=844, touch=True)


@pytest.mark.parametrize("screen", [Screen(), PHONE], ids=["wide", "phone"])
async def test_an_account_is_connected_written_to_and_answered_by_hand(
    tmp_path: Path, screen: Screen
) -> None:
    """The account's chat, the owner's phone and the rights stand one tap away, and nothing breaks the page."""
    async with on_the_wednesday(tmp_path, screen) as visitor:
        page, phone = visitor.page, visitor.phone
        await page.get_by_test_id("phone-menu").click()
        await page.get_by_test_id("connect_account").click()
        await expect(page.get_by_test_id("door-account")).to_have_attribute("aria-pressed", "true")
        await expect(page.get_by_test_id("bot-status")).to_contain_text("机器人代答")
        await phone.says("上周买的电热壶不通电，壶嘴一倒就漏水")
        await phone.hears("电热壶", "订单号")
        await page.get_by_test_id("door-owner").click()
        await phone.says("您好，我是店里的小周，我来看")
        await page.get_by_test_id("phone-menu").click()
        await page.get_by_test_id("take_reply").click()
        await expect(page.get_by_test_id("bot-status")).to_contain_text("只能看")
        assert await visitor.overflow() <= 0
        assert await visitor.sees_wrong() == []


async def test_what_is_typed_while_a_chat_is_opening_goes_to_that_chat(tmp_path: Path) -> None:
    """However slow the line: not a letter is lost, and none goes to the chat that was left."""
    async with on_the_wednesday(tmp_path, PHONE) as visitor:
        page, phone = visitor.page, visitor.phone
        await page.get_by_test_id("phone-menu").click()
        await page.get_by_test_id("connect_account").click()
        await expect(page.get_by_test_id("bot-status")).to_contain_text("机器人代答")
        typed = asyncio.Event()

        async def slowly(route: Route) -> None:
            await typed.wait()
            await route.continue_()

        await page.route("**/account_chat", slowly)
        await page.get_by_test_id("door-owner").click()
        await phone.input.focus()
        await page.keyboard.type("在的，我马上看")
        await page.keyboard.press("Enter")
        await page.keyboard.type("稍等")
        typed.set()
        await expect(phone.messages.filter(has_text="在的，我马上看")).to_be_visible()
        await expect(page.get_by_test_id("bot-name")).to_have_text("周敏")
        await expect(phone.input).to_have_value("稍等")
