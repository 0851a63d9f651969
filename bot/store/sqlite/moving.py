"""Renames a group that became a supergroup: Telegram gives it a new id and new message numbers.

Waiting letters are readdressed. Topics are kept by name only, and opened again by the next letter. Mirrors keep the
old id, since the same message numbers mean other messages in the new group.
"""

import sqlite3

from bot.complaint.ids import ChatId
from bot.complaint.letters import Letter
from bot.store.casework import readable
from bot.store.rows import json_text

# A topic that the case already has in the new group stays: it is the newer one.
MOVES = (
    "UPDATE OR IGNORE topics SET chat = :new, thread = -thread WHERE chat = :old AND thread > 0",
    "DELETE FROM topics WHERE chat = :old",
    "DELETE FROM places WHERE chat = :old",
    "UPDATE inbox SET chat = :new WHERE chat = :old",
    "UPDATE timers SET chat = :new WHERE chat = :old",
)

WAITING_LETTERS = """
SELECT id, not_before, attempted_at, attempts, body FROM outbox
WHERE outcome = 'waiting' AND chat = :old
"""

READDRESS = "UPDATE outbox SET chat = ?, line = ?, body = ? WHERE id = ?"


def move_desk(connection: sqlite3.Connection, old: ChatId, new: ChatId) -> None:
    """Rewrite the old id in topics, the inbox, timers and waiting letters; forget its places."""
    named = {"old": old, "new": new}
    for statement in MOVES:
        connection.execute(statement, named)
    letters = [_moved(one, new) for one in readable(connection.execute(WAITING_LETTERS, named).fetchall())]
    connection.executemany(READDRESS, [(one.chat, one.line, json_text(one), one.id) for one in letters])


def _moved(letter: Letter, new: ChatId) -> Letter:
    return letter.evolve(chat=new)
