-- An order may come whole, again and again, as its source sees it now. The greatest version stands; nothing of an older
-- one counts any more but what was sold: that is told by the smallest version that ever came.
ALTER TABLE orders ADD COLUMN reported_version BIGINT CHECK (reported_version >= 0);
-- The lines and the plan of that smallest version, as JSON; nobody searches in it.
ALTER TABLE orders ADD COLUMN first_report TEXT;
-- Which instalment a charge is, and why it failed, where its source says so.
ALTER TABLE charges ADD COLUMN installment BIGINT CHECK (installment >= 1);
ALTER TABLE charges ADD COLUMN decline TEXT;
-- What the source gave back of it by itself, beside refunds of ours, and when it last did.
ALTER TABLE charges ADD COLUMN given_back BIGINT NOT NULL DEFAULT 0 CHECK (given_back >= 0);
ALTER TABLE charges ADD COLUMN given_back_at BIGINT;
