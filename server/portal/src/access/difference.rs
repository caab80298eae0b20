//! The difference between what a person should have in a member area and what the area was last told, as steps to tell.

use super::due::Due;
use super::entitlement::{Entitlement, LastTold};
use crate::ports::AccessTarget;
use std::collections::{BTreeMap, BTreeSet};
use types::Instant;

/// One thing to tell: these targets, given or taken away, until then. A call carries one target, or several of one
/// group.
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
/// again in any case. Targets for which `group` says the same are told together where they agree in everything else.
pub(super) fn difference(
    entitlements: &[Entitlement],
    told: &BTreeMap<AccessTarget, LastTold>,
    doubted: &BTreeSet<AccessTarget>,
    group: impl Fn(&AccessTarget) -> Option<&'static str>,
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
            let company = Company::of(group(target), changes.len());
            let key = Key { is_active: true, until, clears_end, company };
            changes.entry(key).or_default().push((*target).clone());
        }
    }
    let given = told.iter().filter(|(_, told)| told.is_active).map(|(target, _)| target);
    for target in given.chain(doubted).collect::<BTreeSet<_>>() {
        if !desired.get(target).is_some_and(|due| due.is_yes()) {
            let until = told.get(target).and_then(|told| told.until);
            let company = Company::of(group(target), changes.len());
            let key = Key { is_active: false, until, clears_end: false, company };
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
    company: Company,
}

/// With what else a target is told.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Company {
    /// With the others of its group.
    Group(&'static str),
    /// With nothing; the number keeps it apart from others that are told alone.
    Alone(usize),
}

impl Company {
    fn of(group: Option<&'static str>, number: usize) -> Self {
        group.map_or(Self::Alone(number), Self::Group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::{ItemId, MemberAreaId, OrderId};
    use uuid::Uuid;

    fn class(number: i64) -> AccessTarget {
        AccessTarget::parse(&format!("class:{number}")).unwrap()
    }

    fn level(number: i64) -> AccessTarget {
        AccessTarget::parse(&format!("level:{number}")).unwrap()
    }

    /// Classes travel together, and levels alone.
    fn grouped(target: &AccessTarget) -> Option<&'static str> {
        target.as_str().starts_with("class:").then_some("classes")
    }

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

    fn told(is_active: bool, until: Option<Instant>) -> LastTold {
        LastTold { is_active, until, at: Instant::from_seconds(0) }
    }

    const EVER: Due = Due::Yes { until: None, stops: None };

    #[test]
    fn targets_of_a_group_travel_together_and_others_alone() {
        let lines = [1, 2].map(|id| gives(class(id), EVER));
        let levels = [3, 4].map(|id| gives(level(id), EVER));
        let difference =
            difference(&[lines.as_slice(), levels.as_slice()].concat(), &BTreeMap::new(), &BTreeSet::new(), grouped);
        let sizes: Vec<usize> = difference.steps.iter().map(|step| step.targets.len()).collect();
        assert_eq!(sizes, [2, 1, 1]);
    }

    #[test]
    fn what_another_order_still_gives_is_not_taken_away() {
        let lines = [gives(class(1), Due::No), gives(class(1), EVER)];
        let told = BTreeMap::from([(class(1), told(true, None))]);
        assert_eq!(difference(&lines, &told, &BTreeSet::new(), grouped), Difference { steps: vec![], next_look: None });
    }

    #[test]
    fn what_nothing_gives_any_more_is_taken_away_once() {
        let area = BTreeMap::from([(class(1), told(true, None)), (class(2), told(false, None))]);
        let difference = difference(&[gives(class(1), Due::No)], &area, &BTreeSet::new(), grouped);
        assert_eq!(
            difference.steps,
            [Step { is_active: false, until: None, clears_end: false, targets: vec![class(1)] }]
        );
    }

    #[test]
    fn a_new_end_is_told_again() {
        let end = Instant::from_seconds(9);
        let due = Due::Yes { until: Some(end), stops: Some(end) };
        let area = BTreeMap::from([(level(7), told(true, Some(Instant::from_seconds(5))))]);
        let difference = difference(&[gives(level(7), due)], &area, &BTreeSet::new(), grouped);
        assert_eq!(difference.steps.len(), 1);
        assert_eq!(difference.next_look, Some(end));
    }

    #[test]
    fn an_end_that_is_no_more_is_said() {
        let area = BTreeMap::from([(class(1), told(true, Some(Instant::from_seconds(5))))]);
        let difference = difference(&[gives(class(1), EVER)], &area, &BTreeSet::new(), grouped);
        let targets = vec![class(1)];
        assert_eq!(difference.steps, [Step { is_active: true, until: None, clears_end: true, targets }]);
    }

    #[test]
    fn what_may_have_had_its_effect_is_told_whatever_was_said_before() {
        let doubted = BTreeSet::from([class(1)]);
        let step = |is_active| [Step { is_active, until: None, clears_end: false, targets: vec![class(1)] }];
        let wanted = [gives(class(1), EVER)];
        let area = BTreeMap::from([(class(1), told(true, None))]);
        assert_eq!(difference(&wanted, &area, &doubted, grouped).steps, step(true));
        let unwanted = [gives(class(1), Due::No)];
        assert_eq!(difference(&unwanted, &BTreeMap::new(), &doubted, grouped).steps, step(false));
        assert_eq!(difference(&[], &BTreeMap::new(), &doubted, grouped).steps, step(false));
    }
}
