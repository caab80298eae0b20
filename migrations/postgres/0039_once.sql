-- Whether the buyer chose the way of this try for once, and another one stays on file.
ALTER TABLE invoices ADD COLUMN attempt_is_once BOOLEAN NOT NULL DEFAULT false;
