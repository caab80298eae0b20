-- What a seller lets buyers do: one document for all products (scope '') and one for each product that differs (scope: its code).
-- Never queried by content, so it is JSON.
CREATE TABLE policies (
    producer_id UUID NOT NULL REFERENCES producers (id),
    scope TEXT NOT NULL,
    content TEXT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (producer_id, scope)
);
