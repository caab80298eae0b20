-- A seller's orders in one status, newest first: the few in dispute were looked for among all.
CREATE INDEX orders_by_status ON orders (producer_id, status, ordered_at);
-- The outbox looks for what its runners may claim, and those that call member areas are apart: a mail was looked for
-- among all the calls that wait for an area which does not answer.
CREATE INDEX jobs_of_areas ON jobs (due_at) WHERE state = 'ready' AND area_id IS NOT NULL;
CREATE INDEX jobs_of_rest ON jobs (due_at) WHERE state = 'ready' AND area_id IS NULL;
DROP INDEX jobs_due;
