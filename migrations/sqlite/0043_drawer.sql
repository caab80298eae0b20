-- What a seller does with one order: gives money back unasked, cancels for the buyer, puts the address right, notes.

-- Given by the seller, of the seller's own accord. Such a refund may be of an amount only, and then names no item.
ALTER TABLE refunds ADD COLUMN is_given INTEGER NOT NULL DEFAULT 0 CHECK (is_given IN (0, 1));
-- Cancelled by the seller, and not by the buyer.
ALTER TABLE cancellations ADD COLUMN is_by_seller INTEGER NOT NULL DEFAULT 0 CHECK (is_by_seller IN (0, 1));

-- An address that a seller put right: a source goes on naming the wrong one, and means the buyer of the right one.
CREATE TABLE order_addresses (
    producer_id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    email_hash TEXT NOT NULL,
    left_at INTEGER NOT NULL,
    PRIMARY KEY (order_id, email_hash),
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id)
) STRICT;

-- Notes for those who work with the order, and for nobody else. The id is the number of the form that brought it.
CREATE TABLE order_notes (
    id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    text TEXT NOT NULL,
    written_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id)
) STRICT;
CREATE INDEX order_notes_by_order ON order_notes (order_id, created_at);

-- Forms of an order's page that were taken: pressed again, a form does nothing more.
CREATE TABLE order_forms (
    request_id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL,
    order_id BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id)
) STRICT;
