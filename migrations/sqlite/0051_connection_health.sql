-- Where a gateway sends what happens at a connected account, and how the account does: what it is for real money or for
-- tests, when it last sent something, and what went wrong last.
ALTER TABLE connections ADD COLUMN address_hash TEXT;
ALTER TABLE connections ADD COLUMN is_live INTEGER CHECK (is_live IN (0, 1));
ALTER TABLE connections ADD COLUMN checked_at INTEGER;
ALTER TABLE connections ADD COLUMN last_event_at INTEGER;
ALTER TABLE connections ADD COLUMN last_error TEXT;
ALTER TABLE connections ADD COLUMN last_error_at INTEGER;
CREATE UNIQUE INDEX connections_by_address ON connections (address_hash);
