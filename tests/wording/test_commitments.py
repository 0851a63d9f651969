"""What commits us: apologies by their level, promises by their row, sums by their approval."""

import pytest

from tests.wording.conftest import Held
from tests.wording.lines import both, caught


@pytest.mark.practice("S20")
@pytest.mark.parametrize(
    ("source", "language", "wrong", "right"),
    both(
        "S20",
        ("zh", "对不起，是我们没处理好。", "收到这样的东西，换谁心里都不好受，很抱歉。"),
        ("zh", "拖久了，让您等这么长时间。", "让您等这么长时间，很抱歉。"),
        ("en", "We let you down, and we are sorry.", "I'm sorry this happened to you."),
        ("en", "This should not have happened.", "That is a bad start to a morning. I'm sorry."),
    ),
)
def test_before_the_facts_we_are_sorry_for_the_experience(
    held: Held, source: str, language: str, wrong: str, right: str
) -> None:
    """S20: a full apology is for our own process, and its reply declares level 2."""
    assert caught(held(language, wrong, ""), source)
    assert not caught(held(language, wrong, "level = 2"), source)
    assert held(language, right, "") == []


@pytest.mark.practice("S27", "S28", "R56")
@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        ("zh", "很抱歉，这是我们的错。"),
        ("zh", "很抱歉，我们有责任。"),
        ("zh", "很抱歉，产品确实有问题。"),
        ("zh", "很抱歉，质量不合格。"),
        ("zh", "很抱歉，我们会赔偿您的损失。"),
        ("en", "We're sorry: it was our mistake."),
        ("en", "We're sorry, we are responsible."),
        ("en", "We're sorry, the kettle is defective."),
        ("en", "We're sorry. We will compensate you."),
    ],
)
def test_fault_is_owned_after_the_finding_only(held: Held, language: str, wrong: str) -> None:
    """L3: what reads as an admission is found below level 3, and free at it."""
    assert caught(held(language, wrong, "level = 2"), "L3")
    assert held(language, wrong, "level = 3") == []


@pytest.mark.practice("S20", "S26")
@pytest.mark.parametrize(
    ("language", "words", "head", "right", "rule"),
    [
        ("zh", "谢谢您的主意，很抱歉。", "level = 0", "level = 1", "apology where none is due"),
        ("en", "Thank you for the idea. I'm sorry.", "level = 0", "level = 1", "apology where none is due"),
        ("zh", "已经转给主管。", "level = 2", "level = 1", "apology kept back"),
        ("en", "It is with a supervisor now.", "level = 2", "level = 1", "apology kept back"),
    ],
)
def test_a_reply_apologises_as_far_as_it_says(
    held: Held, language: str, words: str, head: str, right: str, rule: str
) -> None:
    """L0 is thanks alone; L2 and L3 say sorry in full."""
    assert rule in {one.rule for one in held(language, words, head)}
    assert held(language, words, right) == []


@pytest.mark.practice("S26")
@pytest.mark.parametrize(
    ("language", "twice", "once"),
    [
        ("zh", "很抱歉让您久等，抱歉。", "很抱歉让您久等。"),
        ("en", "I'm sorry. We apologise.", "I'm sorry it took two calls."),
    ],
)
def test_one_apology_a_message(held: Held, language: str, twice: str, once: str) -> None:
    """S26: the second one sounds like grovelling."""
    assert "more than one apology" in {one.rule for one in held(language, twice, "")}
    assert held(language, once, "") == []


@pytest.mark.practice("S53", "R22")
@pytest.mark.parametrize(
    ("language", "wrong"),
    [
        *(
            ("zh", f"{word}给您答复。")
            for word in ("马上", "尽快", "稍后", "第一时间", "一定", "绝对", "24小时内")
        ),
        *(("zh", line) for line in ("我们保证没事。", "肯定会赔。", "100%退。", "放心交给我。")),
        *(("en", line) for line in ("We reply ASAP.", "We guarantee it.", "They will definitely call.")),
        *(("en", line) for line in ("A colleague writes shortly.", "It is 100% safe.", "Leave it to us.")),
    ],
)
def test_no_promise_that_nobody_can_check(held: Held, language: str, wrong: str) -> None:
    """Promise wording: these words are found even in a reply that declares its promise."""
    head = "promise = true\n[fields]\ndue = 2026-07-03T18:00:00+08:00"
    assert caught(held(language, wrong, ""), "S53")
    assert caught(held(language, wrong + " {{ due|clock }}", head), "S53")


@pytest.mark.practice("S53", "S83", "R22")
@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "同事{{ due|clock }}前给您打电话。"), ("en", "A colleague will call you by {{ due|clock }}.")],
)
def test_a_time_is_promised_where_a_row_stands_behind_it(held: Held, language: str, words: str) -> None:
    """Promise wording: who, what and by when is free with `promise = true`, and a finding without it."""
    fields = "[fields]\ndue = 2026-07-03T18:00:00+08:00"
    assert held(language, words, f"promise = true\n{fields}") == []
    assert caught(held(language, words, fields), "S83")


@pytest.mark.practice("S31", "R22")
@pytest.mark.parametrize(
    ("language", "wrong", "right"),
    [
        ("zh", "退您 50 元。", "退您 {{ refund|money }}。"),
        ("zh", "先补偿¥20。", "先补偿{{ refund|money }}。"),
        ("en", "You get $20 back.", "You get {{ refund|money }} back."),
    ],
)
def test_a_sum_comes_from_the_case(held: Held, language: str, wrong: str, right: str) -> None:
    """Always banned: an amount that nobody approved, written into a reply by hand."""
    assert "sum written by hand" in {one.rule for one in held(language, wrong, "[fields]\nrefund = 2000")}
    assert held(language, right, "[fields]\nrefund = 2000") == []
