use crate::db::{Error, Reader};
use crate::time::format_instant;
use crate::{on, row, statements};
use serde_json::{Map, Value, json};
use types::Instant;
use uuid::Uuid;

statements! {
    ORDERS = "select o.id, pr.name as seller, o.code, o.kind, o.status, o.buyer_name, o.tax_id, o.phone, o.currency,
            o.total, o.method, o.card_brand, o.card_last4, o.gateway, o.source, o.ordered_at, o.paid_at,
            o.released_at, o.created_at
        from orders o
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1
        order by o.ordered_at, o.id";
    ITEMS = "select i.order_id, i.name, i.offer_name, i.amount, i.is_bump
        from orders o
        join order_items i on i.order_id = o.id
        where o.person_id = $1
        order by i.order_id, i.position";
    CHARGES = "select c.order_id, c.reference, c.amount, c.currency, c.status, c.method, c.installments, c.due_on,
            c.created_at, c.paid_at
        from orders o
        join charges c on c.order_id = o.id
        where o.person_id = $1
        order by c.created_at, c.id";
    REFUNDS = "select f.order_id, f.protocol, f.amount, f.currency, f.state, f.requested_at, f.sent_at, f.ended_at,
            f.message, f.answer
        from orders o
        join refunds f on f.order_id = o.id
        where o.person_id = $1
        order by f.requested_at, f.id";
    REFUND_PARTS = "select f.order_id, f.protocol, c.reference as charge, p.amount, f.currency, p.state, p.sent_at,
            p.ended_at
        from orders o
        join refunds f on f.order_id = o.id
        join refund_parts p on p.refund_id = f.id
        join charges c on c.id = p.charge_id
        where o.person_id = $1
        order by f.requested_at, f.id, p.position";
    INVOICES = "select v.order_id, v.number, v.amount, v.currency, v.state, v.due_at, v.period_start, v.period_end
        from orders o
        join invoices v on v.order_id = o.id
        where o.person_id = $1
        order by v.due_at, v.number";
    CANCELLATIONS = "select c.order_id, c.protocol, c.state, c.asked_at, c.effective_at, c.ended_at, c.reason, c.comment
        from orders o
        join cancellations c on c.order_id = o.id
        where o.person_id = $1
        order by c.asked_at, c.id";
    SOLD = "select s.order_id, s.name, s.offer_name, s.amount, s.currency, s.window_days
        from orders o
        join sale_items s on s.order_id = o.id
        join order_items i on i.id = s.item_id
        where o.person_id = $1
        order by s.order_id, i.position";
    PLAN_CHANGES = "select c.order_id, c.state, q.from_plan, q.from_amount, q.plan_name, q.amount, q.currency, q.due,
            c.installments, c.decline, c.asked_at, c.ended_at
        from orders o
        join plan_changes c on c.order_id = o.id
        join plan_quotes q on q.id = c.id
        where o.person_id = $1
        order by c.asked_at, c.id";
    METHODS = "select m.order_id, m.method, m.brand, m.last4, m.exp_month, m.exp_year, m.updated_at
        from orders o
        join payment_methods m on m.order_id = o.id
        where o.person_id = $1
        order by m.updated_at, m.order_id";
    VISITS = "select u.order_id, u.gateway, u.state, u.brand, u.last4, u.exp_month, u.exp_year, u.outcome,
            u.outcome_amount, u.created_at, u.ended_at
        from orders o
        join card_updates u on u.order_id = o.id
        where o.person_id = $1
        order by u.created_at, u.id";
    ATTEMPTS = "select a.order_id, a.outcome, a.reason, a.offer, a.opened_at, a.ended_at
        from orders o
        join subscriptions s on s.order_id = o.id
        join cancel_attempts a on a.subscription_id = s.id
        where o.person_id = $1
        order by a.opened_at, a.id";
    OFFERS = "select r.order_id, r.kind, r.percent, r.cycles, r.starts_at, r.ends_at, r.message, r.state, r.accepted_at
        from orders o
        join retention_offers r on r.order_id = o.id
        where o.person_id = $1
        order by r.accepted_at, r.id";
    SUBSCRIPTIONS = "select s.order_id, s.plan_name, s.status, s.amount, s.currency, s.interval_unit, s.interval_count,
            s.period_start, s.period_end, s.next_charge_at, s.canceled_at
        from orders o
        join subscriptions s on s.order_id = o.id
        where o.person_id = $1
        order by s.created_at";
    BILLING = "select b.order_id, b.name, b.tax_id, b.address, b.updated_at
        from orders o
        join billing_data b on b.order_id = o.id
        where o.person_id = $1
        order by b.updated_at";
    SESSIONS = "select address, browser, created_at, last_seen_at, ended_at
        from sessions
        where person_id = $1
        order by created_at, id";
    MAILS = "select m.kind, m.recipient, m.sent_at
        from mails m
        where m.sent_at is not null and m.recipient in (select p.email from people p where p.id = $1 or p.moved_to = $1)
        order by m.sent_at, m.id";
    ACCESS = "select pr.name as seller, a.target, a.is_active, a.until, a.confirmed_at
        from access_tellings a
        join producers pr on pr.id = a.producer_id
        where a.person_id in (select p.id from people p where p.id = $1 or p.moved_to = $1)
        order by a.confirmed_at, a.target";
    ADDRESSES = "select c.old_email, c.new_email, c.created_at, c.confirmed_at, c.withdrawn_at
        from email_changes c
        where c.person_id in (select p.id from people p where p.id = $1 or p.moved_to = $1)
        order by c.created_at, c.id";
    ERASURES = "select protocol, state, undone_by, requested_at, due_at, ended_at
        from erasures
        where person_id = $1
        order by requested_at";
    AUDIT = "select e.at, e.actor_kind, e.origin, e.name, e.before, e.after, e.reason
        from events e
        where e.id in (select x.id from people p join events x on x.person_id = p.id where p.id = $1
                or p.moved_to = $1 union select x.id from orders o join events x on x.order_id = o.id
                where o.person_id = $1)
        order by e.at, e.id";
}

/// Declares rows that turn into JSON by themselves: instants as text, ids left out.
macro_rules! told {
    ($($name:ident { $($field:ident: $type:ty),* $(,)? })*) => {
        row! { $(struct $name { $($field: $type),* })* }

        $(impl Told for $name {
            fn json(self) -> Value {
                let mut object = Map::new();
                $(object.insert(stringify!($field).to_owned(), plain(stringify!($field), json!(self.$field)));)*
                Value::Object(object)
            }
        })*
    };
}

trait Told {
    fn json(self) -> Value;
}

told! {
    OrderRow {
        id: Uuid, seller: String, code: String, kind: String, status: String, buyer_name: String, tax_id: Option<String>, phone: Option<String>,
        currency: String, total: i64, method: String, card_brand: Option<String>, card_last4: Option<String>, gateway: String, source: String,
        ordered_at: i64, paid_at: Option<i64>, released_at: Option<i64>, created_at: i64,
    }
    ItemRow { order_id: Uuid, name: String, offer_name: Option<String>, amount: i64, is_bump: bool }
    ChargeRow {
        order_id: Uuid, reference: String, amount: i64, currency: String, status: String, method: String, installments: i64, due_on: Option<String>,
        created_at: i64, paid_at: Option<i64>,
    }
    RefundRow {
        order_id: Uuid, protocol: String, amount: i64, currency: String, state: String, requested_at: i64, sent_at: Option<i64>, ended_at: Option<i64>,
        message: Option<String>, answer: Option<String>,
    }
    RefundPartRow {
        order_id: Uuid, protocol: String, charge: String, amount: i64, currency: String, state: String, sent_at: Option<i64>, ended_at: Option<i64>,
    }
    InvoiceRow {
        order_id: Uuid, number: i64, amount: i64, currency: String, state: String, due_at: i64, period_start: i64, period_end: i64,
    }
    CancellationRow {
        order_id: Uuid, protocol: String, state: String, asked_at: i64, effective_at: i64, ended_at: Option<i64>, reason: Option<String>,
        comment: Option<String>,
    }
    SubscriptionRow {
        order_id: Uuid, plan_name: String, status: String, amount: i64, currency: String, interval_unit: String, interval_count: i64,
        period_start: i64, period_end: i64, next_charge_at: Option<i64>, canceled_at: Option<i64>,
    }
    SoldRow { order_id: Uuid, name: String, offer_name: Option<String>, amount: i64, currency: String, window_days: i64 }
    PlanChangeRow {
        order_id: Uuid, state: String, from_plan: String, from_amount: i64, plan_name: String, amount: i64, currency: String, due: i64,
        installments: i64, decline: Option<String>, asked_at: i64, ended_at: Option<i64>,
    }
    MethodRow {
        order_id: Uuid, method: String, brand: Option<String>, last4: Option<String>, exp_month: Option<i64>, exp_year: Option<i64>, updated_at: i64,
    }
    VisitRow {
        order_id: Uuid, gateway: String, state: String, brand: Option<String>, last4: Option<String>, exp_month: Option<i64>, exp_year: Option<i64>,
        outcome: Option<String>, outcome_amount: Option<i64>, created_at: i64, ended_at: Option<i64>,
    }
    AttemptRow {
        order_id: Uuid, outcome: String, reason: Option<String>, offer: Option<String>, opened_at: i64, ended_at: Option<i64>,
    }
    OfferRow {
        order_id: Uuid, kind: String, percent: Option<i64>, cycles: Option<i64>, starts_at: Option<i64>, ends_at: Option<i64>,
        message: Option<String>, state: String, accepted_at: i64,
    }
    BillingRow { order_id: Uuid, name: String, tax_id: Option<String>, address: Option<String>, updated_at: i64 }
    SessionRow { address: String, browser: String, created_at: i64, last_seen_at: i64, ended_at: Option<i64> }
    MailRow { kind: String, recipient: String, sent_at: i64 }
    AccessRow { seller: String, target: String, is_active: bool, until: Option<i64>, confirmed_at: i64 }
    AddressRow { old_email: String, new_email: String, created_at: i64, confirmed_at: Option<i64>, withdrawn_at: Option<i64> }
    ErasureRow { protocol: String, state: String, undone_by: Option<String>, requested_at: i64, due_at: i64, ended_at: Option<i64> }
    AuditRow {
        at: i64, actor_kind: String, origin: String, name: String, before: Option<String>, after: Option<String>, reason: Option<String>,
    }
}

/// Instants are the numbers whose names say so; what was kept as JSON is JSON again.
fn plain(name: &str, value: Value) -> Value {
    let is_instant = name.ends_with("_at") || matches!(name, "at" | "until" | "period_start" | "period_end");
    match value {
        Value::Number(number) if is_instant => {
            number.as_i64().map_or(Value::Null, |micros| Value::from(format_instant(Instant::from_micros(micros))))
        }
        Value::String(text) if matches!(name, "before" | "after") => {
            serde_json::from_str(&text).unwrap_or(Value::String(text))
        }
        value => value,
    }
}

macro_rules! all {
    ($conn:expr, $row:ty, $sql:ident, $person:expr) => {{
        let rows = on!($conn, c => sqlx::query_as::<_, $row>($sql).bind($person).fetch_all(c).await?);
        rows.into_iter().map(Told::json).collect::<Vec<Value>>()
    }};
}

/// Rows by the name under which they are told.
pub(super) type Parts = Vec<(&'static str, Vec<Value>)>;

/// Orders, with their own id; what belongs to one of them, with the order's; and what belongs to the person.
pub(super) async fn everything(reader: &mut Reader, id: Uuid) -> Result<(Vec<Value>, Parts, Parts), Error> {
    let orders = all!(reader.conn(), OrderRow, ORDERS, id);
    let of_orders = vec![
        ("items", all!(reader.conn(), ItemRow, ITEMS, id)),
        ("sold", all!(reader.conn(), SoldRow, SOLD, id)),
        ("charges", all!(reader.conn(), ChargeRow, CHARGES, id)),
        ("invoices", all!(reader.conn(), InvoiceRow, INVOICES, id)),
        ("refunds", all!(reader.conn(), RefundRow, REFUNDS, id)),
        ("refund_parts", all!(reader.conn(), RefundPartRow, REFUND_PARTS, id)),
        ("subscriptions", all!(reader.conn(), SubscriptionRow, SUBSCRIPTIONS, id)),
        ("plan_changes", all!(reader.conn(), PlanChangeRow, PLAN_CHANGES, id)),
        ("payment_methods", all!(reader.conn(), MethodRow, METHODS, id)),
        ("card_visits", all!(reader.conn(), VisitRow, VISITS, id)),
        ("cancel_attempts", all!(reader.conn(), AttemptRow, ATTEMPTS, id)),
        ("stay_offers", all!(reader.conn(), OfferRow, OFFERS, id)),
        ("cancellations", all!(reader.conn(), CancellationRow, CANCELLATIONS, id)),
        ("billing", all!(reader.conn(), BillingRow, BILLING, id)),
    ];
    let of_person = vec![
        ("access", all!(reader.conn(), AccessRow, ACCESS, id)),
        ("sessions", all!(reader.conn(), SessionRow, SESSIONS, id)),
        ("mails", all!(reader.conn(), MailRow, MAILS, id)),
        ("address_changes", all!(reader.conn(), AddressRow, ADDRESSES, id)),
        ("erasure_requests", all!(reader.conn(), ErasureRow, ERASURES, id)),
        ("log", all!(reader.conn(), AuditRow, AUDIT, id)),
    ];
    Ok((orders, of_orders, of_person))
}
