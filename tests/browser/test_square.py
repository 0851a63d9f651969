"""A public group on the page: several members' phones, the one line before all, and on in private."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.chromium import Screen
from tests.browser.marks import IN_A_BROWSER
from tests.browser.visitor import visiting

pytestmark = IN_A_BROWSER

PHONE = Screen(width=390, height=844, touch=True)


@pytest.mark.parametrize("screen", [Screen(), PHONE], ids=["wide", "phone"])
async def test_a_quarrel_moves_from_the_group_into_private(tmp_path: Path, screen: Screen) -> None:
    """Everybody in the group reads one line; whoever called taps it, and the bot knows already what was said."""
    async with visiting(tmp_path, screen) as visitor:
        page, phone = visitor.page, visitor.phone
        await page.get_by_test_id("door-square").click()
        await page.get_by_test_id("sample").first.click()
        await phone.hears("收到", "私聊")
        await page.get_by_test_id("new-customer").click()
        await page.get_by_test_id("new-customer-add").click()
        await expect(page.get_by_test_id("customer")).to_have_count(2)
        await expect(page.get_by_test_id("door-square")).to_have_attribute("aria-pressed", "true")
        await phone.says("@demo_brand_bot 我的也不通电")
        await phone.hears("同样情况的朋友")
        await page.get_by_test_id("customer").first.click()
        assert await visitor.overflow() <= 0
        assert await visitor.sees_wrong() == []
        await page.get_by_test_id("open-chat").first.click()
        await expect(page.get_by_test_id("door-own")).to_have_attribute("aria-pressed", "true")
        await phone.shows("不用再讲一遍")
        await phone.hears("电热壶不通电", "订单号")
        assert await visitor.overflow() <= 0
        assert await visitor.sees_wrong() == []
