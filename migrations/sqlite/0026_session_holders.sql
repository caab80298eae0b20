-- Sessions of each audience stand in one table: a session has one holder, of its kind. SQLite cannot let go of a NOT
-- NULL, so the table is made anew.
CREATE TABLE sessions_of_audiences (
    id BLOB PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL DEFAULT 'buyer' CHECK (kind IN ('buyer', 'producer', 'staff')),
    person_id BLOB REFERENCES people (id),
    producer_id BLOB REFERENCES producers (id),
    staff_id BLOB REFERENCES staff (id),
    link_id BLOB UNIQUE REFERENCES links (id),
    address TEXT NOT NULL,
    browser TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER,
    CHECK (
        (kind = 'buyer') = (person_id IS NOT NULL)
        AND (kind = 'producer') = (producer_id IS NOT NULL)
        AND (kind = 'staff') = (staff_id IS NOT NULL)
    )
) STRICT;
INSERT INTO sessions_of_audiences (id, token_hash, kind, person_id, link_id, address, browser, created_at,
        last_seen_at, expires_at, ended_at)
    SELECT id, token_hash, kind, person_id, link_id, address, browser, created_at, last_seen_at, expires_at, ended_at
    FROM sessions;
DROP TABLE sessions;
ALTER TABLE sessions_of_audiences RENAME TO sessions;
CREATE INDEX sessions_by_person ON sessions (person_id, created_at);
CREATE INDEX sessions_by_producer ON sessions (producer_id, created_at);
CREATE INDEX sessions_by_staff ON sessions (staff_id, created_at);
