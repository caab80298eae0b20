-- What a person may do with what is known about them: particulars, another address, documents, erasure.

ALTER TABLE people ADD COLUMN phone TEXT;
ALTER TABLE people ADD COLUMN tax_id TEXT;
-- Set when the person chose the language: until then pages and mails follow the browser.
ALTER TABLE people ADD COLUMN language_chosen_at INTEGER;
-- Who has this address now moved there: it signs nobody in, and only remembers what member areas were told of it.
ALTER TABLE people ADD COLUMN moved_to BLOB REFERENCES people (id);
-- Erasing has begun: nothing is due in member areas any more; when they know, name and address go too.
ALTER TABLE people ADD COLUMN erased_at INTEGER;
CREATE INDEX people_by_move ON people (moved_to) WHERE moved_to IS NOT NULL;

-- A wish for another address. Only a hash of the link's secret is kept.
CREATE TABLE email_changes (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES people (id),
    old_email TEXT NOT NULL,
    new_email TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    language TEXT NOT NULL,
    asked_from TEXT NOT NULL,
    browser TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    confirmed_at INTEGER,
    -- Taken back, or overtaken by a later one.
    withdrawn_at INTEGER
) STRICT;
CREATE INDEX email_changes_by_person ON email_changes (person_id, created_at);

-- Every letter that was handed over: that it was, to whom and what kind; never what it said.
CREATE TABLE mails_sent (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    order_id BLOB REFERENCES orders (id),
    sent_at INTEGER NOT NULL
) STRICT;
CREATE INDEX mails_sent_by_order ON mails_sent (order_id, sent_at) WHERE order_id IS NOT NULL;
CREATE INDEX mails_sent_by_recipient ON mails_sent (recipient, sent_at);

-- What the buyer wants printed on the documents of an order.
CREATE TABLE billing_data (
    order_id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL,
    name TEXT NOT NULL,
    tax_id TEXT,
    address TEXT,
    updated_at INTEGER NOT NULL,
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id)
) STRICT;

CREATE TABLE erasures (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES people (id),
    protocol TEXT NOT NULL UNIQUE,
    request_id BLOB NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'undone', 'begun', 'done')),
    requested_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
-- One at a time.
CREATE UNIQUE INDEX erasures_open ON erasures (person_id) WHERE state IN ('waiting', 'begun');

-- A mail about the end of access to an item: one of each kind for each end.
CREATE TABLE access_notices (
    id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    item_id BLOB NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('expiring', 'expired')),
    ends_at INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (item_id, kind, ends_at),
    FOREIGN KEY (producer_id, order_id, item_id) REFERENCES order_items (producer_id, order_id, id)
) STRICT;
