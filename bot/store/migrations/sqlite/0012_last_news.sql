-- Reports ask for the cases of which anything happened in a time, however many there have been before it.
CREATE INDEX facts_by_last ON facts (last_at, case_no);
