# ruff: noqa: E501 - lists of words, a line a label
"""The keyword baseline that the reader must beat: obvious words, written in an hour.

Written from the names of the labels, not from any measured message, and not tuned on its figures.
"""

import re
from typing import Any, Final

from tests.reading.measuring.answers import SELF_HARM, Answer

_CATEGORIES: Final = (
    ("food_safety", "异物|头发|虫|蟑螂|发霉|霉|变质|馊|过期|拉肚子|食物中毒|hair in|mould|mold|expired|rotten|food poison"),
    ("counterfeit", "假货|正品|高仿|山寨|翻新|冒牌|fake|counterfeit|knock-?off|replica"),
    ("account", "账号|账户|密码|登录|泄露|隐私|实名|account|password|log ?in|privacy|hacked"),
    ("billing", "扣费|扣款|乱收费|多收|收费|降价|涨价|账单|发票金额|overcharged|charged|bill|fee|price"),
    ("aftersales", "退款|退货|换货|维修|保修|售后|refund|return|warranty|repair|exchange"),
    ("packaging", "包装|破损|漏了|洒了|压坏|packag|leak|crushed"),
    ("delivery", "快递|物流|配送|发货|送货|没收到|没到|漏发|少发|deliver|shipping|courier|parcel|late|missing"),
    ("false_ad", "虚假|宣传|描述不符|不一样|赠品|货不对板|mislead|advertis|not as described"),
    ("service", "态度|客服|服务|没人理|rude|attitude|staff|service"),
    ("suggestion", "建议|希望你们|suggest|would be nice|please add"),
    ("quality", "质量|坏了|坏的|不能用|断了|掉色|开裂|难吃|太差|broke|broken|stopped working|doesn't work|defect|quality"),
)  # fmt: skip
_RISKS: Final = {
    "injury": "受伤|烫伤|流血|过敏|拉肚子|中毒|呕吐|住院|医院|触电|漏电|着火|爆炸|冒烟|injur|burn|bleed|allerg|hospital|poison|shock|fire|explod|smoke",
    SELF_HARM: "自杀|不想活|想死|跳楼|去死|轻生|suicid|kill myself|want to die|end my life",
    "extortion": "封口费|敲诈|不给钱|打钱|勒索|hush money|blackmail|or else|pay me",
    "media": "媒体|记者|曝光|电视台|抖音|小红书|微博|热搜|reporter|journalist|press|media|tiktok|twitter|viral|review",
    "legal": "律师|起诉|法院|法律|告你|仲裁|lawyer|sue|court|legal|attorney",
    "regulator": "12315|消协|工商|市场监管|市监|举报|12345|regulator|ombudsman|trading standards|ftc|bbb",
    "abuse": "傻逼|他妈|妈的|垃圾|滚|混蛋|王八蛋|畜生|fuck|shit|idiot|moron|bastard",
    "anger": "[!！]{2,}|气死|愤怒|生气|太过分|忍无可忍|再也不|恶心|furious|angry|outrag|disgust|never again|worst",
    "human": "人工|真人|经理|主管|human|real person|agent|manager|supervisor",
    "mass": "大家都|全家|全班|同事们|好多人|集体|维权群|everyone|all of us|whole class|dozens",
}  # fmt: skip
_REMEDIES: Final = (
    ("refund", "退款|退钱|退货|全额退|退我|差价|refund|money back"),
    ("replacement", "换货|换一|换个|补发|重发|replace|exchange|resend"),
    ("repair", "维修|修好|修理|repair|fix"),
    ("apology", "道歉|对不起|apolog|sorry"),
    ("compensation", "赔|补偿|compensat"),
    ("explanation", "说法|解释|原因|explain|explanation|why"),
    ("voucher", "券|积分|voucher|coupon|store credit|gift card"),
)
_MONEY: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(?:元|块)|[¥￥$£€]\s*(\d+(?:\.\d+)?)")
_TIMES: Final = re.compile(r"退一赔([一二三四五十])|([两二三四五十\d]+)倍|(\d+)x\b")
_HAN: Final = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "十": 10}
_PHONE: Final = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_ORDER: Final = re.compile(
    r"(?:订单号?|单号|order(?: no\.?| number)?)[\s:：#]*([a-z0-9-]{5,})", re.IGNORECASE
)
_BATCH: Final = re.compile(r"(?:批号|批次|lot|batch)[\s:：#]*([a-z0-9-]{4,})", re.IGNORECASE)
_DATE: Final = re.compile(r"\d{1,2}月\d{1,2}[日号]|昨天|前天|上周|yesterday|last week", re.IGNORECASE)


def by_keywords(text: str) -> Answer:
    """A message, read by whether the obvious words stand in it."""
    low = text.lower()
    category = next((name for name, words in _CATEGORIES if re.search(words, low)), "none")
    return Answer(
        category=category,
        is_complaint=category not in {"none", "suggestion"},
        risks=frozenset(name for name, words in _RISKS.items() if re.search(words, low)),
        remedy=_remedy(low),
        slots=_slots(text),
    )


def _remedy(low: str) -> dict[str, Any] | None:
    kinds = [name for name, words in _REMEDIES if re.search(words, low)]
    money, times = _MONEY.search(low), _TIMES.search(low)
    said = next((one for one in times.groups() if one), "") if times else ""
    if not kinds:
        return None
    return {
        "kinds": kinds,
        "amount": float(money[1] or money[2]) if money else None,
        "currency": "CNY" if money else None,
        "multiple": float(said) if said.isdigit() else _HAN.get(said),
        "open_ended": bool(re.search("看着办|怎么办|怎么处理|up to you", low)),
        "refuses_money": "不要钱" in low,
    }


def _slots(text: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {
        "order_no": _ORDER.findall(text),
        "phone": _PHONE.findall(text),
        "amount": [float(one or other) for one, other in _MONEY.findall(text)],
        "purchase_date": _DATE.findall(text),
        "batch_no": _BATCH.findall(text),
    }
    return {name: values for name, values in found.items() if values}
