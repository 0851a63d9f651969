-- Answers that authorities wait for stand among what is promised.
CREATE INDEX notices_open ON tasks (due_at) WHERE state = 'open' AND kind = 'notice';
