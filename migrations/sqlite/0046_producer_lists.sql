-- What waits for a seller, in the order in which it is listed: requests by their deadline, money to be paid back by hand
-- by since when, what a gateway could not pay back.
CREATE INDEX refunds_waiting ON refunds (producer_id, answer_by, id) WHERE state = 'requested';
CREATE INDEX refund_parts_by_hand ON refund_parts (producer_id, begun_at, id) WHERE state = 'by_hand';
CREATE INDEX refunds_failed ON refunds (producer_id, ended_at, id) WHERE state = 'failed';
-- What a buyer's first page asks of each order.
CREATE INDEX refunds_failed_of_order ON refunds (order_id) WHERE state = 'failed';

-- What the seller's report counts of a period.
CREATE INDEX cancellations_by_producer ON cancellations (producer_id, asked_at, id);
CREATE INDEX cancel_attempts_by_producer ON cancel_attempts (producer_id, opened_at);
CREATE INDEX refunds_by_producer ON refunds (producer_id, requested_at);
-- What buyers may do by themselves, whoever did it; and what a calendar could not charge. Of all events these are few.
CREATE INDEX events_acts ON events (producer_id, at, actor_kind)
    WHERE name IN ('refund.requested', 'subscription.canceled', 'subscription.stayed', 'card.changed', 'method.changed', 'plan.asked', 'plan.changed', 'plan.scheduled');
CREATE INDEX events_failed_charges ON events (producer_id, at) WHERE name = 'billing.failed';
