-- Money for a change of plan that comes when its subscription is over goes back. Its charge is on file like any other, but nothing follows from it: it
-- pays for nothing, and no refund is asked against it. The change keeps which card was charged, since another may be on file by then, when the
-- gateway was first asked for the refund, so that a "no" after an unclear answer is not believed, and why it could not be paid back.
ALTER TABLE charges ADD COLUMN goes_back INTEGER NOT NULL DEFAULT 0 CHECK (goes_back IN (0, 1));
ALTER TABLE plan_changes ADD COLUMN card_last4 TEXT;
ALTER TABLE plan_changes ADD COLUMN return_sent_at INTEGER;
ALTER TABLE plan_changes ADD COLUMN return_failure TEXT;
-- Whoever paid or confirmed at the sandbox goes on where they came from; what was opened before goes on at the first page.
ALTER TABLE sandbox_payments ADD COLUMN return_url TEXT NOT NULL DEFAULT '/';
