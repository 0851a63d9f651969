"""Files kept as evidence: which are wanted, and the bytes of those that were fetched."""

from bot.complaint.deskwork import FileWanted
from bot.store.rows import Row, json_text, stamp

FILE_WANTED = """
INSERT INTO files (case_no, unique_id, state, at, size, body) VALUES (?, ?, 'waiting', ?, ?, ?)
ON CONFLICT (case_no, unique_id) DO NOTHING
"""


def file_row(wanted: FileWanted) -> Row:
    """What `files` holds of a file that is to be fetched: case_no, unique_id, at, size, body."""
    return (wanted.case_no, wanted.unique_id, stamp(wanted.at), wanted.size, json_text(wanted))
