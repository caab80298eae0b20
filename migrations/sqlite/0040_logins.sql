-- Who signs in with a password: the people of producers, and the staff. Somebody who works for several producers has one
-- login; what they may do for each is a membership. Nobody could sign in by a page before: there are no sessions to keep.
CREATE TABLE logins (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('producer', 'staff')),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Of the pages that they last came in by: their mails are in it.
    language TEXT NOT NULL DEFAULT 'pt-BR',
    password_hash TEXT NOT NULL,
    -- The secret of the second step, sealed; the one that is being set up; and the last step of time that was taken.
    totp_sealed TEXT,
    totp_new_sealed TEXT,
    totp_step INTEGER,
    created_at INTEGER NOT NULL,
    disabled_at INTEGER,
    UNIQUE (kind, email)
) STRICT;
INSERT INTO logins (id, kind, email, name, password_hash, created_at, disabled_at)
    SELECT p.id, 'producer', p.email, p.name, p.password_hash, p.created_at, p.disabled_at
    FROM producers p
    WHERE NOT EXISTS (
        SELECT 1 FROM producers o
        WHERE o.email = p.email
            AND (o.disabled_at IS NOT NULL, o.created_at, o.id) < (p.disabled_at IS NOT NULL, p.created_at, p.id));
INSERT INTO logins (id, kind, email, name, password_hash, created_at, disabled_at)
    SELECT id, 'staff', email, name, password_hash, created_at, disabled_at FROM staff;

-- What somebody may do for a producer.
CREATE TABLE memberships (
    producer_id BLOB NOT NULL REFERENCES producers (id),
    login_id BLOB NOT NULL REFERENCES logins (id),
    role TEXT NOT NULL CHECK (role IN ('owner', 'agent')),
    created_at INTEGER NOT NULL,
    -- When the person last worked for this producer: the next sign-in leads there.
    entered_at INTEGER,
    PRIMARY KEY (producer_id, login_id)
) STRICT;
CREATE INDEX memberships_of_login ON memberships (login_id);
INSERT INTO memberships (producer_id, login_id, role, created_at)
    SELECT p.id, l.id, 'owner', p.created_at
    FROM producers p
    JOIN logins l ON l.kind = 'producer' AND l.email = p.email
    WHERE p.disabled_at IS NULL OR l.disabled_at IS NOT NULL;

CREATE TABLE invitations (
    id BLOB PRIMARY KEY,
    producer_id BLOB NOT NULL REFERENCES producers (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'agent')),
    invited_by BLOB NOT NULL REFERENCES logins (id),
    language TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    accepted_at INTEGER,
    withdrawn_at INTEGER
) STRICT;
CREATE INDEX invitations_of_producer ON invitations (producer_id, created_at);

-- For known and unknown addresses alike: the mail finds out whether anybody signs in with one.
CREATE TABLE password_resets (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('producer', 'staff')),
    email TEXT NOT NULL,
    language TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX password_resets_by_end ON password_resets (expires_at);

-- Codes that stand in for a lost second step, each once.
CREATE TABLE recovery_codes (
    login_id BLOB NOT NULL REFERENCES logins (id),
    code_hash TEXT NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (login_id, code_hash)
) STRICT;

CREATE TABLE sessions_of_logins (
    id BLOB PRIMARY KEY,
    token_hash TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('buyer', 'producer', 'staff')),
    person_id BLOB REFERENCES people (id),
    login_id BLOB REFERENCES logins (id),
    -- For which of the producers a person works in it.
    producer_id BLOB REFERENCES producers (id),
    link_id BLOB UNIQUE REFERENCES links (id),
    address TEXT NOT NULL,
    browser TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    ended_at INTEGER,
    CHECK (
        (kind = 'buyer') = (person_id IS NOT NULL)
        AND (kind <> 'buyer') = (login_id IS NOT NULL)
        AND (kind = 'producer') = (producer_id IS NOT NULL)
    )
) STRICT;
INSERT INTO sessions_of_logins (id, token_hash, kind, person_id, link_id, address, browser, created_at, last_seen_at,
        expires_at, ended_at)
    SELECT id, token_hash, kind, person_id, link_id, address, browser, created_at, last_seen_at, expires_at, ended_at
    FROM sessions
    WHERE kind = 'buyer';
DROP TABLE sessions;
ALTER TABLE sessions_of_logins RENAME TO sessions;
CREATE INDEX sessions_by_person ON sessions (person_id, created_at);
CREATE INDEX sessions_by_login ON sessions (login_id, created_at);

-- Of the staff only the role is left beside the login.
CREATE TABLE staff_roles (
    id BLOB PRIMARY KEY REFERENCES logins (id),
    role TEXT NOT NULL CHECK (role IN ('agent', 'admin'))
) STRICT;
INSERT INTO staff_roles (id, role) SELECT id, role FROM staff;
DROP TABLE staff;
ALTER TABLE staff_roles RENAME TO staff;
ALTER TABLE producers DROP COLUMN password_hash;
ALTER TABLE producers DROP COLUMN disabled_at;
