-- A job may wait for the calendar, which can be moved in development, or for the clock on the wall: what failed comes again by the wall,
-- so that a calendar that stands still does not keep it for ever.
ALTER TABLE jobs ADD COLUMN clock TEXT NOT NULL DEFAULT 'calendar' CHECK (clock IN ('calendar', 'wall'));
-- Counts the claims of a job and never goes back: whoever holds an older number has lost the job.
ALTER TABLE jobs ADD COLUMN fence INTEGER NOT NULL DEFAULT 0;
-- The member area a job calls: one that hangs must not keep every runner busy.
ALTER TABLE jobs ADD COLUMN area_id BLOB;
UPDATE jobs SET area_id = unhex(replace(substr(lane, 8, 36), '-', '')) WHERE kind = 'sync_access';
CREATE INDEX jobs_leased ON jobs (area_id) WHERE leased_until IS NOT NULL;
