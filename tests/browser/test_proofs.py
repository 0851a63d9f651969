"""The writers' page in a browser: on a wide screen, on a phone, in the dark, and on paper."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.async_api import Page, expect

from bot.wording import Catalogue, findings, our_replies
from bot.wording.proofs import proof_page
from tests.browser.chromium import Screen, browse
from tests.browser.marks import IN_A_BROWSER
from tests.browser.visitor import INSPECTION

pytestmark = IN_A_BROWSER

WIDE, SMALL = Screen(), Screen(width=390, height=844, touch=True)
SCREENS = pytest.mark.parametrize("screen", [WIDE, SMALL, Screen(dark=True)], ids=["wide", "small", "dark"])
OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"


@cache
def the_page() -> str:
    """The page of a brand whose late reply says "but"."""
    with TemporaryDirectory() as folder:
        late = Path(folder) / "zh" / "people" / "late.html.j2"
        late.parent.mkdir(parents=True)
        late.write_text("很抱歉，但是没有。", "utf-8")
        catalogue = Catalogue.load([Path(folder), our_replies()])
        return proof_page(catalogue, findings(catalogue))


@asynccontextmanager
async def proofs_of(folder: Path, screen: Screen) -> AsyncIterator[Page]:
    """Open the page; it must load nothing and complain of nothing."""
    file = folder / "page.html"
    file.write_text(the_page(), "utf-8")
    async with browse(folder / "profile", screen) as (page, faults):
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        await page.goto(file.as_uri())
        yield page
        assert faults.told == []
        assert {one for one in asked if not one.startswith("data:")} == {file.as_uri()}


@SCREENS
async def test_it_fits_its_screen_and_can_be_read(tmp_path: Path, screen: Screen) -> None:
    """Nothing is wider than the screen, every case unfolded too; every word stands out 4.5 to 1."""
    async with proofs_of(tmp_path, screen) as page:
        assert await page.evaluate(OVERFLOW) <= 0
        assert await page.evaluate(INSPECTION) == []
        await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert await page.evaluate(OVERFLOW) <= 0
        assert await page.evaluate(INSPECTION) == []


@SCREENS
async def test_search_and_filters_lead_to_a_reply(tmp_path: Path, screen: Screen) -> None:
    """By its words in either language, its name, its step, its part, its finding; and back to all."""
    async with proofs_of(tmp_path, screen) as page:
        shown = page.get_by_test_id("proof").locator("visible=true")
        search, only = page.get_by_test_id("search"), page.get_by_test_id("only")
        every = await shown.count()
        for words, name in (
            ("noted under case", "opening/hello"),
            ("封口温度偏低", "people/upheld"),
            ("WISH/ASK_AGAIN", "wish/ask_again"),
        ):
            await search.fill(words)
            await expect(shown.and_(page.locator(f'[data-name="{name}"]'))).to_have_count(1)
            assert await shown.count() < every / 10
        await search.fill("没有这样的词")
        await expect(page.get_by_test_id("none")).to_be_visible()
        await search.fill("")
        await only.select_option("findings")
        await expect(shown).to_have_count(1)
        await expect(shown.locator("mark").first).to_have_text("但")
        await expect(shown.locator(".finding").first).to_contain_text("S85")
        await only.select_option("")
        await page.get_by_test_id("part").select_option("desk")
        await expect(page.locator('[data-part="customer"]')).to_be_hidden()
        await page.get_by_test_id("part").select_option("")
        await page.get_by_test_id("language").select_option("en")
        await expect(shown.first.locator('.side[data-language="zh"]').first).to_be_hidden()
        await page.get_by_test_id("language").select_option("")
        await expect(shown).to_have_count(every)


async def test_words_in_a_folded_case_are_unfolded(tmp_path: Path) -> None:
    """What is found only in another case of a reply is not left out of sight; it folds again afterwards."""
    async with proofs_of(tmp_path, WIDE) as page:
        thanks = page.locator('[data-name="listening/thanks_sorry"]')
        await page.get_by_test_id("search").fill("toast bread")
        await expect(thanks.locator("details .bubble").filter(has_text="toast bread").first).to_be_visible()
        await page.get_by_test_id("search").fill("")
        await expect(thanks.locator("details .bubble").first).to_be_hidden()


async def test_languages_stand_side_by_side_each_in_its_own_letters(tmp_path: Path) -> None:
    """Beside each other where there is room, below each other on a phone; the browser is told their languages."""
    async with proofs_of(tmp_path, WIDE) as page:
        sides = page.locator('[data-name="opening/hello"] .side')

        async def beside() -> bool:
            left, right = await sides.nth(0).bounding_box(), await sides.nth(1).bounding_box()
            assert left is not None
            assert right is not None
            return right["x"] >= left["x"] + left["width"]

        assert await beside()
        await page.set_viewport_size({"width": 390, "height": 844})
        assert not await beside()
        for lang, face in (("zh-CN", "PingFang SC"), ("en", "Segoe UI")):
            one = page.locator(f'.side[lang="{lang}"] .bubble').first
            assert face in await one.evaluate("one => getComputedStyle(one).fontFamily")


async def test_on_paper_only_the_replies_are_printed(tmp_path: Path) -> None:
    """Filters and folded cases stay away; black on white; both languages side by side."""
    async with proofs_of(tmp_path, Screen(dark=True)) as page:
        await page.emulate_media(media="print")
        await expect(page.locator(".filters")).to_be_hidden()
        await expect(page.get_by_test_id("proof").first).to_be_visible()
        assert await page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        assert await page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert await page.evaluate(INSPECTION) == []
