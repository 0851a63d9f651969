"""The table of the talk, and the rules it keeps.

Rule 1. Everything that can happen in a talk is a row here: (step, signal) leads to one act, and to one of the
steps named in the row. The machine only walks the table, and refuses an act that ends anywhere else.

Rule 2. The seven steps keep their order (S25): greet, listen and record, thank, say sorry, name possible
causes, ask what is wanted, then principle and plan, and part with number and phone. No row leads to
PROPOSING or AGREEMENT but from a wish that the complainant named (S96).

Rule 3. Danger may jump the order. `ANYWHERE` rows of danger come first and end at a person (R27).

Rule 4. A person is asked for once, anywhere, and comes in that turn (R23, R24). Nothing persuades.

Rule 5. While a person holds the case the bot is silent: words go on to the topic. Only the person's own
questions (RESOLVING, RETURNING), the complainant's commands, and the consent that medical and bank data need
(R52) still speak.

Rule 6. AGREEMENT is left towards FULFILLING by an explicit yes only (S95); a close is never silent (R12).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.complaint.conversation import Step


class Signal(StrEnum):
    """The meaning of an event at this point of the talk."""

    SELF_HARM = "speaks of ending their life"
    INJURED = "somebody is hurt or ill"
    HAZARD = "something is dangerous"
    EXTORTS = "demands money for silence"
    SECRET = "sends what should stay secret"  # noqa: S105 - a signal, no password
    WANTS_PERSON = "wants a person"
    JOURNALIST = "is the press"

    STARTED = "starts"
    ASKS_NEW = "wants a new case"
    ASKS_HELP = "asks for help"
    ASKS_RIGHTS = "asks for their rights"
    ASKS_STATUS = "asks how it stands"
    ASKS_CASES = "asks what is open"
    TURNS = "turns to another case"
    LINK_SAME = "came about the same matter"
    LINK_OTHER = "came about another matter"
    ASKS_IF_BOT = "asks whether this is a machine"
    ASKS_LIMIT = "asks for our limits"
    ASKS_VERDICT = "asks yes or no"
    ASKS_TERMS = "asks how an offer is carried out"
    ASKS_IF_SAFE = "asks whether it is safe"
    ASKS_WARRANTY = "asks how long the warranty is"
    ASKS_LANGUAGE = "asks for the languages"
    CHOSE_LANGUAGE = "chooses a language"
    WITHDRAWS = "withdraws"

    TELLS = "tells"
    MINOR = "is a child"
    SPEAKS_FOR = "says that they may speak for another"
    ASKS_SIMPLE = "wants it simple"
    SPEAKS = "says it aloud"
    TRANSCRIBED = "a machine wrote down what was said"
    PERHAPS_HURT = "perhaps tells of harm"
    QUIET = "has finished for now"
    EDITED = "changes their words"
    REACTED = "reacts"

    ANSWERS = "answers the question"
    SKIPS = "skips the question"
    NEEDS_TIME = "will look for it"
    KEEPS_DETAILS = "will not give details"
    ANSWERS_LEAVE = "answers whether medical or bank data may be kept"
    UNHARMED = "nobody is hurt"
    AGREES = "says yes"
    DECLINES = "says no"
    NAMES_REMEDY = "says what is wanted"
    CHOOSES = "takes an option"
    WAITS = "waits for people"
    MENDS = "puts something right"
    ASKS_TO_MEND = "wants something put right"
    TAKES_OFFER = "takes what people offered"
    BARGAINS = "wants the offer changed"
    LEAVES_OFFER = "does not take the offer"
    SCORES = "gives a score"
    STOPS = "wants to be left in peace"

    LATE_PRESS = "presses an old button"
    FOREIGN_PRESS = "presses somebody else's button"

    NUDGE_DUE = "has been silent"
    PROMISE_NEAR = "a promise is nearly due"
    PROMISE_DUE = "a promise is due"
    CHECK_DUE = "the remedy should have arrived"
    SURVEY_DUE = "may be asked how it was"

    GONE = "blocks the bot"
    BACK = "comes back"


@dataclass(frozen=True, slots=True)
class Move:
    """A row: the act, and the steps it may lead to. An empty `to` means: the step stays."""

    act: str
    to: tuple[Step, ...] = ()


ANYWHERE: Final = None

S = Step
_AFTER_A_STORY: Final = (
    S.LISTENING,
    S.CALMING,
    S.SAFETY,
    S.CLARIFYING,
    S.WISH,
    S.PROPOSING,
    S.AGREEMENT,
    S.CALL_BACK,
    S.WITHDRAWING,
    S.SUGGESTION,
    S.CLOSED,
    S.WITH_PEOPLE,
)
"""Where a burst may lead: it can hold anything from a greeting to a demand."""
_AFTER_A_WISH: Final = (S.CLARIFYING, S.WISH, S.PROPOSING, S.AGREEMENT, S.WITHDRAWING, S.WITH_PEOPLE)
"""Where a wish may lead: granted, asked about, beyond us, or for people."""
_AFTER_AN_ANSWER: Final = (S.CLARIFYING, *_AFTER_A_WISH[1:])
_DONE: Final = (S.SURVEY, S.CLOSED, S.WITH_PEOPLE)
"""Where a close may lead: to the few questions, to none, or to people."""

TRANSITIONS: Final[dict[tuple[Step | None, Signal], Move]] = {
    # danger, and the way to a person: anywhere
    (ANYWHERE, Signal.SELF_HARM): Move("care_for_life", (S.WITH_PEOPLE,)),
    (ANYWHERE, Signal.INJURED): Move("send_to_help", (S.WITH_PEOPLE,)),
    (ANYWHERE, Signal.HAZARD): Move("stop_the_danger", (S.SAFETY, S.WITH_PEOPLE)),
    (ANYWHERE, Signal.EXTORTS): Move("hold_the_line", (S.WITH_PEOPLE,)),
    (ANYWHERE, Signal.SECRET): Move("keep_secrets_out", (S.WITH_PEOPLE,)),
    (ANYWHERE, Signal.WANTS_PERSON): Move("call_a_person", (S.WITH_PEOPLE,)),
    (ANYWHERE, Signal.JOURNALIST): Move("receive_the_press", (S.PRESS, S.WITH_PEOPLE)),
    # what may be asked at any time; the talk goes on where it was
    (ANYWHERE, Signal.STARTED): Move("greet", (S.LISTENING,)),
    (ANYWHERE, Signal.ASKS_NEW): Move("open_another", (S.LISTENING,)),
    (ANYWHERE, Signal.ASKS_HELP): Move("explain_itself"),
    (ANYWHERE, Signal.ASKS_RIGHTS): Move("tell_rights"),
    (ANYWHERE, Signal.ASKS_STATUS): Move("tell_status"),
    (ANYWHERE, Signal.ASKS_CASES): Move("list_cases"),
    (ANYWHERE, Signal.TURNS): Move("turn_to_case"),
    (ANYWHERE, Signal.LINK_SAME): Move("note_what_came"),
    (ANYWHERE, Signal.LINK_OTHER): Move("open_with_what_came", (S.LISTENING,)),
    (ANYWHERE, Signal.ASKS_IF_BOT): Move("own_up"),
    (ANYWHERE, Signal.ASKS_LIMIT): Move("keep_limits"),
    (ANYWHERE, Signal.ASKS_VERDICT): Move("keep_verdict"),
    (ANYWHERE, Signal.ASKS_TERMS): Move("answer_terms"),
    (ANYWHERE, Signal.ASKS_WARRANTY): Move("tell_who_knows_the_warranty"),
    (ANYWHERE, Signal.ASKS_IF_SAFE): Move("advise_to_be_safe", (S.LISTENING, S.CALMING, S.SAFETY)),
    (ANYWHERE, Signal.ASKS_LANGUAGE): Move("offer_languages"),
    (ANYWHERE, Signal.CHOSE_LANGUAGE): Move("change_language"),
    (S.OPENING, Signal.WITHDRAWS): Move("find_nothing_to_withdraw", (S.OPENING, S.LISTENING)),
    (ANYWHERE, Signal.WITHDRAWS): Move("ask_if_withdrawn", (S.WITHDRAWING, S.LISTENING)),
    # listening: words are gathered, and answered once it is quiet
    (ANYWHERE, Signal.TELLS): Move("gather", (S.SAFETY,)),
    (ANYWHERE, Signal.MINOR): Move("care_for_child", (S.WITH_PEOPLE,)),
    (ANYWHERE, Signal.ASKS_SIMPLE): Move("speak_simply", (S.LISTENING, S.WITH_PEOPLE)),
    (ANYWHERE, Signal.SPEAKS_FOR): Move("note_consent_of_another"),
    (S.CLARIFYING, Signal.SPEAKS_FOR): Move("note_consent_of_another", _AFTER_AN_ANSWER),
    (ANYWHERE, Signal.ANSWERS_LEAVE): Move("take_leave"),
    (ANYWHERE, Signal.SPEAKS): Move("have_it_heard", (S.WITH_PEOPLE,)),
    (ANYWHERE, Signal.TRANSCRIBED): Move("stay"),
    (ANYWHERE, Signal.PERHAPS_HURT): Move("ask_if_hurt", (S.SAFETY,)),
    (S.OPENING, Signal.TELLS): Move("open_case", (S.LISTENING, S.CALMING, S.SAFETY)),
    (S.CLOSED, Signal.TELLS): Move("open_or_reopen", (S.LISTENING, S.CALMING, S.SAFETY, S.WITH_PEOPLE)),
    (S.PRESS, Signal.TELLS): Move("note_the_press", (S.PRESS, S.WITH_PEOPLE)),
    (S.PRESS, Signal.JOURNALIST): Move("note_the_press", (S.PRESS, S.WITH_PEOPLE)),
    (S.WITH_PEOPLE, Signal.TELLS): Move("pass_on_or_ask", (S.SAFETY,)),
    (S.RESOLVING, Signal.TELLS): Move("pass_on"),
    (S.RETURNING, Signal.TELLS): Move("pass_on"),
    (S.FULFILLING, Signal.TELLS): Move("note_after_agreement", (S.FULFILLING, S.WITH_PEOPLE)),
    (S.FULFILMENT_CHECK, Signal.TELLS): Move("note_after_agreement", (S.FULFILMENT_CHECK, S.WITH_PEOPLE)),
    (S.SUGGESTION, Signal.TELLS): Move("gather", (S.LISTENING, S.SAFETY)),
    (ANYWHERE, Signal.EDITED): Move("take_edit"),
    (ANYWHERE, Signal.REACTED): Move("take_reaction"),
    (ANYWHERE, Signal.QUIET): Move("stay"),
    (S.LISTENING, Signal.QUIET): Move("answer_burst", _AFTER_A_STORY),
    (S.CALMING, Signal.QUIET): Move("answer_anger", _AFTER_A_STORY),
    (S.SAFETY, Signal.QUIET): Move("answer_safety", (S.SAFETY, *_AFTER_A_WISH)),
    (S.CLARIFYING, Signal.QUIET): Move(
        "answer_question", (S.SAFETY, S.CALMING, S.CALL_BACK, *_AFTER_AN_ANSWER)
    ),
    (S.WISH, Signal.QUIET): Move("answer_wish", _AFTER_A_WISH),
    (S.PROPOSING, Signal.QUIET): Move(
        "answer_counter", (S.PROPOSING, S.AGREEMENT, S.WITH_PEOPLE, S.WITHDRAWING)
    ),
    (S.AGREEMENT, Signal.QUIET): Move("answer_change", _AFTER_A_WISH),
    (S.CALL_BACK, Signal.QUIET): Move("arrange_call", (S.WITH_PEOPLE,)),
    (S.WITHDRAWING, Signal.QUIET): Move("answer_burst", _AFTER_A_STORY),
    # safety first
    (S.SAFETY, Signal.UNHARMED): Move("go_on_unharmed", _AFTER_A_WISH),
    (S.SAFETY, Signal.KEEPS_DETAILS): Move("gather"),
    # facts: one question at a time, each can be skipped
    (S.CLARIFYING, Signal.ANSWERS): Move("take_answer", _AFTER_AN_ANSWER),
    (S.CLARIFYING, Signal.NEEDS_TIME): Move("give_time"),
    (S.WISH, Signal.NEEDS_TIME): Move("give_time"),
    (S.PROPOSING, Signal.NEEDS_TIME): Move("give_time"),
    (S.AGREEMENT, Signal.NEEDS_TIME): Move("give_time"),
    (S.CLARIFYING, Signal.SKIPS): Move("skip_question", _AFTER_AN_ANSWER),
    (S.CLARIFYING, Signal.KEEPS_DETAILS): Move("need_no_details", _AFTER_AN_ANSWER),
    (ANYWHERE, Signal.KEEPS_DETAILS): Move("reassure"),
    # what is wanted, before any offer
    (S.CLARIFYING, Signal.NAMES_REMEDY): Move("take_wish", _AFTER_A_WISH),
    (S.WISH, Signal.NAMES_REMEDY): Move("take_wish", _AFTER_A_WISH),
    (S.WISH, Signal.SKIPS): Move("ask_wish_in_words", (S.WISH,)),
    (S.PROPOSING, Signal.NAMES_REMEDY): Move(
        "take_counter", (S.PROPOSING, S.AGREEMENT, S.WITH_PEOPLE, S.WITHDRAWING)
    ),
    (S.PROPOSING, Signal.CHOOSES): Move("lay_out_choice", (S.AGREEMENT, S.WITH_PEOPLE)),
    (S.PROPOSING, Signal.WAITS): Move("wait_for_people", (S.WITH_PEOPLE,)),
    (S.PROPOSING, Signal.DECLINES): Move("wait_for_people", (S.WITH_PEOPLE,)),
    (S.AGREEMENT, Signal.AGREES): Move("settle_agreement", (S.FULFILLING, S.SURVEY, S.CLOSED)),
    (S.AGREEMENT, Signal.DECLINES): Move("ask_what_to_change", (S.WISH,)),
    (S.AGREEMENT, Signal.NAMES_REMEDY): Move(
        "take_counter", (S.PROPOSING, S.AGREEMENT, S.WITH_PEOPLE, S.WITHDRAWING)
    ),
    # what was written down wrong: put right, and the talk goes on where it was
    (ANYWHERE, Signal.MENDS): Move("confirm_change"),
    (S.CLARIFYING, Signal.MENDS): Move("go_on_mended", _AFTER_AN_ANSWER),
    (S.WISH, Signal.MENDS): Move("go_on_mended", (S.CLARIFYING, S.WISH)),
    (S.PROPOSING, Signal.MENDS): Move("go_on_mended", _AFTER_A_WISH),
    (S.AGREEMENT, Signal.MENDS): Move("go_on_mended", _AFTER_A_WISH),
    (ANYWHERE, Signal.ASKS_TO_MEND): Move("ask_what_is_right"),
    (S.PROPOSING, Signal.ASKS_TO_MEND): Move("ask_what_is_right", (S.WISH,)),
    # the call back
    (S.CALL_BACK, Signal.ANSWERS): Move("arrange_call", (S.WITH_PEOPLE, S.CALL_BACK)),
    (S.CALL_BACK, Signal.KEEPS_DETAILS): Move("wait_here_instead", (S.WITH_PEOPLE,)),
    (S.CALL_BACK, Signal.DECLINES): Move("wait_here_instead", (S.WITH_PEOPLE,)),
    (S.WITH_PEOPLE, Signal.ANSWERS): Move("take_answer_for_people"),
    (S.WITH_PEOPLE, Signal.NAMES_REMEDY): Move("note_wish_for_people"),
    # withdrawing, suggestions
    (S.WITHDRAWING, Signal.AGREES): Move("withdraw", (S.CLOSED, S.WITH_PEOPLE)),
    (S.WITHDRAWING, Signal.DECLINES): Move("keep_open", (S.LISTENING, S.WITH_PEOPLE)),
    (S.SUGGESTION, Signal.AGREES): Move("note_consent", (S.CLOSED,)),
    (S.SUGGESTION, Signal.DECLINES): Move("note_consent", (S.CLOSED,)),
    (S.SUGGESTION, Signal.STOPS): Move("note_consent", (S.CLOSED,)),
    # people ask, the complainant answers
    (S.RESOLVING, Signal.AGREES): Move("close_as_settled", _DONE),
    (S.RESOLVING, Signal.DECLINES): Move("stay_with_people", (S.WITH_PEOPLE,)),
    (S.RETURNING, Signal.AGREES): Move("return_to_bot", (S.LISTENING, S.FULFILLING, S.WITH_PEOPLE)),
    (S.RETURNING, Signal.DECLINES): Move("stay_with_people", (S.WITH_PEOPLE,)),
    # people offer, the complainant answers: as long as the offer stands, whatever is talked of meanwhile
    (ANYWHERE, Signal.TAKES_OFFER): Move("accept_offer", (S.WITH_PEOPLE,)),
    (ANYWHERE, Signal.BARGAINS): Move("bargain", (S.WITH_PEOPLE,)),
    (ANYWHERE, Signal.LEAVES_OFFER): Move("leave_offer", (S.WITH_PEOPLE,)),
    (S.OFFERED, Signal.TELLS): Move("pass_on"),
    # afterwards
    (ANYWHERE, Signal.CHECK_DUE): Move("stay"),
    (S.FULFILLING, Signal.CHECK_DUE): Move("ask_if_arrived", (S.FULFILMENT_CHECK, S.FULFILLING)),
    (S.WITH_PEOPLE, Signal.CHECK_DUE): Move("ask_if_arrived", (S.FULFILMENT_CHECK, S.WITH_PEOPLE)),
    (S.FULFILMENT_CHECK, Signal.AGREES): Move("confirm_arrival", _DONE),
    (S.FULFILMENT_CHECK, Signal.DECLINES): Move("look_for_it", (S.WITH_PEOPLE,)),
    # how it was: each question once, each can be skipped, and a word ends them for good
    (ANYWHERE, Signal.SURVEY_DUE): Move("stay"),
    (S.CLOSED, Signal.SURVEY_DUE): Move("ask_how_it_was", (S.SURVEY,)),
    (S.SURVEY, Signal.SCORES): Move("take_score", _DONE),
    (S.SURVEY, Signal.SKIPS): Move("pass_over", _DONE),
    (S.SURVEY, Signal.AGREES): Move("take_yes", _DONE),
    (S.SURVEY, Signal.DECLINES): Move("take_no", _DONE),
    (S.SURVEY, Signal.TELLS): Move("note_free_word", _DONE),
    (S.SURVEY, Signal.STOPS): Move("leave_in_peace", (S.CLOSED,)),
    (ANYWHERE, Signal.STOPS): Move("leave_in_peace"),
    (S.CLOSED, Signal.SCORES): Move("stay"),
    (S.CLOSED, Signal.AGREES): Move("note_consent"),
    (S.CLOSED, Signal.DECLINES): Move("note_consent"),
    # time passes
    (ANYWHERE, Signal.NUDGE_DUE): Move("nudge", (S.CLOSED, S.WITH_PEOPLE)),
    (ANYWHERE, Signal.PROMISE_NEAR): Move("tell_before_miss"),
    (ANYWHERE, Signal.PROMISE_DUE): Move("own_the_miss"),
    # buttons that came late, or from somebody else
    (ANYWHERE, Signal.LATE_PRESS): Move("explain_late_press"),
    (ANYWHERE, Signal.FOREIGN_PRESS): Move("refuse_press"),
    (ANYWHERE, Signal.GONE): Move("note_gone"),
    (ANYWHERE, Signal.BACK): Move("note_back"),
    # an answer that no question waits for
    (ANYWHERE, Signal.ANSWERS): Move("gather", (S.SAFETY,)),
    (ANYWHERE, Signal.NAMES_REMEDY): Move("gather", (S.SAFETY,)),
    (ANYWHERE, Signal.UNHARMED): Move("gather", (S.SAFETY,)),
    (ANYWHERE, Signal.NEEDS_TIME): Move("gather", (S.SAFETY,)),
    (ANYWHERE, Signal.AGREES): Move("gather", (S.SAFETY,)),
    (ANYWHERE, Signal.DECLINES): Move("gather", (S.SAFETY,)),
    (ANYWHERE, Signal.SKIPS): Move("explain_late_press"),
    (ANYWHERE, Signal.CHOOSES): Move("explain_late_press"),
    (ANYWHERE, Signal.WAITS): Move("explain_late_press"),
    (ANYWHERE, Signal.SCORES): Move("explain_late_press"),
}


def move_for(step: Step, signal: Signal) -> Move:
    """The row for a signal at a step: the step's own, or the one that holds anywhere."""
    own = TRANSITIONS.get((step, signal))
    return own if own is not None else TRANSITIONS[ANYWHERE, signal]
