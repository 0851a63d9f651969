import re
import sqlite3
from contextlib import closing

import pytest

from bot.store.migrations import latest
from bot.store.sqlite import (
    accounts,
    audit,
    boards,
    casework,
    condition,
    figures,
    files,
    inbox,
    incidents,
    joining,
    keeping,
    learning,
    ledger,
    moving,
    outbox,
    overview,
    retiring,
    roster,
)

MODULES = (
    accounts,
    audit,
    boards,
    casework,
    condition,
    figures,
    files,
    inbox,
    incidents,
    joining,
    keeping,
    learning,
    ledger,
    moving,
    outbox,
    overview,
    retiring,
    roster,
)

WORDS = ("SELECT", "UPDATE", "DELETE", "WITH")

QUERIES = {
    f"{module.__name__.rpartition('.')[2]}.{name}": text
    for module in MODULES
    for name, text in vars(module).items()
    if name.isupper() and isinstance(text, str) and name[0] != "_" and text.split()[0] in WORDS
}

WALKS = {"inbox.PURGE", "audit.LAST_SEAL", "keeping.ON_THE_LIST"}
"""Walk from one end and stop: at the first row that stays, at the very last line, after so many."""

WHOLE = {
    # a few dozen people, accounts and lessons
    "accounts.ACCOUNTS",
    "learning.LESSONS",
    "roster.COLLEAGUES",
    # what is lost or late, for whoever asks how the house is
    "condition.REMAINS",
}
"""Questions that may look at all of something."""

OF_ALL_OPEN = {"figures.COUNTS", "condition.OPEN_CASES", "overview.OPEN_CASES", "overview.TALLY"}
"""Questions about all open cases."""


@pytest.mark.parametrize("name", sorted(set(QUERIES) - WALKS - WHOLE))
def test_no_question_reads_a_whole_table(name: str) -> None:
    """The ten-thousandth case costs what the first did: every search has its index."""
    text = QUERIES[name]
    named: dict[str, int] = dict.fromkeys(re.findall(r":(\w+)", text), 1)
    places = [1] * (max((int(place) for place in re.findall(r"\?(\d+)", text)), default=0) or text.count("?"))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(latest("sqlite"))
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {text}", named or places)]
    tables = re.compile(r"SCAN (?!heard|known)(\w+)$")
    # what a search has found already is no table
    assert not [step for step in plan if tables.match(step)]
    assert not [step for step in plan if "cases_open" in step and name not in OF_ALL_OPEN]


def test_words_are_looked_for_in_the_newest_lines_alone() -> None:
    """Lines are found by their numbers, the newest: in the order of their cases all would be passed."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(latest("sqlite"))
        named = dict.fromkeys(re.findall(r":(\w+)", boards.FIND), 1)
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {boards.FIND}", named)]
    assert "SEARCH timeline USING INTEGER PRIMARY KEY (rowid>?)" in plan
    assert not [step for step in plan if step.startswith("SCAN timeline")]


def test_a_report_passes_over_what_has_been_at_rest_for_long() -> None:
    """Rows of figures are found by their last news: the years before the report's time cost it nothing."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(latest("sqlite"))
        (step,) = connection.execute(f"EXPLAIN QUERY PLAN {keeping.BOOKED}", ("", "", "", 1))
    assert "USING INDEX facts_by_last" in step[3]
