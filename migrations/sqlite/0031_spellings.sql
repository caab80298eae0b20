-- A domain has one form now, however it was typed. What was written down before is brought to it, once, by the outbox:
-- punycode is not SQL, and whoever was two people by two spellings becomes one with all that follows.
INSERT INTO jobs (id, kind, payload, lane, asked, due_at, attempts, state, created_at)
SELECT randomblob(16), 'respell_addresses', '{"kind":"respell_addresses"}', 'respell', 1, 0, 0, 'ready', 0
WHERE EXISTS (SELECT 1 FROM people);
