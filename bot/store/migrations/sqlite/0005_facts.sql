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
INSERT INTO unbooked (case_no, mark, due) SELECT case_no, 0, '' FROM cases;
