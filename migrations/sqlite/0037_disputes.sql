-- What a gateway reported is kept after its payment came: a source that says `paid` again does not know of it.
ALTER TABLE early_disputes RENAME TO disputes;
-- So far what was reported after its payment was not kept. Only the sandbox has reported any.
INSERT INTO disputes (producer_id, gateway, reference, heard_at)
SELECT producer_id, gateway, reference, source_version
FROM charges
WHERE status = 'disputed' AND gateway = 'sandbox'
ON CONFLICT (producer_id, gateway, reference) DO NOTHING;
