"""`/role` and `/lang`: roles and specialties, set by managers; one's own language."""

from dataclasses import dataclass
from typing import Any, Final

from bot.complaint.actions import Situation
from bot.complaint.colleagues import Colleague, Role, Roster, Specialty
from bot.complaint.deskwork import Deed
from bot.complaint.events import AgentWrote
from bot.complaint.evolving import replace
from bot.desk.rights import NEEDS, Refused, Right, may
from bot.policy.rules import Rules
from bot.reading.deskwords import language_called, role_called, specialty_called

ROLE: Final = "role"
LANGUAGE: Final = "lang"
ORDERS: Final = frozenset({ROLE, LANGUAGE})


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to an order, and what it changed."""

    name: str
    fields: dict[str, Any]
    deed: Deed | None = None
    changed: Colleague | None = None


def ordered(
    name: str, argument: str, event: AgentWrote, by: Colleague, *, rules: Rules, situation: Situation
) -> Answer:
    """What `/role` or `/lang` does and says."""
    if name == LANGUAGE:
        return _speak(argument, by, rules, situation)
    answer = may(by, Right.ROLE, None)
    if isinstance(answer, Refused):
        needs = NEEDS[Right.ROLE].value
        deed = replace(_deed(Right.ROLE, by, situation), refused=answer.reason, why=argument)
        return Answer("no_right", {"act": Right.ROLE.value, "needs": needs}, deed)
    return _appoint(argument, event, by, situation)


def _appoint(argument: str, event: AgentWrote, by: Colleague, situation: Situation) -> Answer:
    """Somebody is given a role, a specialty, or both; or it is taken back."""
    words = argument.split()
    person, rest = _meant(words, event, situation.roster)
    if person is None:
        return Answer("role_who", {"asked": argument})
    standing = _standing(person, rest)
    if standing is None:
        return Answer("role_how", {})
    after = replace(standing, changed_by=by.id, changed_at=situation.now)
    roster = situation.roster.with_changes({after.id: after})
    if person.role is Role.MANAGER and not roster.at_least(Role.MANAGER):
        return Answer("role_last", {"name": after.name})
    shown = {"name": after.name or after.username, "role": after.role.value}
    skills = [one.value for one in after.specialties]
    deed = replace(
        _deed(Right.ROLE, by, situation),
        before={_called(person): _told(person)},
        after={_called(after): _told(after)},
    )
    return Answer("role_set", {**shown, "specialties": skills}, deed, after)


def _meant(words: list[str], event: AgentWrote, roster: Roster) -> tuple[Colleague | None, list[str]]:
    """Who is meant, and the words that are left: whoever's message is answered, else the first word's bearer."""
    if event.reply_author is not None and not (words and words[0].startswith("@")):
        return roster.colleagues.get(event.reply_author), words
    found = roster.named(words[0]) if words else ()
    return (found[0], words[1:]) if len(found) == 1 else (None, words)


def _standing(person: Colleague, words: list[str]) -> Colleague | None:
    """Their new role; None if the words name none that exists.

    Specialties that are named replace the old ones; who becomes an agent again has none but those named.
    """
    roles = [role for word in words if (role := role_called(word)) is not None]
    skills = tuple(skill for word in words if (skill := specialty_called(word)) is not None)
    unknown = [word for word in words if role_called(word) is None and specialty_called(word) is None]
    if unknown or not words or len(roles) > 1:
        return None
    role = roles[0] if roles else person.role
    kept: tuple[Specialty, ...] = () if role is Role.AGENT and roles else person.specialties
    return replace(person, role=role, specialties=tuple(dict.fromkeys(skills)) or kept)


def _speak(argument: str, by: Colleague, rules: Rules, situation: Situation) -> Answer:
    """In which language they read lists and notices from now on."""
    wanted = language_called(argument)
    if wanted is None:
        return Answer("language_how", {"now_in": (by.language or rules.languages[0]).value})
    known = situation.roster.of(by.id, by.name)
    after = replace(known, name=known.name or by.name, language=wanted)
    before = (by.language or rules.languages[0]).value
    deed = replace(
        _deed(Right.LANGUAGE, by, situation), before={"language": before}, after={"language": wanted.value}
    )
    return Answer("language_set", {}, deed, after)


def _deed(what: Right, by: Colleague, situation: Situation) -> Deed:
    return Deed(at=situation.now, by=by.id, name=by.name, act=what.value, chat=situation.where)


def _called(one: Colleague) -> str:
    return f"{one.name or one.username} ({one.id})"


def _told(one: Colleague) -> str:
    """A standing in words of the audit."""
    return " ".join((one.role.value, *(skill.value for skill in one.specialties)))
