from datetime import timedelta

import pytest

from bot.complaint.evolving import replace
from bot.complaint.ids import CaseNo, ChatId, LetterId, MessageId, MessageRef, ThreadId, ThreadRef
from bot.complaint.letters import LetterKind, Outcome, Receipt
from bot.complaint.records import Entry, Round, Topic
from bot.store import Store
from tests.contract.store import (
    CHAT,
    DESK,
    NO,
    NOW,
    SOON,
    a_case,
    a_letter,
    arrival,
    at_home,
    opened,
    pending_keys,
    ref,
    sent,
    waiting_ids,
)


async def test_letters_wait_in_order_until_they_are_settled(store: Store) -> None:
    """What was written is what the courier reads, oldest first."""
    letters = [a_letter(3), a_letter(1, not_before=SOON), a_letter(2, DESK, html="<b>新投诉</b>")]
    await store.write(Round(at=NOW, letters=letters))
    assert await store.waiting() == sorted(letters, key=lambda letter: letter.id)
    assert [letter.id for letter in await store.waiting(after=LetterId(1), limit=1)] == [2]
    assert await store.attempting([LetterId(2)], NOW) == {2}
    assert [letter.id for letter in await store.waiting(untried=True)] == [1, 3]
    refused = Receipt(letter=LetterId(3), outcome=Outcome.REFUSED, at=NOW, reason="chat not found")
    await store.settle([sent(1, 10), refused])
    assert await waiting_ids(store) == [2]


async def test_letter_numbers_are_unique_and_rise(store: Store) -> None:
    """Order in a line is the order of the numbers."""
    numbers = store.letter_ids(3) + store.letter_ids(0) + store.letter_ids(2)
    assert numbers == sorted(set(numbers))


async def test_an_attempt_is_on_record_before_the_call(address: str) -> None:
    """After a crash it shows which sends may have reached Telegram."""
    async with at_home(address) as store:
        await store.write(Round(at=NOW, letters=[a_letter(1), a_letter(2)]))
        assert await store.attempting([LetterId(1)], NOW) == {1}
    async with at_home(address) as store:
        tried = a_letter(1, attempted_at=NOW, attempts=1)
        assert await store.waiting() == [tried, a_letter(2)]


async def test_a_letter_told_to_wait_forgets_the_attempt_but_counts_it(store: Store) -> None:
    """After a 429 nothing was sent, so that a restart need not fear a second copy."""
    await store.write(Round(at=NOW, letters=[a_letter(1)]))
    await store.attempting([LetterId(1)], NOW)
    wait = Receipt(letter=LetterId(1), outcome=Outcome.WAITING, at=NOW, reason="429", retry_at=SOON)
    await store.settle([wait])
    assert await store.waiting() == [a_letter(1, not_before=SOON, attempts=1)]


async def test_a_settled_letter_stays_as_it_was_settled(store: Store) -> None:
    """A receipt that comes twice changes nothing, and a letter that went is not attempted again."""
    await store.write(Round(at=NOW, letters=[a_letter(1)]))
    await store.settle([sent(1, 10)])
    await store.settle([Receipt(letter=LetterId(1), outcome=Outcome.WAITING, at=NOW, retry_at=SOON)])
    assert await store.attempting([LetterId(1)], NOW) == frozenset()
    assert await waiting_ids(store) == []


async def test_the_newest_letter_with_a_key_replaces_those_that_wait(store: Store) -> None:
    """Of several edits of the card only the last is worth a send."""
    await opened(store, a_case(), a_case("000-0002", chat=2))
    card = a_letter(1, DESK, topic=NO, key="card")
    attempted, other_line = card.evolve(id=2), card.evolve(id=3, topic=CaseNo("000-0002"))
    await store.write(Round(at=NOW, letters=[attempted]))
    await store.attempting([LetterId(2)], NOW)
    waits = [card.evolve(id=number) for number in (4, 5)]
    await store.write(Round(at=NOW, letters=[other_line, *waits, a_letter(6, DESK, topic=NO)]))
    await store.write(Round(at=NOW, letters=[card.evolve(id=7), a_letter(8, DESK, topic=NO, key="else")]))
    assert await waiting_ids(store) == [2, 3, 6, 7, 8]
    assert await store.attempting([LetterId(5), LetterId(7)], NOW) == {7}


async def test_a_receipt_links_both_copies_and_notes_the_place(store: Store) -> None:
    """Replies, edits and reactions find the other side; the card is found again to be edited."""
    await opened(store, a_case())
    letter = a_letter(1, DESK, topic=NO, source=ref(CHAT, 10), place="card:583-2716")
    await store.write(Round(at=NOW, letters=[letter]))
    await store.settle([sent(1, 20)])
    both = [ref(CHAT, 10), ref(DESK, 20)]
    assert await store.mirrors([*both, ref(CHAT, 20)]) == {both[0]: both[1], both[1]: both[0]}
    assert await store.places(["card:583-2716", "card:other"]) == {"card:583-2716": ref(DESK, 20)}


async def test_what_stays_under_a_place_is_kept_through_its_edits(store: Store) -> None:
    """An edit brings none along and changes none; in another group it begins anew."""
    await opened(store, a_case())
    card = a_letter(1, DESK, topic=NO, place="card")
    moved = card.evolve(id=LetterId(3), chat=ChatId(DESK - 1))
    first, again = card.evolve(below="the talk"), card.evolve(id=LetterId(2))
    await store.write(Round(at=NOW, letters=[first, again, moved]))
    assert await store.beneath(["card"]) == {}
    await store.settle([sent(1, 20), sent(2, 20)])
    assert await store.beneath(["card", "other"]) == {"card": "the talk"}
    await store.settle([sent(3, 7)])
    assert await store.beneath(["card"]) == {}


async def test_every_message_of_an_album_is_linked_to_its_own_copy(store: Store) -> None:
    """An agent may answer the second photo."""
    album = a_letter(1, DESK, kind=LetterKind.ALBUM, sources=(ref(CHAT, 10), ref(CHAT, 11)))
    await store.write(Round(at=NOW, letters=[album]))
    await store.settle([sent(1, messages=(20, 21))])
    found = await store.mirrors([ref(CHAT, 11), ref(DESK, 20)])
    assert found == {ref(CHAT, 11): ref(DESK, 21), ref(DESK, 20): ref(CHAT, 10)}


async def test_words_that_took_several_messages_are_known_by_each(store: Store) -> None:
    """An answer to a later part finds what it belongs to; the first stands for the whole; all are its copies."""
    whole = ref(DESK, 10)
    letters = [a_letter(1, CHAT, source=whole), *(a_letter(n, CHAT, part_of=whole) for n in (2, 3))]
    await store.write(Round(at=NOW, letters=letters))
    await store.settle([sent(1, 20), sent(2, 21), sent(3, 22)])
    found = await store.mirrors([whole, ref(CHAT, 21), ref(CHAT, 22)])
    assert found == {whole: ref(CHAT, 20), ref(CHAT, 21): whole, ref(CHAT, 22): whole}
    assert await store.copies([whole]) == {whole: (ref(CHAT, 20), ref(CHAT, 21), ref(CHAT, 22))}
    assert await store.copies([ref(DESK, 99)]) == {}


async def test_a_refused_letter_leaves_no_link(store: Store) -> None:
    """What did not arrive has no copy."""
    await store.write(Round(at=NOW, letters=[a_letter(1, DESK, source=ref(CHAT, 10), place="card")]))
    await store.settle([sent(1, 20, outcome=Outcome.GONE)])
    assert await store.mirrors([ref(CHAT, 10)]) == {}
    assert await store.places(["card"]) == {}


async def test_messages_merged_into_one_lead_to_it_and_it_leads_to_the_first(store: Store) -> None:
    """Three lines relayed as one message: each is found, and an answer goes to the first."""
    letters = [a_letter(number, DESK, source=ref(CHAT, 10 + number)) for number in (1, 2)]
    await store.write(Round(at=NOW, letters=letters))
    await store.settle([sent(2, 20, outcome=Outcome.MERGED), sent(1, 20)])
    found = await store.mirrors([ref(CHAT, 11), ref(CHAT, 12), ref(DESK, 20)])
    assert found == {ref(CHAT, 11): ref(DESK, 20), ref(CHAT, 12): ref(DESK, 20), ref(DESK, 20): ref(CHAT, 11)}


async def test_a_topic_opens_closes_reopens_and_is_forgotten(store: Store) -> None:
    """The table is the truth about topics, since Telegram lists none."""
    await opened(store, a_case())
    steps = (LetterKind.OPEN_TOPIC, LetterKind.TEXT, LetterKind.CLOSE_TOPIC, LetterKind.REOPEN_TOPIC)
    letters = [
        a_letter(number, DESK, kind=kind, topic=NO, place="card" if kind is LetterKind.TEXT else None)
        for number, kind in enumerate(steps, start=1)
    ]
    await store.write(Round(at=NOW, letters=letters))
    topic = Topic(case_no=NO, chat=DESK, thread=ThreadId(44), name="您好")
    await store.settle([sent(1, thread=ThreadId(44)), sent(2, 20)])
    assert await store.topics([NO]) == {(NO, DESK): topic}
    await store.settle([sent(3)])
    assert await store.topics([NO]) == {(NO, DESK): replace(topic, open=False)}
    await store.settle([sent(4)])
    assert await store.topics([NO]) == {(NO, DESK): topic}
    await store.forget_topic(NO, DESK)
    assert await store.topics([NO]) == {}
    assert await store.places(["card"]) == {}


async def test_what_follows_from_a_failure_comes_with_it(store: Store) -> None:
    """The desk hears of a blocked customer: the event is stored with the outcome, and once."""
    await store.write(Round(at=NOW, letters=[a_letter(1)]))
    blocked = Receipt(letter=LetterId(1), outcome=Outcome.BLOCKED, at=NOW)
    for _ in range(2):
        await store.settle([blocked], [arrival("letter 1", source="courier")])
    assert await pending_keys(store) == ["letter 1"]
    assert await waiting_ids(store) == []


@pytest.mark.parametrize("count", [1, 40])
async def test_many_letters_are_settled_together(store: Store, count: int) -> None:
    """One transaction, whatever the number."""
    numbers = store.letter_ids(count)
    await store.write(Round(at=NOW, letters=[a_letter(number, chat=number) for number in numbers]))
    assert await store.attempting(numbers, NOW + timedelta(seconds=1)) == set(numbers)
    await store.settle([sent(number, 10) for number in numbers])
    assert await waiting_ids(store) == []
    assert await store.attempting([], NOW) == frozenset()


async def test_a_topic_opened_anew_takes_the_place_of_the_old_one(store: Store) -> None:
    """Deleted by hand, opened again: the case has the new thread."""
    await opened(store, a_case())
    for number in (1, 2):
        letter = a_letter(number, DESK, kind=LetterKind.OPEN_TOPIC, topic=NO)
        await store.write(Round(at=NOW, letters=[letter]))
        await store.settle([sent(number, thread=ThreadId(40 + number))])
    assert (await store.topics([NO]))[NO, DESK].thread == ThreadId(42)
    state = await store.state(chats=[], cases=[], threads=[ThreadRef(DESK, ThreadId(41))])
    assert not state.threads


async def test_a_message_in_a_chat_leads_to_its_case(store: Store) -> None:
    """Ours is found by the letter that carried it, theirs by the timeline; of other cases' messages nothing is said."""
    said = Entry(case_no=NO, at=NOW, who="customer", chat=CHAT, message=MessageId(77), text="不通电")
    await store.write(Round(at=NOW, cases=[a_case()], letters=[a_letter(1, case_no=NO)], entries=[said]))
    await store.settle([sent(1, 10)])
    asked = [MessageRef(CHAT, MessageId(number)) for number in (10, 77, 99)]
    assert [await store.case_of_message(one, [NO]) for one in asked] == [NO, NO, None]
    assert await store.case_of_message(asked[0], [CaseNo("999-9999")]) is None
