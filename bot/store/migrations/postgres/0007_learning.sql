-- What is done against causes, and how well cases of the weekly sample were handled.
CREATE TABLE lessons (
    no bigint PRIMARY KEY,
    state text COLLATE "C" NOT NULL,
    due_at text COLLATE "C" NOT NULL,
    ended_at text COLLATE "C",
    version bigint NOT NULL CHECK (version > 0),
    body text COLLATE "C" NOT NULL
);
CREATE TABLE marks (
    week text COLLATE "C" NOT NULL,
    case_no text COLLATE "C" NOT NULL REFERENCES cases (case_no),
    body text COLLATE "C" NOT NULL,
    PRIMARY KEY (week, case_no)
);
-- Rows of cases whose cause was found; a damaged one is in none.
CREATE INDEX facts_caused ON facts (opened_at) WHERE json_or_null(body) ->> 'cause' <> '';
CREATE INDEX cases_suggesting ON cases (opened_at, case_no) WHERE queue = 'suggestion';
