-- A gateway names a charge by its reference alone: whose it is stands in the charge.
CREATE INDEX charges_by_reference ON charges (gateway, reference);
