"""More than an agent may give, as three people live it on the page: who asks, who decides, and who is told."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.chromium import Screen
from tests.browser.marks import IN_A_BROWSER
from tests.browser.visitor import Visitor, on_the_wednesday

pytestmark = IN_A_BROWSER

PHONE = Screen(width=390, height=844, touch=True)


async def _turns_to(visitor: Visitor, side: str, screen: Screen) -> None:
    if screen == PHONE:
        await visitor.turns_to(side)


@pytest.mark.practice("S93", "S98", "R11")
@pytest.mark.parametrize("screen", [Screen(), PHONE], ids=["wide", "phone"])
async def test_a_supervisor_approves_with_one_tap_what_an_agent_may_not_give(
    tmp_path: Path, screen: Screen
) -> None:
    """Asked in the topic, approved by another person, on the customer's phone at once, and agreed there."""
    async with on_the_wednesday(tmp_path, screen) as visitor:
        phone, desk = visitor.phone, visitor.desk
        await phone.says("转人工，电热壶不通电，订单8841")
        await phone.hears("转人工")
        await _turns_to(visitor, "desk", screen)
        await visitor.opens_topic()
        await desk.presses("我来接")
        await desk.says("/offer 赔偿 500 | 顾客跑了两趟门店")
        await desk.shows("请批", "主管", "¥500", "跑了两趟门店")
        await expect(visitor.page.get_by_test_id("wanted")).to_have_text("1")

        await desk.presses("批准")
        alert = visitor.page.get_by_test_id("alert")
        await expect(alert).to_contain_text("主管")
        await alert.get_by_role("button").click()
        await expect(phone.messages.filter(has_text="¥500")).to_have_count(0)

        await visitor.sits_down_as("陈岚")
        await expect(visitor.page.get_by_test_id("wanted")).to_have_count(0)
        await desk.presses("批准")
        await desk.shows("批准", "陈岚", "¥500", "已发给顾客")
        await _turns_to(visitor, "phone", screen)
        await phone.hears("方案", "¥500", "可以吗")
        assert await visitor.overflow() <= 0
        await phone.presses("同意")
        await phone.hears("登记")
        await _turns_to(visitor, "desk", screen)
        await desk.shows("顾客同意", "¥500")
        assert await visitor.sees_wrong() == []


@pytest.mark.practice("S31")
async def test_a_stranger_on_the_page_decides_nothing(tmp_path: Path) -> None:
    """Somebody who is no member is shown as that, and their press changes nothing."""
    async with on_the_wednesday(tmp_path, Screen()) as visitor:
        phone, desk = visitor.phone, visitor.desk
        await phone.says("转人工，电热壶不通电，订单8841")
        await phone.hears("转人工")
        await visitor.sits_down_as("路人甲")
        await expect(visitor.page.get_by_test_id("speaker")).to_contain_text("不是群成员")
        await desk.presses("我来接")
        notice = visitor.page.get_by_test_id("alert").or_(visitor.page.get_by_test_id("toast"))
        await expect(notice).to_contain_text("座席")
        await expect(desk.button("我来接")).to_be_visible()
