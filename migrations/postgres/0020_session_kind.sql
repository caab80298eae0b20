-- What a session opens: one of a kind opens nothing of another.
ALTER TABLE sessions ADD COLUMN kind TEXT NOT NULL DEFAULT 'buyer'
    CHECK (kind IN ('buyer', 'producer', 'staff'));
