-- What the charge of a change of plan was made with: when its money arrives or goes back, something else may be on file. None for charges that
-- were made before this was kept.
ALTER TABLE plan_changes ADD COLUMN method TEXT CHECK (method IN ('card', 'boleto', 'pix', 'other'));
