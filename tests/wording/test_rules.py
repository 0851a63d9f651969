from collections.abc import Callable
from pathlib import Path

import pytest

from bot.complaint.reading import Language
from bot.wording import Catalogue, draft_findings, findings, our_replies
from bot.wording.rules import rulebook

Shelve = Callable[[str, str], Path]
BANNED = [
    ("S85", "我明白您着急，但是仓库已经关门。", "I understand, however the shop is closed."),
    ("S53", "我们会尽快答复。", "We will reply as soon as possible."),
    ("S26", "给您带来的不便深表歉意。", "We are sorry for any inconvenience."),
    ("S15", "请您冷静一点。", "Please calm down."),
    ("S46", "您误会了。", "You misunderstood."),
    ("S52", "没办法，规定就是这样。", "There is nothing we can do, our policy is clear."),
    ("S60", "太可怜了。", "You poor thing."),
    ("S88", "这几天人手不足。", "We are very busy these days."),
    ("S43", "我们会发律师函。", "Our lawyers will write to you."),
    ("S82", "请您先删掉差评。", "Please delete your review."),
    ("S118", "恭喜您中了大奖！", "Congratulations, you have won!"),
    ("S31", "这是内部规定。", "Our supplier sent it."),
    ("L3", "产品确实有问题。", "The kettle is defective."),
]


@pytest.mark.practice("S26", "S43", "S46", "S52", "S53", "S60", "S82", "S85", "S88", "S118")
@pytest.mark.parametrize(("source", "chinese", "english"), BANNED)
def test_what_may_not_be_said_is_found_in_both_languages(source: str, chinese: str, english: str) -> None:
    """Every family of banned words is caught in an agent's draft, and the finding names its source."""
    for text, language in ((chinese, Language.ZH), (english, Language.EN)):
        assert any(source in one.source for one in draft_findings(text, language)), text


@pytest.mark.parametrize(
    "text",
    [
        "不一定要寄回来。",
        "母亲和孩子都还好吗？",
        "您亲手做的那一份",
        "不但换新，运费也由我们出。",
        "小的那一包字印得小。",
        "不过期就能用",
        "再好不过了",
        "请把日期拍一下，谢谢您。",
    ],
)
def test_innocent_words_are_left_alone(text: str) -> None:
    """A rule does not mistake a part of another word for its own."""
    assert draft_findings(text, Language.ZH) == []


@pytest.mark.practice("S28", "R56")
def test_fault_may_be_owned_after_the_finding() -> None:
    """The same sentence is a finding before the verdict and none after it."""
    text = "这是我们的责任，封口温度偏低。"
    assert draft_findings(text, Language.ZH)
    assert draft_findings(text, Language.ZH, level=3) == []


def test_every_rule_has_a_reason_and_a_way_out() -> None:
    """A writer who breaks a rule learns why, and what to write instead."""
    for rule in rulebook().rules:
        assert rule.why
        assert rule.instead
        assert rule.source


@pytest.mark.parametrize(
    ("head", "body", "rule"),
    [
        ("", "好吗？行吗？", "more than one question"),
        ("", "很抱歉，真的很抱歉。", "more than one apology"),
        ("", "7月3日18:00前答复您。", "unregistered promise"),
        (
            "promise = true\n[fields]\ndue = 2026-07-03T18:00:00+08:00",
            "我们会答复您。",
            "promise without a time",
        ),
        ("promise = true", "我们会答复您。", "note at its head"),
        ("", "这件事没处理好，我们来补。", "apology above its level"),
        ("", "一" * 121, "too long"),
        ('kind = "opening"', "您好，请讲。", "opening lacks a part"),
        ('kind = "explanation"', "一。二。三。四。", "explanation too long"),
        ('kind = "notice"', "<b>好</b>", "markup in a notice"),
        ("", "<b>好", "tag left open"),
        ("", "<h1>好</h1>", "tag that Telegram does not know"),
        ("", "<b><i>好</b></i>", "tags cross"),
        ("", "好,吗", "half-width marks"),
        ("", "{{ missing }}", "cannot be rendered"),
        ('optional = ["shop"]\n[fields]\nshop = "x"', "在{{ shop }}", "left-over markup"),
    ],
)
def test_a_reply_against_the_rules_is_a_finding(shelve: Shelve, head: str, body: str, rule: str) -> None:
    """Each rule of form is found where it is broken."""
    folder = shelve("zh/a.html.j2", f'{{#\nwhen = "a test"\n{head}\n#}}\n{body}')
    found = findings(Catalogue.load([folder]))
    assert rule in {one.rule for one in found if one.file.endswith("zh/a.html.j2")}


def test_languages_that_differ_are_a_finding(shelve: Shelve) -> None:
    """Both languages of a reply exist, promise alike and take the same fields."""
    shelve("zh/one.html.j2", '{#\nwhen = "x"\n#}\n一')
    shelve("zh/two.html.j2", '{#\nwhen = "x"\n[fields]\nwish = "退"\n#}\n二')
    folder = shelve("en/two.html.j2", '{#\nwhen = "x"\nlevel = 2\n#}\nTwo')
    found = findings(Catalogue.load([folder]))
    assert any(one.rule == "missing language" and one.file == "one" for one in found)
    unlike = [one for one in found if one.file.endswith("en/two.html.j2") and one.rule == "note at its head"]
    assert {one.words for one in unlike} == {"level", "wish"}


def test_an_optional_field_is_tried_without_its_value(shelve: Shelve) -> None:
    """A reply that shows "None" for a fact we do not have is found before a customer sees it."""
    head = '{#\nwhen = "x"\noptional = ["shop"]\n[fields]\nshop = "一店"\n#}\n'
    folder = shelve("zh/a.html.j2", head + "在{{ shop }}买的。")
    assert any(one.words == "None" for one in findings(Catalogue.load([folder])))


def test_tables_keep_the_rules_too(shelve: Shelve) -> None:
    """A label or a term ends up in a message, so it is checked like one."""
    shelve("zh/buttons.toml", 'only_here = "好"\nhuman = "请点这里马上转接人工客服的一位同事"')
    shelve("zh/terms.toml", '[questions]\norder_no = "亲，订单号是多少？"')
    folder = shelve("en/terms.toml", '[sorrow]\nquality = "We understand, but it happens."')
    found = findings(Catalogue.load([folder, our_replies()]))
    for rule, words in (
        ("missing language", "only_here"),
        ("label too long", "马上转接"),
        ("from below", "questions.order_no"),
        ("but", "sorrow.quality"),
    ):
        assert any(one.rule == rule and words in one.words for one in found), (rule, words)
        assert all(rule in str(one) and one.hint in str(one) for one in found if one.rule == rule)


def test_a_value_without_a_word_is_a_finding(shelve: Shelve) -> None:
    """A brand that starts from nothing is told which words are missing, for customers and for the desk."""
    found = findings(Catalogue.load([shelve("zh/terms.toml", '[remedy]\nreplace = "换新"')]))
    missing = {(one.file, one.words) for one in found if one.rule == "missing word"}
    assert ("zh/terms.toml", "remedy.repair") in missing
    assert ("zh/terms.toml", "remedy.replace") not in missing
    assert ("desk/zh/terms.toml", "severity.sev1") in missing


def test_a_note_that_declares_too_little_is_a_finding(shelve: Shelve) -> None:
    """Without `when` nobody knows when it is said; an optional field needs a sample to be tried with."""
    folder = shelve("zh/a.html.j2", '{#\noptional = ["shop"]\n#}\n一')
    found = {one.words for one in findings(Catalogue.load([folder])) if one.rule == "note at its head"}
    assert {"when", "optional"} <= found
