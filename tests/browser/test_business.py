"""A business account on the page: connected from the menu, written to, and answered from the owner's phone."""

from pathlib import Path

import pytest
from playwright.async_api import expect

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
