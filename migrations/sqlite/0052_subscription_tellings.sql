-- The gateway's own name of a subscription that it charges by its own calendar.
ALTER TABLE subscriptions ADD COLUMN reference TEXT;
CREATE INDEX subscriptions_by_reference ON subscriptions (producer_id, reference) WHERE reference IS NOT NULL;

-- How such a gateway was told to have a subscription: `runs`, `ends` with its period, `ended`.
CREATE TABLE subscription_tellings (
    subscription_id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL,
    -- What it last took.
    told TEXT NOT NULL CHECK (told IN ('runs', 'ends', 'ended')),
    -- What it is being told: whether it took that is not known until it answers.
    asked TEXT CHECK (asked IN ('runs', 'ends', 'ended')),
    -- Counts what it was told: a part of the key of each call.
    number INTEGER NOT NULL,
    -- What it refused, and in which words: the producer does that by hand.
    refused TEXT CHECK (refused IN ('runs', 'ends', 'ended')),
    words TEXT,
    updated_at INTEGER NOT NULL,
    FOREIGN KEY (producer_id, subscription_id) REFERENCES subscriptions (producer_id, id)
) STRICT;
