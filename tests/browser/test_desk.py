"""Both screens at once: a customer on the left, an agent on the right."""

import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.marks import IN_A_BROWSER
from tests.browser.visitor import visiting

pytestmark = IN_A_BROWSER

NOTES_A_NOTICE = """() => new MutationObserver(() => {
    const toast = document.querySelector('[data-testid="toast"]');
    if (toast) document.body.dataset.noticed = toast.textContent;
}).observe(document.body, { childList: true, subtree: true })"""
"""From now on the page itself notes every notice, however short it stays."""


@pytest.mark.practice("S13", "R2", "R40")
async def test_an_agent_takes_over_and_answers_while_notes_stay_inside(tmp_path: Path) -> None:
    """One press brings a person; what the agent writes reaches the customer, what begins with // never does."""
    async with visiting(tmp_path) as visitor:
        phone, desk = visitor.phone, visitor.desk
        await phone.says("上周买的电热壶不通电")
        await phone.shows("编号")
        await phone.presses("转人工")
        await phone.shows("不用再说一遍")
        await visitor.page.get_by_test_id("agent-select").select_option(label="林晓 · 座席")
        await desk.presses("我来接")
        await desk.shows("林晓", "在跟")
        await desk.says("// 这批次先别承诺，我问一下仓库")
        await desk.says("您好，我是林晓，新壶今天就给您寄出")
        await phone.hears("您好，我是林晓，新壶今天就给您寄出")
        await expect(phone.messages.filter(has_text="仓库")).to_have_count(0)
        await phone.says("好的谢谢")
        await desk.shows("好的谢谢")
        await expect(visitor.page.get_by_test_id("step-answer")).to_have_attribute("data-done", "true")


@pytest.mark.practice("S8", "S74", "R27")
async def test_a_photo_of_the_customer_is_seen_at_the_desk(tmp_path: Path) -> None:
    """An insect in the food is an emergency at once; the agent who takes it sees the same picture as the customer."""
    photo = tmp_path / "insect.png"
    async with visiting(tmp_path) as visitor:
        await visitor.page.screenshot(path=photo)
        await visitor.phone.says("吃到一半发现虫子！")
        await visitor.phone.shows("先问最要紧的")
        await visitor.desk.presses("我来接")
        await visitor.phone.hears("接手")
        await visitor.phone.sends_photo(photo, "这就是那只虫子")
        await visitor.desk.shows("这就是那只虫子")
        shown = visitor.desk.element.get_by_test_id("photo").last
        await expect(shown).to_be_visible()
        assert await shown.evaluate("one => one.decode().then(() => one.naturalWidth)") == 1280


@pytest.mark.practice("R57")
async def test_a_late_press_is_answered_with_a_notice(tmp_path: Path) -> None:
    """A button whose time is over says so over the chat, and the talk goes on undisturbed."""
    async with visiting(tmp_path) as visitor:
        phone = visitor.phone
        await phone.says("上周买的电热壶不通电")
        await phone.hears("订单号")
        await phone.says("订单8841")
        await phone.hears("怎么处理")
        said = await phone.from_bot().count()
        toast = visitor.page.get_by_test_id("toast")
        # it stays for a few seconds only: on a busy machine whoever comes to look may be too late
        await visitor.page.evaluate(NOTES_A_NOTICE)
        await phone.presses("跳过")
        await expect(visitor.page.locator("body")).to_have_attribute("data-noticed", re.compile(r"\S"))
        await expect(phone.from_bot()).to_have_count(said)
        await expect(toast).to_have_count(0)
