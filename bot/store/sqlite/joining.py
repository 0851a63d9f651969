"""Moves the rows of a logged case to its complainant's own chat."""

import sqlite3
from collections.abc import Iterable
from typing import Final

from bot.complaint.records import Joined

JOIN: Final = (
    "UPDATE cases SET chat = :chat, customer = :customer WHERE case_no = :no",
    "UPDATE timers SET chat = :chat WHERE case_no = :no",
    # there the numbers of messages were the desk's
    "UPDATE timeline SET chat = :chat, message = NULL WHERE case_no = :no AND chat = :before",
    "DELETE FROM conversations WHERE chat = :before",
)


def join(connection: sqlite3.Connection, joined: Iterable[Joined]) -> None:
    """Move the rows, in the transaction that writes their cases."""
    for one in joined:
        named = {"no": one.case_no, "before": one.before, "chat": one.chat, "customer": one.customer}
        for statement in JOIN:
            connection.execute(statement, named)
