-- A try knows what it was made with, a visit to the card page knows what it tries.

-- With what the try under way is made: method, and the gateway's name of the card. What is on file by now may be another. Whether it counts as failed
-- already: the bank wants the buyer's word, and the calendar goes on without it.
ALTER TABLE invoices ADD COLUMN attempt_method TEXT CHECK (attempt_method IN ('card', 'boleto', 'pix', 'other'));
ALTER TABLE invoices ADD COLUMN attempt_token TEXT;
ALTER TABLE invoices ADD COLUMN attempt_failed INTEGER NOT NULL DEFAULT 0 CHECK (attempt_failed IN (0, 1));
UPDATE invoices SET
    attempt_method = (SELECT coalesce(m.method, o.method) FROM orders o LEFT JOIN payment_methods m ON m.order_id = o.id WHERE o.id = invoices.order_id),
    attempt_token = (SELECT m.token FROM payment_methods m WHERE m.order_id = invoices.order_id AND m.method = 'card')
    WHERE attempt_key IS NOT NULL;

-- Which invoice was owed when the card was saved, and how often it had been tried by then: a visit tries it once more, and no further.
ALTER TABLE card_updates ADD COLUMN owed_invoice BLOB REFERENCES invoices (id);
ALTER TABLE card_updates ADD COLUMN owed_tries INTEGER;
UPDATE card_updates SET
    owed_invoice = (SELECT v.id FROM invoices v WHERE v.order_id = card_updates.order_id ORDER BY v.number DESC LIMIT 1),
    owed_tries = (SELECT v.tries FROM invoices v WHERE v.order_id = card_updates.order_id ORDER BY v.number DESC LIMIT 1)
    WHERE outcome_amount IS NOT NULL;
-- From where the buyer came who began it: whoever keeps the card later, the job or a webhook, has no address.
ALTER TABLE card_updates ADD COLUMN origin TEXT NOT NULL DEFAULT '';

-- What was owed may also have been paid before the new card was tried, or not be owed any more: neither is a charge on the new card. A check cannot
-- be widened in both databases, so the column is made anew.
ALTER TABLE card_updates ADD COLUMN came TEXT CHECK (came IN ('paid', 'paid_before', 'declined', 'action', 'unknown', 'void'));
UPDATE card_updates SET came = outcome;
ALTER TABLE card_updates DROP COLUMN outcome;
ALTER TABLE card_updates RENAME COLUMN came TO outcome;
