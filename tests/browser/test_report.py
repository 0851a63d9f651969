"""The report's page in a browser: on a wide screen, on a phone, in the dark, in both languages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from bot.commands.report_page import page_of
from bot.commands.report_words import wording_of
from bot.commands.reporting import Answer, reckoned
from bot.complaint.evolving import replace
from bot.complaint.reading import Language
from bot.insight.figures import Around
from bot.insight.frame import Only
from bot.insight.periods import period_before
from bot.policy.limits import PpmLimits
from bot.policy.rules import Rules
from tests.browser.chromium import Screen, browse
from tests.browser.marks import IN_A_BROWSER
from tests.browser.visitor import INSPECTION
from tests.insight.year import YEAR, ZONE, active, shipped, year

pytestmark = IN_A_BROWSER

WIDE, SMALL = Screen(), Screen(width=390, height=844, touch=True)
SCREENS = pytest.mark.parametrize(
    "screen",
    [WIDE, SMALL, Screen(dark=True), Screen(lang="en"), replace(SMALL, lang="en")],
    ids=["wide", "small", "dark", "wide-en", "small-en"],
)
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"


@cache
def _answer(language: Language) -> Answer:
    rules = Rules()
    around = Around(shipped=shipped(1), active=active())
    return Answer(
        told=reckoned(year(7, 3000), YEAR, period_before(YEAR), around, Only(), PpmLimits()),
        period=YEAR,
        before=period_before(YEAR),
        only=Only(),
        made_at=datetime(2026, 1, 2, 9, tzinfo=ZONE),
        words=wording_of((rules,), language, None, {}),
        language=language,
        brand=rules.brand(language),
    )


@asynccontextmanager
async def report_of_a_year(folder: Path, screen: Screen) -> AsyncIterator[Page]:
    """Open the page from its file; it must load nothing and complain of nothing."""
    file = folder / "report.html"
    file.write_text(page_of(_answer(Language(screen.lang))), "utf-8")
    async with browse(folder / "profile", screen) as (page, faults):
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await page.goto(file.as_uri())
        await expect(page.get_by_test_id("chart-course").locator("canvas")).to_be_visible()
        yield page
        assert faults.told == []
        assert {one for one in asked if not one.startswith("data:")} == {file.as_uri()}


@SCREENS
async def test_it_fits_its_screen_and_can_be_read(tmp_path: Path, screen: Screen) -> None:
    """Nothing is wider than the screen, with all numbers unfolded too; every word stands out 4.5 to 1."""
    async with report_of_a_year(tmp_path, screen) as page:
        assert await page.evaluate(OVERFLOW) <= 0
        assert await page.evaluate(INSPECTION) == []
        await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert await page.evaluate(OVERFLOW) <= 0
        assert await page.evaluate(INSPECTION) == []


@pytest.mark.parametrize("screen", [WIDE, SMALL], ids=["wide", "small"])
async def test_a_chart_tells_its_numbers(tmp_path: Path, screen: Screen) -> None:
    """Point at a month, or tap it: how many were opened and closed in it, as the table has it."""
    async with report_of_a_year(tmp_path, screen) as page:
        chart = page.get_by_test_id("chart-course")
        await chart.scroll_into_view_if_needed()
        box = await chart.bounding_box()
        assert box is not None
        place = (box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.6)
        await (page.touchscreen.tap(*place) if screen.touch else page.mouse.move(*place))
        await expect(chart).to_contain_text("2025-")
        day, *told = (await chart.inner_text()).split("\n")
        rows = page.get_by_test_id("table-course").locator("tbody tr")
        opened, closed = await rows.filter(has_text=day).locator("td").all_text_contents()
        assert [one.split() for one in told] == [["新投诉", opened], ["结案", closed]]


LYING = """
() => drawn
  .map((one) => [one.host.dataset.testid, one.chart.getOption()])
  .filter(([, { yAxis, series }]) => series.length === 1 && yAxis[0].type === "category")
  .map(([place, { yAxis, series }]) => [
    place,
    yAxis[0].data.map((name, n) => [name, series[0].label.formatter({ dataIndex: n })]),
  ])
"""


async def test_every_bar_bears_its_own_number(tmp_path: Path) -> None:
    """What is written behind a bar is what the table says of the thing it is named for."""
    async with report_of_a_year(tmp_path, WIDE) as page:
        charts = await page.evaluate(LYING)
        assert len(charts) == 8
        for place, bars in charts:
            table = page.get_by_test_id(place.replace("chart-", "table-")).locator("tbody")
            for name, number in bars:
                lines = await table.locator("tr", has_text=name).all_text_contents()
                assert any(number in line for line in lines), (place, name)


async def test_the_vital_few_are_sorted_anew(tmp_path: Path) -> None:
    """By another thing or weight: the chosen one is marked, and its numbers are below."""
    async with report_of_a_year(tmp_path, WIDE) as page:
        block = page.get_by_test_id("pareto")
        tabs = block.get_by_role("button").filter(visible=True)
        assert await tabs.count() == 8
        await tabs.nth(6).click()
        await expect(tabs.nth(6)).to_have_attribute("aria-pressed", "true")
        await expect(tabs.nth(0)).to_have_attribute("aria-pressed", "false")
        await block.locator("summary").click()
        await expect(block.locator("tbody tr").first).to_contain_text("jam")
        await expect(block.locator("canvas")).to_have_count(1)


async def test_what_is_above_its_limit_is_told_first(tmp_path: Path) -> None:
    """The alert names product and cases; the rest unfolds."""
    async with report_of_a_year(tmp_path, WIDE) as page:
        alerts = page.get_by_test_id("alerts")
        shown = alerts.locator("li").filter(visible=True)
        assert await shown.count() == 4
        await alerts.get_by_role("button").click()
        assert await shown.count() > 4
        await expect(shown.first).to_contain_text("100")


async def test_a_tile_leads_and_chips_lead_on(tmp_path: Path) -> None:
    """The first look has the key figures with their change; a chip brings its section to the top."""
    async with report_of_a_year(tmp_path, SMALL) as page:
        tile = page.get_by_test_id("tile-promise_kept")
        await expect(tile).to_be_in_viewport()
        await expect(tile).to_contain_text("n=")
        await page.get_by_role("link", name="同事", exact=True).click()
        await expect(page.get_by_test_id("table-agents")).to_be_in_viewport()
