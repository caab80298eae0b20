-- The pictures above a producer's pages and mails. A name is the SHA-256 of the bytes, so that it can be kept for ever;
-- earlier ones stay for a while, because mails that were sent show them.
CREATE TABLE logos (
    name TEXT NOT NULL,
    producer_id UUID NOT NULL REFERENCES producers (id),
    kind TEXT NOT NULL CHECK (kind IN ('image/png', 'image/jpeg', 'image/webp')),
    bytes BYTEA NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (name, producer_id)
);
CREATE INDEX logos_by_producer ON logos (producer_id, made_at);
