"""A headless Chromium with a profile of its own, and the errors inside its pages."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import (
    ConsoleMessage,
    Page,
    Request,
    Response,
    ViewportSize,
    async_playwright,
    expect,
)

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60_000.0
"""Milliseconds until a wait counts as failed: a busy machine takes long over a page."""

expect.set_options(timeout=PATIENCE)


def chromium() -> str | None:
    """The browser's executable: $CHROMIUM, or the first of the usual names; None where there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What a person looks at."""

    width: int = 1280
    height: int = 800
    dark: bool = False
    lang: str = "zh"
    sharpness: float = 1.0
    """Device pixels in one CSS pixel."""
    touch: bool = False

    @property
    def locale(self) -> str:
        """What the browser says it reads."""
        return "zh-CN" if self.lang == "zh" else "en-GB"


# no slots: the library notes its listeners on the object that they belong to
@dataclass
class Faults:
    """Everything that a page must not do: complain on its console, throw, ask for what is not there."""

    told: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Listen to a page."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.told.append(f"thrown: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.told.append(f"console: {message.text}")

    def _failed(self, request: Request) -> None:
        # leaving a page ends its stream of events and the files it was still taking; that is no failure
        if request.failure != "net::ERR_ABORTED":
            self.told.append(f"failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.told.append(f"{response.status}: {response.url}")


@asynccontextmanager
async def browse(folder: Path, screen: Screen) -> AsyncIterator[tuple[Page, Faults]]:
    """Open a browser whose profile lives in this folder, and give its first page."""
    size = ViewportSize(width=screen.width, height=screen.height)
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            folder,
            executable_path=chromium(),
            args=list(FLAGS),
            viewport=size,
            screen=size,
            device_scale_factor=screen.sharpness,
            has_touch=screen.touch,
            color_scheme="dark" if screen.dark else "light",
            locale=screen.locale,
            timezone_id="Asia/Shanghai",
            timeout=PATIENCE,
        )
        try:
            context.set_default_timeout(PATIENCE)
            page, faults = context.pages[0], Faults()
            faults.watch(page)
            yield page, faults
        finally:
            await context.close()
