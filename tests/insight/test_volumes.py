"""Shipments and active users out of CSV files."""

from datetime import date

import pytest

from bot.insight.volumes import Active, Shipment, WrongLine, shipments, users


def test_columns_may_stand_in_any_order_and_blank_lines_say_nothing() -> None:
    """A file as a spreadsheet saves it, with a byte order mark and quotes, is read as it is meant."""
    text = '\ufeffunits,Product,batch,date\n5000,"tea, green",B1,2025-03-01\n\n0,jam,,2025-03-02\n'
    assert shipments(text.splitlines(keepends=True)) == [
        Shipment(product="tea, green", batch="B1", day=date(2025, 3, 1), units=5000),
        Shipment(product="jam", batch="", day=date(2025, 3, 2), units=0),
    ]


def test_active_users_are_counts_of_days() -> None:
    """Each line is a day and how many were active."""
    assert users(["date,active\n", "2025-01-31,48000\n"]) == [Active(day=date(2025, 1, 31), users=48_000)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "line 1: no column product, batch, date, units"),
        ("product,date,units\n", "line 1: no column batch"),
        ("product,batch,date,units\ntea,B1,2025-03-01,12\n,B1,2025-03-01,5\n", "line 3: product is empty"),
        ("product,batch,date,units\ntea,B1,1.3.2025,12\n", "line 2: date '1.3.2025' is not a day"),
        ('product,batch,date,units\n\ntea,B1,2025-03-01,"1,000"\n', "line 3: units '1,000' is not a whole"),
        ("product,batch,date,units\ntea,B1,2025-03-01,-4\n", "line 2: units -4 is below zero"),
        ("product,batch,date,units\ntea,2025-03-01,4\n", "line 2: 3 cells, and 4 columns"),
        ('product,batch,date,units\ntea,"B1"x,2025-03-01,4\n', "line 2: "),
    ],
)
def test_what_cannot_be_meant_is_told_by_its_line(text: str, sentence: str) -> None:
    """Nothing is guessed: the first wrong line is named, with what was wanted."""
    with pytest.raises(WrongLine) as wrong:
        shipments(text.splitlines(keepends=True))
    assert str(wrong.value).startswith(sentence)
