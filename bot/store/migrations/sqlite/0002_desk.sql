-- The desk: roster, audit, approvals, tasks, evidence; a topic in each group that a case was handed to.

CREATE TABLE approvals (
    case_no TEXT NOT NULL REFERENCES cases (case_no),
    id TEXT NOT NULL,
    place INTEGER NOT NULL,
    at TEXT NOT NULL,
    needs TEXT NOT NULL,
    state TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (case_no, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX approvals_open ON approvals (expires_at) WHERE state = 'open';

CREATE TABLE tasks (
    case_no TEXT NOT NULL REFERENCES cases (case_no),
    id TEXT NOT NULL,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    owner_id INTEGER,
    due_at TEXT NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (case_no, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tasks_open ON tasks (due_at) WHERE state = 'open';

-- Whose standing at the desk was set in the chat; it goes before what the brand file says.
CREATE TABLE colleagues (
    id INTEGER PRIMARY KEY,
    role TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;

-- The audit: every deed at the desk. Each seal is made of the deed and of the seal before it, so that a line
-- that was changed or taken out shows.
CREATE TABLE deeds (
    id INTEGER PRIMARY KEY,
    case_no TEXT,
    at TEXT NOT NULL,
    "by" INTEGER NOT NULL,
    act TEXT NOT NULL,
    refused TEXT NOT NULL,
    body TEXT NOT NULL,
    seal TEXT NOT NULL
) STRICT;
CREATE INDEX deeds_of_case ON deeds (case_no, id) WHERE case_no IS NOT NULL;
CREATE TRIGGER deeds_stay BEFORE DELETE ON deeds
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER deeds_stand BEFORE UPDATE ON deeds
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

-- Files kept as evidence. What was sent twice is fetched once, and what is the same is stored once.
CREATE TABLE files (
    case_no TEXT NOT NULL REFERENCES cases (case_no),
    unique_id TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'kept', 'too_big', 'lost')),
    at TEXT NOT NULL,
    not_before TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0,
    sha256 TEXT NOT NULL DEFAULT '',
    size INTEGER NOT NULL DEFAULT 0,
    kept_at TEXT,
    reason TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL,
    PRIMARY KEY (case_no, unique_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX files_waiting ON files (not_before, at) WHERE state = 'waiting';
CREATE INDEX files_by_hash ON files (sha256) WHERE sha256 <> '';

-- In parts, each written by itself, so that nobody waits behind 20 MB.
CREATE TABLE blobs (
    sha256 TEXT NOT NULL,
    place INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (sha256, place)
) STRICT;

CREATE TABLE topics_in_groups (
    case_no TEXT NOT NULL REFERENCES cases (case_no),
    chat INTEGER NOT NULL,
    thread INTEGER NOT NULL,
    name TEXT NOT NULL,
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    PRIMARY KEY (case_no, chat),
    UNIQUE (chat, thread)
) STRICT;
INSERT INTO topics_in_groups (case_no, chat, thread, name, open)
SELECT case_no, chat, thread, name, open FROM topics;
DROP TABLE topics;
ALTER TABLE topics_in_groups RENAME TO topics;

CREATE INDEX outbox_messages ON outbox (chat, message) WHERE message IS NOT NULL;
CREATE INDEX links_back ON links (chat_b, message_b);

CREATE INDEX cases_held ON cases (holder) WHERE holder IS NOT NULL AND closed_at IS NULL;
