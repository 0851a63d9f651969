-- What has been kept long enough is found by when it was closed; what is anonymous already belongs to nobody.
CREATE INDEX cases_closed ON cases (closed_at, case_no) WHERE closed_at IS NOT NULL AND customer <> 0;
-- Who looked whom up.
CREATE INDEX deeds_of_person ON deeds ("by", id);
-- What was sent and is kept for nobody: files of ours, and words that belong to no case.
CREATE INDEX outbox_passing ON outbox (settled_at)
    WHERE settled_at IS NOT NULL AND (kind = 'document' OR (case_no IS NULL AND chat > 0));
