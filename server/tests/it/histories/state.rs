//! What counts of an order in the end, without ids and without the times at which things became known.

use super::life::{Arrival, Life};
use portal::on;
use portal::testing::World;
use std::collections::BTreeMap;
use types::{OrderId, PersonId, SubscriptionId};
use uuid::Uuid;

/// Lines of an order: its code, then what counts. Times in seconds: the two lives of a history are lived one after the
/// other, microseconds apart.
const LINES: [&str; 10] = [
    "select o.code, 'order ' || o.kind || ' ' || o.status || ' ' || o.total || ' ' || o.method from orders o",
    "select o.code, 'item ' || i.position || ' ' || p.code || ' ' || i.name || ' ' || coalesce(i.offer_name, '-') || ' '
        || i.amount
        from order_items i join orders o on o.id = i.order_id join products p on p.id = i.product_id",
    "select o.code, 'plan ' || s.status || ' ' || s.plan_name || ' ' || s.amount || ' ' || s.interval_unit || ' '
        || s.interval_count
            || ' from ' || (s.period_start / 1000000) || ' to ' || (s.period_end / 1000000)
            || ' next ' || coalesce(cast(s.next_charge_at / 1000000 as text), '-')
            || ' discount ' || s.discount_percent || ' ' || s.discount_cycles
        from subscriptions s join orders o on o.id = s.order_id",
    // Where two tries of one instalment were paid, the first that is reported pays it: which one that is, is for the
    // order of arrival to say.
    "select o.code, 'charge ' || c.status || ' ' || c.amount || ' ' || c.method || ' of '
            || case when exists (select 1 from events a
                where a.order_id = o.id and a.name = 'billing.paid_twice') then '?'
                else coalesce(cast(v.number as text), '-') end
        from charges c join orders o on o.id = c.order_id left join invoices v on v.id = c.invoice_id",
    "select o.code, 'invoice ' || v.number || ' ' || v.state || ' ' || v.amount || ' ' || v.discount || ' due '
        || (v.due_at / 1000000)
            || ' from ' || (v.period_start / 1000000) || ' to ' || (v.period_end / 1000000) || ' tries ' || v.tries
        from invoices v join orders o on o.id = v.order_id",
    "select o.code, 'refund ' || f.state || ' ' || f.amount || ' items ' || (select count(*) from refund_items i
            where i.refund_id = f.id and i.released_at is null)
        from refunds f join orders o on o.id = f.order_id",
    "select o.code, 'change ' || c.state || ' to ' || q.plan_name || ' credit ' || q.credit || ' debit ' || q.debit
        || ' rest ' || q.rest || ' due ' || q.due
        from plan_changes c join plan_quotes q on q.id = c.id join orders o on o.id = c.order_id",
    "select o.code, 'cancellation ' || c.state || ' on ' || (c.effective_at / 1000000) from cancellations c
        join orders o on o.id = c.order_id",
    "select o.code, 'offer ' || r.kind || ' ' || r.state from retention_offers r join orders o on o.id = r.order_id",
    "select o.code, 'card ' || u.state || ' ' || coalesce(u.outcome, '-') || ' on file ' || coalesce(m.last4, '-')
        from card_updates u join orders o on o.id = u.order_id left join payment_methods m on m.order_id = o.id",
];

/// Mails that either order may send or spare. Access ended: whether a plan's end or the look at its access runs first,
/// of two jobs of the same instant. A charge failed: when the word of the new card that paid it comes before that of
/// the failure, nobody is told of what is over. Money came that was not owed: which of two payments that is, and whether
/// the other found something to pay for, depends on which of them was heard of first.
const SPARED: [&str; 3] = ["AccessExpired", "ChargeFailed", "Surplus"];

/// The ids of all orders at once.
pub async fn find_ids(world: &World, lives: &mut [Life]) {
    let sql = "select o.code, o.person_id, o.id, s.id from orders o left join subscriptions s on s.order_id = o.id";
    let rows: Vec<(String, Uuid, Uuid, Option<Uuid>)> =
        on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
    let ids: BTreeMap<_, _> =
        rows.into_iter().map(|(code, person, order, plan)| (code, (person, order, plan))).collect();
    for life in lives {
        let (person, order, plan) = ids[&life.code];
        life.know(world, PersonId(person), OrderId(order), plan.map(SubscriptionId));
    }
}

/// The orders of all refunds, by protocol.
pub async fn codes_of_refunds(world: &World) -> BTreeMap<String, String> {
    let sql = "select f.protocol, o.code from refunds f join orders o on o.id = f.order_id";
    let rows: Vec<(String, String)> =
        on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
    rows.into_iter().collect()
}

/// Both lives of each history have ended the same.
pub async fn compare(world: &World, lives: &[Life]) {
    let mut lines = lines(world).await;
    for life in lives {
        let of_life = lines.entry(life.code.clone()).or_default();
        of_life.push(format!("access {:?}", world.area.access_of(&life.who)));
        of_life.sort();
    }
    let mut differences = Vec::new();
    for pair in lives.chunks(2) {
        let [ordered, disordered] = pair else { panic!("a life without the other") };
        assert_eq!((ordered.arrival, disordered.arrival), (Arrival::Ordered, Arrival::Disordered));
        let (expected, found) = (&lines[&ordered.code], &lines[&disordered.code]);
        if expected != found {
            let only = |these: &[String], those: &[String]| {
                these.iter().filter(|line| !those.contains(line)).cloned().collect::<Vec<_>>().join("\n")
            };
            let (lost, new) = (only(expected, found), only(found, expected));
            let (first, second) = (ordered.name(world), disordered.name(world));
            differences.push(format!("in order:\n{lost}\nin disorder:\n{new}\n{first}\n{second}"));
        }
    }
    let count = differences.len();
    assert!(count == 0, "{count} ended otherwise than in order:\n{}", differences[..count.min(5)].join("\n"));
}

/// By order.
async fn lines(world: &World) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for sql in LINES {
        let rows: Vec<(String, String)> =
            on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
        for (code, line) in rows {
            found.entry(code).or_default().push(line);
        }
    }
    let mut mails: BTreeMap<(String, String), usize> = BTreeMap::new();
    for letter in world.mail.taken() {
        *mails.entry((letter.to.to_string(), letter.subject)).or_default() += 1;
    }
    mails.retain(|(_, subject), _| !SPARED.contains(&subject.as_str()));
    for ((to, subject), count) in mails {
        // A life's address is its order's code.
        let code = to.split('@').next().unwrap_or_default();
        let code = format!("{}-{}", code[..1].to_uppercase(), &code[1..]);
        found.entry(code).or_default().push(format!("mails {subject} {count}"));
    }
    found
}
