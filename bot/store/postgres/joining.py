"""Moves the rows of a logged case to its complainant's own chat."""

from collections.abc import Iterable
from typing import Final

from bot.complaint.records import Joined
from bot.store.postgres.connecting import Connection

JOIN: Final = (
    ("UPDATE cases SET chat = $2, customer = $3 WHERE case_no = $1", ("case_no", "chat", "customer")),
    ("UPDATE timers SET chat = $2 WHERE case_no = $1", ("case_no", "chat")),
    # there the numbers of messages were the desk's
    (
        "UPDATE timeline SET chat = $2, message = NULL WHERE case_no = $1 AND chat = $3",
        ("case_no", "chat", "before"),
    ),
    ("DELETE FROM conversations WHERE chat = $1", ("before",)),
)


async def join(connection: Connection, joined: Iterable[Joined]) -> None:
    """Move the rows, in the transaction that writes their cases."""
    for one in joined:
        for statement, names in JOIN:
            await connection.execute(statement, *(getattr(one, name) for name in names))
