-- A mail to a producer is in the producer's language. What a producer says of itself to buyers (its name, tax id and
-- address before the law, its notices, how it can be reached) is JSON: read whole, written whole, and asked for nowhere.
ALTER TABLE producers ADD COLUMN language TEXT NOT NULL DEFAULT 'pt-BR';
ALTER TABLE producers ADD COLUMN particulars TEXT;
