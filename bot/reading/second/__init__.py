"""The second reader's pure half: what a model is asked, and which parts of its answer count.

A model reads beside the built-in reader, never instead of it. What it says can add to a reading and raise a
danger; nothing that it says takes anything away. It never writes to anybody: of its answer only labels from our
lists are kept, and values that stand word for word in what the customer wrote.
"""

from bot.reading.second.answering import Answer, answer_from
from bot.reading.second.asking import Question, is_urgent, question_for, worth_asking
from bot.reading.second.hiding import Hidden, hidden
from bot.reading.second.merging import merged

__all__ = [
    "Answer",
    "Hidden",
    "Question",
    "answer_from",
    "hidden",
    "is_urgent",
    "merged",
    "question_for",
    "worth_asking",
]
