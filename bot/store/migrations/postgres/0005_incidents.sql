-- What cases may have in common with others; nobody is named.
CREATE TABLE sightings (
    case_no text COLLATE "C" PRIMARY KEY REFERENCES cases (case_no),
    at text COLLATE "C" NOT NULL,
    product text COLLATE "C" NOT NULL,
    batch text COLLATE "C" NOT NULL,
    store text COLLATE "C" NOT NULL,
    category text COLLATE "C" NOT NULL,
    harmed smallint NOT NULL,
    many smallint NOT NULL,
    words text COLLATE "C" NOT NULL
);
CREATE INDEX sightings_of_batch ON sightings (batch, at) WHERE batch <> '';
CREATE INDEX sightings_of_harm ON sightings (batch, at) WHERE batch <> '' AND harmed = 1;
CREATE INDEX sightings_of_store ON sightings (store, category, at) WHERE store <> '';
CREATE INDEX sightings_of_product ON sightings (product, category, at) WHERE product <> '';

CREATE TABLE incidents (
    no bigint PRIMARY KEY,
    state text COLLATE "C" NOT NULL,
    opened_at text COLLATE "C" NOT NULL,
    changed_at text COLLATE "C",
    closed_at text COLLATE "C",
    version bigint NOT NULL CHECK (version > 0),
    body text COLLATE "C" NOT NULL
);
CREATE INDEX incidents_live ON incidents (no) WHERE state IN ('proposed', 'later', 'declared');
CREATE INDEX incidents_dismissed ON incidents (changed_at) WHERE state = 'dismissed';

-- A case is a part of one incident at most.
CREATE TABLE incident_cases (
    case_no text COLLATE "C" PRIMARY KEY REFERENCES cases (case_no),
    incident bigint NOT NULL REFERENCES incidents (no),
    at text COLLATE "C" NOT NULL
);
CREATE INDEX cases_of_incident ON incident_cases (incident, at, case_no);
