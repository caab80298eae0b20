-- A buyer's wish to end a subscription, with its receipt number: a fact of ours beside what the source reports. `asked` ends at `effective_at`,
-- `done` has ended, `undone` was taken back and counts no more.
CREATE TABLE cancellations (
    id UUID PRIMARY KEY,
    producer_id UUID NOT NULL,
    order_id UUID NOT NULL,
    subscription_id UUID NOT NULL,
    protocol TEXT NOT NULL UNIQUE,
    -- The form's own number: a second press of the same form is the same request.
    request_id UUID NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('asked', 'undone', 'done')),
    asked_at BIGINT NOT NULL,
    effective_at BIGINT NOT NULL,
    -- When it was undone or done.
    ended_at BIGINT,
    -- What the buyer said, if anything.
    reason TEXT,
    comment TEXT,
    UNIQUE (producer_id, id),
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id),
    FOREIGN KEY (producer_id, subscription_id) REFERENCES subscriptions (producer_id, id),
    CHECK ((state = 'asked') = (ended_at IS NULL))
);
-- A subscription is cancelled once.
CREATE UNIQUE INDEX cancellations_live ON cancellations (subscription_id) WHERE state <> 'undone';
CREATE INDEX cancellations_by_order ON cancellations (order_id, asked_at);

-- Who began to cancel, and what became of it: what the seller's report counts. An attempt without an end is one page that was left.
CREATE TABLE cancel_attempts (
    id UUID PRIMARY KEY,
    producer_id UUID NOT NULL,
    order_id UUID NOT NULL,
    subscription_id UUID NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('opened', 'saved', 'aborted', 'canceled')),
    reason TEXT,
    -- What was offered instead when it ended, if anything.
    offer TEXT CHECK (offer IN ('discount', 'pause', 'plan', 'message')),
    opened_at BIGINT NOT NULL,
    ended_at BIGINT,
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id),
    FOREIGN KEY (producer_id, subscription_id) REFERENCES subscriptions (producer_id, id),
    CHECK ((outcome = 'opened') = (ended_at IS NULL))
);
CREATE UNIQUE INDEX cancel_attempts_open ON cancel_attempts (subscription_id) WHERE outcome = 'opened';
CREATE INDEX cancel_attempts_by_subscription ON cancel_attempts (subscription_id, opened_at);

-- What a buyer took instead of cancelling. A discount counts from the next charge on; a pause runs from `starts_at` to `ends_at`.
CREATE TABLE retention_offers (
    id UUID PRIMARY KEY,
    producer_id UUID NOT NULL,
    order_id UUID NOT NULL,
    subscription_id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('discount', 'pause', 'plan', 'message')),
    percent BIGINT CHECK (percent BETWEEN 1 AND 100),
    cycles BIGINT CHECK (cycles > 0),
    starts_at BIGINT,
    ends_at BIGINT,
    -- The buyer's words to the seller.
    message TEXT,
    state TEXT NOT NULL CHECK (state IN ('accepted', 'running', 'over')),
    accepted_at BIGINT NOT NULL,
    UNIQUE (producer_id, id),
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id),
    FOREIGN KEY (producer_id, subscription_id) REFERENCES subscriptions (producer_id, id),
    CHECK ((kind = 'discount') = (percent IS NOT NULL)),
    CHECK ((kind IN ('discount', 'pause')) = (cycles IS NOT NULL)),
    CHECK ((kind = 'pause') = (starts_at IS NOT NULL) AND (kind = 'pause') = (ends_at IS NOT NULL)),
    CHECK ((kind = 'message') = (message IS NOT NULL))
);
-- Once for each subscription (rule 6).
CREATE UNIQUE INDEX retention_offers_once ON retention_offers (subscription_id);
