-- Every time a post changes hands its fence rises. A letter keeps the fence under which it was attempted last.
CREATE TABLE posts (
    name text COLLATE "C" PRIMARY KEY,
    fence bigint NOT NULL
);
ALTER TABLE outbox ADD COLUMN fence bigint NOT NULL DEFAULT 0;
