-- What stays under the words of a place whenever they change: the talk so far, under the card of a case.
CREATE TABLE places_with_more (
    name TEXT PRIMARY KEY,
    chat INTEGER NOT NULL,
    message INTEGER NOT NULL,
    topic TEXT,
    below TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO places_with_more (name, chat, message, topic) SELECT name, chat, message, topic FROM places;
DROP TABLE places;
ALTER TABLE places_with_more RENAME TO places;
CREATE INDEX places_of_topic ON places (topic) WHERE topic IS NOT NULL;
