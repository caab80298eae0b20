-- A gateway names a charge by its reference alone: whose it is stands in the charge.
CREATE INDEX charges_by_reference ON charges (gateway, reference);
CREATE INDEX plan_changes_by_charge ON plan_changes (charge_reference);
