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
CREATE INDEX cases_held ON cases (holder) WHERE holder IS NOT NULL AND closed_at IS NULL;

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
CREATE INDEX outbox_messages ON outbox (chat, message) WHERE message IS NOT NULL;
CREATE INDEX outbox_of_groups ON outbox (settled_at) WHERE chat < 0 AND settled_at IS NOT NULL;

-- Which message on one side is the copy of which on the other; every pair stands in both directions.
CREATE TABLE links (
    chat_a INTEGER NOT NULL,
    message_a INTEGER NOT NULL,
    chat_b INTEGER NOT NULL,
    message_b INTEGER NOT NULL,
    PRIMARY KEY (chat_a, message_a)
) STRICT, WITHOUT ROWID;
CREATE INDEX links_back ON links (chat_b, message_b);

-- Messages that are sent once and edited ever after. `topic` is the case in whose topic one stands.
-- `below` stays under the words whenever they change: the talk so far, under the card of a case.
CREATE TABLE places (
    name TEXT PRIMARY KEY,
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    topic TEXT,
    below TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX places_of_topic ON places (topic) WHERE topic IS NOT NULL;

CREATE TABLE topics (
    case_no TEXT NOT NULL REFERENCES cases (case_no),
    chat INTEGER NOT NULL,
    thread INTEGER NOT NULL,
    name TEXT NOT NULL,
    open INTEGER NOT NULL CHECK (open IN (0, 1)),
    PRIMARY KEY (case_no, chat),
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
-- Answers that authorities wait for stand among what is promised.
CREATE INDEX notices_open ON tasks (due_at) WHERE state = 'open' AND kind = 'notice';

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

-- What has been kept long enough is found by when it was closed; what is anonymous already belongs to nobody.
CREATE INDEX cases_closed ON cases (closed_at, case_no) WHERE closed_at IS NOT NULL AND customer <> 0;
-- Who looked whom up.
CREATE INDEX deeds_of_person ON deeds ("by", id);
-- What was sent and is kept for nobody: files of ours, and words that belong to no case.
CREATE INDEX outbox_passing ON outbox (settled_at)
    WHERE settled_at IS NOT NULL AND (kind = 'document' OR case_no IS NULL);

-- What figures are made of: a row for each case, made of the case and its timeline. Nothing in it names anybody.
CREATE TABLE facts (
    case_no TEXT PRIMARY KEY REFERENCES cases (case_no),
    opened_at TEXT NOT NULL,
    last_at TEXT NOT NULL,
    form TEXT NOT NULL,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX facts_by_form ON facts (form);
-- The cases whose row is missing or out of date, and from when on it is worth making.
CREATE TABLE unbooked (
    case_no TEXT PRIMARY KEY,
    mark INTEGER NOT NULL,
    due TEXT NOT NULL
) STRICT, WITHOUT ROWID;
-- The secret by which complainants are told apart in `facts`.
CREATE TABLE facts_key (
    place INTEGER PRIMARY KEY CHECK (place = 1),
    secret TEXT NOT NULL
) STRICT;

-- What cases may have in common with others; nobody is named.
CREATE TABLE sightings (
    case_no TEXT PRIMARY KEY REFERENCES cases (case_no),
    at TEXT NOT NULL,
    product TEXT NOT NULL,
    batch TEXT NOT NULL,
    store TEXT NOT NULL,
    category TEXT NOT NULL,
    harmed INTEGER NOT NULL,
    many INTEGER NOT NULL,
    words TEXT NOT NULL,
    brand TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX sightings_of_batch ON sightings (batch, at) WHERE batch <> '';
CREATE INDEX sightings_of_harm ON sightings (batch, at) WHERE batch <> '' AND harmed = 1;
CREATE INDEX sightings_of_store ON sightings (store, category, at) WHERE store <> '';
CREATE INDEX sightings_of_product ON sightings (product, category, at) WHERE product <> '';

CREATE TABLE incidents (
    no INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    changed_at TEXT,
    closed_at TEXT,
    version INTEGER NOT NULL CHECK (version > 0),
    body TEXT NOT NULL
) STRICT;
CREATE INDEX incidents_live ON incidents (no) WHERE state IN ('proposed', 'later', 'declared');
CREATE INDEX incidents_dismissed ON incidents (changed_at) WHERE state = 'dismissed';

-- A case is a part of one incident at most.
CREATE TABLE incident_cases (
    case_no TEXT PRIMARY KEY REFERENCES cases (case_no),
    incident INTEGER NOT NULL REFERENCES incidents (no),
    at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX cases_of_incident ON incident_cases (incident, at, case_no);

-- The brand's own accounts: each owner has one door, whatever connection Telegram gives it.
CREATE TABLE accounts (
    id INTEGER PRIMARY KEY,
    owner INTEGER NOT NULL UNIQUE,
    body TEXT
) STRICT;

-- What is done against causes, and how well cases of the weekly sample were handled.
CREATE TABLE lessons (
    no INTEGER PRIMARY KEY,
    state TEXT NOT NULL,
    due_at TEXT NOT NULL,
    ended_at TEXT,
    version INTEGER NOT NULL CHECK (version > 0),
    body TEXT NOT NULL
) STRICT;
CREATE TABLE marks (
    week TEXT NOT NULL,
    case_no TEXT NOT NULL REFERENCES cases (case_no),
    body TEXT NOT NULL,
    PRIMARY KEY (week, case_no)
) STRICT, WITHOUT ROWID;
-- Rows of cases whose cause was found; a damaged one is in none.
CREATE INDEX facts_caused ON facts (opened_at)
    WHERE CASE WHEN json_valid(body) THEN json_extract(body, '$.cause') END <> '';
CREATE INDEX cases_suggesting ON cases (opened_at, case_no) WHERE queue = 'suggestion';
-- Reports ask for the cases of which anything happened in a time.
CREATE INDEX facts_by_last ON facts (last_at, case_no);
-- Few cases name a colleague of ours: whom one is about finds it on no list.
CREATE INDEX cases_about ON cases (case_no) WHERE closed_at IS NULL AND instr(body, '"about":[') > 0;
