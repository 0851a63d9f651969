"""The page on a slow line and a busy machine: nothing is lost, and no press goes astray."""

import re
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.chromium import Screen, browse
from tests.browser.house import on_a_wednesday
from tests.browser.marks import IN_A_BROWSER
from tests.browser.visitor import Visitor, on_the_wednesday

pytestmark = IN_A_BROWSER

PHONES_CHAT = re.compile(r"/sandbox/messages\?chat_id=\d")


async def _somebody_writes(page: Page, address: str, words: str) -> None:
    """The first customer writes from elsewhere."""
    state = await (await page.request.get(urljoin(address, "/sandbox/state"))).json()
    customer = next(one["id"] for one in state["result"]["people"] if one["role"] == "customer")
    said = {"person_id": customer, "text": words}
    assert (await page.request.post(urljoin(address, "/sandbox/say"), data=said)).ok


@pytest.mark.parametrize("late", [re.compile("/sandbox/events"), PHONES_CHAT], ids=["line", "chat"])
async def test_what_is_said_while_the_page_opens_stands_on_it(tmp_path: Path, late: re.Pattern[str]) -> None:
    """Whether the line of events comes late or what was said before."""
    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(on_a_wednesday(tmp_path))
        page, faults = await stack.enter_async_context(browse(tmp_path / "profile", Screen()))

        async def slowly(route: Route) -> None:
            if late is not PHONES_CHAT:
                await _somebody_writes(page, address, "电热壶不通电")
                await route.continue_()
                return
            before = await route.fetch()
            # that is what the page does when it has heard of words
            async with page.expect_request("**/sandbox/state?*"):
                await _somebody_writes(page, address, "电热壶不通电")
            await route.fulfill(response=before)

        await page.route(late, slowly, times=1)
        visitor = Visitor(page, faults)
        await visitor.arrives(address)
        await visitor.phone.hears("订单号")
        said = visitor.phone.messages.and_(page.locator(':not([data-from="bot"])'))
        await expect(said).to_have_text(re.compile("电热壶不通电"))
        assert faults.told == []


async def test_a_press_holds_though_the_list_changes_under_it(tmp_path: Path) -> None:
    """What comes between a finger's going down and up is shown afterwards, and the press counts."""
    async with on_the_wednesday(tmp_path, Screen()) as visitor:
        page, desk = visitor.page, visitor.desk
        await visitor.phone.says("孩子吃了嘴肿起来了，喘")
        await visitor.phone.hears("120")
        await desk.shows("紧急")
        await page.locator('[data-testid="topic"][data-thread-id="general"]').hover()
        await page.mouse.down()
        async with page.expect_response("**/sandbox/state?*"):
            await _somebody_writes(page, page.url, "还在喘")
        await page.mouse.up()
        await expect(page.get_by_test_id("topic-title")).not_to_contain_text("肿")
        await visitor.opens_topic()
        await desk.shows("还在喘")
