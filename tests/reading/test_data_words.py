"""Plain words for what is kept of somebody, and for its deletion; and what only sounds like them."""

from time import process_time

import pytest

from bot.reading.datawords import asked_of_data

pytestmark = pytest.mark.practice("R53")

DELETE = (
    "删除我的数据",
    "把我的信息删掉",
    "请把我的个人信息全部删除",
    "麻烦删一下我的资料",
    "能不能把我的聊天记录删了",
    "我要求删除我的所有个人信息",
    "我的数据可以删除吗",
    "怎么删除我的信息",
    "把我資料刪除",
    "不要保留我的信息",
    "算了 把我的资料删了吧",
    "您好，请删除我的数据，谢谢",
    "清空我的聊天记录",
    "别存我的信息",
    "delete my data",
    "forget me",
    "please delete all my personal data",
    "Can you erase everything you have on me?",
    "remove my details from your system",
    "I want to delete my information",
    "how do i delete my data",
    "delete me please",
    "wipe my chat history",
)
MYDATA = (
    "导出我的数据",
    "我的数据有哪些",
    "你们存了我的哪些数据",
    "你们都有我哪些信息",
    "查看我的个人信息",
    "我想看看我的资料",
    "给我一份我的数据",
    "你们收集了哪些我的信息",
    "能导出我的资料吗",
    "what data do you have on me",
    "what do you know about me?",
    "export my data",
    "I'd like a copy of my data please",
    "send me my data",
    "show me all my information",
    "Which personal information do you keep about me?",
)
NEITHER = (
    "你们泄露我的信息我要告你们",
    "删除我的数据，不然我告你们",
    "删除我的订单",
    "手机里我的资料被删了",
    "我的数据线坏了",
    "你们客服把我聊天记录删了",
    "为什么删我的评论",
    "删了我的差评",
    "我的资料填错了",
    "查一下我的订单",
    "发信息给我",
    "记录一下我的问题",
    "你们有我的电话吗",
    "我的记录呢",
    "信息",
    "delete my order",
    "forget it",
    "remove me from your mailing list",
    "your app deleted my data",
    "what information do you need",
    "what data cable do you have",
    "send me my refund",
    "what do you have",
    "delete my account",
)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        *((one, "delete") for one in DELETE),
        *((one, "mydata") for one in MYDATA),
        *((one, None) for one in NEITHER),
    ],
)
def test_what_is_asked_of_the_data(text: str, what: str | None) -> None:
    """A request for a copy or for deletion is known by its words alone; a leak, a threat or an order is neither."""
    assert asked_of_data(text) == what


@pytest.mark.parametrize(
    "piece",
    [
        "把",
        "请问",
        "can you ",
        "我的",
        "的所有全部个人",
        "请，",
        "to like ",
        "谢谢了好行",
        "give me a copy of ",
        "删",
    ],
)
def test_no_text_takes_more_than_its_share_of_time(piece: str) -> None:
    """However often the small words are piled up, it is seen at once that nothing is asked."""
    asked_of_data("")
    begun = process_time()
    for text in (piece * 30, (piece * 30)[:59] + "x", "删除我的信息" + piece * 6):
        asked_of_data(text[:60])
    assert process_time() - begun < 1
