-- Whose orders an agent of the support staff sees; an admin sees all.
CREATE TABLE staff_producers (
    staff_id BLOB NOT NULL REFERENCES staff (id),
    producer_id BLOB NOT NULL REFERENCES producers (id),
    PRIMARY KEY (staff_id, producer_id)
) STRICT;
-- "4242, R$ 49,90, on the 12th": what stands on the bill of somebody's card.
CREATE INDEX charges_by_amount ON charges (amount, created_at);
