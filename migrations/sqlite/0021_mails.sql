-- A mail is a row before it is sent: that it is due, to whom, what it is about, how often it was tried and what the mail server said. Never what
-- it says: that is read anew when it is sent again.
CREATE TABLE mails (
    -- That of the job which sends it.
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    -- The job as JSON, to send the mail again; none for mails of before.
    job TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused')),
    tries INTEGER NOT NULL,
    -- The letter's own id; like all below, known when the mail was first put into words.
    letter TEXT,
    recipient TEXT,
    language TEXT,
    person_id BLOB REFERENCES people (id),
    order_id BLOB REFERENCES orders (id),
    answer TEXT,
    created_at INTEGER NOT NULL,
    sent_at INTEGER
) STRICT;
INSERT INTO mails (id, kind, state, tries, letter, recipient, person_id, order_id, created_at, sent_at)
    SELECT randomblob(16), m.kind, 'sent', 1, m.id, m.recipient, o.person_id, m.order_id, m.sent_at, m.sent_at
    FROM mails_sent m LEFT JOIN orders o ON o.id = m.order_id;
DROP TABLE mails_sent;
CREATE INDEX mails_by_order ON mails (order_id, sent_at) WHERE order_id IS NOT NULL;
CREATE INDEX mails_by_recipient ON mails (recipient, sent_at);
CREATE INDEX mails_by_person ON mails (person_id, created_at) WHERE person_id IS NOT NULL;
