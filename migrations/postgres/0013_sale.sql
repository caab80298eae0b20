-- The sale as it was: a change of plan, or what a source says later, changes an order's lines, but not what was sold, nor what a receipt says.

-- Each line as it was first sold: of two words about a line the older one stays. `window_days`: how long its money went back on request then.
CREATE TABLE sale_items (
    item_id UUID PRIMARY KEY,
    producer_id UUID NOT NULL,
    order_id UUID NOT NULL,
    name TEXT NOT NULL,
    offer_name TEXT,
    amount BIGINT NOT NULL CHECK (amount >= 0),
    currency TEXT NOT NULL,
    window_days BIGINT NOT NULL,
    source_version BIGINT NOT NULL,
    FOREIGN KEY (producer_id, order_id, item_id) REFERENCES order_items (producer_id, order_id, id)
);
CREATE INDEX sale_items_by_order ON sale_items (order_id);

-- The plan that was sold, for orders that renew.
CREATE TABLE sale_plans (
    order_id UUID PRIMARY KEY,
    producer_id UUID NOT NULL,
    name TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount >= 0),
    currency TEXT NOT NULL,
    interval_unit TEXT NOT NULL CHECK (interval_unit IN ('day', 'week', 'month', 'year')),
    interval_count BIGINT NOT NULL CHECK (interval_count > 0),
    source_version BIGINT NOT NULL,
    FOREIGN KEY (producer_id, order_id) REFERENCES orders (producer_id, id)
);

-- What a charge was for when it was made or paid: the lines of its receipt.
CREATE TABLE charge_lines (
    charge_id UUID NOT NULL,
    position BIGINT NOT NULL,
    producer_id UUID NOT NULL,
    name TEXT NOT NULL,
    offer_name TEXT,
    amount BIGINT NOT NULL CHECK (amount >= 0),
    PRIMARY KEY (charge_id, position),
    FOREIGN KEY (producer_id, charge_id) REFERENCES charges (producer_id, id)
);

-- Orders on file. Where a plan was changed since, the first change still knows name and price of the plan before it.
INSERT INTO sale_items (item_id, producer_id, order_id, name, offer_name, amount, currency, window_days, source_version)
SELECT i.id, i.producer_id, i.order_id, i.name,
    CASE WHEN i.is_bump THEN i.offer_name ELSE coalesce((SELECT q.from_plan FROM plan_changes c JOIN plan_quotes q ON q.id = c.id
        WHERE c.order_id = i.order_id AND c.state = 'applied' ORDER BY c.ended_at LIMIT 1), i.offer_name) END,
    CASE WHEN i.is_bump THEN i.amount ELSE coalesce((SELECT q.from_amount FROM plan_changes c JOIN plan_quotes q ON q.id = c.id
        WHERE c.order_id = i.order_id AND c.state = 'applied' ORDER BY c.ended_at LIMIT 1), i.amount) END,
    o.currency, p.refund_window_days, i.source_version
FROM order_items i JOIN orders o ON o.id = i.order_id JOIN products p ON p.id = i.product_id;

INSERT INTO sale_plans (order_id, producer_id, name, amount, currency, interval_unit, interval_count, source_version)
SELECT s.order_id, s.producer_id,
    coalesce((SELECT q.from_plan FROM plan_changes c JOIN plan_quotes q ON q.id = c.id
        WHERE c.order_id = s.order_id AND c.state = 'applied' ORDER BY c.ended_at LIMIT 1), s.plan_name),
    coalesce((SELECT q.from_amount FROM plan_changes c JOIN plan_quotes q ON q.id = c.id
        WHERE c.order_id = s.order_id AND c.state = 'applied' ORDER BY c.ended_at LIMIT 1), s.amount),
    s.currency, s.interval_unit, s.interval_count, s.source_version
FROM subscriptions s;

-- A charge on file was for the plan that was there when it was paid: the last one that had begun by then, else the first one.
INSERT INTO charge_lines (charge_id, position, producer_id, name, offer_name, amount)
SELECT h.id, i.position, h.producer_id, i.name,
    CASE WHEN i.is_bump THEN i.offer_name ELSE coalesce(
        (SELECT q.plan_name FROM plan_changes c JOIN plan_quotes q ON q.id = c.id WHERE c.order_id = h.order_id AND c.state = 'applied'
            AND c.ended_at <= coalesce(h.paid_at, h.created_at) ORDER BY c.ended_at DESC LIMIT 1),
        (SELECT q.from_plan FROM plan_changes c JOIN plan_quotes q ON q.id = c.id WHERE c.order_id = h.order_id AND c.state = 'applied'
            ORDER BY c.ended_at LIMIT 1), i.offer_name) END,
    CASE WHEN i.is_bump THEN i.amount ELSE coalesce(
        (SELECT q.amount FROM plan_changes c JOIN plan_quotes q ON q.id = c.id WHERE c.order_id = h.order_id AND c.state = 'applied'
            AND c.ended_at <= coalesce(h.paid_at, h.created_at) ORDER BY c.ended_at DESC LIMIT 1),
        (SELECT q.from_amount FROM plan_changes c JOIN plan_quotes q ON q.id = c.id WHERE c.order_id = h.order_id AND c.state = 'applied'
            ORDER BY c.ended_at LIMIT 1), i.amount) END
FROM charges h JOIN order_items i ON i.order_id = h.order_id;
