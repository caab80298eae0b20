-- The calendar of money: what each cycle or instalment owes, for orders whose gateway leaves the charging to us.

-- One row for each cycle or instalment. The attempt under way is written down before the gateway is called, so that after a crash or a
-- time-out the gateway is asked what became of it before anything is charged again.
CREATE TABLE invoices (
    id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    number INTEGER NOT NULL CHECK (number >= 1),
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    -- What is owed: the discount is taken off already.
    amount INTEGER NOT NULL CHECK (amount >= 0),
    discount INTEGER NOT NULL CHECK (discount >= 0),
    currency TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'overdue', 'paid', 'void')),
    tries INTEGER NOT NULL,
    -- When the calendar tries next; none when it does not.
    next_try_at INTEGER,
    -- Key and begin of the attempt under way, and until when a boleto, a Pix or the buyer's word to the bank is waited for.
    attempt_key TEXT,
    attempt_at INTEGER,
    waits_until INTEGER,
    -- Since when it has been owed in vain, why the last try failed, and until when access is left while it is tried again.
    failing_since INTEGER,
    failure TEXT,
    grace_until INTEGER,
    paid_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (order_id, number),
    UNIQUE (producer_id, id),
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id),
    CHECK ((state = 'paid') = (paid_at IS NOT NULL)),
    CHECK ((attempt_key IS NULL) = (attempt_at IS NULL))
) STRICT;
-- An order owes one thing at a time: the next is opened when this one is paid.
CREATE UNIQUE INDEX invoices_owed ON invoices (order_id) WHERE state IN ('open', 'overdue');

ALTER TABLE charges ADD COLUMN invoice_id BLOB REFERENCES invoices (id);
CREATE INDEX charges_by_invoice ON charges (invoice_id);

-- What is charged next time. The card as its gateway names it: its number is never known here.
CREATE TABLE payment_methods (
    order_id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL,
    method TEXT NOT NULL CHECK (method IN ('card', 'boleto', 'pix', 'other')),
    token TEXT,
    brand TEXT,
    last4 TEXT,
    exp_month INTEGER,
    exp_year INTEGER,
    updated_at INTEGER NOT NULL,
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id)
) STRICT;

-- The schedule of an order in instalments: number k is due k - 1 months after `anchor`, so that month lengths do not drift.
CREATE TABLE installment_plans (
    order_id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL,
    installments INTEGER NOT NULL CHECK (installments >= 1),
    anchor INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id)
) STRICT;

-- Whether our calendar charges it. Cycle k ends k intervals after `anchor`: 31 January, 28 February, 31 March.
ALTER TABLE subscriptions ADD COLUMN is_billed INTEGER NOT NULL DEFAULT 0 CHECK (is_billed IN (0, 1));
ALTER TABLE subscriptions ADD COLUMN anchor INTEGER;
ALTER TABLE subscriptions ADD COLUMN cycle INTEGER NOT NULL DEFAULT 0;
-- What a buyer who stays pays less, and for how many cycles more.
ALTER TABLE subscriptions ADD COLUMN discount_percent INTEGER NOT NULL DEFAULT 0 CHECK (discount_percent BETWEEN 0 AND 100);
ALTER TABLE subscriptions ADD COLUMN discount_cycles INTEGER NOT NULL DEFAULT 0 CHECK (discount_cycles >= 0);
-- The charge that the buyer was last told of ahead.
ALTER TABLE subscriptions ADD COLUMN noticed_charge_at INTEGER;
