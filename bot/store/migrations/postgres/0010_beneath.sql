-- What stays under the words of a place whenever they change: the talk so far, under the card of a case.
ALTER TABLE places ADD COLUMN below text NOT NULL DEFAULT '';
