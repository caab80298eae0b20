-- A purchase with an address that is being erased: somebody who buys again is there again, and is not lost with what goes.

-- Who undid a request: the buyer, or a purchase with the address; `merged`: another request of the same person counts.
ALTER TABLE erasures ADD COLUMN undone_by TEXT CHECK (undone_by IN ('buyer', 'purchase', 'merged'));
-- The address that is being erased, when somebody new has it already: what member areas hold of the old person is still taken away from there.
ALTER TABLE erasures ADD COLUMN given_email TEXT;
-- Since when: what came with the address after it is not the erased person's.
ALTER TABLE erasures ADD COLUMN given_at INTEGER;
CREATE INDEX erasures_by_given_email ON erasures (given_email) WHERE given_email IS NOT NULL;
UPDATE erasures SET undone_by = 'buyer' WHERE state = 'undone';
