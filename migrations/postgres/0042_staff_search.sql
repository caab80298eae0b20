-- Whose orders an agent of the support staff sees; an admin sees all.
CREATE TABLE staff_producers (
    staff_id UUID NOT NULL REFERENCES staff (id),
    producer_id UUID NOT NULL REFERENCES producers (id),
    PRIMARY KEY (staff_id, producer_id)
);
-- "4242, R$ 49,90, on the 12th": what stands on the bill of somebody's card.
CREATE INDEX charges_by_amount ON charges (amount, created_at);
