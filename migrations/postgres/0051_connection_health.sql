-- Where a gateway sends what happens at a connected account, and how the account does: what it is for real money or for
-- tests, when it last sent something, and what went wrong last.
ALTER TABLE connections ADD COLUMN address_hash TEXT;
ALTER TABLE connections ADD COLUMN is_live BOOLEAN;
ALTER TABLE connections ADD COLUMN checked_at BIGINT;
ALTER TABLE connections ADD COLUMN last_event_at BIGINT;
ALTER TABLE connections ADD COLUMN last_error TEXT;
ALTER TABLE connections ADD COLUMN last_error_at BIGINT;
CREATE UNIQUE INDEX connections_by_address ON connections (address_hash);
