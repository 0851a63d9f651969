"""Denial, supposition, questions, quotations and hearsay take a cue back; normalisation finds it in disguise."""

from collections.abc import Callable

import pytest

from bot.complaint.reading import Family, Language, Reading, RemedyKind

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("said", "family"),
    [
        ("我没有受伤，你放心", Family.INJURY),
        ("孩子没有过敏", Family.INJURY),
        ("nobody was injured, I did not cut my hand", Family.INJURY),
        ("如果吃了过敏怎么办呀", Family.INJURY),
        ("这个会漏电吗", Family.INJURY),
        ("听说隔壁那家吃出食物中毒", Family.INJURY),
        ("我不会起诉的吗", Family.LEGAL),
        ("店员骂我“傻逼”", Family.ABUSE),
        ("是不是正品呀，怎么鉴别真假", Family.COUNTERFEIT),
    ],
)
def test_a_cue_taken_back_does_not_count(read: Read, said: str, family: Family) -> None:
    """What is denied, supposed, asked, quoted or heard of others is not the case."""
    assert not read(said).shows(family)


@pytest.mark.parametrize(
    ("said", "family"),
    [
        ("打12三15了", Family.REGULATOR),
        ("我要曝guang你们", Family.MEDIA),
        ("v我5000不然天天差评轰炸", Family.EXTORTION),
        ("１２３１５見", Family.REGULATOR),
        ("我要 曝 光 你们", Family.MEDIA),
        ("轉人工", Family.HUMAN),
        ("食物中毒，現在在醫院吊點滴", Family.INJURY),
        ("I’M SUING YOU", Family.LEGAL),
        ("zhuan ren gong", Family.HUMAN),
    ],
)
def test_a_cue_in_disguise_is_found(read: Read, said: str, family: Family) -> None:
    """Homophones, pinyin, full width, blanks, capitals and traditional characters hide nothing."""
    assert read(said).shows(family)


def test_spans_stand_in_the_customers_own_text(read: Read) -> None:
    """The agent sees the customer's characters, not ours."""
    said = "昨天 曝 光 了，麵包讓我食物中毒"
    for risk in read(said).risks:
        assert said[risk.span.start : risk.span.end] == risk.span.text


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("面包发霉了", Language.ZH),
        ("麵包發霉了", Language.ZH_HANT),
        ("The bread is mouldy", Language.EN),
        ("我的 iPhone 坏了", Language.ZH),
        ("my order from 京东 never arrived at all", Language.EN),
    ],
)
def test_the_script_tells_the_language(read: Read, said: str, language: Language) -> None:
    """Mixed text is read in its larger part."""
    assert read(said).language is language


def test_without_letters_the_hint_decides(read: Read) -> None:
    """A number or an emoji keeps the language of the talk."""
    assert read("8841", lang_hint=Language.EN).language is Language.EN
    assert read("👍").language is Language.ZH


def test_blanks_inside_a_word_hide_no_demand(read: Read) -> None:
    """A blank inside the word for refund hides nothing."""
    remedy = read("退 款").remedy
    assert remedy is not None
    assert remedy.kinds == (RemedyKind.REFUND_FULL,)
