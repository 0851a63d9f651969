-- Cases of different brands are never one matter; empty is the brand of the common file.
ALTER TABLE sightings ADD COLUMN brand text COLLATE "C" NOT NULL DEFAULT '';
