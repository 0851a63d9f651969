"""The README's pictures, from real conversations: `python -m tests.browser.pictures [folder [name]]`.

Writes try-zh.png and try-en.png; of the desk on a phone desk-phone-zh.png, approval-zh.png and boards-zh.png; of the
brand's own account account-zh.png, and how it is connected, account-1-zh.png to account-3-zh.png; unless a folder is
named, into .github/pictures. The house works as always, only its calendar says a Wednesday morning in July, so that
the dates in the pictures stay the same.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from PIL import Image
from playwright.async_api import expect

from bot.logs import configure
from tests.browser.chromium import Screen, browse, chromium
from tests.browser.house import on_a_wednesday
from tests.browser.visitor import Visitor

PICTURES = Path(__file__).resolve().parents[2] / ".github" / "pictures"
MOST_BYTES = 200_000
COLOURS = 256
PHONE = Screen(width=390, height=844, sharpness=1.5, touch=True)
STILL = "() => Promise.all(document.getAnimations().filter((one) => one.playState === 'running' && one.effect.getComputedTiming().iterations !== Infinity).map((one) => one.finished))"  # noqa: E501 - JavaScript


async def try_zh(visitor: Visitor) -> None:
    """An agreement on the left, its card on the right."""
    phone = visitor.phone
    await phone.says("上周买的电热壶不通电")
    await phone.hears("订单号")
    await phone.says("订单8841")
    await phone.hears("怎么处理")
    await phone.says("换个新的吧")
    await phone.hears("这样可以吗")
    await phone.presses("同意")
    await phone.hears("登记")
    await visitor.desk.shows("顾客同意")


async def try_en(visitor: Visitor) -> None:
    """A person asked for, and there at once."""
    phone, desk = visitor.phone, visitor.desk
    await phone.says("The kettle I bought last week won't turn on")
    await phone.hears("order number")
    await phone.presses("Talk to a person")
    await desk.element.get_by_test_id("inline-button").first.click()
    await desk.says("// two of these are left in the shop on River Street")
    await desk.says("Hello Emma, this is Lin Xiao. I can have a new kettle with you tomorrow.")
    await phone.hears("Lin Xiao")
    await phone.says("Tomorrow would be perfect, thank you!")
    await desk.shows("Tomorrow would be perfect")


async def desk_phone_zh(visitor: Visitor) -> None:
    """An emergency, as the agent on call sees it."""
    await visitor.phone.says("孩子吃了嘴肿起来了，喘")
    await visitor.phone.hears("120")
    await expect(visitor.topics()).to_have_count(1)
    await visitor.turns_to("desk")
    await visitor.opens_topic()
    await visitor.desk.shows("前面的对话")


async def approval_zh(visitor: Visitor) -> None:
    """More than an agent may give, as the supervisor who is asked sees it."""
    await _in_hands(visitor)
    await visitor.desk.says("/offer 退款 89 + 赔偿 200 | 顾客跑了两趟门店")
    await visitor.sits_down_as("陈岚")
    await visitor.desk.shows("请批", "¥200", "前定")


async def boards_zh(visitor: Visitor) -> None:
    """What is owed and by when, what one holds, and who waits: asked in General."""
    phone, desk = visitor.phone, visitor.desk
    await _in_hands(visitor)
    await desk.says("/task call 明天10-11 谈方案")
    await desk.shows("回电", "已告诉顾客")
    await desk.says("/promise 寄出检验报告 明天16:00")
    await desk.shows("答应了", "检验报告")
    await visitor.turns_to("phone")
    await phone.says("/new")
    await phone.hears("100-0038")
    await phone.says("转人工，孩子的积木少了一包")
    await phone.hears("转人工")
    await visitor.turns_to("desk")
    await visitor.page.get_by_test_id("topic-back").click()
    await visitor.page.locator('[data-testid="topic"][data-thread-id="general"]').click()
    for command, words in (("/queue", "等人接"), ("/tasks", "谈方案"), ("/promises", "约好的事")):
        await desk.says(command)
        await desk.shows(words, "前")


async def account_zh(visitor: Visitor) -> None:
    """A customer writes to the brand's account, and its owner answers from the phone; the desk sees all of it."""
    await account_heard_zh(visitor)
    await visitor.page.get_by_test_id("door-owner").click()
    await visitor.phone.says("您好，我是店里的小周，我来看")
    await expect(visitor.topics()).to_have_count(1)
    await visitor.opens_topic()
    await visitor.desk.shows("店里的小周")


async def account_menu_zh(visitor: Visitor) -> None:
    """Where an account is connected on the page; on a real phone it is Telegram Business, Chatbots."""
    await visitor.page.get_by_test_id("phone-menu").click()
    await expect(visitor.page.get_by_test_id("connect_account")).to_be_visible()


async def account_heard_zh(visitor: Visitor) -> None:
    """The same talk as in the bot's own chat, in the account's name."""
    await account_menu_zh(visitor)
    await visitor.page.get_by_test_id("connect_account").click()
    await visitor.phone.says("上周买的电热壶不通电，壶嘴一倒就漏水")
    await visitor.phone.hears("电热壶", "订单号")


async def account_told_zh(visitor: Visitor) -> None:
    """The desk reads that the account is connected, and what the bot may do there."""
    await account_menu_zh(visitor)
    await visitor.page.get_by_test_id("connect_account").click()
    await visitor.turns_to("desk")
    await visitor.page.locator('[data-testid="topic"][data-thread-id="general"]').click()
    await visitor.desk.shows("的账号接上了")


async def _in_hands(visitor: Visitor) -> None:
    """A kettle's case, with 林晓 in its topic."""
    await visitor.phone.says("转人工，电热壶不通电，订单8841")
    await visitor.phone.hears("转人工")
    await visitor.turns_to("desk")
    await visitor.opens_topic()
    await visitor.desk.presses("我来接")
    await visitor.desk.says("您好，我是林晓，壶的事我来办")
    await visitor.desk.shows("在跟")


SHOWN: dict[str, tuple[Callable[[Visitor], Awaitable[None]], Screen]] = {
    "try-zh": (try_zh, Screen(sharpness=1.3)),
    "try-en": (try_en, Screen(sharpness=1.3, lang="en")),
    "desk-phone-zh": (desk_phone_zh, PHONE),
    "approval-zh": (approval_zh, PHONE),
    "boards-zh": (boards_zh, PHONE),
    "account-zh": (account_zh, Screen(sharpness=1.3)),
    "account-1-zh": (account_menu_zh, PHONE),
    "account-2-zh": (account_heard_zh, PHONE),
    "account-3-zh": (account_told_zh, PHONE),
}


async def take(name: str, target: Path, place: Path) -> None:
    """Play one conversation, at home in this place, and take its picture."""
    play, screen = SHOWN[name]
    async with (
        on_a_wednesday(place, screen.lang) as address,
        browse(place / "profile", screen) as (page, faults),
    ):
        visitor = Visitor(page, faults)
        await visitor.arrives(address)
        if await page.get_by_test_id("hint-close").count():
            await page.get_by_test_id("hint-close").click()
        await play(visitor)
        await page.mouse.move(1, 1)
        await expect(page.get_by_test_id("toast")).to_have_count(0)
        await page.evaluate("document.activeElement.blur()")
        await page.evaluate(STILL)
        await page.screenshot(path=target)
    _lighten(target)


def _lighten(picture: Path) -> None:
    """A page has few colours: as many as a palette holds are enough, at a third of the weight."""
    with Image.open(picture) as taken:
        light = taken.convert("RGB").quantize(
            COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
    light.save(picture, optimize=True)


def take_all(folder: Path, only: str = "") -> None:
    """Take every picture, or those whose names begin so.

    Raises:
        ValueError: a picture is too heavy for a README.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name in (one for one in SHOWN if one.startswith(only)):
        target = folder / f"{name}.png"
        with tempfile.TemporaryDirectory(prefix="complaint-bot-picture-") as place:
            asyncio.run(take(name, target, Path(place)))
        size = target.stat().st_size
        if size > MOST_BYTES:
            raise ValueError(f"{target.name} has {size} bytes, more than {MOST_BYTES}")
        sys.stdout.write(f"{target}  {size} bytes\n")


def main() -> int:
    """Read the arguments, and go."""
    what = argparse.ArgumentParser(prog="python -m tests.browser.pictures", description=__doc__)
    what.add_argument("folder", nargs="?", type=Path, default=PICTURES, help="where they are written")
    what.add_argument("name", nargs="?", default="", help="only those whose names begin so")
    given = what.parse_args()
    if chromium() is None:
        sys.stderr.write("There is no Chromium here: install one, or name it in CHROMIUM.\n")
        return 2
    configure(level="error", stream=sys.stderr, console=False)
    take_all(given.folder, given.name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
