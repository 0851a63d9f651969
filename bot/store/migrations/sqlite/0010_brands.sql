-- Cases of different brands are never one matter; empty is the brand of the common file.
ALTER TABLE sightings ADD COLUMN brand TEXT NOT NULL DEFAULT '';
