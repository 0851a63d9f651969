"""What people at the desk write that binds the brand until a time, and what only sounds like it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.pledgewords import Pledge, pledges_in

NOW = datetime(2026, 7, 1, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
"""A Wednesday, ten in the morning."""

BINDING = [
    # answers
    ("今天18:00前给您答复", "07-01 18:00"),
    ("我核实一下，今天下午5点前给您答复。", "07-01 17:00"),
    ("您放心，明天上午给您准信", "07-02 12:00"),
    ("我们会在7月3日18:00前书面答复您", "07-03 18:00"),
    ("请您稍等，半小时内回复您", "07-01 10:30"),
    ("最晚周五下班前给您一个说法", "07-03 18:00"),
    ("不超过明天中午12点告诉您结果", "07-02 12:00"),
    ("这件事我来跟，后天下午3点前把处理方案发给您。", "07-03 15:00"),
    ("主管今天下午会联系您", "07-01 18:00"),
    ("本周内给您处理完", "07-05 18:00"),
    ("检测报告下周一12:00前发到这里给您", "07-06 12:00"),
    ("今晚8点前跟您说清楚进展", "07-01 20:00"),
    # calls
    ("明天上午给您回电话", "07-02 12:00"),
    ("明天10点到11点我给您打电话", "07-02 11:00"),
    ("周五下午3点，我们主管给您回电", "07-03 15:00"),
    ("一小时内让店长打给您", "07-01 11:00"),
    ("已安排同事明天上午10点致电您", "07-02 10:00"),
    ("这两天给您回复", "07-03 10:00"),
    ("这两天内我给您答复", "07-03 10:00"),
    ("这一两天给您消息", "07-03 10:00"),
    ("一两天内给您答复", "07-03 10:00"),
    ("两三天内给您答复", "07-04 10:00"),
    ("我这两天就把钱退给您", "07-03 10:00"),
    ("以后每天18:00前给您更新进展", "07-01 18:00"),
    ("我每天上午给您打个电话", "07-01 12:00"),
    ("每天9:00前跟您说一次进展", "07-02 09:00"),
    ("I'll update you every day by 6 pm", "07-01 18:00"),
    ("I'll call you every morning by 9:30", "07-02 09:30"),
    ("I'll get back to you in the next two days", "07-03 10:00"),
    ("I'll get back to you in the next couple of days", "07-03 10:00"),
    # money
    ("3个工作日内退款到账", "3 working days"),
    ("退款三个工作日内原路退回", "3 working days"),
    ("今天就给您退款，18:00前到账", "07-01 18:00"),
    ("7月5日前把89元退给您", "07-05 18:00"),
    ("我们24小时内把钱打给您", "07-02 10:00"),
    ("赔付款明天下午到账。", "07-02 18:00"),
    # goods
    ("新的一台明天寄出", "07-02 18:00"),
    ("48小时内给您发货", "07-03 10:00"),
    ("周六前给您换一台新的", "07-04 18:00"),
    ("缺的配件两天内补发", "07-03 10:00"),
    ("明天中午前把发票发给您", "07-02 12:00"),
    # visits
    ("师傅后天上午上门维修", "07-03 12:00"),
    ("明天14:00-16:00上门取件", "07-02 16:00"),
    ("7个工作日内给您修好寄回去", "7 working days"),
    # English
    ("I'll call you by 6 pm tomorrow", "07-02 18:00"),
    ("We will refund you within 3 business days.", "3 working days"),
    ("I will get back to you by Friday", "07-03 18:00"),
    ("My manager will ring you tomorrow at 10am", "07-02 10:00"),
    ("You'll have an answer from me by 5pm today.", "07-01 17:00"),
    ("We'll send the replacement on Friday", "07-03 18:00"),
    ("Our technician will visit you tomorrow 2pm-4pm", "07-02 16:00"),
    ("The refund will be in your account by July 8", "07-08 18:00"),
    ("I'm going to email you the report by Monday noon", "07-06 12:00"),
    ("I'll let you know within 2 hours", "07-01 12:00"),
    ("Thanks for waiting. I'll reply tomorrow morning.", "07-02 12:00"),
    ("We'll ship a new one out within 48 hours", "07-03 10:00"),
    ("You will receive your money back within five working days", "5 working days"),
    ("Someone from our team will contact you this afternoon", "07-01 18:00"),
    ("I'll write to you by the end of the day", "07-01 18:00"),
    ("I'll be in touch by 3 July", "07-03 18:00"),
    ("We'll replace it by July 3, 5 pm", "07-03 17:00"),
    ("I'll check with the warehouse today and come back to you by 5 pm", "07-01 17:00"),
    ("I'll call by 6 pm tomorrow, and if anything changes I'll let you know", "07-02 18:00"),
    ("Your refund will be processed within 5-7 business days.", "7 working days"),
    ("Let me check and I'll get back to you in 20 minutes", "07-01 10:20"),
    ("A refund of $50 will reach your account in 3-5 business days", "5 working days"),
    ("We'll have it fixed by Friday", "07-03 18:00"),
    ("款项将于3个工作日内原路返回", "3 working days"),
    ("请保持电话畅通，明天上午会有工程师联系您", "07-02 12:00"),
    # the hour stands apart from its day, or is not exact
    ("明天大概下午3点给您打电话", "07-02 15:30"),
    ("明天给您退款，18:00前到账", "07-02 18:00"),
    ("今天18:00前给您答复，如果有变化提前告诉您", "07-01 18:00"),
    ("麻烦您再等等，今天18:00前一定给您答复", "07-01 18:00"),
    ("客服在线时间9:00-21:00，今天18:00前给您答复", "07-01 18:00"),
    ("您申请的退款今天18:00前到账", "07-01 18:00"),
]
"""Words, and until when they bind."""

FREE = [
    # questions
    "您明天上午方便吗？",
    "明天上午10点给您打电话，可以吗",
    "您看明天下午给您回电行不行？",
    "周五前给您换一台，您看怎么样？",
    "您希望我们几点给您回电话，明天上午10点？",
    # the customer's part
    "请您明天前寄回",
    "麻烦您今天18:00前把照片发给我们",
    "您明天把东西寄回来就可以",
    "您7天内可以随时联系我们",
    "方便的话今天下午给我们回个电话",
    "今天下班前把订单号告诉我就行",
    "需要您在3个工作日内提供发票",
    # past
    "昨天已退款",
    "今天上午已经给您退款了",
    "今天9:30给您打过电话，没人接",
    "7月1日已发货，单号 SF100",
    # on a condition
    "收到退货后3个工作日内退款",
    "如果您今天寄出，我们周五前给您换新",
    "只要仓库有货，明天就给您发",
    "您签收后24小时内我们联系您",
    "明天给您退款，前提是今天收到东西",
    # hours
    "我们9:00-18:00在线",
    "客服工作时间周一至周五9:00-18:00，随时联系",
    "门店今天营业到晚上9点",
    # somebody else's words, or somebody else
    "您说“明天上午给我回电话”，我记下了",
    "您刚才说明天18:00前要答复",
    "您要求今天18:00前退款，我记下了",
    "快递显示明天送到",
    "银行一般3个工作日到账",
    # no promise at all
    "可能明天才能给您答复",
    "我尽量今天18:00前给您答复",
    "明天18:00前给不了您答复",
    "今天没法给您退款，很抱歉",
    "7天内可以无理由退货",
    "明天是周六",
    "祝您今天愉快",
    "今天给您添麻烦了",
    "我记下了，马上去查",
    "一般3个工作日内退款",
    "您可以选明天退款或者换新",
    "我给您退款",
    "我今天问一下仓库，有结果就告诉您",
    "同事说今天给您退款，我再确认一下",
    "7月10日前寄到就给您全额退款",
    "您拨打400热线，9:00-18:00都有人给您处理",
    "上次同事答应您周五前退款，我来核实",
    "按规定15日内给您书面答复",
    "我明天再跟您联系好吗",
    "7月1日的订单我给您退款",
    "已经给您退款了，1-3个工作日到账",
    "从2号仓库给您发货",
    "给您说两点：一是退款，二是道歉",
    "每天18:00前发货",
    "您每天9点到18点都可以联系我",
    "这两天您打的电话我都记下了",
    "这两天您方便吗？",
    "这两天仓库在盘点",
    "这两天请留意快递",
    "这两天我问过仓库了",
    "这两天天热，给您添麻烦了",
    "优惠券给您发到账户，8月1日前可用",
    # English
    "We'll send a lemon squeezer",
    "A voucher valid until July 31 will be sent to you",
    "I will wait for you to call by 6pm",
    "You'll get a text from the courier tomorrow",
    "Last time we said we'd send it by Friday",
    "I was going to call you tomorrow",
    "We normally reply within 24 hours",
    "Would tomorrow at 10 am suit you?",
    "Shall I call you tomorrow at 10am?",
    "Please send it back by Friday",
    "Could you send us the photos by 6 pm today",
    "You can call us until 6 pm today",
    "We refunded you yesterday",
    "I called you at 9:30 this morning, nobody answered",
    "We've already sent it this morning",
    "If it reaches us by Friday, we'll refund you by Monday",
    "Once we receive it we will refund you within 3 business days",
    "We're open Monday to Friday 9:00-18:00",
    "You said you would call tomorrow at 10am",
    'You wrote "I will call tomorrow at 10am", I have noted it',
    "The courier says it will arrive tomorrow",
    "I might be able to call you tomorrow",
    "I can't refund you today",
    "We won't have an answer by Friday",
    "I'll try to reply by Friday",
    "Refunds usually take 3 business days",
    "Have a good day tomorrow",
    "I'll look after this for you",
    "Do you want me to call you tomorrow?",
    "You need to return it within 14 days",
    "I can refund you today or send a new one tomorrow",
]
"""What binds nobody, or binds somebody else."""


def told(one: Pledge) -> str:
    """Until when, short enough for a table."""
    return one.due.strftime("%m-%d %H:%M") if one.due else f"{one.working_days} working days"


@pytest.mark.practice("R22", "S83", "S84")
@pytest.mark.parametrize(("text", "until"), BINDING)
def test_dated_words_of_the_brand_bind_it(text: str, until: str) -> None:
    """Who says what will be done and by when has promised it, whatever it is called."""
    assert [told(one) for one in pledges_in(text, NOW)] == [until]


@pytest.mark.practice("R22")
@pytest.mark.parametrize("text", FREE)
def test_other_words_with_a_time_bind_nobody(text: str) -> None:
    """Questions, duties of the customer, the past, conditions, hours and quotes are no promise of ours."""
    assert pledges_in(text, NOW) == ()


@pytest.mark.practice("R22")
def test_two_promises_in_one_message_are_two() -> None:
    """Each stands with its own words and time."""
    made = pledges_in("查清楚了，明天上午给您回电话。退款3个工作日内到账，请放心", NOW)
    assert [(one.words, one.sort, told(one)) for one in made] == [
        ("明天上午给您回电话", "call", "07-02 12:00"),
        ("退款3个工作日内到账", "money", "3 working days"),
    ]


def test_today_said_after_closing_is_the_rest_of_the_day() -> None:
    """Who writes at seven in the evening that it is done today has until midnight."""
    late = NOW.replace(hour=19)
    assert [told(one) for one in pledges_in("今天给您答复", late)] == ["07-01 23:59"]


def test_a_limit_that_has_gone_by_is_told_as_it_was_written() -> None:
    """Whoever slips in the hour can be told so."""
    (made,) = pledges_in("今天9:00前给您答复", NOW)
    assert (told(made), made.limit) == ("07-01 09:00", True)


@given(
    st.text(
        alphabet="今明后天周五下上午点半给您回电话退款前内工作日请已3018:：，。？ byIwillcatomrw'",
        max_size=60,
    )
)
def test_no_text_breaks_the_reading(text: str) -> None:
    """Whatever is found stands in the text, with a time or a number of working days."""
    for one in pledges_in(text, NOW):
        assert one.words in text
        assert (one.due is None) is (one.working_days > 0)
