-- Cases of different brands are never one matter; empty is the brand of the common file.
CREATE TABLE sightings_of_brands (
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
INSERT INTO sightings_of_brands (case_no, at, product, batch, store, category, harmed, many, words)
SELECT case_no, at, product, batch, store, category, harmed, many, words FROM sightings;
DROP TABLE sightings;
ALTER TABLE sightings_of_brands RENAME TO sightings;
CREATE INDEX sightings_of_batch ON sightings (batch, at) WHERE batch <> '';
CREATE INDEX sightings_of_harm ON sightings (batch, at) WHERE batch <> '' AND harmed = 1;
CREATE INDEX sightings_of_store ON sightings (store, category, at) WHERE store <> '';
CREATE INDEX sightings_of_product ON sightings (product, category, at) WHERE product <> '';
