-- Who signs in with a password: the people of producers, and the staff. Somebody who works for several producers has one
-- login; what they may do for each is a membership. Nobody could sign in by a page before: there are no sessions to keep.
CREATE TABLE logins (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('producer', 'staff')),
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Of the pages that they last came in by: their mails are in it.
    language TEXT NOT NULL DEFAULT 'pt-BR',
    password_hash TEXT NOT NULL,
    -- The secret of the second step, sealed; the one that is being set up; and the last step of time that was taken.
    totp_sealed TEXT,
    totp_new_sealed TEXT,
    totp_step BIGINT,
    created_at BIGINT NOT NULL,
    disabled_at BIGINT,
    UNIQUE (kind, email)
);
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
    producer_id UUID NOT NULL REFERENCES producers (id),
    login_id UUID NOT NULL REFERENCES logins (id),
    role TEXT NOT NULL CHECK (role IN ('owner', 'agent')),
    created_at BIGINT NOT NULL,
    -- When the person last worked for this producer: the next sign-in leads there.
    entered_at BIGINT,
    PRIMARY KEY (producer_id, login_id)
);
CREATE INDEX memberships_of_login ON memberships (login_id);
INSERT INTO memberships (producer_id, login_id, role, created_at)
    SELECT p.id, l.id, 'owner', p.created_at
    FROM producers p
    JOIN logins l ON l.kind = 'producer' AND l.email = p.email
    WHERE p.disabled_at IS NULL OR l.disabled_at IS NOT NULL;

CREATE TABLE invitations (
    id UUID PRIMARY KEY,
    producer_id UUID NOT NULL REFERENCES producers (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('owner', 'agent')),
    invited_by UUID NOT NULL REFERENCES logins (id),
    language TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    accepted_at BIGINT,
    withdrawn_at BIGINT
);
CREATE INDEX invitations_of_producer ON invitations (producer_id, created_at);

-- For known and unknown addresses alike: the mail finds out whether anybody signs in with one.
CREATE TABLE password_resets (
    id UUID PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('producer', 'staff')),
    email TEXT NOT NULL,
    language TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX password_resets_by_end ON password_resets (expires_at);

-- Codes that stand in for a lost second step, each once.
CREATE TABLE recovery_codes (
    login_id UUID NOT NULL REFERENCES logins (id),
    code_hash TEXT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (login_id, code_hash)
);

-- For which of the producers a person works in a session.
DELETE FROM sessions WHERE kind <> 'buyer';
ALTER TABLE sessions DROP CONSTRAINT sessions_holder;
ALTER TABLE sessions DROP COLUMN staff_id;
ALTER TABLE sessions ADD COLUMN login_id UUID REFERENCES logins (id);
DROP INDEX sessions_by_producer;
ALTER TABLE sessions ADD CONSTRAINT sessions_holder CHECK (
    (kind = 'buyer') = (person_id IS NOT NULL)
    AND (kind <> 'buyer') = (login_id IS NOT NULL)
    AND (kind = 'producer') = (producer_id IS NOT NULL)
);
CREATE INDEX sessions_by_login ON sessions (login_id, created_at);

-- Of the staff only the role is left beside the login.
ALTER TABLE staff DROP COLUMN email;
ALTER TABLE staff DROP COLUMN name;
ALTER TABLE staff DROP COLUMN password_hash;
ALTER TABLE staff DROP COLUMN created_at;
ALTER TABLE staff DROP COLUMN disabled_at;
ALTER TABLE staff ADD FOREIGN KEY (id) REFERENCES logins (id);
ALTER TABLE producers DROP COLUMN password_hash;
ALTER TABLE producers DROP COLUMN disabled_at;
