-- The gateway that charges a subscription by its own calendar is told which plan its next period begins with: since when
-- it knows, and what it said if it did not take it. Then the producer sees to it by hand.
ALTER TABLE plan_changes ADD COLUMN next_told_at INTEGER;
ALTER TABLE plan_changes ADD COLUMN next_refused TEXT CHECK (next_refused IS NULL OR next_told_at IS NOT NULL);
UPDATE plan_changes SET next_told_at = asked_at;
