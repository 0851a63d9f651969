"""Facts named in a text: order and batch numbers, telephone, dates of buying, product, sums paid."""

import re

from bot.complaint.reading import Slots
from bot.reading.finding import Found
from bot.reading.money import Money

_CODE = r"[a-z]{0,4}[-_]?[0-9][0-9a-z]*(?:[-_][0-9a-z]+)*"
_SPACED = r"\d{3,}(?: \d{3,}){1,4}"
_ORDER = re.compile(
    r"(?:订单|定单|单号|运单|快递单|工单|退货单|返修单|维修单|合同|票号|编号|order|ticket|tracking|waybill|case|booking|ref(?:erence)?|invoice|rma)"
    r"(?:编?号|号码|尾号)?(?:\s?(?:number|num|no\.?|id|is|是|为))*\s?[:：#]?\s?"
    rf"(?P<code>{_SPACED}|[a-z]{{0,6}}-?\d[0-9a-z]*(?:-[0-9a-z]+)*)"
)
_LOOSE_ORDER = re.compile(r"(?<![0-9a-z\-.])(?P<code>(?:jd|sf|yt|zto|sn|tb|dd|ems|c|r|eb|kx)-?\d{4,}[0-9a-z-]*|\d{12,20})(?![0-9a-z])")
_BATCH = re.compile(
    r"(?:生产批号|产品批号|批号|批次号?|喷码批?|lot(?:\s?(?:no\.?|number|code))?|batch(?:\s?(?:no\.?|number|code))?)"
    r"(?:\s?(?:is|是|为))?\s?[:：#.]?\s?(?P<code>[a-z]{0,4}-?\d[0-9a-z]*(?:[-.][0-9a-z]+)*)"
)
_PACK_CODE = re.compile(r"(?<![a-z0-9])(?P<code>(?:bb|lot)\d{5,8})(?![a-z0-9])")
_PHONE = re.compile(
    r"(?<![0-9a-z])(?P<code>(?:(?:\+|00)86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}|0\d{2,3}-?\d{7,8}|\+\d{1,3}(?:[ -]?\d{2,4}){2,5}"
    r"|\(?\d{3}\)?[ -]\d{3}-\d{4})(?![0-9a-z])"
)
_CALL = re.compile(r"(?:call|phone|tel|mobile|ring|text me (?:at|on)|电话|手机号?|联系)\D{0,8}(?P<code>\+?\d[\d -]{5,16}\d)(?![0-9a-z])")
_DAY = (
    r"(?:大?前天|昨[天晚日]|今[天早晚]|上个?(?:周|星期|礼拜)[一二三四五六日天末]?|上个?月(?:\d{1,2}[号日]|[初中底])?|去年(?:\d{1,2}月|双十一|年底)?|前几天|前阵子|"
    r"(?:20\d\d年)?\d{1,2}月份?(?:\d{1,2}[号日]|[初中底])?|20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[号日]|双十一|双十二|双11|双12|618|国庆|元旦|春节|"
    r"(?:这)?周[一二三四五六日天末]|星期[一二三四五六日天]|[一二两三四五六七八九十几半\d]+(?:天|个?星期|周|个?月|年)(?:之?前))"
)
_BOUGHT_ZH = re.compile(rf"(?P<date>{_DAY})[^。！？!?\n,，;；]{{0,14}}?(?:买|购|下单|下的?单|订|定的|拍的|入手|网购|收到)")
_BOUGHT_ZH_BACK = re.compile(rf"(?:购买日期|下单时间|购买时间|买的日期)\s?[:：是]?\s?(?P<date>{_DAY})")
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_DAY_EN = (
    rf"(?:yesterday|today|last (?:week|month|year|night|mon|tues|wednes|thurs|fri|satur|sun)\w*|{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?(?:,? 20\d\d)?|"
    rf"\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?|(?:a|one|two|three|\d+) (?:days?|weeks?|months?) ago)"
)
_BOUGHT_EN = re.compile(rf"(?:bought|purchased|ordered|got|order(?:ed)?)\b[^.!?\n]{{0,30}}?\b(?P<date>{_DAY_EN})\b")
_PAID = re.compile(r"(?:花了?|付了?|用了|价格|原价|售价|标价|要价|定金|押金|单价|卖|减|满|立减|优惠|收了?|扣了?|充值?|paid|cost|charged|worth|for)(?:我|你们|me)?\s?$")
_PAID_AFTER = re.compile(r"\s?(?:买的|买来|入手|多?买|拍的|包邮|块|的价)")


def _codes(pattern: re.Pattern[str], folded: str, text: str, least: int = 0) -> list[tuple[int, int, str]]:
    return [
        (m.start("code"), m.end("code"), text[m.start("code") : m.end("code")])
        for m in pattern.finditer(folded)
        if m.end("code") - m.start("code") >= least
    ]


def _apart(found: list[tuple[int, int, str]], taken: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Those that stand on ground nobody took; what they stand on is then taken."""
    kept = []
    for start, end, words in sorted(found):
        if all(end <= first or last <= start for first, last in taken):
            taken.append((start, end))
            kept.append((start, end, words))
    return kept


def _unique(found: list[tuple[int, int, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words for _, _, words in found))


def read_slots(folded: str, text: str, money: list[Money], found: Found, *, asked: str | None = None) -> Slots:
    """The facts in a text. `asked` lets a bare number answer the question for an order number or a telephone."""
    taken: list[tuple[int, int]] = []
    batches = phones = orders = []
    if any(map(str.isdigit, folded)):
        batches = _apart(_codes(_BATCH, folded, text, 4) + _codes(_PACK_CODE, folded, text), taken)
        orders = _apart(_codes(_ORDER, folded, text, 3), taken)
        phones = _apart(_codes(_PHONE, folded, text), taken)
        phones += _apart(_codes(_CALL, folded, text), taken)
        orders += _apart(_codes(_LOOSE_ORDER, folded, text), taken)
        orders, phones, batches = _answered(folded, text, asked, orders, phones, batches)
    return Slots(
        order_no=_unique(orders),
        phone=_unique(phones),
        amount=_paid(folded, money, taken),
        purchase_date=_dates(folded, text),
        product=_products(folded, text, found),
        batch_no=_unique(batches),
    )


_ANSWER_CODE = re.compile(r"(?<![0-9a-z])(?P<code>[a-z]{0,6}-?\d[0-9a-z]*(?:[- ]?[0-9a-z]*\d[0-9a-z]*)*)(?![0-9a-z])")

_Codes = list[tuple[int, int, str]]


def _answered(folded: str, text: str, asked: str | None, *known: _Codes) -> tuple[_Codes, _Codes, _Codes]:
    """A bare code answers the question that was asked, if nothing said otherwise."""
    orders, phones, batches = known
    if asked == "order_no" and not orders:
        orders, phones = _codes(_ANSWER_CODE, folded, text, 3)[:1] or phones, []
    elif asked == "phone" and not phones:
        phones = _codes(_ANSWER_CODE, folded, text, 6)[:1]
    elif asked == "batch_no" and not batches:
        batches = _codes(_ANSWER_CODE, folded, text, 3)[:1]
    return orders, phones, batches


def _paid(folded: str, money: list[Money], taken: list[tuple[int, int]]) -> tuple[float, ...]:
    amounts = []
    for one in money:
        if any(one.start < last and first < one.end for first, last in taken):
            continue
        bare_but_paid = _PAID.search(folded, max(0, one.start - 12), one.start) or _PAID_AFTER.match(folded, one.end)
        if not one.bare or bare_but_paid:
            amounts.append(one.low)
            if not one.exact and folded[one.start : one.end].count("多") == 0:
                amounts.append(one.high)
    return tuple(dict.fromkeys(amounts))


def _dates(folded: str, text: str) -> tuple[str, ...]:
    places = [
        (m.start("date"), m.end("date"))
        for pattern in (_BOUGHT_ZH, _BOUGHT_ZH_BACK, _BOUGHT_EN)
        for m in pattern.finditer(folded)
    ]
    return tuple(dict.fromkeys(text[start:end] for start, end in sorted(places)))


def _products(folded: str, text: str, found: Found) -> tuple[str, ...]:
    """Known goods, the longest name at each place; a name that is only part of another word has been taken back."""
    hits = sorted(found.get("goods.names", ()), key=lambda hit: (hit.start, -hit.end))
    names: dict[str, str] = {}
    reach = 0
    for hit in hits:
        if hit.start >= reach:
            reach = hit.end
            names.setdefault(folded[hit.start : hit.end], text[hit.start : hit.end])
    return tuple(names.values())
