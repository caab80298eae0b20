//! The difference between what a person should have in a member area and what the area was last told, as steps to tell.

use super::due::Due;
use super::entitlement::{Entitlement, Told};
use crate::ports::AccessTarget;
use std::collections::{BTreeMap, BTreeSet};
use types::Instant;

/// One thing to tell: these targets, given or taken away, until then. All of one mode (Memberkit takes one a call).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Step {
    pub(super) is_active: bool,
    pub(super) until: Option<Instant>,
    /// Access had an end so far and has none from now on.
    pub(super) clears_end: bool,
    pub(super) targets: Vec<AccessTarget>,
}

/// What there is to tell, beginning with what is taken away, and when to look again without being asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Difference {
    pub(super) steps: Vec<Step>,
    pub(super) next_look: Option<Instant>,
}

impl Difference {
    /// Returns whether anything is to be taken away.
    pub(super) fn takes_away(&self) -> bool {
        self.steps.iter().any(|step| !step.is_active)
    }
}

/// Compares what is due with what was told. `told` holds every target that the area was ever told of for this person,
/// also those that no rule names any more. `doubted` holds the targets of calls whose effect is unknown: they are told
/// again in any case.
pub(super) fn difference(
    entitlements: &[Entitlement],
    told: &BTreeMap<AccessTarget, Told>,
    doubted: &BTreeSet<AccessTarget>,
    batches: bool,
) -> Difference {
    let mut desired = BTreeMap::<&AccessTarget, Due>::new();
    for entitlement in entitlements {
        let due = desired.entry(&entitlement.target).or_insert(Due::No);
        *due = due.or(entitlement.due);
    }
    let next_look = desired.values().filter_map(|due| due.stops()).min();
    let mut changes = BTreeMap::<Key, Vec<AccessTarget>>::new();
    let had_end = |target: &AccessTarget| told.get(target).is_some_and(|told| told.is_active && told.until.is_some());
    for (target, due) in &desired {
        if let Due::Yes { until, .. } = *due
            && (doubted.contains(*target)
                || told.get(*target).is_none_or(|told| !told.is_active || told.until != until))
        {
            let clears_end = until.is_none() && had_end(target);
            let key = Key::of(true, until, clears_end, target, changes.len(), batches);
            changes.entry(key).or_default().push((*target).clone());
        }
    }
    let given = told.iter().filter(|(_, told)| told.is_active).map(|(target, _)| target);
    for target in given.chain(doubted).collect::<BTreeSet<_>>() {
        if !desired.get(target).is_some_and(|due| due.is_yes()) {
            let until = told.get(target).and_then(|told| told.until);
            let key = Key::of(false, until, false, target, changes.len(), batches);
            changes.entry(key).or_default().push(target.clone());
        }
    }
    let step = |(Key { is_active, until, clears_end, .. }, targets)| Step { is_active, until, clears_end, targets };
    let steps = changes.into_iter().map(step).collect();
    Difference { steps, next_look }
}

/// What the targets of one call have in common.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    is_active: bool,
    until: Option<Instant>,
    clears_end: bool,
    /// Zero for those that travel together.
    number: usize,
}

impl Key {
    /// Classrooms that agree in everything travel together; everything else travels alone.
    fn of(
        is_active: bool,
        until: Option<Instant>,
        clears_end: bool,
        target: &AccessTarget,
        number: usize,
        batches: bool,
    ) -> Self {
        let together = batches && matches!(target, AccessTarget::Classroom(_));
        Self { is_active, until, clears_end, number: if together { 0 } else { number + 1 } }
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
        let difference =
            difference(&[lines.as_slice(), levels.as_slice()].concat(), &BTreeMap::new(), &BTreeSet::new(), true);
        let sizes: Vec<usize> = difference.steps.iter().map(|step| step.targets.len()).collect();
        assert_eq!(sizes, [2, 1, 1]);
    }

    #[test]
    fn what_another_order_still_gives_is_not_taken_away() {
        let lines = [gives(AccessTarget::Classroom(1), Due::No), gives(AccessTarget::Classroom(1), EVER)];
        let told = BTreeMap::from([(AccessTarget::Classroom(1), told(true, None))]);
        assert_eq!(difference(&lines, &told, &BTreeSet::new(), true), Difference { steps: vec![], next_look: None });
    }

    #[test]
    fn what_nothing_gives_any_more_is_taken_away_once() {
        let area = BTreeMap::from([
            (AccessTarget::Classroom(1), told(true, None)),
            (AccessTarget::Classroom(2), told(false, None)),
        ]);
        let difference = difference(&[gives(AccessTarget::Classroom(1), Due::No)], &area, &BTreeSet::new(), true);
        assert_eq!(
            difference.steps,
            [Step { is_active: false, until: None, clears_end: false, targets: vec![AccessTarget::Classroom(1)] }]
        );
    }

    #[test]
    fn a_new_end_is_told_again() {
        let end = Instant::from_seconds(9);
        let due = Due::Yes { until: Some(end), stops: Some(end) };
        let area = BTreeMap::from([(AccessTarget::MembershipLevel(7), told(true, Some(Instant::from_seconds(5))))]);
        let difference = difference(&[gives(AccessTarget::MembershipLevel(7), due)], &area, &BTreeSet::new(), true);
        assert_eq!(difference.steps.len(), 1);
        assert_eq!(difference.next_look, Some(end));
    }

    #[test]
    fn an_end_that_is_no_more_is_said() {
        let area = BTreeMap::from([(AccessTarget::Classroom(1), told(true, Some(Instant::from_seconds(5))))]);
        let difference = difference(&[gives(AccessTarget::Classroom(1), EVER)], &area, &BTreeSet::new(), true);
        let targets = vec![AccessTarget::Classroom(1)];
        assert_eq!(difference.steps, [Step { is_active: true, until: None, clears_end: true, targets }]);
    }

    #[test]
    fn what_may_have_had_its_effect_is_told_whatever_was_said_before() {
        let doubted = BTreeSet::from([AccessTarget::Classroom(1)]);
        let step =
            |is_active| [Step { is_active, until: None, clears_end: false, targets: vec![AccessTarget::Classroom(1)] }];
        let wanted = [gives(AccessTarget::Classroom(1), EVER)];
        let area = BTreeMap::from([(AccessTarget::Classroom(1), told(true, None))]);
        assert_eq!(difference(&wanted, &area, &doubted, true).steps, step(true));
        let unwanted = [gives(AccessTarget::Classroom(1), Due::No)];
        assert_eq!(difference(&unwanted, &BTreeMap::new(), &doubted, true).steps, step(false));
        assert_eq!(difference(&[], &BTreeMap::new(), &doubted, true).steps, step(false));
    }
}
