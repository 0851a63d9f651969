"""Brings a talk to each step, as a complainant would, with agents where needed."""

from collections.abc import Callable
from typing import Final

from bot.complaint.conversation import Step
from tests.dialogue.talk_scene import Chat

Road = Callable[[Chat], None]


def to_opening(chat: Chat) -> None:
    """Nothing was said yet."""
    chat.command("help")


def to_listening(chat: Chat) -> None:
    """A first story, not yet answered."""
    chat.write("上周买的电热壶不通电")


def to_clarifying(chat: Chat) -> None:
    """The first answer asks for the order."""
    to_listening(chat)
    chat.quiet()


def to_calming(chat: Chat) -> None:
    """Anger at a question is heard out."""
    to_clarifying(chat)
    chat.write("垃圾公司！骗子！我要气死了！！")
    chat.quiet()


def to_call_back(chat: Chat) -> None:
    """Anger that does not cool: a call is offered."""
    to_calming(chat)
    chat.write("太过分了！！！忍无可忍！电热壶不通电还没人管！")
    chat.quiet()


def to_safety(chat: Chat) -> None:
    """Smoke: is anybody hurt?"""
    chat.write("壶充电时冒烟了，还打火花")


def to_safety_of_food(chat: Chat) -> None:
    """Something in the food: was it eaten?"""
    chat.write("酸奶里有根头发")


def to_wish(chat: Chat) -> None:
    """The order is found, and the wish is asked for."""
    to_clarifying(chat)
    chat.write("订单8841")


def to_options(chat: Chat) -> None:
    """Nothing definite was wanted: two or three ways."""
    to_wish(chat)
    chat.write("你们看着办")


def to_options_beyond(chat: Chat) -> None:
    """More was wanted than the bot can give: what it can, and people."""
    to_wish(chat)
    chat.write("赔我3000")


def to_agreement(chat: Chat) -> None:
    """A card to say yes to."""
    to_wish(chat)
    chat.write("换个新的吧")


def to_options_on_words(chat: Chat) -> None:
    """The ways for rudeness: a call, an explanation, a gesture."""
    chat.write("店员态度特别差，说话难听")
    chat.quiet()
    chat.press("skip")
    chat.write("你们看着办")


def to_agreement_on_words(chat: Chat) -> None:
    """Of the options for rudeness the one without goods."""
    to_options_on_words(chat)
    chat.press("option", "2")


def to_fulfilling(chat: Chat) -> None:
    """The card was said yes to."""
    to_agreement(chat)
    chat.press("agree")


def to_fulfilment_check(chat: Chat) -> None:
    """An agent sent it, and days later it is asked for."""
    to_fulfilling(chat)
    chat.agent("/done RF-1")
    chat.wait(days=6)


def to_survey(chat: Chat) -> None:
    """It arrived."""
    to_fulfilment_check(chat)
    chat.press("arrived")


def to_the_last_of_the_survey(chat: Chat) -> None:
    """Everything but whether we may write later."""
    to_survey(chat)
    chat.press("score", "h5")
    chat.press("skip")
    chat.press("buy", "unsure")
    chat.write("挺好的")


def to_a_second_look(chat: Chat) -> None:
    """A poor score, what was missing, and shall somebody look again."""
    to_survey(chat)
    chat.press("score", "h1")
    chat.press("score", "o3")
    chat.write("等了太久")


def to_closed(chat: Chat) -> None:
    """Every question answered, and it is over."""
    to_survey(chat)
    chat.press("score", "h5")
    chat.press("score", "o5")
    chat.press("buy", "yes")
    chat.press("skip")
    chat.press("consent_no")


def to_people(chat: Chat) -> None:
    """A person was asked for."""
    to_clarifying(chat)
    chat.command("human")


def to_a_person(chat: Chat) -> None:
    """A person has the case."""
    to_people(chat)
    chat.agent("您好，我来看")


def to_resolving(chat: Chat) -> None:
    """That person asks whether it is settled."""
    to_a_person(chat)
    chat.agent("/resolve")


def to_returning(chat: Chat) -> None:
    """That person asks whether the bot may go on."""
    to_a_person(chat)
    chat.agent("/bot")


def to_offered(chat: Chat) -> None:
    """That person offers something."""
    to_a_person(chat)
    chat.agent("/offer 退款 50")


def to_parked_people(chat: Chat) -> None:
    """A second case that the bot asks about, while a person has the first."""
    to_another_case(chat)
    chat.write("快递少了一包坚果")
    chat.quiet()


def to_two_of_the_bots(chat: Chat) -> None:
    """Two cases that the bot asks about: the second is talked of."""
    to_clarifying(chat)
    chat.command("new")
    chat.write("店员态度特别差，说话难听")
    chat.quiet()


def to_turned_back(chat: Chat) -> None:
    """The complainant has turned back to the first."""
    to_two_of_the_bots(chat)
    chat.command("cases")
    chat.press("case")


def to_called_by_another(chat: Chat) -> None:
    """A person has spoken of the case that was not talked of."""
    to_parked_people(chat)
    chat.agent("壶给您换新", no=next(iter(chat.cases)))


def to_press(chat: Chat) -> None:
    """A journalist."""
    chat.write("我是晚报记者，想核实投诉")


def to_withdrawing(chat: Chat) -> None:
    """Do you really withdraw?"""
    to_clarifying(chat)
    chat.command("withdraw")


def to_withdrawing_from_people(chat: Chat) -> None:
    """The same, with people waiting to answer."""
    to_people(chat)
    chat.command("withdraw")


def to_suggestion(chat: Chat) -> None:
    """An idea, and whether we may write about it."""
    chat.write("建议你们出小包装")
    chat.quiet()


def to_danger(chat: Chat) -> None:
    """Somebody is hurt, and people are on it."""
    chat.write("孩子吃了嘴肿起来了，喘")


def to_another_case(chat: Chat) -> None:
    """A second case while the first goes on with a person."""
    to_a_person(chat)
    chat.command("new")


ROADS: Final[dict[Road, Step]] = {
    to_opening: Step.OPENING,
    to_listening: Step.LISTENING,
    to_clarifying: Step.CLARIFYING,
    to_calming: Step.CALMING,
    to_call_back: Step.CALL_BACK,
    to_safety: Step.SAFETY,
    to_safety_of_food: Step.SAFETY,
    to_wish: Step.WISH,
    to_options: Step.PROPOSING,
    to_options_beyond: Step.PROPOSING,
    to_agreement: Step.AGREEMENT,
    to_agreement_on_words: Step.AGREEMENT,
    to_fulfilling: Step.FULFILLING,
    to_fulfilment_check: Step.FULFILMENT_CHECK,
    to_survey: Step.SURVEY,
    to_the_last_of_the_survey: Step.SURVEY,
    to_a_second_look: Step.SURVEY,
    to_closed: Step.CLOSED,
    to_people: Step.WITH_PEOPLE,
    to_a_person: Step.WITH_PEOPLE,
    to_resolving: Step.RESOLVING,
    to_returning: Step.RETURNING,
    to_press: Step.PRESS,
    to_withdrawing: Step.WITHDRAWING,
    to_withdrawing_from_people: Step.WITHDRAWING,
    to_suggestion: Step.SUGGESTION,
    to_danger: Step.WITH_PEOPLE,
    to_another_case: Step.LISTENING,
    to_offered: Step.OFFERED,
    to_parked_people: Step.CLARIFYING,
    to_two_of_the_bots: Step.CLARIFYING,
    to_turned_back: Step.CLARIFYING,
    to_called_by_another: Step.WITH_PEOPLE,
}
"""Every way, and the step it leads to."""
