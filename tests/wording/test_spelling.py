from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.complaint.moments import from_unix
from bot.complaint.reading import Language, RemedyKind
from bot.wording import Catalogue
from bot.wording.spelling import Spelling, lowfirst, masked, phone, shortened

NOW = datetime(2026, 7, 1, 10, 20, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(name="zh")
def _zh(ours: Catalogue) -> Spelling:
    return ours.shelf(Language.ZH).spelling


@pytest.fixture(name="en")
def _en(ours: Catalogue) -> Spelling:
    return ours.shelf(Language.EN).spelling


@pytest.mark.parametrize(
    ("cents", "spelled"), [(8900, "¥89"), (129950, "¥1,299.50"), (5, "¥0.05"), (0, "¥0"), (-150, "-¥1.50")]
)
def test_money_is_spelled_without_needless_cents(zh: Spelling, cents: int, spelled: str) -> None:
    """Whole amounts carry no zeros."""
    assert zh.money(cents) == spelled


@pytest.mark.practice("S53")
def test_a_time_is_absolute_and_by_the_brand_s_clock(zh: Spelling, en: Spelling) -> None:
    """A promise given in UTC is read by the customer in the brand's zone."""
    moment = from_unix(datetime(2026, 7, 3, 10, 0, tzinfo=ZoneInfo("UTC")).timestamp())
    assert zh.day_time(moment) == "7月3日(周五)18:00"
    assert en.day_time(moment) == "Fri 3 July, 18:00"


def test_today_and_tomorrow_are_called_so_only_when_they_are(zh: Spelling, en: Spelling) -> None:
    """The day changes at the brand's midnight."""
    assert zh.day_time(NOW.replace(hour=18), NOW) == "今天18:20"
    assert zh.day_time(NOW.replace(day=2, hour=9), NOW) == "明天9:20"
    assert en.day_time(NOW.replace(day=2), NOW) == "10:20 tomorrow"
    assert zh.day_time(NOW.replace(day=3), NOW) == "7月3日(周五)10:20"
    assert zh.day_time(NOW.replace(year=2027), NOW) == "2027年7月1日(周四)10:20"


@pytest.mark.practice("S53")
def test_midnight_is_the_end_of_its_day(zh: Spelling, en: Spelling) -> None:
    """At a quarter to twelve "tomorrow 0:00" is read as a day later than it is."""
    late, midnight = NOW.replace(hour=23, minute=45), NOW.replace(day=2, hour=0, minute=0)
    assert zh.day_time(midnight, late) == "今天24:00"
    assert en.day_time(midnight, late) == "24:00 today"
    assert zh.day_time(midnight) == "7月1日(周三)24:00"
    assert zh.day_time(midnight.replace(minute=1), late) == "明天0:01"


def test_a_day_may_be_a_date_or_text(zh: Spelling) -> None:
    """The order book writes days as it likes; what is no date stays as it is."""
    assert zh.day("2026-06-21") == "6月21日"
    assert zh.day(date(2026, 6, 21)) == "6月21日"
    assert zh.day("上周") == "上周"


def test_a_window_names_the_day_once(zh: Spelling) -> None:
    """From when to when a call comes."""
    assert zh.window(NOW.replace(day=2), NOW.replace(day=2, hour=11), NOW) == "明天10:20–11:20"


def test_lists_are_numbered_or_joined(zh: Spelling, en: Spelling) -> None:
    """The three ways in which points are said back."""
    points = ["坏了两次。", "电话没人接", "店员说话难听"]
    assert zh.listing(points[1:]) == "①电话没人接<br>②店员说话难听"
    assert zh.inline(points) == "①坏了两次；②电话没人接；③店员说话难听"
    assert zh.together(points) == "坏了两次、电话没人接和店员说话难听"
    assert en.together(["a", "b", "c"]) == "a, b and c"
    assert en.either(["a", "b"]) == "a or b"
    assert zh.together([]) == ""


def test_a_list_item_cannot_bring_markup(zh: Spelling) -> None:
    """A customer's point with a tag in it is text."""
    assert zh.listing(["<b>x"]) == "①&lt;b&gt;x"


def test_a_quotation_is_short_and_harmless(zh: Spelling) -> None:
    """No line ends, no hidden or turning signs, no quotation mark that closes ours."""
    assert zh.quote("给我\n退“钱”\u202e！") == "“给我 退'钱'”"
    assert zh.quote("啊" * 60, 10) == f"“{'啊' * 9}…”"


@pytest.mark.practice("R16")
def test_telephone_numbers_are_grouped_or_masked() -> None:
    """Read aloud in groups; masked where it need not be read."""
    assert phone("+8613812345678") == "138 1234 5678"
    assert phone("021-6123") == "021-6123"
    assert masked("138 1234 5678") == "138****5678"
    assert masked("12345") == "1****5"


def test_an_enums_value_is_a_term_of_its_group(ours: Catalogue) -> None:
    """An enum's value is a term of its group."""
    assert ours.term("remedy", RemedyKind.REPLACE, Language.ZH) == "换新"


@pytest.mark.parametrize(
    ("words", "inside"),
    [
        ("Bread", "bread"),
        ("Bread maker", "bread maker"),
        ("iPhone", "iPhone"),
        ("TV", "TV"),
        ("饺子", "饺子"),
    ],
)
def test_a_capital_that_only_began_their_message_goes(words: str, inside: str) -> None:
    """Nobody says that they are sorry about the Bread; a name keeps its capitals."""
    assert lowfirst(words) == inside


@pytest.mark.parametrize(
    ("words", "most", "short"),
    [
        ("he laughed at my accent", 20, "he laughed at my…"),
        ("he laughed at my accent", 23, "he laughed at my accent"),
        ("L20260618AAAAAAAAAAAA", 10, "L20260618…"),
        ("电热壶漏水又不通电了", 6, "电热壶漏水…"),
    ],
)
def test_no_word_is_cut_in_two(words: str, most: int, short: str) -> None:
    """What is shortened ends with a whole word; a code or Chinese ends where it must."""
    assert shortened(words, most) == short
