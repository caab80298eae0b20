-- Since when the source of an order does not sell a line any more that stays on file because a refund names it. It gives
-- no access; it counts for the order as long as a refund takes from it.
ALTER TABLE order_items ADD COLUMN left_at BIGINT;
