-- A producer sees its keys, and the history of its settings: what was set up has neither order nor person.
CREATE INDEX api_keys_by_producer ON api_keys (producer_id, created_at, id);
CREATE INDEX events_of_settings ON events (producer_id, at, id) WHERE order_id IS NULL AND person_id IS NULL;
