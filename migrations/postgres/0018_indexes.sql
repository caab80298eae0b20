-- What is asked of an order or a subscription on every page, and was looked for in all of them.
CREATE INDEX retention_offers_by_order ON retention_offers (order_id);
CREATE INDEX cancellations_by_subscription ON cancellations (subscription_id, asked_at);
CREATE INDEX refund_items_by_order ON refund_items (order_id);
-- Whether an address was given up for another, asked for each order that is reported.
CREATE INDEX email_changes_by_old ON email_changes (old_email) WHERE confirmed_at IS NOT NULL;
-- In the order in which they are shown: nothing is left to be sorted.
CREATE INDEX charges_by_time ON charges (order_id, created_at, id);
DROP INDEX charges_by_order;
CREATE INDEX offer_targets_by_position ON offer_targets (offer_id, position);
-- The main line of an order comes before what was added to it.
CREATE INDEX order_items_by_rank ON order_items (order_id, is_bump, position);
