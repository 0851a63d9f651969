-- Moments are ISO 8601 in UTC with microseconds, so that text order is time order.
-- Bodies are JSON: whatever a record holds that no other column or table holds.

CREATE TABLE schema_version (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at TEXT NOT NULL
) STRICT;

CREATE TABLE inbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source TEXT NOT NULL,
    key TEXT NOT NULL,
    chat INTEGER NOT NULL,
    body BLOB NOT NULL,
    at TEXT NOT NULL,
    outcome TEXT CHECK (outcome IN ('done', 'skipped', 'set_aside')),
    reason TEXT NOT NULL DEFAULT '',
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before TEXT,
    UNIQUE (source, key)
) STRICT;
CREATE INDEX inbox_undone ON inbox (id) WHERE outcome IS NULL;
CREATE INDEX inbox_put_off ON inbox (chat, id) WHERE outcome IS NULL AND not_before IS NOT NULL;
CREATE INDEX inbox_set_aside ON inbox (id) WHERE outcome = 'set_aside';

CREATE TABLE cases (
    case_no TEXT PRIMARY KEY,
    chat INTEGER NOT NULL,
    customer INTEGER NOT NULL,
    status TEXT NOT NULL,
    control TEXT NOT NULL,
    severity INTEGER NOT NULL,
    queue TEXT NOT NULL,
    holder INTEGER,
    opened_at TEXT NOT NULL,
    closed_at TEXT,
    version INTEGER NOT NULL CHECK (version > 0),
    body TEXT NOT NULL
) STRICT;
CREATE INDEX cases_by_age ON cases (opened_at, case_no);
CREATE INDEX cases_of_customer ON cases (customer, opened_at);
CREATE INDEX cases_of_chat ON cases (chat);
CREATE INDEX cases_open ON cases (case_no) WHERE closed_at IS NULL;
CREATE INDEX cases_queued ON cases (severity, case_no)
    WHERE control = 'queued' AND holder IS NULL AND closed_at IS NULL;

CREATE TABLE promises (
    case_no TEXT NOT NULL REFERENCES cases (case_no),
    id TEXT NOT NULL,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    made_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    status TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (case_no, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX promises_open ON promises (due_at) WHERE status = 'open';

CREATE TABLE offers (
    case_no TEXT NOT NULL REFERENCES cases (case_no),
    id TEXT NOT NULL,
    place INTEGER NOT NULL,
    at TEXT NOT NULL,
    kinds TEXT NOT NULL,
    worth INTEGER NOT NULL,
    state TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (case_no, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE escalations (
    case_no TEXT NOT NULL REFERENCES cases (case_no),
    id TEXT NOT NULL,
    place INTEGER NOT NULL,
    at TEXT NOT NULL,
    queue TEXT NOT NULL,
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    answered_at TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (case_no, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE fulfilments (
    case_no TEXT NOT NULL REFERENCES cases (case_no),
    id TEXT NOT NULL,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    owner TEXT NOT NULL,
    due_at TEXT NOT NULL,
    done_at TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (case_no, id)
) STRICT, WITHOUT ROWID;

-- A survey has no name of its own: its place in the case is its id.
CREATE TABLE surveys (
    case_no TEXT NOT NULL REFERENCES cases (case_no),
    id TEXT NOT NULL,
    place INTEGER NOT NULL,
    asked_at TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (case_no, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE conversations (
    chat INTEGER PRIMARY KEY,
    case_no TEXT REFERENCES cases (case_no),
    version INTEGER NOT NULL CHECK (version > 0),
    body TEXT NOT NULL
) STRICT;

CREATE TABLE timeline (
    id INTEGER PRIMARY KEY,
    case_no TEXT NOT NULL REFERENCES cases (case_no),
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    chat INTEGER NOT NULL,
    message INTEGER,
    text TEXT NOT NULL,
    media TEXT,
    letter INTEGER,
    edit INTEGER NOT NULL CHECK (edit IN (0, 1)),
    note INTEGER NOT NULL CHECK (note IN (0, 1)),
    "by" TEXT NOT NULL
) STRICT;
CREATE INDEX timeline_of_case ON timeline (case_no, id);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    chat INTEGER NOT NULL,
    line TEXT NOT NULL,
    key TEXT,
    case_no TEXT REFERENCES cases (case_no),
    written_at TEXT NOT NULL,
    not_before TEXT,
    outcome TEXT NOT NULL,
    attempted_at TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    settled_at TEXT,
    message INTEGER,
    reason TEXT NOT NULL DEFAULT '',
    body TEXT NOT NULL
) STRICT;
CREATE INDEX outbox_waiting ON outbox (id) WHERE outcome = 'waiting';
CREATE INDEX outbox_replaceable ON outbox (line, key) WHERE outcome = 'waiting' AND key IS NOT NULL;

-- Which message on one side is the copy of which on the other; every pair stands in both directions.
CREATE TABLE links (
    chat_a INTEGER NOT NULL,
    message_a INTEGER NOT NULL,
    chat_b INTEGER NOT NULL,
    message_b INTEGER NOT NULL,
    PRIMARY KEY (chat_a, message_a)
) STRICT, WITHOUT ROWID;

-- Messages that are sent once and edited ever after. `topic` is the case in whose topic one stands.
CREATE TABLE places (
    name TEXT PRIMARY KEY,
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    topic TEXT
) STRICT;
CREATE INDEX places_of_topic ON places (topic) WHERE topic IS NOT NULL;

CREATE TABLE topics (
    case_no TEXT PRIMARY KEY REFERENCES cases (case_no),
    chat INTEGER NOT NULL,
    thread INTEGER NOT NULL,
    name TEXT NOT NULL,
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    UNIQUE (chat, thread)
) STRICT;

CREATE TABLE timers (
    case_no TEXT NOT NULL REFERENCES cases (case_no),
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    due TEXT NOT NULL,
    chat INTEGER NOT NULL,
    PRIMARY KEY (case_no, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX timers_by_due ON timers (due);
