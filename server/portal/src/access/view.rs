//! What a buyer sees of access (rule 16).

use super::due::Due;
use super::{Entitlement, entitlements, store};
use crate::Portal;
use crate::db::Error;
use crate::order::OrderRecord;
use std::collections::BTreeMap;
use types::view::AccessView;
use types::{Instant, ItemId, MemberAreaId, OrderId, PersonId, ProducerId};

/// Access as it concerns one order.
pub(crate) struct AccessOfOrder {
    order: OrderId,
    lines: Vec<Entitlement>,
    troubled: BTreeMap<MemberAreaId, Instant>,
}

/// What one line of an order gives in a member area, wanted and told.
#[derive(Clone, PartialEq, Debug)]
pub struct AccessLine {
    /// The line.
    pub item: ItemId,
    /// The member area.
    pub area: MemberAreaId,
    /// What of it: a word of the member area's kind.
    pub target: String,
    /// Whether the person should have it.
    pub is_wanted: bool,
    /// Until when, if that ends.
    pub until: Option<Instant>,
    /// What the area last confirmed of it: whether it is there, and when.
    pub told: Option<(bool, Instant)>,
    /// Since when the area has not taken the last call about the person.
    pub delayed_since: Option<Instant>,
}

/// Reads what is known about access of this person, to be seen from `order`.
pub(crate) async fn of_order(
    portal: &Portal,
    producer: ProducerId,
    person: PersonId,
    order: OrderId,
) -> Result<AccessOfOrder, Error> {
    let lines = entitlements(&portal.db, producer, person, portal.now()).await?;
    let troubled =
        if lines.is_empty() { BTreeMap::new() } else { store::troubled(&portal.db, producer, person).await? };
    Ok(AccessOfOrder { order, lines, troubled })
}

/// Access as it concerns an order that was read already. Where we give access to none of its lines, the database is not
/// asked.
pub(crate) async fn of_record(portal: &Portal, order: &OrderRecord) -> Result<AccessOfOrder, Error> {
    match order.items.iter().any(|item| item.is_managed) {
        true => of_order(portal, order.producer_id, order.person, order.id).await,
        false => Ok(AccessOfOrder { order: order.id, lines: Vec::new(), troubled: BTreeMap::new() }),
    }
}

impl AccessOfOrder {
    /// The order.
    pub(super) fn order(&self) -> OrderId {
        self.order
    }

    /// What its own lines give.
    pub(super) fn own(&self) -> impl Iterator<Item = &Entitlement> {
        self.lines.iter().filter(|line| line.order == self.order)
    }

    /// What each line of the order gives, against what was told of it.
    pub(crate) fn lines(&self) -> Vec<AccessLine> {
        let line = |line: &Entitlement| AccessLine {
            item: line.item,
            area: line.area,
            target: line.target.as_str().to_owned(),
            is_wanted: line.due.is_yes(),
            until: if let Due::Yes { until, .. } = line.due { until } else { None },
            told: line.told.map(|told| (told.is_active, told.at)),
            delayed_since: self.troubled.get(&line.area).copied(),
        };
        self.own().map(line).collect()
    }

    /// Whether there is something to tell once more: what the order gives, or a call that was not taken.
    pub(crate) fn may_be_sent_again(&self) -> bool {
        self.lines().iter().any(|line| line.is_wanted || line.delayed_since.is_some())
    }

    /// Where access to one line of the order stands.
    pub(crate) fn of_item(&self, item: ItemId) -> AccessView {
        let lines: Vec<&Entitlement> =
            self.lines.iter().filter(|line| line.order == self.order && line.item == item).collect();
        let Some(first) = lines.first() else { return AccessView::NotManaged };
        let is_told = |line: &&Entitlement| line.told.is_some_and(|told| told.is_active);
        let told_at = lines.iter().filter_map(|line| line.told.map(|told| told.at)).max();
        match (first.due, told_at) {
            (Due::Yes { until, .. }, Some(at)) if lines.iter().all(is_told) => {
                AccessView::Confirmed { at, until, content_url: lines.iter().find_map(|line| line.content_url.clone()) }
            }
            (Due::Yes { .. }, _) => {
                self.trouble(&lines).map_or(AccessView::Sending, |since| AccessView::Delayed { since })
            }
            (Due::No, None) => AccessView::None,
            (Due::No, Some(at)) if !lines.iter().any(is_told) => AccessView::Removed { at },
            (Due::No, Some(_)) if lines.iter().all(|line| self.is_given_elsewhere(line)) => AccessView::None,
            (Due::No, Some(_)) => AccessView::Ending,
        }
    }

    /// Returns whether everything that `item` gives is also given by another line, of this order or another, that is
    /// not among the items in `without`: then no access is lost with them.
    pub(crate) fn is_kept(&self, item: ItemId, without: &[ItemId]) -> bool {
        let gives = |target: &Entitlement| {
            self.lines.iter().any(|line| {
                line.area == target.area
                    && line.target == target.target
                    && line.due.is_yes()
                    && !without.contains(&line.item)
            })
        };
        let mut own = self.lines.iter().filter(|line| line.item == item).peekable();
        own.peek().is_some() && own.all(gives)
    }

    fn is_given_elsewhere(&self, target: &Entitlement) -> bool {
        self.lines.iter().any(|line| line.area == target.area && line.target == target.target && line.due.is_yes())
    }

    fn trouble(&self, lines: &[&Entitlement]) -> Option<Instant> {
        lines.iter().filter_map(|line| self.troubled.get(&line.area).copied()).max()
    }
}
