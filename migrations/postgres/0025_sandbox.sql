-- The server tends the sandbox by itself, and not by a job any more.
DELETE FROM jobs WHERE kind = 'tend_gateways';
-- What is to change by itself is looked for each second.
CREATE INDEX sandbox_refunds_pending ON sandbox_refunds (changes_at) WHERE state = 'pending';
CREATE INDEX sandbox_payments_until ON sandbox_payments (until) WHERE state IN ('confirming', 'waiting', 'paid');
CREATE INDEX sandbox_payments_settling ON sandbox_payments (settles_at) WHERE state = 'waiting';
DROP INDEX sandbox_payments_open;
