"""The supervisor's page in a real browser, on a phone and on a desktop, as Telegram opens it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pytest
from playwright.async_api import Page, expect

from bot.complaint.evolving import replace
from bot.sandbox.miniapp import init_data
from tests.browser.chromium import Screen, browse
from tests.browser.floor import Floor, supervised
from tests.browser.kettle import EVIL, HERO
from tests.browser.marks import IN_A_BROWSER
from tests.browser.visitor import Visitor

pytestmark = IN_A_BROWSER

PHONE: Final = Screen(width=390, height=844, touch=True)
DESKTOP: Final = Screen(width=1280, height=800)
BOTH = pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])


@asynccontextmanager
async def opened(folder: Path, screen: Screen, start: str = "") -> AsyncIterator[tuple[Floor, Visitor]]:
    """The page, opened by the supervisor; whatever it complains of fails the test."""
    (folder / "data").mkdir()
    async with (
        supervised(folder / "data", screen.lang) as floor,
        browse(folder / "profile", screen) as (page, faults),
    ):
        await page.goto(floor.launch(dark=screen.dark, start=start))
        yield floor, Visitor(page, faults)
        assert faults.told == []


async def _turned_away(page: Page, reason: str) -> None:
    refused = page.get_by_test_id("refused")
    await expect(refused).to_have_attribute("data-reason", reason)
    await expect(page.get_by_test_id("case-row")).to_have_count(0)


@BOTH
async def test_a_supervisor_goes_from_the_board_into_a_case_and_back(tmp_path: Path, screen: Screen) -> None:
    """Queues, a chip, more of a queue, a case with all that happened, and back where one was."""
    async with opened(tmp_path, screen) as (_, visitor):
        page = visitor.page
        await expect(page.get_by_test_id("column").first).to_have_attribute("data-queue", "safety")
        await expect(page.get_by_test_id("chip-all")).to_contain_text("71")
        general = page.locator('[data-testid="column"][data-queue="general"]')
        before = await general.get_by_test_id("case-row").count()
        await general.get_by_test_id("more").click()
        await expect(general.get_by_test_id("case-row")).to_have_count(35)
        assert before < 35
        await page.get_by_test_id("chip-late").click()
        await expect(page.get_by_test_id("case-row")).to_have_count(3)
        await page.locator(f'[data-testid="case-row"][data-no="{HERO}"]').click()
        await expect(page.get_by_test_id("matter")).to_have_text("电热壶 漏电")
        await expect(page.get_by_test_id("events")).to_contain_text("全额退款 ¥89")
        assert await visitor.overflow() <= 0
        await page.get_by_test_id("back").click()
        await expect(page.get_by_test_id("case-row")).to_have_count(3)
        assert await visitor.overflow() <= 0


@BOTH
async def test_the_calendar_and_the_figures_are_read(tmp_path: Path, screen: Screen) -> None:
    """Overdue first, one day chosen, then figures that name their n and pictures that say what they show."""
    async with opened(tmp_path, screen, "promises") as (_, visitor):
        page = visitor.page
        await expect(page.get_by_test_id("day").first).to_have_attribute("data-day", "late")
        await page.get_by_test_id("day-2026-07-02").click()
        await expect(page.get_by_test_id("day")).to_have_count(1)
        await expect(page.get_by_test_id("day").locator("h2")).to_have_text("明天10")
        await expect(page.get_by_test_id("promise-row")).to_have_count(10)
        await page.get_by_test_id("tab-figures").click()
        await expect(page.get_by_test_id("figure-promise_kept")).to_contain_text("n=")
        await expect(page.get_by_test_id("chart_days").get_by_role("img")).to_have_accessible_name(
            "开案 75, 结案 20"
        )
        await page.get_by_test_id("chip-30").click()
        await expect(page.get_by_test_id("chip-30")).to_have_attribute("aria-pressed", "true")
        assert await visitor.overflow() <= 0


@BOTH
async def test_only_a_good_signature_opens_the_page(tmp_path: Path, screen: Screen) -> None:
    """A forged one, none, one of an agent: each is told why, in words, and sees nothing of the desk."""
    async with opened(tmp_path, screen) as (floor, visitor):
        page = visitor.page
        await expect(page.get_by_test_id("case-row").first).to_be_visible()
        good = init_data(floor.demo.world, floor.person("chen_lan").id)
        agent = init_data(floor.demo.world, floor.person("lin_xiao").id)
        for signed, reason, words in (
            (good.replace("hash=", "hash=0"), "unsigned", "请从客服群里的按钮打开"),
            ("", "unsigned", "请从客服群里的按钮打开"),
            (agent, "no_right", "主管和经理"),
        ):
            await page.goto("about:blank")
            await page.goto(f"{floor.page}#tgWebAppData={quote(signed)}")
            await _turned_away(page, reason)
            await expect(page.get_by_test_id("refused")).to_contain_text(words)
        refused = [one for one in visitor.faults.told if "401" in one or "403" in one]
        assert len(refused) == len(visitor.faults.told)
        visitor.faults.told.clear()


async def test_an_expired_signature_asks_to_open_the_page_anew(tmp_path: Path) -> None:
    """What was signed more than an hour ago shows nothing, neither at once nor on a page that stayed open."""
    async with opened(tmp_path, PHONE) as (floor, visitor):
        page = visitor.page
        await expect(page.get_by_test_id("case-row").first).to_be_visible()
        now = floor.demo.world.now
        floor.demo.world.now = lambda: now() - 3700
        late = floor.launch()
        floor.demo.world.now = now
        await page.goto("about:blank")
        await page.goto(late)
        await _turned_away(page, "expired")
        await expect(page.get_by_test_id("refused")).to_contain_text("再打开")
        visitor.faults.told.clear()


@BOTH
async def test_a_customers_words_stay_words(tmp_path: Path, screen: Screen) -> None:
    """Whoever writes HTML to take over the desk's browsers is quoted, letter by letter."""
    async with opened(tmp_path, screen, f"c{HERO.replace('-', '')}") as (_, visitor):
        page = visitor.page
        await expect(page.get_by_test_id("said").filter(has_text="onerror")).to_have_text(EVIL)
        await expect(page).to_have_title("看板")
        assert await page.locator("main img, main script").count() == 0


LOOKS = [
    PHONE,
    replace(PHONE, dark=True),
    DESKTOP,
    replace(DESKTOP, dark=True, lang="en"),
]


@pytest.mark.parametrize("screen", LOOKS, ids=["phone", "phone-dark", "desktop", "desktop-dark-en"])
async def test_every_view_can_be_read_and_reached_by_anybody(tmp_path: Path, screen: Screen) -> None:
    """Names, roles, contrast of 4.5 to 1, and targets that a thumb can hit, in every view."""
    async with opened(tmp_path, screen) as (_, visitor):
        page = visitor.page
        for view in ("board", "promises", "figures", "case"):
            if view == "case":
                await page.get_by_test_id("find").fill(HERO)
                await page.get_by_test_id("find-go").click()
            else:
                await page.get_by_test_id(f"tab-{view}").click()
            await expect(page.locator(f'main[data-view="{view}"]:not([aria-busy])')).to_be_visible()
            assert await visitor.sees_wrong() == []
            sizes = await page.locator("button:visible").evaluate_all(
                "all => all.map((one) => one.getBoundingClientRect()).map((box) => Math.min(box.width, box.height))"
            )
            assert min(sizes) >= 44
            assert await visitor.overflow() <= 0


async def test_the_page_wears_telegrams_colours_and_changes_with_them(tmp_path: Path) -> None:
    """What Telegram hands over is worn at once, and again when somebody changes the theme."""
    async with opened(tmp_path, PHONE) as (_, visitor):
        page = visitor.page
        await expect(page.get_by_test_id("case-row").first).to_be_visible()
        ground = "getComputedStyle(document.documentElement).backgroundColor"
        assert await page.evaluate(ground) == "rgb(239, 239, 244)"
        await page.evaluate(
            "window.Telegram.WebView.receiveEvent('theme_changed',"
            " { theme_params: { bg_color: '#101010', secondary_bg_color: '#202020', text_color: 'url(x)' } })"
        )
        assert await page.evaluate(ground) == "rgb(32, 32, 32)"
        assert await page.evaluate("document.documentElement.dataset.theme") == "dark"


async def test_a_page_that_lost_the_house_says_so_and_tries_again(tmp_path: Path) -> None:
    """No answer is told in words; one tap asks again."""
    async with opened(tmp_path, PHONE) as (_, visitor):
        page = visitor.page
        await expect(page.get_by_test_id("case-row").first).to_be_visible()
        await page.route("**/api/**", lambda route: route.abort())
        await page.get_by_test_id("tab-promises").click()
        await expect(page.get_by_test_id("refused")).to_have_attribute("data-reason", "offline")
        await page.unroute("**/api/**")
        await page.get_by_test_id("again").click()
        await expect(page.get_by_test_id("promise-row").first).to_be_visible()
        visitor.faults.told.clear()


@BOTH
async def test_the_desk_of_try_opens_the_board_and_its_cases_lead_back(
    tmp_path: Path, screen: Screen
) -> None:
    """/board gives a button, the button opens the page in Telegram's frame, and a case there leads to its topic."""
    async with opened(tmp_path, screen) as (floor, visitor):
        page, desk = visitor.page, visitor.desk
        await visitor.arrives(floor.sandbox)
        if screen == PHONE:
            await visitor.turns_to("desk")
            await page.locator('[data-testid="topic"][data-thread-id="general"]').click()
        await visitor.sits_down_as("陈岚")
        await desk.says("/board")
        await desk.shows("看板")
        await page.get_by_test_id("open-app").last.click()
        board = page.frame_locator('[data-testid="app-frame"]')
        await expect(board.get_by_test_id("chip-all")).to_contain_text("71")
        await board.get_by_test_id("find").fill(HERO)
        await board.get_by_test_id("find-go").click()
        await expect(board.get_by_test_id("matter")).to_be_visible()
        await page.get_by_test_id("app-back").click()
        await expect(board.get_by_test_id("case-row").first).to_be_visible()
        await board.locator(f'[data-testid="case-row"][data-no="{HERO}"]').click()
        await board.get_by_test_id("to-topic").click()
        await expect(page.get_by_test_id("app")).to_have_count(0)
        await expect(page.get_by_test_id("topic-title")).to_contain_text(HERO)
