-- A gateway that does not answer is left alone for a while: how many calls in a row failed, since when, and until when
-- nothing is asked of it.
ALTER TABLE connections ADD COLUMN failures BIGINT NOT NULL DEFAULT 0 CHECK (failures >= 0);
ALTER TABLE connections ADD COLUMN failing_since BIGINT CHECK ((failing_since IS NULL) = (failures = 0));
ALTER TABLE connections ADD COLUMN rests_until BIGINT CHECK (rests_until IS NULL OR failing_since IS NOT NULL);
