-- A seller finds an order by whatever somebody says of it. Each word by which one is found has a row, which carries the
-- order of the list: the beginning of a name is a part of an index, and what it finds is read newest first.
CREATE TABLE order_words (
    order_id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('name', 'email', 'tax_id', 'phone', 'product', 'overdue')),
    -- Folded: without case, accents and marks. Of a phone its last eight digits.
    word TEXT COLLATE "C" NOT NULL,
    producer_id UUID NOT NULL,
    ordered_at BIGINT NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (order_id, kind, word),
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id)
);
CREATE INDEX order_words_of_producer ON order_words (producer_id, kind, word, ordered_at, code);
CREATE INDEX order_words_of_all ON order_words (kind, word, ordered_at, code);

-- Codes stand in the same order here, in SQLite and in the program, which merges lists: letter by letter.
ALTER TABLE orders ALTER COLUMN code TYPE TEXT COLLATE "C";

-- What an order says itself is found in its own row, in the order of the list as well.
CREATE INDEX orders_of_kind ON orders (producer_id, kind, ordered_at, code);
CREATE INDEX orders_of_card ON orders (producer_id, card_last4, ordered_at, code) WHERE card_last4 IS NOT NULL;
CREATE INDEX orders_by_card_end ON orders (producer_id, card_exp_year, card_exp_month, ordered_at, code)
WHERE method = 'card' AND kind IN ('subscription', 'smart_installments');
CREATE INDEX orders_by_folded_code ON orders (lower(code), producer_id);
CREATE INDEX charges_by_name ON charges (reference, producer_id);
CREATE INDEX refunds_asked ON refunds (producer_id, requested_at) WHERE state = 'requested';

-- What a seller asks of the list again and again, under a name: the question of its address.
CREATE TABLE order_views (
    id UUID PRIMARY KEY,
    producer_id UUID NOT NULL REFERENCES producers (id),
    name TEXT NOT NULL,
    question TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (producer_id, name)
);

-- Folding accents is not SQL: the words of the orders on file are written once, by the outbox.
INSERT INTO jobs (id, kind, payload, lane, asked, due_at, attempts, state, created_at)
SELECT gen_random_uuid(), 'write_order_words', '{"kind":"write_order_words"}', 'order-words', 1, 0, 0, 'ready', 0
WHERE EXISTS (SELECT 1 FROM orders);
