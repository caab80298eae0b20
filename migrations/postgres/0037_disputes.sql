-- What a gateway reported is kept after its payment came: a source that says `paid` again does not know of it.
ALTER TABLE early_disputes RENAME TO disputes;
