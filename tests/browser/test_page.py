"""The page itself: small screens, keyboards, weak eyes, first visits."""

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.chromium import Screen
from tests.browser.marks import IN_A_BROWSER
from tests.browser.visitor import Visitor, on_the_wednesday

pytestmark = IN_A_BROWSER

SMALL = Screen(width=390, height=844, touch=True)
REACHABLE = "button:visible, select:visible, textarea:visible, a[href]:visible"


async def walk(visitor: Visitor) -> set[str]:
    """Go once around the page with Tab; everything that gets the keyboard must show it."""
    met: set[str] = set()
    for _ in range(await visitor.page.locator(REACHABLE).count() + 12):
        await visitor.page.keyboard.press("Tab")
        here = await visitor.focused()
        if here["testid"] != "BODY":
            assert here["rim"] >= 2, here
        met.add(here["testid"])
    return met


async def test_a_small_screen_shows_one_side_at_a_time(tmp_path: Path) -> None:
    """On a phone nothing is wider than the screen, tabs change sides, and a new topic is counted on its tab."""
    async with on_the_wednesday(tmp_path, SMALL) as visitor:
        phone, desk = visitor.phone, visitor.desk
        assert await visitor.overflow() <= 0
        await expect(desk.element).to_be_hidden()
        await phone.says("孩子吃了嘴肿起来了，喘")
        await phone.hears("120", "急诊")
        assert await visitor.overflow() <= 0
        await expect(visitor.page.get_by_test_id("tab-desk").locator(".badge")).to_be_visible()
        await visitor.page.get_by_test_id("tab-phone").focus()
        await visitor.page.keyboard.press("ArrowRight")
        await expect(phone.element).to_be_hidden()
        await visitor.opens_topic("肿起来")
        card = desk.messages.first
        await expect(card).to_contain_text("紧急")
        await expect(card.get_by_text("紧急")).to_be_in_viewport()
        assert await visitor.overflow() <= 0
        await desk.presses("我来接")
        await desk.shows("林晓", "在跟")
        await visitor.page.get_by_test_id("topic-back").click()
        await expect(visitor.topics()).to_be_visible()


@pytest.mark.parametrize("screen", [Screen(), SMALL], ids=["wide", "small"])
async def test_every_control_is_reached_by_keyboard(tmp_path: Path, screen: Screen) -> None:
    """Tab alone leads to every control that is shown, and whatever has the keyboard wears a line around it."""
    async with on_the_wednesday(tmp_path, screen) as visitor:
        await visitor.phone.says("上周买的电热壶不通电")
        # the last that comes by itself: a page that changes meanwhile has other controls
        await visitor.phone.hears("订单号")
        await expect(visitor.page.get_by_test_id("reply-key")).to_have_count(0)
        shown = await visitor.page.locator(REACHABLE).evaluate_all(
            "all => all.map((one) => one.dataset.testid)"
        )
        assert {"phone-input", "inline-button", "phone-send", "new-customer", "language"} <= set(shown)
        missed = set(filter(None, shown)) - await walk(visitor)
        assert not missed


@pytest.mark.parametrize("screen", [Screen(), Screen(dark=True), SMALL], ids=["light", "dark", "small"])
async def test_names_roles_and_contrast_are_right(tmp_path: Path, screen: Screen) -> None:
    """Everything has a name, a role and words that stand out 4.5 to 1, before the first word and in mid-talk."""
    async with on_the_wednesday(tmp_path, screen) as visitor:
        assert await visitor.sees_wrong() == []
        await visitor.phone.says("孩子吃了嘴肿起来了，喘")
        await visitor.phone.hears("120")
        await expect(visitor.topics()).to_have_count(1)
        assert await visitor.sees_wrong() == []
        if screen == SMALL:
            await visitor.turns_to("desk")
        await visitor.opens_topic()
        await visitor.desk.shows("紧急")
        assert await visitor.sees_wrong() == []


async def test_a_first_visitor_is_led_and_may_send_the_hint_away(tmp_path: Path) -> None:
    """A line to try starts the talk by one click; the steps tick themselves off; closed once, they stay away."""
    async with on_the_wednesday(tmp_path, Screen()) as visitor:
        page = visitor.page
        await expect(page.get_by_test_id("step-say")).to_have_attribute("aria-current", "step")
        await page.get_by_test_id("sample").first.click()
        await visitor.phone.shows("编号")
        await expect(page.get_by_test_id("sample")).to_have_count(0)
        await expect(page.get_by_test_id("step-say")).to_have_attribute("data-done", "true")
        await expect(page.get_by_test_id("step-topic")).to_have_attribute("aria-current", "step")
        await page.get_by_test_id("hint-close").click()
        await visitor.arrives(page.url)
        await expect(page.get_by_test_id("hint")).to_have_count(0)
        await expect(visitor.phone.messages.first).to_contain_text("电热壶")
        await page.get_by_test_id("language").click()
        await expect(page).to_have_title("Complaint bot, try it")


async def test_a_reader_who_scrolled_up_is_left_in_peace(tmp_path: Path) -> None:
    """New words do not pull away somebody who reads what was before; one press leads to the newest."""
    async with on_the_wednesday(tmp_path, Screen(height=560)) as visitor:
        phone = visitor.phone
        await phone.says("上周买的电热壶不通电")
        await phone.hears("订单号")
        heard = await phone.from_bot().count()
        await phone.says("订单8841")
        await visitor.page.get_by_test_id("phone-messages").evaluate("list => list.scrollTo(0, 0)")
        await expect(phone.from_bot()).to_have_count(heard + 1)
        await expect(phone.messages.first).to_be_in_viewport()
        await visitor.page.get_by_label("到最新消息").first.click()
        await expect(phone.from_bot().last).to_be_in_viewport()
