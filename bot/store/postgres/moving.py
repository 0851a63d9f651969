"""Renames a group that became a supergroup: Telegram gives it a new id and new message numbers.

Waiting letters are readdressed. Topics are kept by name only, and opened again by the next letter. Mirrors keep the
old id, since the same message numbers mean other messages in the new group.
"""

from bot.complaint.ids import ChatId
from bot.store.casework import readable
from bot.store.postgres.bundle import columns
from bot.store.postgres.connecting import Connection
from bot.store.rows import json_text

# A topic that the case already has in the new group stays: it is the newer one.
TOPICS = """
UPDATE topics SET chat = $2, thread = -thread
WHERE chat = $1 AND thread > 0 AND NOT EXISTS (
    SELECT FROM topics AS newer
    WHERE newer.chat = $2 AND (newer.case_no = topics.case_no OR newer.thread = -topics.thread)
)
"""

FORGET = "WITH topics_gone AS (DELETE FROM topics WHERE chat = $1) DELETE FROM places WHERE chat = $1"

CLAIM = "DELETE FROM claims WHERE chat = $1"

INBOX = "UPDATE inbox SET chat = $2 WHERE chat = $1"

TIMERS = "UPDATE timers SET chat = $2 WHERE chat = $1"

WAITING_LETTERS = """
SELECT id, not_before, attempted_at, attempts, body FROM outbox WHERE outcome = 'waiting' AND chat = $1
"""

READDRESS = """
UPDATE outbox SET chat = new.chat, line = new.line, body = new.body
FROM unnest($1::bigint[], $2::text[], $3::text[], $4::bigint[]) AS new (chat, line, body, id)
WHERE outbox.id = ANY ($4::bigint[]) AND outbox.id = new.id
"""


async def move_desk(connection: Connection, old: ChatId, new: ChatId) -> None:
    """Rewrite the old id in topics, the inbox, timers and waiting letters; forget its places."""
    for statement in (TOPICS, INBOX, TIMERS):
        await connection.execute(statement, old, new)
    for statement in (FORGET, CLAIM):
        await connection.execute(statement, old)
    letters = [one.evolve(chat=new) for one in readable(await connection.fetch(WAITING_LETTERS, old))]
    if letters:
        values = columns([(one.chat, one.line, json_text(one), one.id) for one in letters])
        await connection.execute(READDRESS, *values)
