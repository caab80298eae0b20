-- Sessions of each audience stand in one table: a session has one holder, of its kind.
ALTER TABLE sessions ALTER COLUMN person_id DROP NOT NULL;
ALTER TABLE sessions ADD COLUMN producer_id UUID REFERENCES producers (id);
ALTER TABLE sessions ADD COLUMN staff_id UUID REFERENCES staff (id);
ALTER TABLE sessions ADD CONSTRAINT sessions_holder CHECK (
    (kind = 'buyer') = (person_id IS NOT NULL)
    AND (kind = 'producer') = (producer_id IS NOT NULL)
    AND (kind = 'staff') = (staff_id IS NOT NULL)
);
CREATE INDEX sessions_by_producer ON sessions (producer_id, created_at);
CREATE INDEX sessions_by_staff ON sessions (staff_id, created_at);
