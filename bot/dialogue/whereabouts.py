"""The complainant's time zone, by their phone number: for calls and for quiet hours."""

from bot.dialogue.draft import Draft
from bot.policy.zones import different, zones_of


def locate(draft: Draft) -> None:
    """Note the time zone of a number's country, if it has only one and it is not the brand's."""
    facts = draft.facts
    if facts.phone is None or facts.zone is not None:
        return
    found = zones_of(facts.phone, international=facts.phone_own is True)
    if len(found) == 1 and different(draft.rules, found[0], draft.at):
        draft.learn(zone=found[0])


def candidates(draft: Draft) -> tuple[str, ...]:
    """The possible time zones, if the complainant has to be asked."""
    facts = draft.facts
    if facts.phone is None or facts.zone is not None:
        return ()
    found = zones_of(facts.phone, international=facts.phone_own is True)
    return found if len(found) > 1 else ()
