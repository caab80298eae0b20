-- Whether the buyer chose the way of this try for once, and another one stays on file.
ALTER TABLE invoices ADD COLUMN attempt_is_once INTEGER NOT NULL DEFAULT 0 CHECK (attempt_is_once IN (0, 1));
