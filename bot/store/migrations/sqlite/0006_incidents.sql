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
    words TEXT NOT NULL
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
