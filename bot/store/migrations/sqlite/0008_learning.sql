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
