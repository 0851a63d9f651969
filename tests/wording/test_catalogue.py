from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.complaint.errors import ReplyWrong
from bot.complaint.reading import Language
from bot.wording import Catalogue, Voice, findings, our_replies

Shelve = Callable[[str, str], Path]


def test_a_reply_is_rendered_in_the_language_asked_for(shelve: Shelve) -> None:
    """Traditional reads Simplified, and what is not translated is said in Chinese."""
    shelve("en/a/one.html.j2", "One {{ brand }}")
    folder = shelve("zh/a/one.html.j2", "一 {{ brand }}")
    shelve("zh/a/two.html.j2", "二")
    catalogue = Catalogue.load([folder], Voice(brand={"zh": "禾满", "en": "Heman"}))
    assert catalogue.render("a/one", Language.EN, {}) == "One Heman"
    assert catalogue.render("a/one", Language.ZH_HANT, {}) == "一 禾满"
    assert catalogue.render("a/two", Language.EN, {}) == "二"


@pytest.mark.practice("S78")
def test_a_brand_s_own_reply_counts_before_ours(shelve: Shelve) -> None:
    """A brand overrides one reply, one button, one term, and keeps the rest of ours."""
    folder = shelve("zh/answers/bot.html.j2", "我是小禾。")
    shelve("zh/buttons.toml", 'human = "找小禾的同事"')
    shelve("zh/terms.toml", '[remedy]\nreplace = "换一只新的"')
    catalogue = Catalogue.load([folder, our_replies()])
    assert catalogue.render("answers/bot", Language.ZH, {}) == "我是小禾。"
    assert catalogue.label("human", Language.ZH, {}) == "找小禾的同事"
    assert catalogue.term("remedy", "replace", Language.ZH) == "换一只新的"
    assert catalogue.term("remedy", "repair", Language.ZH) == "维修"
    assert catalogue.label("skip", Language.ZH, {})


def test_a_customer_s_words_are_never_markup(shelve: Shelve) -> None:
    """Everything a field brings is escaped."""
    folder = shelve("zh/a.html.j2", "{{ text }}")
    html = Catalogue.load([folder]).render("a", Language.ZH, {"text": "<b>&'\""})
    assert html == "&lt;b&gt;&amp;&#39;&#34;"


def test_the_desk_s_replies_stand_apart(shelve: Shelve) -> None:
    """The desk's `card` is not the customer's, and may be asked for with its full name."""
    shelve("zh/card.html.j2", "客")
    folder = shelve("desk/zh/card.html.j2", "席")
    catalogue = Catalogue.load([folder])
    assert catalogue.desk("desk/card", Language.ZH, {}) == catalogue.desk("card", Language.EN, {}) == "席"
    assert catalogue.names() == catalogue.names(desk=True) == ("card",)


def test_a_label_fills_its_fields(shelve: Shelve) -> None:
    """Fields may be spelled out on the way."""
    folder = shelve("zh/buttons.toml", 'option = "{n}. 退{worth:money}"')
    shelve("zh/terms.toml", "")
    catalogue = Catalogue.load([folder, our_replies()])
    assert catalogue.label("option", Language.ZH, {"n": 1, "worth": 8900}) == "1. 退¥89"
    with pytest.raises(ReplyWrong, match="worth"):
        catalogue.label("option", Language.ZH, {"n": 1})
    with pytest.raises(ReplyWrong, match="there is no button 'nothing'"):
        catalogue.label("nothing", Language.ZH, {})


def test_a_choice_of_options_or_hours_fits_on_a_button(ours: Catalogue) -> None:
    """An option is labelled in a few words, since its whole stands above; an hour with its day."""
    option = {
        "n": 3,
        "kind": "refund_full",
        "kinds": ["refund_full", "voucher"],
        "refund": 8900,
        "item": "¥30 券",
    }
    assert ours.label("option", Language.ZH, option) == "③全额退款＋优惠券"
    shanghai = ZoneInfo("Asia/Shanghai")
    hours = {
        "begins": datetime(2026, 7, 2, 9, tzinfo=shanghai),
        "ends": datetime(2026, 7, 2, 10, tzinfo=shanghai),
    }
    assert ours.label("call_window", Language.EN, hours) == "Thu 2 July, 9:00–10:00"
    near = {**hours, "now": datetime(2026, 7, 1, 9, tzinfo=shanghai)}
    assert ours.label("call_window", Language.ZH, near) == "明天9:00–10:00"


def test_a_brand_s_folder_must_exist(tmp_path: Path) -> None:
    """A mistyped folder is no empty one."""
    with pytest.raises(ReplyWrong, match="nowhere"):
        Catalogue.load([tmp_path / "nowhere", our_replies()])


def test_a_brand_need_not_repeat_the_note_and_a_mistyped_name_is_found(shelve: Shelve) -> None:
    """A reworded reply keeps our note; a file that replaces nothing is a finding, a knowledge card is none."""
    folder = shelve("zh/wish/ask_again.html.j2", "您最想要哪一种？")
    shelve("zh/misunderstanding/roast.html.j2", '{#\nwhen = "咖啡豆有油"\n#}\n油是豆子自己的。')
    shelve("en/misunderstanding/roast.html.j2", '{#\nwhen = "oily beans"\n#}\nThe oil is the bean\'s own.')
    assert findings(Catalogue.load([folder, our_replies()])) == []
    shelve("zh/wish/aks.html.j2", '{#\nwhen = "x"\n#}\n一')
    found = findings(Catalogue.load([folder, our_replies()]))
    assert "replaces no reply" in {one.rule for one in found}


def test_today_is_known_only_from_the_field_now(shelve: Shelve) -> None:
    """Rendering has no clock: without `now` a time is told in full, with it nearer."""
    shanghai = ZoneInfo("Asia/Shanghai")
    folder = shelve("zh/a.html.j2", "{{ due|day_time }}，{{ due|full_time }}")
    catalogue = Catalogue.load([folder, our_replies()])
    due = datetime(2026, 7, 3, 18, tzinfo=shanghai)
    assert catalogue.render("a", Language.ZH, {"due": due}) == "7月3日(周五)18:00，7月3日(周五)18:00"
    now = datetime(2026, 7, 3, 9, tzinfo=shanghai)
    assert catalogue.render("a", Language.ZH, {"due": due, "now": now}) == "今天18:00，7月3日(周五)18:00"


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("{{ due }}", "'due' is undefined"),
        ("{{ due|day_time }}", "Check the fields|undefined"),
        ("{{ 3|day_time }}", "Check the fields"),
        ("{{ ''.__class__.__mro__ }}", "unsafe|undefined"),
        ("{{ term('remedy', 'nothing') }}", "no word for 'nothing'"),
        ("{{ 3|worded('items') }}", "no things to word"),
    ],
)
def test_a_reply_that_cannot_be_filled_names_its_file(shelve: Shelve, source: str, says: str) -> None:
    """A writer is told where to look and what to do."""
    catalogue = Catalogue.load([shelve("zh/a/b.html.j2", source), our_replies()])
    with pytest.raises(ReplyWrong, match=r"zh/a/b\.html\.j2") as told:
        catalogue.render("a/b", Language.ZH, {})
    assert any(part in str(told.value) for part in says.split("|"))


@pytest.mark.parametrize(
    ("path", "text", "says"),
    [
        ("zh/a.html.j2", "一\n{% if %}", "line 2"),
        ("zh/a.html.j2", "{# when = #}\n一", "a.html.j2"),
        ("zh/a.html.j2", '{# whenn = "x" #}', "whenn"),
        ("zh/a.html.j2", '{# kind = "song" #}', "kind"),
        ("zh/terms.toml", "[remedy", "terms.toml"),
    ],
)
def test_a_broken_file_stops_the_loading(shelve: Shelve, path: str, text: str, says: str) -> None:
    """A wrong file is found at the start, not at the first complaint."""
    folder = shelve(path, text)
    with pytest.raises(ReplyWrong, match=says):
        Catalogue.load([folder])


def test_an_unknown_reply_says_where_to_write_it(ours: Catalogue) -> None:
    """The error holds the path of the missing file."""
    with pytest.raises(ReplyWrong, match=r"en/no/such\.html\.j2"):
        ours.render("no/such", Language.EN, {})
    with pytest.raises(ReplyWrong, match=r"desk/en/no\.html\.j2"):
        ours.desk("no", Language.EN, {})


def test_commands_keep_the_order_of_the_menu(ours: Catalogue) -> None:
    """The same commands in both languages, told in each."""
    assert list(ours.commands(Language.ZH)) == list(ours.commands(Language.EN))
    assert ours.commands(Language.ZH) != ours.commands(Language.EN)
    assert all(3 <= len(words) <= 256 for words in ours.commands(Language.EN).values())


@pytest.mark.practice("S47")
def test_a_brand_with_a_long_name_can_use_our_replies_too() -> None:
    """Eight Chinese characters or two dozen Latin ones: no reply of ours grows beyond its length by the name."""
    long = Voice(brand={"zh": "东方明珠食品集团", "en": "Oriental Pearl Food Group"})
    assert findings(Catalogue.load([our_replies()], long)) == []
