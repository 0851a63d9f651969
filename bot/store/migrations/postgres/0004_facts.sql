-- What figures are made of: a row for each case, made of the case and its timeline. Nothing in it names anybody.
CREATE TABLE facts (
    case_no text COLLATE "C" PRIMARY KEY REFERENCES cases (case_no),
    opened_at text COLLATE "C" NOT NULL,
    last_at text COLLATE "C" NOT NULL,
    form text COLLATE "C" NOT NULL,
    body text COLLATE "C" NOT NULL
);
CREATE INDEX facts_by_form ON facts (form);
-- The cases whose row is missing or out of date, and from when on it is worth making.
CREATE TABLE unbooked (
    case_no text COLLATE "C" PRIMARY KEY,
    mark bigint NOT NULL,
    due text COLLATE "C" NOT NULL
) WITH (fillfactor = 50);
-- The secret by which complainants are told apart in `facts`.
CREATE TABLE facts_key (
    place bigint PRIMARY KEY CHECK (place = 1),
    secret text COLLATE "C" NOT NULL
);
INSERT INTO unbooked (case_no, mark, due) SELECT case_no, 0, '' FROM cases;
