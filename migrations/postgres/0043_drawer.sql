-- What a seller does with one order: gives money back unasked, cancels for the buyer, puts the address right, notes.

-- Given by the seller, of the seller's own accord. Such a refund may be of an amount only, and then names no item.
ALTER TABLE refunds ADD COLUMN is_given BOOLEAN NOT NULL DEFAULT false;
-- Cancelled by the seller, and not by the buyer.
ALTER TABLE cancellations ADD COLUMN is_by_seller BOOLEAN NOT NULL DEFAULT false;

-- An address that a seller put right: a source goes on naming the wrong one, and means the buyer of the right one.
CREATE TABLE order_addresses (
    producer_id UUID NOT NULL,
    order_id UUID NOT NULL,
    email_hash TEXT NOT NULL,
    left_at BIGINT NOT NULL,
    PRIMARY KEY (order_id, email_hash),
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id)
);

-- Notes for those who work with the order, and for nobody else. The id is the number of the form that brought it.
CREATE TABLE order_notes (
    id UUID PRIMARY KEY,
    producer_id UUID NOT NULL,
    order_id UUID NOT NULL,
    text TEXT NOT NULL,
    written_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id)
);
CREATE INDEX order_notes_by_order ON order_notes (order_id, created_at);

-- Forms of an order's page that were taken: pressed again, a form does nothing more.
CREATE TABLE order_forms (
    request_id UUID PRIMARY KEY,
    producer_id UUID NOT NULL,
    order_id UUID NOT NULL,
    created_at BIGINT NOT NULL,
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id)
);
