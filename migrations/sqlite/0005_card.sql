-- Cards and other ways to pay, and the rest of the sandbox: charges, cards, its hosted pages, its webhooks, its clock.

-- A buyer's visit to the gateway's page for a card. Of the card only what people may know is kept; its number never comes here (rule 10).
CREATE TABLE card_updates (
    id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES people (id),
    -- The form's own number: a second press of the same form is the same visit.
    request_id BLOB NOT NULL UNIQUE,
    gateway TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('begun', 'open', 'saved', 'closed')),
    -- The gateway's name and address of the visit, once it has begun there.
    reference TEXT,
    url TEXT,
    token TEXT,
    brand TEXT,
    last4 TEXT,
    exp_month INTEGER,
    exp_year INTEGER,
    -- What was owed when the card was saved, and what became of it; the latter none until it was tried.
    outcome TEXT CHECK (outcome IN ('paid', 'declined', 'action', 'unknown')),
    outcome_amount INTEGER,
    outcome_reason TEXT,
    outcome_url TEXT,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    UNIQUE (producer_id, id),
    CHECK ((state = 'saved') = (token IS NOT NULL)),
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id)
) STRICT;
CREATE INDEX card_updates_by_order ON card_updates (order_id, created_at);

-- Other orders of the same buyer that were told to use the card of a visit; each once.
CREATE TABLE card_update_uses (
    producer_id BLOB NOT NULL,
    update_id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (update_id, order_id),
    FOREIGN KEY (producer_id, update_id) REFERENCES card_updates (producer_id, id),
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id)
) STRICT;

-- Buyers who were told that a card expires; once for each card of an order.
CREATE TABLE card_reminders (
    order_id BLOB NOT NULL,
    producer_id BLOB NOT NULL,
    -- Twelve times the year, and the month: later is greater.
    expires INTEGER NOT NULL,
    reminded_at INTEGER NOT NULL,
    PRIMARY KEY (order_id, expires),
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id)
) STRICT;

-- What gateways told us, a row an event, written together with its effect.
CREATE TABLE gateway_inbox (
    gateway TEXT NOT NULL,
    event_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('applied', 'ignored')),
    body TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (gateway, event_id)
) STRICT;

-- Cards that the sandbox keeps. A number is never written anywhere: what the card will do was decided when it was typed.
CREATE TABLE sandbox_cards (
    token TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    brand TEXT NOT NULL,
    last4 TEXT NOT NULL,
    exp_month INTEGER NOT NULL,
    exp_year INTEGER NOT NULL,
    behaviour TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- Visits to the sandbox's page for a card, each at an address that nobody can guess.
CREATE TABLE sandbox_visits (
    reference TEXT PRIMARY KEY,
    page TEXT NOT NULL UNIQUE,
    idempotency_key TEXT NOT NULL UNIQUE,
    request_hash TEXT NOT NULL,
    account TEXT NOT NULL,
    return_url TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'confirming', 'saved', 'declined', 'closed')),
    -- The card that was typed: not the buyer's until the state says `saved`.
    card_token TEXT REFERENCES sandbox_cards (token),
    decline TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

-- Money that the sandbox was told to take. `unheard`: the instruction was lost on its way (an outage), and only its key is remembered.
CREATE TABLE sandbox_payments (
    reference TEXT PRIMARY KEY,
    page TEXT NOT NULL UNIQUE,
    idempotency_key TEXT NOT NULL UNIQUE,
    request_hash TEXT NOT NULL,
    account TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    method TEXT NOT NULL CHECK (method IN ('card', 'boleto', 'pix')),
    card_token TEXT,
    card_last4 TEXT,
    email TEXT NOT NULL,
    description TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('unheard', 'confirming', 'waiting', 'paid', 'declined', 'disputed')),
    decline TEXT,
    code TEXT,
    -- Until when it can be confirmed or paid.
    until INTEGER,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sandbox_payments_open ON sandbox_payments (until) WHERE state IN ('confirming', 'waiting');

-- Webhooks of the sandbox, oldest first, with every one that went wrong.
CREATE TABLE sandbox_webhooks (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'dropped', 'dead')),
    attempts INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    last_answer TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sandbox_webhooks_due ON sandbox_webhooks (due_at) WHERE state = 'waiting';

-- One row: how the sandbox's time runs, and what it is to do wrong on purpose.
CREATE TABLE sandbox_settings (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    clock TEXT NOT NULL CHECK (clock IN ('real', 'shifted', 'frozen')),
    -- Microseconds ahead of the real time; for a frozen clock the instant at which it stands.
    clock_value INTEGER NOT NULL,
    fail_next INTEGER NOT NULL CHECK (fail_next >= 0),
    webhook_fault TEXT NOT NULL CHECK (webhook_fault IN ('none', 'duplicate', 'reorder', 'delay', 'drop', 'corrupt'))
) STRICT;
INSERT INTO sandbox_settings (id, clock, clock_value, fail_next, webhook_fault) VALUES (1, 'real', 0, 0, 'none');
