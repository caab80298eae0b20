-- The money of an order may have come by several charges: a plan and its change, parts of a price. A refund of it is one unit with one number and
-- has a part for each charge, which the gateway is called for one after the other; the part's id is the idempotency key.
-- Refunds so far have one part each, with the refund's own id: what is under way goes on under the key that the gateway knows.

CREATE TABLE refund_parts (
    id UUID PRIMARY KEY,
    producer_id UUID NOT NULL,
    refund_id UUID NOT NULL,
    charge_id UUID NOT NULL,
    -- In this order they are sent.
    position BIGINT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount > 0),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'by_hand', 'reconciling', 'sent', 'settled', 'failed', 'released')),
    gateway_reference TEXT,
    failure TEXT,
    -- When a call was first begun, or the seller was told to pay it back.
    begun_at BIGINT,
    sent_at BIGINT,
    ended_at BIGINT,
    UNIQUE (refund_id, position),
    UNIQUE (refund_id, charge_id),
    FOREIGN KEY (producer_id, refund_id) REFERENCES refunds (producer_id, id),
    FOREIGN KEY (producer_id, charge_id) REFERENCES charges (producer_id, id)
);
CREATE INDEX refund_parts_by_charge ON refund_parts (charge_id);
INSERT INTO refund_parts SELECT id, producer_id, id, charge_id, 0, amount,
    CASE WHEN state = 'approved' AND first_sent_at IS NOT NULL THEN 'by_hand' WHEN state IN ('requested', 'approved') THEN 'waiting'
        WHEN state IN ('declined', 'withdrawn') THEN 'released' ELSE state END,
    gateway_reference, failure, first_sent_at, sent_at, ended_at FROM refunds;

ALTER TABLE refunds DROP COLUMN charge_id, DROP COLUMN gateway_reference, DROP COLUMN first_sent_at;

-- What an item cost when it was sold: a change of plan changes what it costs, and a part of the sale that goes back is a part of what it was then.
-- The oldest word about it counts, whenever it comes.
ALTER TABLE order_items ADD COLUMN sold_amount BIGINT NOT NULL DEFAULT 0 CHECK (sold_amount >= 0);
ALTER TABLE order_items ADD COLUMN sold_version BIGINT NOT NULL DEFAULT 0;
UPDATE order_items SET sold_amount = amount, sold_version = source_version;
UPDATE order_items SET sold_version = 0, sold_amount = (SELECT q.from_amount FROM plan_changes c JOIN plan_quotes q ON q.id = c.id
        WHERE c.order_id = order_items.order_id AND c.state = 'applied' ORDER BY c.ended_at, c.asked_at LIMIT 1)
    WHERE position = 0 AND EXISTS (SELECT 1 FROM plan_changes c WHERE c.order_id = order_items.order_id AND c.state = 'applied');

-- A request whose money the source gave back meanwhile has reached its end; so far it went on waiting for the seller.
UPDATE refund_parts SET state = 'settled', sent_at = (SELECT c.source_version FROM charges c WHERE c.id = refund_parts.charge_id),
        ended_at = (SELECT c.source_version FROM charges c WHERE c.id = refund_parts.charge_id)
    WHERE state = 'waiting' AND EXISTS (SELECT 1 FROM charges c WHERE c.id = refund_parts.charge_id AND c.status = 'refunded')
        AND EXISTS (SELECT 1 FROM refunds f WHERE f.id = refund_parts.refund_id AND f.state = 'requested');
UPDATE refunds SET state = 'settled', sent_at = (SELECT p.sent_at FROM refund_parts p WHERE p.refund_id = refunds.id),
        ended_at = (SELECT p.ended_at FROM refund_parts p WHERE p.refund_id = refunds.id)
    WHERE state = 'requested' AND EXISTS (SELECT 1 FROM refund_parts p WHERE p.refund_id = refunds.id AND p.state = 'settled');
