"""Uses the page like a person: writes and clicks on both screens, and waits for what appears."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page, expect

from bot.complaint.axes import Queue
from tests.browser.chromium import Faults, Screen, browse
from tests.browser.house import on_a_wednesday, trying

INSPECTION = (Path(__file__).parent / "inspection.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two screens: the customer's phone or the agents' desk."""

    page: Page
    name: str

    @property
    def element(self) -> Locator:
        """The screen itself."""
        return self.page.get_by_test_id(self.name)

    @property
    def input(self) -> Locator:
        """Where one writes."""
        return self.page.get_by_test_id(f"{self.name}-input")

    @property
    def messages(self) -> Locator:
        """Every message that it shows."""
        return self.page.get_by_test_id(f"{self.name}-messages").get_by_test_id("message")

    def from_bot(self) -> Locator:
        """What the bot has said here."""
        return self.messages.and_(self.page.locator('[data-from="bot"]'))

    async def says(self, words: str) -> None:
        """Write by keys and press Enter; it stands there at once."""
        await self.input.focus()
        await self.page.keyboard.type(words)
        await self.page.keyboard.press("Enter")
        await expect(self.messages.filter(has_text=words).last).to_be_visible()

    async def hears(self, *pieces: str) -> Locator:
        """Wait until the bot's newest message has all these pieces, in this order, and stands on the screen.

        Of a message that another follows by itself, ask `shows`: on a busy machine both may be there already.
        """
        pattern = re.compile(".*".join(re.escape(one) for one in pieces), re.DOTALL)
        newest = self.from_bot().last
        await expect(newest.get_by_test_id("words")).to_have_text(pattern)
        await expect(newest).to_be_in_viewport()
        return newest

    async def shows(self, *pieces: str) -> Locator:
        """Wait until some message here has all these pieces, in this order."""
        pattern = re.compile(".*".join(re.escape(one) for one in pieces), re.DOTALL)
        found = self.messages.filter(has_text=pattern).last
        await expect(found).to_be_visible()
        return found

    def button(self, label: str) -> Locator:
        """The newest button with exactly this label."""
        return self.element.get_by_test_id("inline-button").get_by_text(label, exact=True).last

    async def presses(self, label: str) -> None:
        """Click the newest button with this label."""
        await self.button(label).click()

    async def sends_photo(self, photo: Path, caption: str = "") -> None:
        """Choose a photo in the menu, with the words already written."""
        await self.input.fill(caption)
        await self.page.get_by_test_id(f"{self.name}-attach").click()
        async with self.page.expect_file_chooser() as chosen:
            await self.page.get_by_test_id(f"{self.name}-attach-photo").click()
        await (await chosen.value).set_files(photo)


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person before the page."""

    page: Page
    faults: Faults

    @property
    def phone(self) -> Side:
        """The customer's phone."""
        return Side(self.page, "phone")

    @property
    def desk(self) -> Side:
        """The agents' desk."""
        return Side(self.page, "desk")

    async def arrives(self, address: str) -> None:
        """Open the page and wait until it is alive."""
        await self.page.goto(address)
        await expect(self.page.locator("body")).to_have_attribute("data-ready", "true")

    def topics(self) -> Locator:
        """The cases' topics in the desk's list, the newest first; the general one is left out."""
        return self.page.get_by_test_id("topic").and_(self.page.locator(':not([data-thread-id="general"])'))

    async def turns_to(self, side: str) -> None:
        """Choose a tab of the narrow screen."""
        await self.page.get_by_test_id(f"tab-{side}").click()

    async def opens_topic(self, words: str = "") -> None:
        """Choose the newest topic with these words in its name."""
        await self.topics().filter(has_text=words).first.click()

    async def sits_down_as(self, name: str) -> None:
        """Be this colleague at the desk from now on."""
        seat = self.page.get_by_test_id("agent-select")
        option = seat.locator("option").filter(has_text=name)
        await seat.select_option(value=await option.get_attribute("value"))
        await expect(self.page.get_by_test_id("speaker")).to_contain_text(name)

    async def sees_wrong(self) -> list[str]:
        """What somebody with a keyboard, a screen reader or weak eyes would stumble over now, one line each."""
        found: list[str] = await self.page.evaluate(INSPECTION)
        return found

    async def focused(self) -> dict[str, Any]:
        """What has the keyboard: its name for tests, and how thick the line around it is."""
        found: dict[str, Any] = await self.page.evaluate(
            """() => {
                const one = document.activeElement;
                const rim = one.matches("select.agent") ? one.closest("label") : one;
                const style = getComputedStyle(rim);
                const width = style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth);
                return { testid: one.dataset.testid ?? one.tagName, rim: width };
            }"""
        )
        return found

    async def overflow(self) -> float:
        """By how many pixels the page is wider than the screen."""
        found: float = await self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return found


@asynccontextmanager
async def on_the_wednesday(
    folder: Path, screen: Screen, desks: Mapping[Queue, str] | None = None
) -> AsyncIterator[Visitor]:
    """The same on a working morning in July, with groups of their own for some queues."""
    async with (
        on_a_wednesday(folder, screen.lang, desks) as address,
        browse(folder / "profile", screen) as (page, faults),
    ):
        visitor = Visitor(page, faults)
        await visitor.arrives(address)
        yield visitor
        assert faults.told == []


@asynccontextmanager
async def visiting(folder: Path, screen: Screen | None = None) -> AsyncIterator[Visitor]:
    """Try the bot in a browser; if all went well, nothing may have gone wrong inside the page either."""
    screen = screen or Screen()
    home = folder / "home"
    home.mkdir()
    async with trying(home, screen.lang) as address, browse(folder / "profile", screen) as (page, faults):
        visitor = Visitor(page, faults)
        await visitor.arrives(address)
        yield visitor
        assert faults.told == []
