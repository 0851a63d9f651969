"""`/correct`: an agent corrects what the reader read; both values are kept."""

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from bot.complaint.actions import Button, Rows
from bot.complaint.case import Case, Wish
from bot.complaint.corrections import Correction, MachineReading, ReadField
from bot.complaint.reading import Category, RemedyKind
from bot.desk.acts import Act, Acts
from bot.desk.cards.corrected import corrected_fields
from bot.desk.cases.deciding import DEGREE, set_severity
from bot.desk.refusing import allowed
from bot.desk.rights import Right
from bot.desk.sheet import Sheet
from bot.reading.deskwords import category_called, read_field_called
from bot.reading.numbers import number
from bot.reading.offers import read_offer

IN_A_ROW: Final = 3
LONGEST_WHY: Final = 200
RIGHT: Final = "right"
"""The value of the button "everything was read right"."""
CATEGORIES: Final = tuple(one for one in Category if one is not Category.NONE)
USUAL: Final = (
    RemedyKind.REFUND_FULL,
    RemedyKind.REFUND_PARTIAL,
    RemedyKind.RETURN,
    RemedyKind.REPLACE,
    RemedyKind.REPAIR,
    RemedyKind.RESEND_MISSING,
    RemedyKind.COMPENSATION,
    RemedyKind.APOLOGY,
    RemedyKind.EXPLANATION,
)
"""Remedies with a button of their own; the others are typed."""


class _Meant(NamedTuple):
    """A remedy as an agent wrote it."""

    kinds: tuple[RemedyKind, ...]
    amount: float | None
    why: str


def correct(sheet: Sheet, argument: str = "") -> None:
    """`/correct FIELD VALUE REASON`, or a button; without argument what was read, with a button for each value."""
    word, _, rest = argument.strip().partition(" ")
    field = read_field_called(word)
    if word.casefold() == RIGHT:
        _confirm_all(sheet)
    elif field is None:
        _show_reading(sheet)
    else:
        _BY_FIELD[field](sheet, rest.strip())


def _show_reading(sheet: Sheet) -> None:
    sheet.notice("notice_see_topic")
    read = _machine(sheet.case)
    sheet.tell(
        "correct_how",
        _choices(),
        key="correct_how",
        read_category=read.category.value,
        read_severity=int(read.severity),
        kinds=[one.value for one in read.remedy],
    )


def _choices() -> Rows:
    grievances = [Button(f"read_{one}", "correct", f"category {one}") for one in CATEGORIES]
    wanted = [Button("read_remedy", "correct", f"remedy {one}", fields={"kind": one.value}) for one in USUAL]
    grave = tuple(Button(f"read_sev{n}", "correct", f"severity {n}") for n in range(1, 5))
    return (*_rows(grievances), grave, *_rows(wanted), (Button("read_right", "correct", RIGHT),))


def _rows(buttons: list[Button]) -> Rows:
    return tuple(tuple(buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW))


def _machine(case: Case) -> MachineReading:
    """The reader's own values; for old cases those on the case."""
    remedy = case.wishes[-1].kinds if case.wishes else ()
    standing = MachineReading(category=case.category, severity=case.severity, remedy=remedy)
    return case.machine or standing


def _as_read(case: Case, field: ReadField) -> str:
    read = _machine(case)
    return {
        ReadField.CATEGORY: read.category.value,
        ReadField.SEVERITY: str(int(read.severity)),
        ReadField.REMEDY: "+".join(read.remedy),
    }[field]


def _note(sheet: Sheet, field: ReadField, now: str, why: str = "") -> None:
    """Record both values; the reader's own stays unchanged."""
    sheet.change(machine=_machine(sheet.case))
    one = Correction(
        field=field,
        read=_as_read(sheet.case, field),
        now=now,
        by=sheet.by.id,
        name=sheet.by.name,
        at=sheet.at,
        why=why[:LONGEST_WHY],
    )
    sheet.change(corrections=(*sheet.case.corrections, one))
    sheet.remark("corrected", f"{field}: {one.read or '-'} -> {now}{f': {one.why}' if one.why else ''}")


def _confirm_all(sheet: Sheet) -> None:
    """Everything was read right: record that for the values nobody has corrected."""
    done = {one.field for one in sheet.case.corrections}
    for field in ReadField:
        if field not in done:
            _note(sheet, field, _as_read(sheet.case, field))
    sheet.notice("notice_done")
    sheet.strip()
    if not sheet.scene.query:
        sheet.tell("correct_right", key="correct_how")


def _category(sheet: Sheet, rest: str) -> None:
    word, _, why = rest.partition(" ")
    category = category_called(word)
    if category is None:
        _show_reading(sheet)
        return
    _note(sheet, ReadField.CATEGORY, category.value, why.strip())
    sheet.change(category=category)
    _answer(sheet)


def _severity(sheet: Sheet, rest: str) -> None:
    """Raised by anybody at the desk; lowered by a supervisor with a reason, as by `/severity` (S54)."""
    match = DEGREE.match(rest)
    before = sheet.case.severity
    if match is None:
        _show_reading(sheet)
        return
    degree = int(match[1])
    if degree > before and not allowed(sheet, Right.SEVERITY, "correct"):
        return
    why = rest[match.end() :].strip()
    if degree == before:
        _note(sheet, ReadField.SEVERITY, str(degree), why)
        _answer(sheet)
        return
    as_read = _machine(sheet.case)
    set_severity(sheet, rest)
    changed = sheet.case.severity != before
    sheet.notice("notice_done" if changed else "notice_see_topic")
    if changed:
        sheet.change(machine=as_read)
        _note(sheet, ReadField.SEVERITY, str(degree), why)


def _remedy(sheet: Sheet, rest: str) -> None:
    meant = _meant(rest)
    if meant is None:
        _show_reading(sheet)
        return
    kinds = "+".join(meant.kinds)
    _note(sheet, ReadField.REMEDY, f"{kinds} {meant.amount:g}" if meant.amount else kinds, meant.why)
    sheet.change(wishes=(*sheet.case.wishes[:-1], _wish(sheet, meant)))
    _answer(sheet)


def _wish(sheet: Sheet, meant: _Meant) -> Wish:
    """Replace the reading of the wish; the complainant's words stay."""
    case = sheet.case
    said = case.wishes[-1] if case.wishes else None
    words = said.verbatim if said else next(reversed(case.story), meant.kinds[0].value)
    currency = said.currency if said else None
    return Wish(
        at=said.at if said else sheet.at,
        verbatim=words,
        kinds=meant.kinds,
        amount=meant.amount,
        currency=currency,
    )


def _meant(rest: str) -> _Meant | None:
    """`refund_full+apology 300 WHY`, or in plain words `退款 300 | WHY`; None if no remedy is in it."""
    first, _, more = rest.partition(" ")
    names = first.casefold().split("+")
    if all(one in set(RemedyKind) for one in names):
        word, _, why = more.strip().partition(" ")
        amount = number(word)
        return _Meant(tuple(map(RemedyKind, names)), amount, more if amount is None else why.strip())
    words, _, why = rest.replace("｜", "|").partition("|")
    parts = read_offer(words).parts
    if not parts:
        return None
    cents = next((one.cents for one in parts if one.cents), None)
    kinds = tuple(one.kind for one in parts)
    return _Meant(kinds, cents / 100 if cents else None, why.strip())


def _answer(sheet: Sheet) -> None:
    """A press is answered on the screen, words in the topic; the card shows both readings."""
    sheet.notice("notice_done")
    if not sheet.scene.query:
        one = corrected_fields(sheet.case.corrections[-1])
        sheet.tell("corrected", by=sheet.by.name, one=one, why=one["why"])
    if sheet.case.at_desk:
        sheet.show_card()


_BY_FIELD: Final[Mapping[ReadField, Callable[[Sheet, str], None]]] = {
    ReadField.CATEGORY: _category,
    ReadField.SEVERITY: _severity,
    ReadField.REMEDY: _remedy,
}

ACTS: Final = Acts(
    commands={"correct": Act(Right.CORRECT, correct)}, presses={"correct": Act(Right.CORRECT, correct)}
)
