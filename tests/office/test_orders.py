"""The order book: verified, or not found; never guessed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.complaint.case import Order
from bot.complaint.errors import SettingsWrong
from bot.complaint.ids import Cents
from bot.config import load_rules
from bot.office.lookup.orders import NoOrders, open_order_book

HEAD = "order_no,product,price,bought_on,store\n"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    rows = 'HS260621-8841,电热壶,89.00,2026-06-21,官方商城\nHS1-7777,a,1,,\nHS2-7777,b,"¥1,299.5",,\nA-001,c,2,,\n'
    path.write_text(HEAD + rows, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "asked",
    [
        "HS260621-8841",
        "hs260621-8841",
        "HS260621 8841",
        " ＨＳ２６０６２１－８８４１ ",
        "8841",
        "８８４１",
        "21-8841",
    ],
)
async def test_a_number_is_found_as_people_copy_it(book: Path, asked: str) -> None:
    """Case, spaces, full width and a tail of four digits make no difference."""
    assert await open_order_book(book).find(asked) == Order(
        order_no="HS260621-8841",
        product="电热壶",
        price=Cents(89_00),
        bought_on="2026-06-21",
        store="官方商城",
    )


@pytest.mark.parametrize("asked", ["7777", "841", "HS260621", "9999", "", "  ", "HS260621-884", "电热壶"])
async def test_what_could_be_several_or_none_is_not_verified(book: Path, asked: str) -> None:
    """A tail that two orders share, a tail too short, a beginning: nothing is guessed."""
    assert await open_order_book(book).find(asked) is None


async def test_prices_are_read_as_people_write_them(book: Path) -> None:
    """A sign and a thousands comma do no harm; a price is kept in cents."""
    found = await open_order_book(book).find("HS2-7777")
    assert found is not None
    assert found.price == 1_299_50


async def test_an_sqlite_file_is_an_order_book_too(tmp_path: Path) -> None:
    """The same answers from a table `orders`, with columns that are not there left empty."""
    path = tmp_path / "shop.db"
    with closing(sqlite3.connect(path)) as shop:
        shop.execute("CREATE TABLE orders (order_no TEXT, product TEXT, price REAL)")
        shop.execute("INSERT INTO orders VALUES ('HS260621-8841', '电热壶', 89.5)")
        shop.commit()
    found = await open_order_book(f"sqlite:///{path}").find("8841")
    assert found is not None
    assert (found.price, found.store) == (89_50, "")


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        ("order_no,product\n1234,a\n", "column price is missing"),
        (HEAD + "1234,a,cheap,,\n", 'line 2: price "cheap" is no number'),
        (HEAD + "1234,a,-1,,\n", "line 2: price"),
        (HEAD + "12-34,a,1,,\n1234,b,1,,\n", 'order_no "1234" stands there twice'),
        (HEAD + " ,a,1,,\n", "line 2: order_no is empty"),
    ],
)
def test_a_book_with_a_mistake_is_not_opened(tmp_path: Path, content: str, hint: str) -> None:
    """The message names file, line and column, and the bot does not start on half a book."""
    path = tmp_path / "orders.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsWrong, match=hint) as wrong:
        open_order_book(path)
    assert str(path) in str(wrong.value)


def test_a_missing_book_is_named(tmp_path: Path) -> None:
    """A path that leads nowhere is a wrong setting, not an empty shop."""
    with pytest.raises(SettingsWrong, match="no such file"):
        open_order_book(tmp_path / "none.csv")


async def test_without_a_book_nothing_is_verified() -> None:
    """No book: every order goes to people."""
    book = open_order_book(None)
    assert isinstance(book, NoOrders)
    assert await book.find("8841") is None


async def test_the_demo_brand_has_the_kettle_of_the_trade_s_example() -> None:
    """D1: order 8841 is an electric kettle for ¥89, bought on 21 June; every order is of a product we know."""
    rules = load_rules()
    book = open_order_book(rules.orders)
    kettle = await book.find("8841")
    assert kettle is not None
    assert (kettle.price, kettle.bought_on) == (89_00, "2026-06-21")
    assert rules.product_name(kettle.product, rules.languages[1]) == "1.7 L electric kettle"
