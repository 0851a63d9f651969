-- Every figure of a period once more, in SQL: rows of (name, of, exact, n). `span` holds the period's ends.
CREATE INDEX by_customer ON cases (customer, opened_at);
CREATE INDEX by_no ON cases (no);
CREATE VIEW opened AS SELECT cases.* FROM cases, span WHERE opened_at >= s AND opened_at < e;
CREATE VIEW closed AS SELECT cases.* FROM cases, span WHERE first_closed_at >= s AND first_closed_at < e;
CREATE VIEW shipped_in AS SELECT shipped.* FROM shipped, span WHERE day >= first AND day < until;
CREATE VIEW costs AS SELECT no, sum(cents) AS cost FROM given GROUP BY no;
CREATE TABLE said AS
  SELECT o.*, CASE
    WHEN c.status IN ('dormant', 'closed_no_response') THEN 'silent'
    WHEN accepted AND coalesce(fulfilled_at, told_at, first_closed_at) - opened_at <= 72 * 3600 THEN 'solved_in_time'
    WHEN accepted AND coalesce(fulfilled_at, told_at, first_closed_at) IS NOT NULL THEN 'solved'
    WHEN c.status = 'withdrawn' OR (first_closed_at IS NULL AND NOT deadlock) THEN NULL
    ELSE 'unsolved' END AS cohort
  FROM opinions o JOIN cases c USING (no), span WHERE asked_at >= s AND asked_at < e;
CREATE TABLE waits AS
  SELECT 'first_reply_bot' AS name, bot_reply AS x FROM opened WHERE bot_reply IS NOT NULL
  UNION ALL SELECT 'first_reply_human', human_reply FROM opened WHERE human_reply IS NOT NULL
  UNION ALL SELECT 'hand_off_wait', answered_at - at FROM transfers, span WHERE at >= s AND at < e AND answered_at IS NOT NULL
  UNION ALL SELECT 'hand_off_wait_worked', worked FROM transfers, span WHERE at >= s AND at < e AND worked IS NOT NULL
  UNION ALL SELECT 'resolution_told', told_at - opened_at FROM cases, span WHERE told_at >= s AND told_at < e
  UNION ALL SELECT 'resolution_fulfilled', fulfilled_at - opened_at FROM cases, span WHERE fulfilled_at >= s AND fulfilled_at < e
  UNION ALL SELECT 'resolution_awaited', awaited FROM cases, span WHERE fulfilled_at >= s AND fulfilled_at < e AND awaited IS NOT NULL
  UNION ALL SELECT 'resolution_told_ours', told_at - opened_at - awaited_told FROM cases, span WHERE told_at >= s AND told_at < e AND awaited_told IS NOT NULL
  UNION ALL SELECT 'resolution_fulfilled_ours', fulfilled_at - opened_at - awaited FROM cases, span WHERE fulfilled_at >= s AND fulfilled_at < e AND awaited IS NOT NULL;
CREATE TABLE ranked AS
  SELECT name, x, row_number() OVER (PARTITION BY name ORDER BY x) AS r, count(*) OVER (PARTITION BY name) AS n FROM waits;
CREATE VIEW soon AS
  SELECT no, reopened AND (reopened_at IS NULL OR reopened_at - first_closed_at <= 7 * 86400) AS week,
    reopened AND (reopened_at IS NULL OR reopened_at - first_closed_at <= 30 * 86400) AS month FROM closed;
CREATE TABLE fates AS
  SELECT CASE WHEN status = 'renegotiated' THEN 'renegotiated' WHEN status = 'late' THEN 'late'
    WHEN status = 'kept' AND settled_at <= due_at THEN 'kept' WHEN status = 'kept' THEN 'late' ELSE 'broken' END AS fate,
    no, due_at >= s AND due_at < e AS inside FROM promises, span WHERE status <> 'withdrawn';
CREATE TABLE cells AS
  SELECT category, severity, threatened AS t, coalesce(cost, 0) * 1.0 / price AS x FROM closed LEFT JOIN costs USING (no)
  WHERE price > 0 AND (accepted OR verdict IS NOT NULL);
CREATE TABLE sides AS
  SELECT category, severity, t, avg(x) AS mean, avg(x * x) - avg(x) * avg(x) AS variance, count(*) AS n FROM cells GROUP BY 1, 2, 3;
CREATE TABLE pairs AS
  SELECT a.category, a.severity, a.mean AS mean1, b.mean AS mean0, a.n AS n1, b.n AS n0, a.variance AS v1, b.variance AS v0
  FROM sides a JOIN sides b ON a.category = b.category AND a.severity = b.severity AND a.t = 1 AND b.t = 0;
CREATE TABLE asked AS
  SELECT '' AS cohort, recommend, ease, again FROM said UNION ALL SELECT cohort, recommend, ease, again FROM said WHERE cohort IS NOT NULL;
CREATE TABLE spoiled AS
  SELECT product, batch, sum(units) AS every, sum(units * (coalesce(verdict, '') IN ('upheld', 'partly'))) AS upheld
  FROM opened WHERE product <> '' GROUP BY 1, 2;
CREATE TABLE places AS
  SELECT DISTINCT product AS p, '' AS b FROM (SELECT product FROM spoiled UNION SELECT product FROM shipped_in)
  UNION SELECT DISTINCT product, batch FROM (SELECT product, batch FROM spoiled UNION SELECT product, batch FROM shipped_in) WHERE batch <> '';
CREATE TABLE rates AS
  SELECT p || CASE WHEN b = '' THEN '' ELSE '|' || b END AS of,
    (SELECT sum(every) FROM spoiled WHERE product = p AND (b = '' OR batch = b)) AS every,
    (SELECT sum(upheld) FROM spoiled WHERE product = p AND (b = '' OR batch = b)) AS upheld,
    (SELECT sum(units) FROM shipped_in WHERE product = p AND (b = '' OR batch = b)) AS n FROM places
  UNION ALL SELECT '', (SELECT sum(every) FROM spoiled), (SELECT sum(upheld) FROM spoiled), (SELECT sum(units) FROM shipped_in);
CREATE TABLE mine AS SELECT c.*, '#' || agent AS a FROM closed c WHERE agent IS NOT NULL;
CREATE VIEW theirs AS SELECT said.*, '#' || agent AS a FROM said JOIN cases USING (no) WHERE '#' || agent IN (SELECT a FROM mine);
SELECT name || '_median', '', avg(x), n FROM ranked WHERE r IN ((n + 1) / 2, (n + 2) / 2) GROUP BY name;
SELECT name || '_p90', '', min(x), n FROM ranked WHERE r * 100 >= n * 90 GROUP BY name;
SELECT 'transfer_success', '', avg(answered_at IS NOT NULL), count(*) FROM transfers, span WHERE at >= s AND at < e;
SELECT 'transfer_said_again', '', avg(repeated), count(*) FROM transfers, span WHERE at >= s AND at < e;
SELECT 'first_contact_resolution', '', avg(accepted AND sessions = 1 AND NOT week), count(*) FROM closed JOIN soon USING (no);
SELECT 'sla', 'sev' || severity || '|' || what, avg(coalesce(met_at <= due_at, 0)), count(*)
  FROM milestones JOIN cases USING (no), span WHERE due_at >= s AND due_at < e GROUP BY 2;
SELECT 'promise_kept', '', avg(fate = 'kept'), count(*) FROM fates WHERE inside;
SELECT 'promises_' || fate, '', count(*), count(*) FROM fates WHERE inside AND fate <> 'kept' GROUP BY fate;
SELECT 'csat_handling', '', avg(handling >= 4) * 100, count(handling) FROM said WHERE handling IS NOT NULL;
SELECT 'csat_outcome', '', avg(outcome >= 4) * 100, count(outcome) FROM said WHERE outcome IS NOT NULL;
SELECT 'csat_handling_response', '', count(handling) * 1.0 / count(*), count(*) FROM said;
SELECT 'csat_outcome_response', '', count(outcome) * 1.0 / count(*), count(*) FROM said;
SELECT 'nps', cohort, (avg(recommend >= 9) - avg(recommend <= 6)) * 100, count(recommend) FROM asked GROUP BY cohort;
SELECT 'ces', cohort, avg(ease), count(ease) FROM asked GROUP BY cohort;
SELECT 'buys_again', cohort, avg(again), count(again) FROM asked GROUP BY cohort;
SELECT 'upheld', '', avg(verdict IN ('upheld', 'partly')), count(*) FROM cases, span WHERE verdict IS NOT NULL AND decided_at >= s AND decided_at < e;
SELECT 'upheld', category, avg(verdict IN ('upheld', 'partly')), count(*) FROM cases, span
  WHERE verdict IS NOT NULL AND decided_at >= s AND decided_at < e GROUP BY category;
SELECT 'overturned', '', avg(overturned), count(*) FROM opened WHERE external AND overturned IS NOT NULL;
SELECT 'reopened', '', avg(month), count(*) FROM soon;
SELECT 'repeat', '', avg(again), count(*) FROM (SELECT customer, max(EXISTS (SELECT 1 FROM cases c WHERE c.customer = o.customer
  AND c.no <> o.no AND c.opened_at BETWEEN o.opened_at - 90 * 86400 AND o.opened_at)) AS again FROM opened o WHERE customer <> '' GROUP BY 1);
SELECT 'escalation', '', avg(no IN (SELECT no FROM transfers)), count(*) FROM opened;
SELECT 'deadlock', '', avg(deadlock), count(*) FROM opened;
SELECT 'external', '', avg(external), count(*) FROM opened;
SELECT 'remedy_cost', '', sum(cost), count(*) FROM closed LEFT JOIN costs USING (no);
SELECT 'remedy_cost_per_case', '', sum(cost) * 1.0 / count(*), count(*) FROM closed LEFT JOIN costs USING (no);
SELECT 'remedy_cost_of_price', '', sum(cost) * 1.0 / sum(price), count(*) FROM closed LEFT JOIN costs USING (no) WHERE price > 0;
SELECT 'remedy_cost_by_level', level, sum(cents), count(*) FROM given JOIN closed USING (no) GROUP BY level;
SELECT 'remedy_cost_by_kind', kind, sum(cents), count(*) FROM given JOIN closed USING (no) GROUP BY kind;
SELECT 'threat_difference', '', sum(n1 * (mean1 - mean0)) / sum(n1), min(sum(n1), sum(n0)) FROM pairs;
SELECT 'remedy_share', category || '|sev' || severity || '|with_threat', mean1, n1 FROM pairs;
SELECT 'remedy_share', category || '|sev' || severity || '|without_threat', mean0, n0 FROM pairs;
SELECT 'remedy_spread', category || '|sev' || severity || '|with_threat', sqrt(max(v1, 0)), n1 FROM pairs;
SELECT 'remedy_spread', category || '|sev' || severity || '|without_threat', sqrt(max(v0, 0)), n0 FROM pairs;
SELECT 'iceberg', '', count(*) * 20, count(*) FROM opened;
SELECT 'word_of_mouth_good_least', '', count(*) * 2, count(*) FROM said WHERE outcome >= 4;
SELECT 'word_of_mouth_good_most', '', count(*) * 5, count(*) FROM said WHERE outcome >= 4;
SELECT 'word_of_mouth_bad', '', count(*) * 25, count(*) FROM said WHERE outcome <= 2;
SELECT 'lint_hits', '', sum(lint_hits), count(lint_hits) FROM opened;
SELECT 'unanswered_turns', '', sum(unanswered), sum(turns) FROM opened;
SELECT 'repeat_question', '', sum(asked_again) * 1.0 / sum(questions), sum(questions) FROM opened;
SELECT 'sev1_missed', '', avg(danger_missed), count(*) FROM opened WHERE severity = 1;
SELECT 'ppm_all', of, coalesce(every, 0) * 1000000.0 / nullif(n, 0), coalesce(n, 0) FROM rates;
SELECT 'ppm_upheld', of, coalesce(upheld, 0) * 1000000.0 / nullif(n, 0), coalesce(n, 0) FROM rates;
SELECT 'complainants_per_ten_thousand', '', (SELECT count(DISTINCT customer) FROM opened WHERE customer <> '') * 10000.0 / avg(users),
  round(avg(users)) FROM active, span WHERE day >= first AND day < until;
SELECT 'complaints_per_million', '', (SELECT count(*) FROM opened) * 1000000.0 / avg(users), round(avg(users))
  FROM active, span WHERE day >= first AND day < until;
SELECT 'recurrence_before', 'milk|seal', (SELECT count(*) FROM opened, span WHERE product = 'milk' AND cause = 'seal' AND opened_at < f)
  * 1000000.0 / sum(units), sum(units) FROM shipped_in WHERE product = 'milk' AND day < '2025-06-01';
SELECT 'recurrence_after', 'milk|seal', (SELECT count(*) FROM opened, span WHERE product = 'milk' AND cause = 'seal' AND opened_at >= f)
  * 1000000.0 / sum(units), sum(units) FROM shipped_in WHERE product = 'milk' AND day >= '2025-06-01';
SELECT 'agent_cases', a, count(*), count(*) FROM mine GROUP BY a;
SELECT 'agent_steps_done', a, avg(done), count(*) FROM steps JOIN mine USING (no) GROUP BY a;
SELECT 'agent_step', a || '|' || duty, avg(done), count(*) FROM steps JOIN mine USING (no) GROUP BY a, duty;
SELECT 'agent_promise_kept', a, avg(fate = 'kept'), count(*) FROM fates JOIN mine USING (no) GROUP BY a;
SELECT 'agent_lint_hits', a, sum(lint_hits), count(lint_hits) FROM mine GROUP BY a;
SELECT 'agent_csat', a, 100.0 * avg(handling >= 4), count(handling) FROM theirs GROUP BY a;
SELECT 'agent_nps', a, 100.0 * avg((recommend >= 9) - (recommend <= 6)), count(recommend) FROM theirs GROUP BY a;
SELECT 'agent_ces', a, avg(ease * 1.0), count(ease) FROM theirs GROUP BY a;
SELECT 'agent_reopened', a, avg(reopened > 0), count(*) FROM mine GROUP BY a;
SELECT 'cohort', cohort, count(*), count(*) FROM (SELECT CASE
    WHEN status IN ('dormant', 'closed_no_response') THEN 'silent'
    WHEN accepted AND coalesce(fulfilled_at, told_at, first_closed_at) - opened_at <= 72 * 3600 THEN 'solved_in_time'
    WHEN accepted AND coalesce(fulfilled_at, told_at, first_closed_at) IS NOT NULL THEN 'solved'
    WHEN status = 'withdrawn' OR (first_closed_at IS NULL AND NOT deadlock) THEN NULL
    ELSE 'unsolved' END AS cohort FROM opened) WHERE cohort IS NOT NULL GROUP BY cohort;
