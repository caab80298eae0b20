-- What a refund may need besides: where the money of a boleto goes, and a dispute that is heard of before its payment.

-- Somebody who paid a boleto has no card that the money could go back to: the gateway asks for an account. It is sealed with the key of the
-- installation, opens in this row only, and is forgotten when the money has arrived. `payee_asked_at` says since when it is waited for.
ALTER TABLE refunds ADD COLUMN payee_sealed TEXT;
ALTER TABLE refunds ADD COLUMN payee_masked TEXT;
ALTER TABLE refunds ADD COLUMN payee_asked_at INTEGER;

-- A bank's word about a charge that is not known yet, or not as paid: it counts as soon as the payment is heard of.
CREATE TABLE early_disputes (
    producer_id BLOB NOT NULL REFERENCES producers (id),
    gateway TEXT NOT NULL,
    reference TEXT NOT NULL,
    heard_at INTEGER NOT NULL,
    PRIMARY KEY (producer_id, gateway, reference)
) STRICT;
