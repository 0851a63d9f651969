"""What complainants write: sentences for every signal, in Chinese and English, and the noise between them."""

from typing import Final

STORIES: Final = (
    "上周买的电热壶不通电",
    "订单8841的壶用两天就坏了",
    "破壁机打着打着就停了，订单1029",
    "吐司刚买就发霉了",
    "酸奶里有根头发",
    "吃到一半发现虫子！",
    "牛奶过期了还在卖",
    "快递一个星期没动",
    "少发了两包坚果",
    "店员态度特别差，说话难听",
    "退款拖了半个月还没到",
    "多扣了我二十块",
    "包装袋全破了，东西撒一箱",
    "跟宣传的完全不一样",
    "我买到假货了，防伪码查不到",
    "我的电话被你们泄露了，天天有人打",
    "写着500g，我称才430g！",
    "The kettle I bought last week does not work",
    "order 8841 arrived broken",
    "my parcel never arrived",
    "there was a hair in the yogurt",
    "the bread was mouldy when I opened it",
    "your staff were rude to me",
    "I was charged twice",
)
DANGER: Final = (
    "孩子吃了嘴肿起来了，喘",
    "吃完就拉肚子，在医院挂水",
    "不给解决我就不活了",
    "活着没意思，一了百了",
    "壶充电时冒烟了，还打火花",
    "漏电麻了一下",
    "my kid is in hospital after eating it",
    "the blender caught smoke",
    "I can't go on, I want to end my life",
    "my hand is bleeding, the glass exploded",
)
EXTORTION: Final = (
    "不赔5万我就找媒体曝光，钱到账我就删",
    "封口费一万，这事就当没发生",
    "pay me 10k or I post a fake video",
)
PEOPLE: Final = ("转人工", "叫你们经理来", "I want to talk to a human", "你是机器人吧，叫人来", "不跟机器聊")
PRESS: Final = ("我是晚报记者，想核实投诉", "I'm a reporter with the Herald, request for comment")
QUESTIONS: Final = (
    "昨天的事呢",
    "到哪一步了",
    "你是机器人吗",
    "are you a bot?",
    "你们最多能赔多少",
    "到底赔不赔",
    "我有什么权利，能去哪里投诉",
    "what's the status?",
)
WISHES: Final = (
    "换个新的吧",
    "把钱退给我就行",
    "退款或者换新都行",
    "全额退款，再给张券",
    "你们看着办",
    "随便吧",
    "给我个说法",
    "道歉就行",
    "赔我3000",
    "退一赔十",
    "按食品安全法赔我十倍！",
    "精神损失费5000",
    "医药费误工费一共三千",
    "公开道歉，开除那个店员",
    "退30%我就不追究了",
    "赔我20块",
    "赔钱",
    "不要钱，查清楚就好",
    "给张券吧",
    "下架！别再害人",
    "full refund please",
    "just replace it",
    "whatever you think is fair",
    "I want 10x the price",
    "money back plus $50 for the trouble",
    "an apology would do",
)
ANSWERS: Final = (
    "8841",
    "订单号 HS260621-8841",
    "1029",
    "1502",
    "订单9999",
    "在人民路店买的",
    "放冰箱里的",
    "13800138000",
    "明天上午",
    "tomorrow morning works",
    "order number is 8841",
    "批号 20260610A",
)
YES_NO: Final = (
    "同意",
    "好的",
    "行",
    "不行",
    "不要",
    "没有",
    "没吃",
    "没不舒服",
    "吃了一口，没事",
    "没人受伤",
    "到了",
    "没到",
    "跳过",
    "记不清了",
    "yes",
    "no",
    "nobody is hurt",
    "skip",
    "ok",
    "嗯……我看看",
    "好贵",
    "好的，但是要快",
    "ok but when?",
)
PLAIN_YES: Final = frozenset({"同意", "好的", "行", "嗯", "yes", "ok"})
"""Of all that is in the pool, what agrees to a card."""
DETAILS: Final = ("凭什么给你们电话地址", "不想给个人信息", "why do you need my number, no")
SECRETS: Final = ("我身份证号11010519491231002X", "密码是abc12345", "my password is hunter22")
WITHDRAWALS: Final = ("我不投诉了", "算了不要了", "never mind, I withdraw my complaint")
ANGER: Final = (
    "垃圾公司！骗子！我要气死了！！",
    "太过分了！！！忍无可忍！",
    "傻逼客服",
    "滚",
    "This is outrageous!!! You are thieves!",
    "you idiots",
)
AGAIN: Final = ("又坏了！", "同样的问题又来了", "it broke again")
SUGGESTIONS: Final = ("没别的，就是希望包装好撕一点", "建议你们出小包装", "you should offer a smaller pack")
THREATS: Final = (
    "我要发抖音",
    "我打12315了",
    "法院见",
    "我粉丝80万",
    "我已经联系记者了",
    "我女儿三岁",
    "急！今晚就要用",
    "再也不买了",
    "说好昨天退款的",
    "小区群里好几家都这样",
    "see you in court",
)
NOISE: Final = (
    "在吗",
    "嗯",
    "？",
    "。。。",
    "谢谢",
    "hello",
    "哈哈哈",
    "123",
    "😡",
    " ",
    "1",
    "asdf",
    "算了",
    "呵呵",
    "我再想想",
    "<b>&{{ x }}",
)
KINDS: Final = (
    *(STORIES, STORIES, WISHES, WISHES, ANSWERS, YES_NO, YES_NO, ANGER, QUESTIONS, THREATS, NOISE),
    *(DANGER, EXTORTION, PEOPLE, PRESS, DETAILS, SECRETS, WITHDRAWALS, AGAIN, SUGGESTIONS),
)
"""Each kind as often as it should be drawn."""
WAYS_TO_SPEAK_UP: Final = (
    "我要发抖音",
    "我已经联系记者了，找媒体曝光你们",
    "我粉丝80万",
    "我打12315了",
    "法院见",
    "I'll post it on TikTok",
)
"""What changes who looks at a case and how soon, and never what is offered (S9)."""
