"""Questions about how an offer is carried out, and the demands and troubles that only sound like them."""

from time import process_time

import pytest

from bot.reading.termswords import asked_terms

ASKED = {
    "postage": (
        "运费谁出？",
        "运费谁出",
        "那运费谁付啊",
        "退货的运费谁承担",
        "来回运费谁出呢",
        "谁出运费",
        "邮费是我出吗",
        "运费我出还是你们出？",
        "要付运费吗",
        "who pays the return shipping?",
        "Who pays for postage",
        "do i have to pay the shipping",
        "is return postage free?",
    ),
    "back": (
        "要寄回吗",
        "旧的要寄回去吗？",
        "东西需要退回吗",
        "用不用寄回",
        "怎么寄回去",
        "你们上门取吗",
        "do I have to send it back",
        "how do I return it?",
        "do i need to return the old one",
        "will someone collect it?",
    ),
    "when": (
        "什么时候到账",
        "退款多久能到账",
        "多久能收到",
        "几天能到？",
        "大概什么时候能发货",
        "那新的什么时候到呀",
        "when will I get it",
        "when will i get my money back?",
        "how long will it take",
        "when does the refund arrive",
    ),
}
NOT_ASKED = (
    "运费你们出",
    "运费要你们承担",
    "运费谁出我不管，反正我要退款",
    "退货退款，运费你们出",
    "多收了我运费",
    "什么时候到账我都等着，再不到就投诉",
    "等了多久了还没收到",
    "要退货",
    "寄回去了",
    "我已经寄回了",
    "把钱退给我",
    "收到",
    "到账了",
    "send it back",
    "you pay the shipping",
    "I want to return it",
    "I paid for shipping",
    "when I got it, it was broken",
    "how long have I been waiting",
)


@pytest.mark.practice("S95")
@pytest.mark.parametrize(("text", "what"), [(one, term) for term, lines in ASKED.items() for one in lines])
def test_a_question_about_an_offer_is_one(text: str, what: str) -> None:
    """Who pays, what goes back, and when: asked in few words."""
    assert asked_terms(text) == (what,)


@pytest.mark.parametrize("text", NOT_ASKED)
def test_a_demand_a_deed_or_a_trouble_is_none(text: str) -> None:
    """The same words as a demand, as what was done, or as what is wrong."""
    assert asked_terms(text) == ()


def test_two_questions_are_both_heard() -> None:
    """Each sentence asks one thing; with a demand between them they are no mere questions."""
    assert asked_terms("运费谁出？多久到账？") == ("postage", "when")
    assert asked_terms("运费谁出？不行我要换新的") == ()


@pytest.mark.parametrize("piece", ["请问", "好的，", "要", "退货的", "and so ", "do i ", "是我出"])
def test_no_text_takes_more_than_its_share_of_time(piece: str) -> None:
    """Small words piled up are no question, and that is seen at once."""
    asked_terms("")
    begun = process_time()
    for text in (piece * 40, piece * 39 + "x", piece * 10 + "运费谁出" + piece * 10):
        asked_terms(text)
    assert process_time() - begun < 1
