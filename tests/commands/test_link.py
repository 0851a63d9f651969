"""`complaint-bot link`: what is printed is read by a scanner, and says what it was made with."""

import csv
import re
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from bot.complaint.links import Link
from bot.policy.links import keys_from, read
from tests.commands.conftest import Run
from tests.processes import TOKEN

KETTLE = ("link", "--product", "电热壶", "--batch", "L20260618", "--bot", "@hesui_bot")


def _payload(link: str) -> str:
    return link.strip().removeprefix("https://t.me/hesui_bot?start=")


def _scanned(picture: Image.Image) -> str:
    """What a scanner reads in a picture."""
    found = zxingcpp.read_barcodes(np.asarray(picture.convert("L")))
    assert len(found) == 1
    return str(found[0].text)


def _drawn(svg: str) -> Image.Image:
    """The dark modules of an SVG of ours, eight dots each."""
    side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])  # type: ignore[index]
    picture = Image.new("L", (side * 8, side * 8), 255)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", svg):
        box = (int(x) * 8, int(y) * 8, (int(x) + int(length)) * 8, (int(y) + 1) * 8)
        picture.paste(0, box)
    return picture


@pytest.mark.practice("S106")
@pytest.mark.parametrize("kind", ["svg", "png"])
async def test_a_printed_code_is_read_by_a_scanner(run: Run, tmp_path: Path, kind: str) -> None:
    """The code holds the very link that stands on standard output, and the link what it was made with."""
    file = tmp_path / f"kettle.{kind}"
    ended = await run(*KETTLE, "--qr", str(file))
    link = ended.out.decode().strip()
    assert ended.code == 0
    picture = Image.open(file) if kind == "png" else _drawn(file.read_text("utf-8"))
    assert _scanned(picture) == link
    assert read(_payload(link), keys_from([], TOKEN)) == Link(product="kettle", batch="L20260618")


async def test_a_code_torn_by_a_tenth_is_still_read(run: Run, tmp_path: Path) -> None:
    """With a corner of its lower edge rubbed off the code is still read."""
    file = tmp_path / "kettle.png"
    ended = await run(*KETTLE, "--qr", str(file), "--no-label")
    picture = Image.open(file).convert("L")
    side = picture.width
    picture.paste(255, (side * 6 // 10, side * 6 // 10, side * 9 // 10, side * 9 // 10))
    assert _scanned(picture) == ended.out.decode().strip()


async def test_the_label_says_what_the_code_is_for(run: Run, tmp_path: Path) -> None:
    """Under an SVG stand the invitation, what is known, and where to go without a camera; and it has its size."""
    file = tmp_path / "kettle.svg"
    await run(*KETTLE, "--qr", str(file), "--size", "40")
    svg = file.read_text("utf-8")
    words = re.findall(r"<text[^>]*>([^<]*)</text>", svg)
    assert words == ["有什么不满意，扫码告诉我们", "1.7升电热壶 · 批次 L20260618", "t.me/hesui_bot"]
    assert 'width="40mm"' in svg


async def test_a_list_makes_a_code_for_each_line(run: Run, tmp_path: Path) -> None:
    """A CSV file becomes a folder of codes, and a table that says which link is whose."""
    (tmp_path / "list.csv").write_text("product,batch,name\nkettle,L1,front\nmilk,M2,\n", encoding="utf-8")
    ended = await run("link", "--from", "list.csv", "--out", "codes", "--bot", "hesui_bot")
    assert ended.code == 0
    with (tmp_path / "codes" / "links.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["file"] for row in rows] == ["front.svg", "milk-M2.svg"]
    for row in rows:
        assert _scanned(_drawn((tmp_path / "codes" / row["file"]).read_text("utf-8"))) == row["link"]


async def test_a_wrong_line_writes_nothing(run: Run, tmp_path: Path) -> None:
    """One line that cannot be made is named, and no file of the others is written."""
    (tmp_path / "list.csv").write_text("product\nkettle\nrocket\n", encoding="utf-8")
    ended = await run("link", "--from", "list.csv", "--out", "codes", "--bot", "hesui_bot")
    assert (ended.code, (tmp_path / "codes").exists()) == (2, False)
    assert 'line 3: product "rocket" is not in the brand file' in ended.err


async def test_without_a_name_telegram_is_asked(run: Run) -> None:
    """The bot's own name stands in the link."""
    ended = await run("link", "--product", "kettle")
    assert re.match(r"https://t\.me/\w+\?start=", ended.out.decode())


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (("--store", "上海南京西路旗舰店一层家电区"), "[links.values]"),
        (("--qr", "kettle.pdf"), ".svg nor .png"),
        (("--qr", "kettle.svg", "--size", "10"), "--size"),
    ],
)
async def test_what_cannot_be_made_is_told_with_what_to_do(
    run: Run, more: tuple[str, ...], says: str
) -> None:
    """Too long, another kind of file, too small to be read: one line each, exit code 2."""
    ended = await run(*KETTLE, *more)
    assert ended.code == 2
    assert says in ended.err


async def test_keys_of_the_brands_own_sign(run: Run, tmp_path: Path) -> None:
    """With a file of keys no token is needed, and another token still reads what was printed."""
    brand = tmp_path / "brand.toml"
    brand.write_text(
        'name = "A"\nhotline = "400"\nlanguages = ["en"]\n[links]\nkeys = "keys"\n', encoding="utf-8"
    )
    brand.write_text(brand.read_text("utf-8").replace('"A"', '{ en = "A" }'), encoding="utf-8")
    (tmp_path / "keys").write_text("a-secret-for-all-our-packs\n", encoding="utf-8")
    ended = await run("link", "--batch", "L1", "--bot", "hesui_bot", brand=brand, token=None, desk=None)
    assert read(_payload(ended.out.decode()), keys_from(["a-secret-for-all-our-packs"], "9:other")) == Link(
        batch="L1"
    )


async def test_check_finds_keys_and_plug_ins_that_cannot_be_used(run: Run, tmp_path: Path) -> None:
    """A file of keys that is not there, and a transcriber that is none: two findings, each with what to do."""
    brand = tmp_path / "brand.toml"
    brand.write_text(
        'name = { en = "A" }\nhotline = "400"\nlanguages = ["en"]\n'
        '[links]\nkeys = "nowhere"\n[voice]\ntranscriber = "no_such_module:Machine"\n',
        encoding="utf-8",
    )
    ended = await run("check", brand=brand, token=None, desk=None)
    found = ended.out.decode()
    assert ended.code == 1
    assert "COMPLAINT_BOT_BRAND: links.keys" in found
    assert "COMPLAINT_BOT_BRAND: voice.transcriber" in found
