"""A person's whole complaint, by keys and clicks, in both languages."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.chromium import Screen
from tests.browser.marks import IN_A_BROWSER
from tests.browser.visitor import visiting

pytestmark = IN_A_BROWSER


@pytest.mark.practice("S18", "S19", "S20", "S22", "S23", "S24", "S25", "S44")
async def test_a_kettle_is_complained_about_and_replaced(tmp_path: Path) -> None:
    """Story, order number, wish and one click lead to an agreement with a date; the desk then has its topic."""
    time = asyncio.get_running_loop().time
    async with visiting(tmp_path) as visitor:
        phone, desk = visitor.phone, visitor.desk
        began = time()
        await phone.says("上周买的电热壶不通电")
        await phone.shows("自动客服", "编号", "转人工")
        await phone.hears("谢谢", "很抱歉", "订单号")
        assert time() - began > 3, "a person may be typing on: the answer waits for a few quiet seconds"
        await expect(phone.button("跳过")).to_be_visible()
        await phone.says("订单8841")
        await phone.hears("电热壶", "¥89", "怎么处理")
        await expect(visitor.topics()).to_have_count(0)
        await phone.says("换个新的吧")
        await phone.hears("①", "②", "前发货", "这样可以吗")
        await phone.presses("同意")
        await phone.hears("登记", "编号", "热线 400-000-8841", "谢谢您的耐心")
        await expect(phone.button("同意")).to_have_count(0)
        await expect(phone.messages.filter(has_text="已编辑")).to_have_count(0)
        await expect(visitor.topics().filter(has_text="电热壶不通电")).to_be_visible()
        await desk.shows("换个新的吧", "换新")
        await desk.shows("顾客同意", "换新")
        await expect(visitor.page.get_by_test_id("step-topic")).to_have_attribute("data-done", "true")


@pytest.mark.practice("S25", "R43")
async def test_the_same_complaint_goes_through_in_english(tmp_path: Path) -> None:
    """Page, bot and desk all speak English to somebody who comes in English."""
    async with visiting(tmp_path, Screen(lang="en")) as visitor:
        phone, desk = visitor.phone, visitor.desk
        assert "lang=en" in visitor.page.url
        await phone.says("The kettle I bought last week won't turn on")
        await phone.shows("automated assistant")
        await phone.hears("sorry", "order number")
        await phone.says("order 8841")
        await phone.hears("Found it", "What would put this right")
        await phone.says("Please send me a new one")
        await phone.hears("1.", "2.", "3.", "Is that all right with you?")
        await phone.presses("Agreed")
        await phone.hears("All set", "400-000-8841", "Thanks")
        await expect(visitor.topics().filter(has_text="kettle")).to_be_visible()
        await desk.shows("Agreed", "replacement")
        chinese = visitor.page.locator("header, .hint, .people").filter(has_text="投诉")
        await expect(chinese).to_have_count(0)
