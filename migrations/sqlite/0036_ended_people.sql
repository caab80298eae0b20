-- Whoever is disabled signs in no more: their row stays, because the log and what they wrote name it.
ALTER TABLE producers ADD COLUMN disabled_at INTEGER;
ALTER TABLE staff ADD COLUMN disabled_at INTEGER;
-- When a key was last used, to the hour: a key that nobody uses can be revoked without fear.
ALTER TABLE api_keys ADD COLUMN last_used_at INTEGER;
