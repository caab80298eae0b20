//! Notices about access that ends: a mail some days before, and one at the end, once for each end (rule 14).

use super::due::Due;
use super::mail::{AccessLetter, Content, Mail};
use super::store::{self, NewNotice};
use super::{Entitlement, entitlements};
use crate::Portal;
use crate::db::{Error, Tx};
use crate::order::OrderRecord;
use crate::outbox::{self, Outcome};
use crate::policy;
use ground::letter::Draft;
use std::time::Duration;
use types::place::buyer::order_link;
use types::{AccessNoticeId, AccessNoticeKind, Instant, ItemId, LinkPlace, OrderId, PersonId, ProducerId};

/// An end longer ago than this is told to nobody any more: a worker was down, or old orders were sent in.
const TOO_LATE: Duration = Duration::from_secs(7 * 86_400);

/// What a source says of an end longer ago than this is history.
const NEWS: Duration = Duration::from_secs(86_400);

/// The end of access to an item that comes by itself, where nothing else that the person bought gives it for longer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct End {
    order: OrderId,
    item: ItemId,
    at: Instant,
}

/// Sends what is due now and says when to look again.
pub(super) async fn notice(portal: &Portal, producer: ProducerId, person: PersonId) -> Result<Outcome, Error> {
    let now = portal.now();
    // Seen from before every end, because an end that has passed is due a mail too.
    let lines = entitlements(&portal.db, producer, person, Instant::from_micros(i64::MIN)).await?;
    let mut next: Option<Instant> = None;
    for end in ends(&lines) {
        let mut tx = portal.db.begin().await?;
        for (kind, at) in moments(&mut tx, producer, &end, now).await? {
            if at > now {
                next = Some(next.map_or(at, |next| next.min(at)));
            } else if kind == AccessNoticeKind::Expired || now < end.at {
                write(portal, &mut tx, producer, &end, kind).await?;
            }
        }
        portal.commit(tx).await?;
    }
    Ok(next.map_or(Outcome::Done, Outcome::At))
}

/// Returns whether any access ends by itself, so that notices will be due.
pub(super) fn has_end(lines: &[Entitlement]) -> bool {
    !ends(lines).is_empty()
}

fn ends(lines: &[Entitlement]) -> Vec<End> {
    let mut found: Vec<End> = Vec::new();
    for line in lines {
        let Some(at) = line.due.end().filter(|at| best(lines, line) == Some(*at)) else { continue };
        match found.iter_mut().find(|end| end.item == line.item) {
            Some(end) => end.at = end.at.max(at),
            None => found.push(End { order: line.order, item: line.item, at }),
        }
    }
    found
}

/// When the target of this line stops, whichever line gives it longest; none for never.
fn best(lines: &[Entitlement], of: &Entitlement) -> Option<Instant> {
    let same = lines.iter().filter(|line| line.area == of.area && line.target == of.target);
    same.map(|line| line.due).reduce(Due::or)?.stops()
}

/// When each mail about an end is due. A mail that was due before the order came to us is left out.
async fn moments(
    tx: &mut Tx,
    producer: ProducerId,
    end: &End,
    now: Instant,
) -> Result<Vec<(AccessNoticeKind, Instant)>, Error> {
    let Some(item) = store::noticed_item(tx, producer, end.item).await? else { return Ok(Vec::new()) };
    let days = policy::of_product(tx.conn(), producer, Some(&item.product)).await?.notice.access_days;
    let before = Duration::from_secs(days.unsigned_abs() * 86_400);
    // Counted by the calendar and not in hours: a day has 23 to 25 of them where clocks are changed.
    let ahead = item
        .zone
        .day_after(end.at, -days)
        .and_then(|day| item.zone.last_second(day))
        .map_or(end.at.minus(before), |at| at.min(end.at));
    let mut moments = vec![(AccessNoticeKind::Expired, end.at)];
    if days > 0 {
        moments.push((AccessNoticeKind::Expiring, ahead));
    }
    moments.retain(|(_, at)| *at > item.known_since && !(item.comes_whole && now.since(*at) > NEWS));
    Ok(moments)
}

async fn write(
    portal: &Portal,
    tx: &mut Tx,
    producer: ProducerId,
    end: &End,
    kind: AccessNoticeKind,
) -> Result<(), Error> {
    let now = portal.now();
    if now.since(end.at) > TOO_LATE {
        return Ok(());
    }
    let id = AccessNoticeId(portal.new_id());
    let new = NewNotice { id, producer, order: end.order, item: end.item, kind, ends_at: end.at, now };
    if store::insert_notice(tx, &new).await? {
        outbox::put(portal, tx, Mail::Notice { notice: id }).await?;
    }
    Ok(())
}

/// What the mail about an end says now; none when it has nothing to tell any more.
pub(super) async fn mail_notice(portal: &Portal, notice: AccessNoticeId) -> Result<Option<Draft<Content>>, Error> {
    let Some(notice) = store::notice(&portal.db, notice).await? else { return Ok(None) };
    let order = OrderRecord::by_id(portal.db.read().await?.conn(), notice.order).await?;
    let Some(order) = order else { return Ok(None) };
    let letter = AccessLetter {
        producer: order.producer.name.clone(),
        item: notice.name,
        code: order.code.to_string(),
        at: notice.ends_at,
        order_link: portal.url(order_link(&order.order_ref, LinkPlace::Order)),
    };
    let is_over = notice.kind == AccessNoticeKind::Expired;
    if !is_over && letter.at <= portal.now() {
        // The mail server was away for days: the next mail says that it has ended.
        return Ok(None);
    }
    let content = if is_over { Content::Expired(letter) } else { Content::Expiring(letter) };
    let id = format!("access-{}-{}-{}-{}", notice.kind, order.id, notice.item, notice.ends_at.micros());
    Ok(Some(order.mail_to_buyer(id, content)))
}
