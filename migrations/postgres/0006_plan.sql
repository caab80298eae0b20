-- Changes of plan (rules 11 and 12). A quote fixes every figure for a while; a change is a quote that was confirmed, under the same id,
-- so that a quote can be confirmed once only.

CREATE TABLE plan_quotes (
    id UUID PRIMARY KEY,
    producer_id UUID NOT NULL,
    order_id UUID NOT NULL,
    subscription_id UUID NOT NULL,
    person_id UUID NOT NULL REFERENCES people (id),
    offer_id UUID NOT NULL,
    -- Stands for the subscription as it was counted with: a quote for another state of it holds no more.
    basis TEXT NOT NULL,
    effect TEXT NOT NULL CHECK (effect IN ('now', 'period_end')),
    currency TEXT NOT NULL,
    credit BIGINT NOT NULL CHECK (credit >= 0),
    debit BIGINT NOT NULL CHECK (debit >= 0),
    -- What of the credit buys days instead of money.
    rest BIGINT NOT NULL CHECK (rest >= 0),
    extra_days BIGINT NOT NULL CHECK (extra_days >= 0),
    due BIGINT NOT NULL CHECK (due >= 0),
    installments_max BIGINT NOT NULL CHECK (installments_max >= 1),
    -- The plan before, for the receipt.
    from_plan TEXT NOT NULL,
    from_amount BIGINT NOT NULL CHECK (from_amount >= 0),
    -- The subscription afterwards.
    plan_name TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount >= 0),
    interval_unit TEXT NOT NULL CHECK (interval_unit IN ('day', 'week', 'month', 'year')),
    interval_count BIGINT NOT NULL CHECK (interval_count > 0),
    period_start BIGINT NOT NULL,
    period_end BIGINT NOT NULL,
    next_charge_at BIGINT NOT NULL,
    is_trial BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    CHECK (debit - credit + rest = due),
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id),
    FOREIGN KEY (producer_id, subscription_id) REFERENCES subscriptions (producer_id, id),
    FOREIGN KEY (producer_id, offer_id) REFERENCES offers (producer_id, id)
);
CREATE INDEX plan_quotes_by_age ON plan_quotes (expires_at);

CREATE TABLE plan_changes (
    id UUID PRIMARY KEY REFERENCES plan_quotes (id),
    producer_id UUID NOT NULL,
    order_id UUID NOT NULL,
    subscription_id UUID NOT NULL,
    state TEXT NOT NULL CHECK (state IN
        ('scheduled', 'asked', 'reconciling', 'waiting', 'applied', 'declined', 'undone', 'replaced', 'returning', 'returned')),
    installments BIGINT NOT NULL CHECK (installments >= 1),
    -- The gateway's name of the charge, once it has one.
    charge_reference TEXT,
    decline TEXT,
    -- Where the buyer confirms with the bank or pays a slip.
    pay_url TEXT,
    asked_at BIGINT NOT NULL,
    first_sent_at BIGINT,
    ended_at BIGINT,
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id),
    FOREIGN KEY (producer_id, subscription_id) REFERENCES subscriptions (producer_id, id)
);
-- One change of a subscription takes money at a time, and one waits for its renewal.
CREATE UNIQUE INDEX plan_changes_open ON plan_changes (subscription_id) WHERE state IN ('asked', 'reconciling', 'waiting');
CREATE UNIQUE INDEX plan_changes_scheduled ON plan_changes (subscription_id) WHERE state = 'scheduled';
CREATE INDEX plan_changes_by_order ON plan_changes (order_id, asked_at);
CREATE INDEX plan_changes_by_charge ON plan_changes (charge_reference) WHERE charge_reference IS NOT NULL;
