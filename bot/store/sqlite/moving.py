"""A group that became a supergroup has a new id: everything that names the old one is rewritten."""

import sqlite3

from bot.complaint.ids import ChatId, MessageRef
from bot.complaint.letters import Letter
from bot.store.rows import json_text
from bot.store.sqlite.casework import readable

# A pair that the new group already has stays: it is the newer one.
MOVES = (
    "UPDATE OR IGNORE topics SET chat = :new WHERE chat = :old",
    "UPDATE places SET chat = :new WHERE chat = :old",
    "UPDATE OR IGNORE links SET chat_a = :new WHERE chat_a = :old",
    "UPDATE links SET chat_b = :new WHERE chat_b = :old",
    "UPDATE inbox SET chat = :new WHERE chat = :old",
    "UPDATE timers SET chat = :new WHERE chat = :old",
)

WAITING_LETTERS = """
SELECT id, not_before, attempted_at, attempts, body FROM outbox
WHERE outcome = 'waiting' AND (chat = :old OR instr(body, :old))
"""

READDRESS = "UPDATE outbox SET chat = ?, line = ?, body = ? WHERE id = ?"


def move_desk(connection: sqlite3.Connection, old: ChatId, new: ChatId) -> None:
    """Rewrite the old id in topics, places, mirrors, the inbox, timers and waiting letters."""
    named = {"old": old, "new": new}
    for statement in MOVES:
        connection.execute(statement, named)
    letters = [
        _moved(one, old, new) for one in readable(connection.execute(WAITING_LETTERS, named).fetchall())
    ]
    connection.executemany(READDRESS, [(one.chat, one.line, json_text(one), one.id) for one in letters])


def _moved(letter: Letter, old: ChatId, new: ChatId) -> Letter:
    def there(ref: MessageRef) -> MessageRef:
        return MessageRef(new, ref.message) if ref.chat == old else ref

    return letter.evolve(
        chat=new if letter.chat == old else letter.chat,
        source=letter.source and there(letter.source),
        sources=tuple(there(ref) for ref in letter.sources),
        reply_to=letter.reply_to and there(letter.reply_to),
        target_of=letter.target_of and there(letter.target_of),
    )
