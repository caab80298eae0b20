//! What has to be told: the difference between what a person should have in an area and what the area was last told.

use super::entitlement::{Due, Entitlement, Told};
use crate::ports::AccessTarget;
use std::collections::{BTreeMap, BTreeSet};
use types::Instant;

/// One thing to tell: these targets, given or taken away, until then. All of one mode (Memberkit takes one a call).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Step {
    pub(super) is_active: bool,
    pub(super) until: Option<Instant>,
    pub(super) targets: Vec<AccessTarget>,
}

/// The steps, those that take away first, and when to look again by itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    pub(super) next_look: Option<Instant>,
}

/// Compares. `told` holds every target the area was ever told about for this person, also those no rule names any more; `doubted` those of
/// calls whose effect is not known, which are told whatever was said before.
pub(super) fn plan(
    entitlements: &[Entitlement],
    told: &BTreeMap<AccessTarget, Told>,
    doubted: &BTreeSet<AccessTarget>,
    batches: bool,
) -> Plan {
    let mut desired = BTreeMap::<&AccessTarget, Due>::new();
    for entitlement in entitlements {
        let due = desired.entry(&entitlement.target).or_insert(Due::No);
        *due = due.or(entitlement.due);
    }
    let next_look =
        desired.values().filter_map(|due| if let Due::Yes { stops, .. } = due { *stops } else { None }).min();
    let mut changes = BTreeMap::<(bool, Option<Instant>, u8, usize), Vec<AccessTarget>>::new();
    for (target, due) in &desired {
        if let Due::Yes { until, .. } = *due
            && (doubted.contains(*target)
                || told.get(*target).is_none_or(|told| !told.is_active || told.until != until))
        {
            changes.entry(key(true, until, target, changes.len(), batches)).or_default().push((*target).clone());
        }
    }
    let given = told.iter().filter(|(_, told)| told.is_active).map(|(target, _)| target);
    for target in given.chain(doubted).collect::<BTreeSet<_>>() {
        if !desired.get(target).is_some_and(|due| due.is_yes()) {
            let until = told.get(target).and_then(|told| told.until);
            changes.entry(key(false, until, target, changes.len(), batches)).or_default().push(target.clone());
        }
    }
    let steps =
        changes.into_iter().map(|((is_active, until, ..), targets)| Step { is_active, until, targets }).collect();
    Plan { steps, next_look }
}

/// Classrooms that agree in everything travel together; everything else travels alone.
fn key(
    is_active: bool,
    until: Option<Instant>,
    target: &AccessTarget,
    number: usize,
    batches: bool,
) -> (bool, Option<Instant>, u8, usize) {
    match target {
        AccessTarget::Classroom(_) if batches => (is_active, until, 0, 0),
        _ => (is_active, until, 1, number + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::{ItemId, MemberAreaId, OrderId};
    use uuid::Uuid;

    fn gives(target: AccessTarget, due: Due) -> Entitlement {
        let id = Uuid::nil();
        Entitlement {
            order: OrderId(id),
            item: ItemId(id),
            area: MemberAreaId(id),
            target,
            due,
            told: None,
            content_url: None,
        }
    }

    fn told(is_active: bool, until: Option<Instant>) -> Told {
        Told { is_active, until, at: Instant::from_seconds(0) }
    }

    const EVER: Due = Due::Yes { until: None, stops: None };

    #[test]
    fn classrooms_travel_together_and_levels_alone() {
        let lines = [1, 2].map(|id| gives(AccessTarget::Classroom(id), EVER));
        let levels = [3, 4].map(|id| gives(AccessTarget::MembershipLevel(id), EVER));
        let plan = plan(&[lines.as_slice(), levels.as_slice()].concat(), &BTreeMap::new(), &BTreeSet::new(), true);
        let sizes: Vec<usize> = plan.steps.iter().map(|step| step.targets.len()).collect();
        assert_eq!(sizes, [2, 1, 1]);
    }

    #[test]
    fn what_another_order_still_gives_is_not_taken_away() {
        let lines = [gives(AccessTarget::Classroom(1), Due::No), gives(AccessTarget::Classroom(1), EVER)];
        let told = BTreeMap::from([(AccessTarget::Classroom(1), told(true, None))]);
        assert_eq!(plan(&lines, &told, &BTreeSet::new(), true), Plan { steps: vec![], next_look: None });
    }

    #[test]
    fn what_nothing_gives_any_more_is_taken_away_once() {
        let area = BTreeMap::from([
            (AccessTarget::Classroom(1), told(true, None)),
            (AccessTarget::Classroom(2), told(false, None)),
        ]);
        let plan = plan(&[gives(AccessTarget::Classroom(1), Due::No)], &area, &BTreeSet::new(), true);
        assert_eq!(plan.steps, [Step { is_active: false, until: None, targets: vec![AccessTarget::Classroom(1)] }]);
    }

    #[test]
    fn a_new_end_is_told_again() {
        let end = Instant::from_seconds(9);
        let due = Due::Yes { until: Some(end), stops: Some(end) };
        let area = BTreeMap::from([(AccessTarget::MembershipLevel(7), told(true, Some(Instant::from_seconds(5))))]);
        let plan = plan(&[gives(AccessTarget::MembershipLevel(7), due)], &area, &BTreeSet::new(), true);
        assert_eq!(plan.steps.len(), 1);
        assert_eq!(plan.next_look, Some(end));
    }

    #[test]
    fn what_may_have_had_its_effect_is_told_whatever_was_said_before() {
        let doubted = BTreeSet::from([AccessTarget::Classroom(1)]);
        let step = |is_active| [Step { is_active, until: None, targets: vec![AccessTarget::Classroom(1)] }];
        let wanted = [gives(AccessTarget::Classroom(1), EVER)];
        let area = BTreeMap::from([(AccessTarget::Classroom(1), told(true, None))]);
        assert_eq!(plan(&wanted, &area, &doubted, true).steps, step(true));
        let unwanted = [gives(AccessTarget::Classroom(1), Due::No)];
        assert_eq!(plan(&unwanted, &BTreeMap::new(), &doubted, true).steps, step(false));
        assert_eq!(plan(&[], &BTreeMap::new(), &doubted, true).steps, step(false));
    }
}
