"""What a start link says: noted on the case, and read back in one line (S106)."""

from typing import Any, Final

from bot.complaint.actions import Button, Lane, Remark
from bot.complaint.case import Status
from bot.complaint.conversation import Step
from bot.complaint.links import Link
from bot.complaint.reading import Language
from bot.dialogue.draft import HUMAN, Draft

MENDED: Final = ("product", "batch_no", "store", "order_no")
"""The facts that a link may bring, in the order in which they are read back."""


def is_begun(draft: Draft) -> bool:
    """Whether anything was told in the case yet."""
    return bool(draft.case.story or draft.case.evidence or draft.case.escalations)


def greet_with_what_came(draft: Draft) -> bool:
    """Say what is known already, or ask whether it is about the matter that is open.

    False if no link says anything new.
    """
    link = draft.situation.link
    facts = _facts(link, draft) if link else {}
    if link is None or not facts:
        return False
    if not draft.was_said("opening") or not is_begun(draft):
        _begin(draft, link, facts)
        return True
    if all(getattr(draft.facts, name) == value for name, value in facts.items()):
        return False
    draft.talk = draft.talk.evolve(link=link)
    draft.say(
        "several/same_matter",
        (Button("link_same", "link_same"), Button("link_other", "link_other")),
        lane=Lane.FIRST,
        **_shown(facts),
    )
    return True


def note_what_came(draft: Draft) -> None:
    """The link is about the open case: add its facts."""
    link = draft.situation.link
    if link is None:
        draft.notice("press_notice/late")
        return
    facts = _facts(link, draft)
    draft.notice("press_notice/noted")
    draft.strip()
    _write_down(draft, link, facts)
    draft.talk = draft.talk.evolve(link=None)
    draft.say("several/noted_too", _mends(facts), lane=Lane.FIRST, **_shown(facts))
    draft.show_card_if_known()


def open_with_what_came(draft: Draft) -> None:
    """The link is about another matter: open a case with its facts; the open one goes on."""
    link = draft.situation.link
    draft.notice("press_notice/noted")
    draft.strip()
    # whose matter it is was said: the question in the talk that was left is over
    draft.talk = draft.talk.evolve(parked=tuple(one.evolve(link=None) for one in draft.talk.parked))
    _begin(draft, link or Link(), _facts(link, draft) if link else {})


def _begin(draft: Draft, link: Link, facts: dict[str, Any]) -> None:
    _write_down(draft, link, facts)
    draft.say("opening/known", _mends(facts), (HUMAN,), lane=Lane.FIRST, **_shown(facts))
    draft.go(Step.LISTENING, Status.ACKNOWLEDGED)


def _write_down(draft: Draft, link: Link, facts: dict[str, Any]) -> None:
    draft.learn(**facts)
    draft.actions.append(Remark(what="came_by_link", by="customer", why=link.source or ", ".join(facts)))


def _facts(link: Link, draft: Draft) -> dict[str, Any]:
    """The link as facts of a case; an order counts only if the order book has it."""
    order = draft.situation.order
    found = {
        "product": _called(link.product, draft),
        "batch_no": link.batch,
        "store": link.store,
        "order_no": order.order_no if order else link.order,
        "order": order,
    }
    return {name: value for name, value in found.items() if value}


def _called(key: str, draft: Draft) -> str:
    """The product's name for people; an unknown key is shown to nobody."""
    known = next((one for one in draft.rules.products if one.key == key), None)
    if known is None:
        return "" if draft.rules.products else key
    language = draft.talk.language
    plain = (word for word in known.words if word.isascii() == (language is Language.EN))
    return next(plain, draft.rules.product_name(key, language))


def _shown(facts: dict[str, Any]) -> dict[str, Any]:
    known = [{"what": what, "value": facts[what]} for what in MENDED if facts.get(what)]
    return {"known": known, "unknown": "order_no" in facts and "order" not in facts}


def _mends(facts: dict[str, Any]) -> tuple[Button, ...]:
    return tuple(Button(f"mend_{what}", "mend", what) for what in MENDED if facts.get(what))


ACTS: Final = (note_what_came, open_with_what_came)
