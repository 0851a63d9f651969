-- What was posted at the desk outside any case passes as well: looked-up profiles, cards and lists quote people.
DROP INDEX outbox_passing;
CREATE INDEX outbox_passing ON outbox (settled_at)
    WHERE settled_at IS NOT NULL AND (kind = 'document' OR case_no IS NULL);
-- Few cases name a colleague of ours: whom one is about finds it on no list.
CREATE INDEX cases_about ON cases (case_no) WHERE closed_at IS NULL AND instr(body, '"about":[') > 0;
