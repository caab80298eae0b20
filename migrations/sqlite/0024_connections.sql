-- A seller's own account at a gateway. An order names it by its code, as the gateway that it is charged at.
CREATE TABLE connections (
    id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL REFERENCES producers (id),
    code TEXT NOT NULL,
    -- Which gateway it is, in the word of its adapter.
    gateway TEXT NOT NULL,
    -- The gateway's name of the account; none where the secret alone says whose it is.
    account TEXT,
    -- Sealed for this row.
    secrets_sealed TEXT NOT NULL,
    webhook_secret_sealed TEXT,
    -- Whose calendar takes renewals.
    bills TEXT NOT NULL CHECK (bills IN ('gateway', 'calendar')),
    state TEXT NOT NULL CHECK (state IN ('active', 'disabled')),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (producer_id, code)
) STRICT;
