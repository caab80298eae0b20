//! The one box of the support staff: the same lookups across producers, a pasted link, and what stands on the bill of a
//! card. An agent finds the orders of the producers assigned to them, an admin those of all.

use super::charged::{Charged, charged};
use super::checks::Checks;
use super::filter::Filter;
use super::found::FoundOrder;
use super::list::months;
use super::merge::step;
use super::plan::of_text;
use super::store;
use crate::db::Error;
use crate::time::Zone;
use crate::{Portal, Staff};
use types::{OrderId, ProducerId, StaffRole, SubscriptionId};

/// The greatest number of characters: a pasted link is longer than what is typed.
const LONGEST_TEXT: usize = 500;
/// How many orders are shown.
const MOST: usize = 50;
/// After how many rows of one producer it is not looked further.
const MOST_LOOKED_AT: usize = 1_000;
/// The zone in which a bill is read.
const ZONE: &str = "America/Sao_Paulo";

/// What was found, newest first.
#[derive(Clone, Debug, Default)]
pub struct StaffFound {
    /// Fifty at the most.
    pub orders: Vec<FoundOrder>,
    /// Whether there are more than are shown, or may be.
    pub has_more: bool,
}

/// Why nothing was looked for.
#[derive(Debug, thiserror::Error)]
pub enum StaffRefusal {
    /// The text is longer than anything that is looked for.
    #[error("the text has more than {LONGEST_TEXT} characters")]
    TextTooLong,
    /// The database does not answer.
    #[error(transparent)]
    Database(#[from] Error),
}

/// What a pasted address leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
enum Pasted {
    Ref(String),
    Order(OrderId),
    Subscription(SubscriptionId),
    Handle(String),
}

/// Whose orders somebody of the staff may see; none for those of all.
pub async fn producers_of(staff: &Staff) -> Result<Option<Vec<ProducerId>>, Error> {
    match staff.role() {
        StaffRole::Admin => Ok(None),
        StaffRole::Agent => store::staff::producers_of(&staff.portal().db, staff.id()).await.map(Some),
    }
}

/// What is found by a text.
pub async fn find_for_staff(staff: &Staff, text: &str) -> Result<StaffFound, StaffRefusal> {
    let text = text.trim();
    if text.chars().count() > LONGEST_TEXT {
        return Err(StaffRefusal::TextTooLong);
    }
    let (portal, producers) = (staff.portal(), producers_of(staff).await?);
    let today = Zone::named(ZONE).ok().map(|zone| (zone.day_of(portal.now()), zone));
    let mut found = match (pasted(text), today.as_ref().and_then(|(today, zone)| charged(text, *today, zone))) {
        (Some(pasted), _) => of_link(portal, &producers, &pasted).await?,
        (None, Some(charged)) => of_charge(portal, &producers, &charged).await?,
        (None, None) => of_words(portal, &producers, text).await?,
    };
    found.orders.retain(|order| producers.as_ref().is_none_or(|of| of.contains(&order.seller.id)));
    found.orders.sort_by(|one, other| other.place().cmp(&one.place()));
    found.has_more |= found.orders.len() > MOST;
    found.orders.truncate(MOST);
    Ok(found)
}

async fn of_link(portal: &Portal, producers: &Option<Vec<ProducerId>>, pasted: &Pasted) -> Result<StaffFound, Error> {
    let orders = match pasted {
        Pasted::Ref(name) => store::staff::of_ref(&portal.db, name).await?,
        Pasted::Order(id) => store::staff::of_id(&portal.db, *id).await?,
        Pasted::Subscription(id) => store::staff::of_subscription(&portal.db, *id).await?,
        Pasted::Handle(handle) => {
            // Of a code that two producers use, the address names the producer.
            let (code, slug) =
                handle.split_once('~').map_or((handle.as_str(), None), |(code, slug)| (code, Some(slug)));
            let mut found = of_words(portal, producers, code).await?;
            let is_named = |order: &FoundOrder| slug.is_none_or(|slug| order.seller.slug.as_str() == slug);
            found.orders.retain(|order| order.code.as_str().eq_ignore_ascii_case(code) && is_named(order));
            found.orders
        }
    };
    Ok(StaffFound { orders, has_more: false })
}

async fn of_charge(
    portal: &Portal,
    producers: &Option<Vec<ProducerId>>,
    charged: &Charged,
) -> Result<StaffFound, Error> {
    let limit = MOST as i64 + 1;
    let Some(producers) = producers else {
        let orders = store::staff::of_charge(&portal.db, None, charged, limit).await?;
        return Ok(StaffFound { orders, has_more: false });
    };
    let mut found = StaffFound::default();
    for producer in producers {
        found.orders.extend(store::staff::of_charge(&portal.db, Some(*producer), charged, limit).await?);
    }
    Ok(found)
}

async fn of_words(portal: &Portal, producers: &Option<Vec<ProducerId>>, text: &str) -> Result<StaffFound, Error> {
    let mut found = StaffFound::default();
    match producers {
        None => of_scope(portal, None, text, &mut found).await?,
        // An agent has few producers: each is asked by itself, so that nobody else's orders are looked at.
        Some(producers) => {
            for producer in producers {
                of_scope(portal, Some(*producer), text, &mut found).await?;
            }
        }
    }
    Ok(found)
}

async fn of_scope(
    portal: &Portal,
    producer: Option<ProducerId>,
    text: &str,
    found: &mut StaffFound,
) -> Result<(), Error> {
    let mut reader = portal.db.read().await?;
    let plan = of_text(&mut reader, producer, text).await?;
    let today = Zone::named(ZONE).map(|zone| zone.day_of(portal.now())).unwrap_or_default();
    let checks = Checks { filter: Filter::default(), from: None, months: months(today) };
    let mut place = (i64::MAX, String::new());
    let (mut looked_at, mut of_scope) = (0, Vec::new());
    loop {
        let step = step(&mut reader, producer, (&plan.branches, &checks), &place, MOST as i64 + 1).await?;
        looked_at += step.looked_at;
        of_scope.extend(step.orders);
        match step.next {
            Some(next) if of_scope.len() <= MOST && looked_at < MOST_LOOKED_AT => place = next,
            next => {
                found.has_more |= plan.is_wide || next.is_some();
                found.orders.extend(of_scope);
                return Ok(());
            }
        }
    }
}

/// What an address of the portal leads to, with its host or without.
fn pasted(text: &str) -> Option<Pasted> {
    let path = match text.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?.1,
        None => text.strip_prefix('/')?,
    };
    let path = path.split(['?', '#']).next()?;
    let mut parts = path.split('/');
    let first = parts.next()?;
    // The areas of producers and staff name an order below their own first part.
    let kind = if matches!(first, "producer" | "admin") { parts.next()? } else { first };
    let name = parts.next().filter(|name| !name.is_empty())?;
    match kind {
        "o" => Some(Pasted::Ref(name.to_owned())),
        "subscriptions" => name.parse().ok().map(Pasted::Subscription),
        "orders" if first == "admin" => name.parse().ok().map(Pasted::Order),
        "orders" => Some(Pasted::Handle(name.to_owned())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::place::{buyer, producer, staff};

    #[test]
    fn a_pasted_address_says_what_it_leads_to() {
        let id = "01890a5d-ac96-774b-bcce-b302099a8057";
        let (order, plan) = (OrderId(id.parse().unwrap()), SubscriptionId(id.parse().unwrap()));
        let of_plan = buyer::Place::Subscription { id: plan }.path();
        for (text, expected) in [
            (
                "https://portal.example/o/abcdefghijkmnpqrstuvwxyz23?to=card".to_owned(),
                Pasted::Ref("abcdefghijkmnpqrstuvwxyz23".into()),
            ),
            (buyer::Place::Refund { handle: "A-1~luz" }.path(), Pasted::Handle("A-1~luz".into())),
            (
                format!("http://127.0.0.1:3000{}", producer::Place::Order { handle: "A-1" }.path()),
                Pasted::Handle("A-1".into()),
            ),
            (format!("https://x.example{}#links", staff::Place::Order { id: order }.path()), Pasted::Order(order)),
            (format!("{of_plan}/cancel"), Pasted::Subscription(plan)),
        ] {
            assert_eq!(pasted(&text), Some(expected), "{text}");
        }
        let cut = buyer::Place::Order { handle: "" }.path();
        for text in ["", "A-1", "/", &cut, cut.trim_end_matches('/'), "https://x.example", "ana@example.com"] {
            assert_eq!(pasted(text), None, "{text}");
        }
        assert_eq!(pasted(&of_plan.replace(id, "x")), None);
    }
}
