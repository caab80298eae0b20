-- The main job: orders in, access out, sign-in, refund. Ids are 16-byte UUIDs (v7), instants microseconds since 1970 (UTC),
-- days YYYY-MM-DD, money minor units plus currency, states words with a CHECK. Every row of a seller carries `producer_id`,
-- and references between such rows include it, so that the database itself refuses to mix two sellers.

CREATE TABLE producers (
    id BLOB PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE staff (
    id BLOB PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('agent', 'admin')),
    password_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE api_keys (
    id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL REFERENCES producers (id),
    name TEXT NOT NULL,
    key_hash TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

-- The first answer to an Idempotency-Key, kept for ever: the same request again gets the same answer.
CREATE TABLE idempotency_keys (
    producer_id BLOB NOT NULL REFERENCES producers (id),
    idempotency_key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    status INTEGER NOT NULL,
    answer TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (producer_id, idempotency_key)
) STRICT;

CREATE TABLE products (
    id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL REFERENCES producers (id),
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    refund_window_days INTEGER NOT NULL CHECK (refund_window_days >= 7),
    access_days INTEGER CHECK (access_days > 0),
    access_cycles INTEGER CHECK (access_cycles > 0),
    -- Made from what a source said: the source may rename it until the seller sets it up.
    is_from_source INTEGER NOT NULL CHECK (is_from_source IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (producer_id, code),
    UNIQUE (producer_id, id)
) STRICT;

CREATE TABLE offers (
    id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL,
    code TEXT NOT NULL,
    product_id BLOB NOT NULL,
    name TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    currency TEXT NOT NULL,
    interval_unit TEXT CHECK (interval_unit IN ('day', 'week', 'month', 'year')),
    interval_count INTEGER CHECK (interval_count > 0),
    installments_max INTEGER NOT NULL CHECK (installments_max >= 1),
    is_from_source INTEGER NOT NULL CHECK (is_from_source IN (0, 1)),
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (producer_id, code),
    UNIQUE (producer_id, id),
    FOREIGN KEY (producer_id, product_id) REFERENCES products (producer_id, id),
    CHECK ((interval_unit IS NULL) = (interval_count IS NULL))
) STRICT;

-- Offers that a subscription to `offer_id` may change to; by code, because a target may be registered later.
CREATE TABLE offer_targets (
    producer_id BLOB NOT NULL,
    offer_id BLOB NOT NULL,
    target_code TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (offer_id, target_code),
    FOREIGN KEY (producer_id, offer_id) REFERENCES offers (producer_id, id)
) STRICT;

CREATE TABLE member_areas (
    id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL REFERENCES producers (id),
    code TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('memberkit')),
    base_url TEXT NOT NULL,
    content_url TEXT,
    -- Sealed with the key of the installation; never read back by anybody.
    api_key_sealed TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (producer_id, code),
    UNIQUE (producer_id, id)
) STRICT;

CREATE TABLE access_rules (
    id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL,
    code TEXT NOT NULL,
    product_id BLOB NOT NULL,
    member_area_id BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (producer_id, code),
    UNIQUE (producer_id, id),
    FOREIGN KEY (producer_id, product_id) REFERENCES products (producer_id, id),
    FOREIGN KEY (producer_id, member_area_id) REFERENCES member_areas (producer_id, id)
) STRICT;
CREATE INDEX access_rules_by_product ON access_rules (product_id);

-- What a rule gives, one row a target: classroom:111, level:4420, unlimited.
CREATE TABLE access_rule_targets (
    producer_id BLOB NOT NULL,
    rule_id BLOB NOT NULL,
    target TEXT NOT NULL,
    PRIMARY KEY (rule_id, target),
    FOREIGN KEY (producer_id, rule_id) REFERENCES access_rules (producer_id, id)
) STRICT;

-- Systems that send us orders. `address_hash` finds the source of a hook address, `token_hash` checks what the body carries.
CREATE TABLE sources (
    id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL REFERENCES producers (id),
    code TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('guru')),
    address_hash TEXT NOT NULL UNIQUE,
    token_hash TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (producer_id, code),
    UNIQUE (producer_id, id)
) STRICT;

-- One row for each event taken from a source, written together with its effect.
CREATE TABLE inbox (
    source_id BLOB NOT NULL,
    producer_id BLOB NOT NULL,
    event_key TEXT NOT NULL,
    request_id TEXT,
    kind TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('applied', 'older', 'ignored')),
    body TEXT NOT NULL,
    received_at INTEGER NOT NULL,
    PRIMARY KEY (source_id, event_key),
    FOREIGN KEY (producer_id, source_id) REFERENCES sources (producer_id, id)
) STRICT;

-- A person is an e-mail address: one home for purchases of every seller.
CREATE TABLE people (
    id BLOB PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    language TEXT,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE orders (
    id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL REFERENCES producers (id),
    code TEXT NOT NULL,
    -- The public half of an order link; it opens nothing by itself.
    ref TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('one_off', 'subscription', 'smart_installments', 'slip_installments')),
    status TEXT NOT NULL CHECK (status IN ('pending', 'paid', 'partly_refunded', 'refunded', 'disputed', 'canceled')),
    person_id BLOB NOT NULL REFERENCES people (id),
    buyer_name TEXT NOT NULL,
    tax_id TEXT,
    phone TEXT,
    currency TEXT NOT NULL,
    total INTEGER NOT NULL CHECK (total >= 0),
    method TEXT NOT NULL CHECK (method IN ('card', 'boleto', 'pix', 'other')),
    card_brand TEXT,
    card_last4 TEXT,
    card_exp_month INTEGER,
    card_exp_year INTEGER,
    gateway TEXT NOT NULL,
    ordered_at INTEGER NOT NULL,
    paid_at INTEGER,
    -- When a member area first confirmed access to something of this order: the refund window starts at the later of this and the payment.
    released_at INTEGER,
    source TEXT NOT NULL,
    -- What the sending side says of its own version; an older version never overwrites a newer one.
    source_version INTEGER NOT NULL,
    search TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (producer_id, code),
    UNIQUE (producer_id, id)
) STRICT;
CREATE INDEX orders_by_person ON orders (person_id, ordered_at, id);
CREATE INDEX orders_by_producer ON orders (producer_id, ordered_at, id);
CREATE INDEX orders_by_person_code ON orders (person_id, code);

CREATE TABLE order_items (
    id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    position INTEGER NOT NULL,
    product_id BLOB NOT NULL,
    offer_id BLOB,
    name TEXT NOT NULL,
    offer_name TEXT,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    is_bump INTEGER NOT NULL CHECK (is_bump IN (0, 1)),
    -- As in `orders`: an older report never overwrites a newer one.
    source_version INTEGER NOT NULL,
    UNIQUE (order_id, position),
    UNIQUE (producer_id, order_id, id),
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id),
    FOREIGN KEY (producer_id, product_id) REFERENCES products (producer_id, id),
    FOREIGN KEY (producer_id, offer_id) REFERENCES offers (producer_id, id)
) STRICT;
CREATE INDEX order_items_by_product ON order_items (product_id);

CREATE TABLE charges (
    id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    currency TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('pending', 'paid', 'failed', 'refunded', 'disputed')),
    method TEXT NOT NULL CHECK (method IN ('card', 'boleto', 'pix', 'other')),
    installments INTEGER NOT NULL CHECK (installments >= 1),
    gateway TEXT NOT NULL,
    -- The gateway's own name of the charge; what a refund is asked against.
    reference TEXT NOT NULL,
    payment_code TEXT,
    payment_url TEXT,
    due_on TEXT,
    created_at INTEGER NOT NULL,
    paid_at INTEGER,
    source_version INTEGER NOT NULL,
    UNIQUE (producer_id, gateway, reference),
    UNIQUE (producer_id, id),
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id)
) STRICT;
CREATE INDEX charges_by_order ON charges (order_id);

CREATE TABLE subscriptions (
    id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL,
    order_id BLOB NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('trialing', 'active', 'past_due', 'paused', 'ending', 'ended')),
    -- What the sending side says; `status` is this, unless the order was paid back: then it is `ended`.
    reported_status TEXT NOT NULL CHECK (reported_status IN ('trialing', 'active', 'past_due', 'paused', 'ending', 'ended')),
    reported_canceled_at INTEGER,
    -- When the sending side says that a cycle was first paid; decides about the order while no charge is known.
    reported_paid_at INTEGER,
    -- When the sending side means to charge next; `next_charge_at` is this as long as the subscription has not ended.
    reported_next_charge_at INTEGER,
    plan_name TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    currency TEXT NOT NULL,
    interval_unit TEXT NOT NULL CHECK (interval_unit IN ('day', 'week', 'month', 'year')),
    interval_count INTEGER NOT NULL CHECK (interval_count > 0),
    period_start INTEGER NOT NULL,
    period_end INTEGER NOT NULL,
    next_charge_at INTEGER,
    canceled_at INTEGER,
    source_version INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (producer_id, id),
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id)
) STRICT;

CREATE TABLE refunds (
    id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    charge_id BLOB NOT NULL,
    protocol TEXT NOT NULL UNIQUE,
    -- The form's own number: a second press of the same form is the same request.
    request_id BLOB NOT NULL UNIQUE,
    request_hash TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('requested', 'approved', 'reconciling', 'sent', 'settled', 'failed', 'declined', 'withdrawn')),
    gateway_reference TEXT,
    failure TEXT,
    requested_at INTEGER NOT NULL,
    first_sent_at INTEGER,
    sent_at INTEGER,
    ended_at INTEGER,
    UNIQUE (producer_id, id),
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id),
    FOREIGN KEY (producer_id, charge_id) REFERENCES charges (producer_id, id)
) STRICT;
-- One refund of an order is under way at a time.
CREATE UNIQUE INDEX refunds_open ON refunds (order_id) WHERE state IN ('requested', 'approved', 'reconciling');
CREATE INDEX refunds_by_order ON refunds (order_id, requested_at);

CREATE TABLE refund_items (
    producer_id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    refund_id BLOB NOT NULL,
    item_id BLOB NOT NULL,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    -- Set when the refund failed, was declined or withdrawn: the item may be asked for again.
    released_at INTEGER,
    PRIMARY KEY (refund_id, item_id),
    FOREIGN KEY (producer_id, refund_id) REFERENCES refunds (producer_id, id),
    FOREIGN KEY (producer_id, order_id, item_id) REFERENCES order_items (producer_id, order_id, id)
) STRICT;
-- An item is paid back at most once.
CREATE UNIQUE INDEX refund_items_once ON refund_items (item_id) WHERE released_at IS NULL;

-- What a member area was last told about a person, a row a target.
CREATE TABLE access_tellings (
    member_area_id BLOB NOT NULL,
    producer_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES people (id),
    target TEXT NOT NULL,
    is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    until INTEGER,
    confirmed_at INTEGER NOT NULL,
    PRIMARY KEY (member_area_id, person_id, target),
    FOREIGN KEY (producer_id, member_area_id) REFERENCES member_areas (producer_id, id)
) STRICT;
CREATE INDEX access_tellings_by_person ON access_tellings (person_id);

-- One call to the outside with a stable id, and every attempt at it.
CREATE TABLE deliveries (
    id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL,
    member_area_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES people (id),
    -- What is told, in our words: grant or revoke, targets, until. The same content again is the same delivery.
    content TEXT NOT NULL,
    is_revocation INTEGER NOT NULL CHECK (is_revocation IN (0, 1)),
    state TEXT NOT NULL CHECK (state IN ('sending', 'confirmed', 'refused', 'dead', 'superseded')),
    attempts INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    UNIQUE (producer_id, id),
    FOREIGN KEY (producer_id, member_area_id) REFERENCES member_areas (producer_id, id)
) STRICT;
CREATE INDEX deliveries_by_person ON deliveries (person_id, member_area_id, created_at);

CREATE TABLE delivery_attempts (
    delivery_id BLOB NOT NULL,
    producer_id BLOB NOT NULL,
    number INTEGER NOT NULL,
    request TEXT NOT NULL,
    status INTEGER,
    answer TEXT NOT NULL,
    error TEXT,
    duration INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    PRIMARY KEY (delivery_id, number),
    FOREIGN KEY (producer_id, delivery_id) REFERENCES deliveries (producer_id, id)
) STRICT;

-- Links that bring somebody in. Only a hash of the token's id is kept; the code is never kept, it follows from the key of the installation.
CREATE TABLE links (
    id BLOB PRIMARY KEY,
    email TEXT NOT NULL,
    person_id BLOB REFERENCES people (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('purchases', 'order')),
    target TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    language TEXT NOT NULL,
    asked_from TEXT NOT NULL,
    browser TEXT NOT NULL,
    code_tries INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    consumed_at INTEGER
) STRICT;
CREATE INDEX links_by_email ON links (email, created_at);

CREATE TABLE sessions (
    id BLOB PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    person_id BLOB NOT NULL REFERENCES people (id),
    link_id BLOB UNIQUE REFERENCES links (id),
    address TEXT NOT NULL,
    browser TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX sessions_by_person ON sessions (person_id, created_at);

-- Counters of fixed windows: who (address or network) did what, how often.
CREATE TABLE rate_counts (
    subject TEXT NOT NULL,
    window_seconds INTEGER NOT NULL,
    window_start INTEGER NOT NULL,
    hits INTEGER NOT NULL,
    PRIMARY KEY (subject, window_seconds, window_start)
) STRICT;
CREATE INDEX rate_counts_by_start ON rate_counts (window_start);

CREATE TABLE jobs (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    -- Whom or what it is about, for those who look for it: a refund, a person.
    subject BLOB,
    -- Jobs of one lane are one job that may be asked for again: at most one row, one runner.
    lane TEXT UNIQUE,
    asked INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    lease TEXT,
    leased_until INTEGER,
    state TEXT NOT NULL CHECK (state IN ('ready', 'dead')),
    last_error TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX jobs_due ON jobs (due_at) WHERE state = 'ready';

CREATE TABLE audit_entries (
    id BLOB PRIMARY KEY,
    at INTEGER NOT NULL,
    actor_kind TEXT NOT NULL CHECK (actor_kind IN ('buyer', 'producer', 'staff', 'api_key', 'source', 'system')),
    actor_id BLOB,
    origin TEXT NOT NULL,
    producer_id BLOB,
    person_id BLOB,
    order_id BLOB,
    action TEXT NOT NULL,
    before TEXT,
    after TEXT,
    reason TEXT
) STRICT;
CREATE INDEX audit_by_order ON audit_entries (order_id, at);
CREATE INDEX audit_by_person ON audit_entries (person_id, at);

-- The built-in mailbox of development.
CREATE TABLE mailbox (
    id BLOB PRIMARY KEY,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    html TEXT NOT NULL,
    received_at INTEGER NOT NULL
) STRICT;
CREATE INDEX mailbox_by_recipient ON mailbox (recipient, received_at);

-- The sandbox gateway keeps its own books, as a real one would: reachable through the port only.
CREATE TABLE sandbox_charges (
    reference TEXT PRIMARY KEY,
    card_last4 TEXT,
    amount INTEGER NOT NULL CHECK (amount >= 0),
    currency TEXT NOT NULL,
    refunded INTEGER NOT NULL CHECK (refunded >= 0 AND refunded <= amount),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sandbox_refunds (
    reference TEXT PRIMARY KEY,
    -- The idempotency key: the same key again is the same refund.
    idempotency_key TEXT NOT NULL UNIQUE,
    request_hash TEXT NOT NULL,
    charge_reference TEXT NOT NULL REFERENCES sandbox_charges (reference),
    amount INTEGER NOT NULL CHECK (amount > 0),
    state TEXT NOT NULL CHECK (state IN ('pending', 'succeeded', 'failed')),
    failure TEXT,
    changes_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
