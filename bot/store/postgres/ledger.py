"""Reads the state that a round of the clerk starts from, and writes the round in one statement."""

from collections.abc import Collection, Sequence

from bot.complaint.conversation import Conversation
from bot.complaint.errors import RecordUnreadable
from bot.complaint.ids import CaseNo, ChatId, LetterId, ThreadRef
from bot.complaint.records import Round, Topic
from bot.store import rows
from bot.store.accounts import account_rows
from bot.store.port import News, State
from bot.store.postgres import changes
from bot.store.postgres.accounts import ACCOUNT
from bot.store.postgres.audit import seal_deeds
from bot.store.postgres.bundle import Bundle
from bot.store.postgres.casework import gathered, with_registers
from bot.store.postgres.connecting import Connection
from bot.store.postgres.inbox import Inbox
from bot.store.postgres.incidents import write_incidents
from bot.store.postgres.joining import join
from bot.store.postgres.keeping import UNBOOK
from bot.store.postgres.learning import write_learned
from bot.store.postgres.moving import move_desk
from bot.store.postgres.numbers import Numbers
from bot.store.postgres.retiring import retire, shed
from bot.store.postgres.watchman import spelled
from bot.store.rows import Row

# The cases named, those talked about in the chats, and those that sit in the threads.
CONCERNED = """
SELECT case_no, version, body FROM cases WHERE case_no = ANY (ARRAY(
    SELECT unnest($2::text[])
    UNION SELECT case_no FROM conversations WHERE chat = ANY ($1::bigint[])
    UNION SELECT case_no FROM topics JOIN unnest($3::bigint[], $4::bigint[]) AS t (chat, thread)
        USING (chat, thread)
    WHERE chat = ANY ($3::bigint[]) AND thread = ANY ($4::bigint[])
))
"""

# One statement sees one moment. The block of numbers for letters is taken by the same statement: whoever wrote
# what it sees had taken theirs before (see `numbers`).
STATE = f"""
{with_registers(CONCERNED)}
UNION ALL SELECT 'talk', '', version, chat, body FROM conversations WHERE chat = ANY ($1::bigint[])
UNION ALL SELECT 'thread', case_no, chat, thread, open || name
    FROM topics JOIN unnest($3::bigint[], $4::bigint[]) AS t (chat, thread) USING (chat, thread)
    WHERE chat = ANY ($3::bigint[]) AND thread = ANY ($4::bigint[])
UNION ALL SELECT 'block', '', nextval('letter_blocks'), 0, ''
"""  # noqa: S608 - words of our own


class Ledger(Inbox):
    """Reads the state and writes rounds."""

    _numbers: Numbers

    def letter_ids(self, count: int) -> list[LetterId]:
        """See `Store.letter_ids`."""
        return self._numbers.next(count)

    async def state(
        self,
        *,
        chats: Collection[ChatId],
        cases: Collection[CaseNo],
        threads: Collection[ThreadRef],
    ) -> State:
        """See `Store.state`."""
        found = await self._readers.fetch(
            STATE,
            list(chats),
            list(cases),
            [one.chat for one in threads],
            [one.thread for one in threads],
        )
        sorted_by: dict[str, list[Row]] = {"talk": [], "thread": [], "block": []}
        of_cases = [row for row in found if row[0] not in sorted_by]
        for row in found:
            if row[0] in sorted_by:
                sorted_by[row[0]].append(row)
        self._numbers.take(sorted_by["block"][0][2])
        return _state(of_cases, sorted_by["talk"], sorted_by["thread"])

    async def write(self, round: Round) -> None:  # noqa: A002 - the port's word
        """See `Store.write`."""
        if not (round.deeds or round.desk_moved or round.retired or round.joined or round.shed):
            bundle = self._sheet(round)
            if bundle.parts:
                await self._carry_out(bundle)
            return

        async def work(connection: Connection) -> None:
            bundle = self._sheet(round)
            await seal_deeds(connection, bundle, round.deeds)
            statement, values = bundle.statement()
            await connection.fetch(statement, *values)
            if round.desk_moved is not None:
                await move_desk(connection, *round.desk_moved)
            await join(connection, round.joined)
            await shed(connection, round.shed)
            if round.retired:
                await retire(connection, round.retired)

        await self._book.run(work)

    def _sheet(self, round: Round) -> Bundle:  # noqa: A002 - as above
        bundle = Bundle()
        changes.write_cases(bundle, round.cases)
        changes.write_conversations(bundle, round.conversations)
        changes.write_done(bundle, round.done, self._free_after(round.done), self._watchman.me)
        bundle.add(changes.ENTRY, [rows.entry_row(entry) for entry in round.entries])
        changes.write_letters(bundle, round.letters, rows.stamp(round.at))
        changes.write_timers(bundle, round.timers, round.cancelled)
        changes.write_colleagues(bundle, round.colleagues)
        changes.write_files(bundle, round.files)
        bundle.add(ACCOUNT, account_rows(round.accounts))
        bundle.add(UNBOOK, rows.unbooked_rows(round))
        write_incidents(bundle, round)
        write_learned(bundle, round)
        if round.letters or round.timers or round.files or round.desk_moved:
            first = min((letter.id for letter in round.letters), default=None)
            timers, files = bool(round.timers), bool(round.files)
            news = News(letters=first, timers=timers, files=files, moved=round.desk_moved)
            bundle.news = spelled(self._watchman.me, news)
        return bundle


def _state(of_cases: Sequence[Row], talks: Sequence[Row], topics: Sequence[Row]) -> State:
    cases, unreadable_cases = gathered(of_cases)
    conversations: dict[ChatId, Conversation] = {}
    unreadable_conversations: dict[ChatId, str] = {}
    for _, _, version, chat, body in talks:
        try:
            conversations[ChatId(chat)] = rows.conversation_from(chat, version, body)
        except RecordUnreadable as error:
            unreadable_conversations[ChatId(chat)] = error.detail
    return State(
        conversations=conversations,
        cases=cases,
        threads={
            ThreadRef(chat, thread): Topic(
                case_no=case_no, chat=chat, thread=thread, open=words[0] == "1", name=words[1:]
            )
            for _, case_no, chat, thread, words in topics
        },
        unreadable_conversations=unreadable_conversations,
        unreadable_cases=unreadable_cases,
    )
