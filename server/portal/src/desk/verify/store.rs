use crate::db::{Db, Engine, Error};
use crate::{on, row, statements};
use sqlx::Executor;
use uuid::Uuid;

/// What finds the end of a step of a table: the row that is so many behind.
macro_rules! step {
    ($table:literal) => {
        concat!("select id from ", $table, " where id > $1 order by id limit 1 offset $2")
    };
}

// Each rule looks at the rows whose id is behind $1 and not behind $2, and at what hangs on them by an index: a short
// read, however many rows there are.
statements! {
    STEP_ORDERS = step!("orders");
    STEP_REFUNDS = step!("refunds");
    STEP_SESSIONS = step!("sessions");
    STEP_INVOICES = step!("invoices");
    STEP_PEOPLE = step!("people");
    STEP_CARD_UPDATES = step!("card_updates");
    STEP_CANCELLATIONS = step!("cancellations");
    STEP_RETENTION_OFFERS = step!("retention_offers");
    STEP_PLAN_CHANGES = step!("plan_changes");
    TOTALS = "select o.code as place
        from orders o
        where o.id > $1 and o.id <= $2
            and o.total <> (select coalesce(sum(i.amount), 0) from order_items i where i.order_id = o.id)
        limit 20";
    NO_ITEMS = "select o.code as place
        from orders o
        where o.id > $1 and o.id <= $2
            and not exists (select 1 from order_items i where i.order_id = o.id and i.position = 0)
        limit 20";
    SALE_FORGOTTEN = "select o.code as place
        from orders o
        join order_items i on i.order_id = o.id
        where o.id > $1 and o.id <= $2
            and not exists (select 1 from sale_items s where s.item_id = i.id)
        limit 20";
    PAID_WITHOUT_TIME = "select o.code as place
        from orders o
        where o.id > $1 and o.id <= $2
            and o.status in ('paid', 'partly_refunded', 'refunded') and o.paid_at is null
        limit 20";
    OVER_REFUND = "select f.protocol as place
        from refunds f
        join refund_parts p on p.refund_id = f.id
        join charges c on c.id = p.charge_id
        where f.id > $1 and f.id <= $2
            and p.state not in ('failed', 'released')
            and c.amount < (select sum(g.amount) from refund_parts g where g.charge_id = c.id
                and g.state not in ('failed', 'released'))
        limit 20";
    REFUND_SUM = "select f.protocol as place
        from refunds f
        where f.id > $1 and f.id <= $2
            and f.state not in ('declined', 'withdrawn')
            and f.amount <> (select coalesce(sum(p.amount), 0) from refund_parts p where p.refund_id = f.id
                and p.state <> 'released')
        limit 20";
    REFUND_STANDS = "select f.protocol as place
        from refunds f
        join refund_parts p on p.refund_id = f.id
        where f.id > $1 and f.id <= $2
            and ((f.state in ('requested', 'declined', 'withdrawn')
                and p.state not in ('waiting', 'settled', 'released'))
                or (f.state in ('declined', 'withdrawn') and p.state = 'waiting') or (f.state = 'approved'
                and p.state not in ('waiting', 'by_hand', 'released')) or (f.state = 'sent'
                and p.state not in ('sent', 'settled', 'released')) or (f.state = 'settled'
                and p.state not in ('settled', 'released')) or (f.state = 'failed'
                and p.state in ('waiting', 'by_hand', 'reconciling')))
        limit 20";
    REFUND_OF_ANOTHER = "select f.protocol as place
        from refunds f
        join refund_parts p on p.refund_id = f.id
        join charges c on c.id = p.charge_id
        where f.id > $1 and f.id <= $2
            and (c.order_id <> f.order_id or c.currency <> f.currency)
        limit 20";
    PAYEE_KEPT = "select f.protocol as place
        from refunds f
        where f.id > $1 and f.id <= $2
            and f.payee_sealed is not null
            and (f.state in ('declined', 'withdrawn') or (f.state in ('settled', 'failed') and not exists (select 1
                from refund_parts p where p.refund_id = f.id and p.state = 'sent')))
        limit 20";
    REFUND_WITHOUT_ITEMS = "select f.protocol as place
        from refunds f
        where f.id > $1 and f.id <= $2
            and not exists (select 1 from refund_items ri where ri.refund_id = f.id)
        limit 20";
    HELD_BY_ENDED = "select f.protocol as place
        from refunds f
        join refund_items ri on ri.refund_id = f.id
        where f.id > $1 and f.id <= $2
            and f.state in ('failed', 'declined', 'withdrawn') and ri.released_at is null
        limit 20";
    REFUND_IN_LIMBO = "select f.protocol as place
        from refunds f
        where f.id > $1 and f.id <= $2
            and exists (select 1 from refund_parts p where p.refund_id = f.id and (p.state in ('reconciling', 'sent')
                or (p.state = 'waiting' and f.state in ('approved', 'reconciling') and (f.payee_asked_at is null
                or f.payee_sealed is not null))))
            and not exists (select 1 from jobs j where j.kind = 'advance_refund' and j.state = 'ready'
                and j.subject = f.id)
        limit 20";
    // Where the bank decides, that is what counts, whatever went back as well.
    ORDER_STATUS = "select o.code as place
        from orders o
        where o.id > $1 and o.id <= $2
            and o.source = 'api'
            and o.reported_version is null
            and o.status <> 'disputed'
            and exists (select 1 from refunds f where f.order_id = o.id)
            and ( (o.status = 'refunded') <> (not exists (select 1 from order_items i where i.order_id = o.id and not
                exists ( select 1 from refund_items ri join refunds f on f.id = ri.refund_id where ri.item_id = i.id
                and ri.released_at is null and f.state in ('sent', 'settled')))) )
        limit 20";
    REFUNDED_BUT_BILLED = "select o.code as place
        from orders o
        join subscriptions s on s.order_id = o.id
        where o.id > $1 and o.id <= $2
            and o.status = 'refunded' and s.status <> 'ended'
        limit 20";
    SPENT_TWICE = "select cast(count(*) as text) as place
        from sessions s
        join links l on l.id = s.link_id
        where s.id > $1 and s.id <= $2
            and l.consumed_at is null
        having count(*) > 0";
    // What an area was told last and what is on its way account for every paid line with a rule.
    ACCESS_LOST = "select o.code as place
        from orders o
        join order_items i on i.order_id = o.id
        join access_rules r on r.product_id = i.product_id
        join access_rule_targets t on t.rule_id = r.id
        left join subscriptions s on s.order_id = o.id
        where o.id > $1 and o.id <= $2
            and o.status = 'paid'
            and not exists (select 1 from access_tellings a where a.member_area_id = r.member_area_id
                and a.person_id = o.person_id and a.target = t.target)
            and not exists (select 1 from jobs j where j.subject = o.person_id
                and j.kind in ('sync_access', 'look_at_access'))
            and not exists (select 1 from jobs j where j.subject = r.product_id and j.kind = 'look_at_product')
            and (s.id is null or s.status in ('active', 'trialing'))
            and not exists (select 1 from people g where g.id = o.person_id and g.erased_at is not null)
        limit 20";
    // What an area was told and nothing gives any more is on its way out.
    ACCESS_LEFT = "select p.email as place
        from access_tellings a
        join people p on p.id = a.person_id
        where p.id > $1 and p.id <= $2
            and a.is_active
            and not exists ( select 1 from orders o join order_items i on i.order_id = o.id
                join access_rules r on r.product_id = i.product_id and r.member_area_id = a.member_area_id
                join access_rule_targets t on t.rule_id = r.id and t.target = a.target left
                join subscriptions s on s.order_id = o.id where o.person_id = a.person_id
                and o.status in ('paid', 'partly_refunded') and (s.id is null or i.is_bump
                or s.status in ('trialing', 'active', 'ending') or (s.status = 'past_due' and exists (select 1
                from invoices v where v.order_id = o.id and v.state = 'open'))) and not exists (select 1
                from refund_items ri join refunds f on f.id = ri.refund_id where ri.item_id = i.id
                and ri.released_at is null and f.state in ('sent', 'settled')))
            and not exists (select 1 from jobs j where j.kind = 'sync_access' and j.state = 'ready'
                and j.subject = a.person_id)
        limit 20";
    CARD_FORGOTTEN = "select o.code as place
        from card_updates u
        join orders o on o.id = u.order_id
        where u.id > $1 and u.id <= $2
            and ((u.state in ('begun', 'open') or (u.state = 'saved' and u.outcome_amount is not null
                and (u.outcome is null or u.outcome in ('action', 'unknown'))))
            and not exists (select 1 from jobs j where j.kind = 'advance_card_update' and j.state = 'ready'
                and j.subject = u.id))
        limit 20";
    // Our word counts, whatever the source says; only money back ends it earlier.
    CANCELED_GOES_ON = "select c.protocol as place
        from cancellations c
        join subscriptions s on s.id = c.subscription_id
        where c.id > $1 and c.id <= $2
            and ((c.state = 'asked' and s.status not in ('ending', 'ended'))
                or (c.state = 'done' and s.status <> 'ended')
                or (c.state <> 'undone' and s.next_charge_at is not null))
        limit 20";
    CANCELLATION_FORGOTTEN = "select c.protocol as place
        from cancellations c
        where c.id > $1 and c.id <= $2
            and c.state = 'asked'
            and not exists (select 1 from jobs j where j.kind = 'finish_cancellation' and j.state = 'ready'
                and j.subject = c.id)
        limit 20";
    PAUSE_FORGOTTEN = "select cast(count(*) as text) as place
        from retention_offers r
        where r.id > $1 and r.id <= $2
            and r.kind = 'pause'
            and r.state <> 'over'
            and not exists (select 1 from jobs j where j.kind = 'carry_pause' and j.state = 'ready'
                and j.subject = r.id)
        having count(*) > 0";
    PLAN_IN_LIMBO = "select o.code as place
        from plan_changes c
        join orders o on o.id = c.order_id
        where c.id > $1 and c.id <= $2
            and c.state in ('asked', 'reconciling', 'waiting', 'returning')
            and c.ended_at is null
            and not exists (select 1 from jobs j where j.kind = 'advance_plan_change' and j.state = 'ready'
                and j.subject = c.id)
        limit 20";
    PLAN_WITHOUT_MONEY = "select o.code as place
        from plan_changes c
        join plan_quotes q on q.id = c.id
        join orders o on o.id = c.order_id
        where c.id > $1 and c.id <= $2
            and c.state = 'applied'
            and q.due > 0
            and not exists (select 1 from charges h where h.order_id = c.order_id and h.reference = c.charge_reference
                and h.amount = q.due)
        limit 20";
    INVOICE_MONEY = "select o.code || ' ' || cast(v.number as text) as place
        from invoices v
        join orders o on o.id = v.order_id
        where v.id > $1 and v.id <= $2
            and v.state = 'paid'
            and v.amount <> (select coalesce(sum(c.amount), 0) from charges c where c.invoice_id = v.id
                and c.status in ('paid', 'refunded', 'disputed'))
        limit 20";
    INVOICE_UNPAID = "select o.code || ' ' || cast(v.number as text) as place
        from invoices v
        join orders o on o.id = v.order_id
        where v.id > $1 and v.id <= $2
            and v.state <> 'paid' and exists (select 1 from charges c where c.invoice_id = v.id and c.status = 'paid')
        limit 20";
    INVOICE_TWICE = "select o.code || ' ' || cast(v.number as text) as place
        from invoices v
        join orders o on o.id = v.order_id
        where v.id > $1 and v.id <= $2
            and 1 < (select count(*) from charges c where c.invoice_id = v.id
                and c.status in ('paid', 'refunded', 'disputed'))
        limit 20";
    INVOICE_OF_ANOTHER = "select o.code as place
        from charges c
        join invoices v on v.id = c.invoice_id
        join orders o on o.id = v.order_id
        where v.id > $1 and v.id <= $2
            and (c.order_id <> v.order_id or c.currency <> v.currency)
        limit 20";
    OWED_BY_ENDED = "select o.code as place
        from invoices v
        join orders o on o.id = v.order_id
        left join subscriptions s on s.order_id = o.id
        where v.id > $1 and v.id <= $2
            and v.state in ('open', 'overdue')
            and (o.status in ('refunded', 'canceled') or s.status = 'ended')
            and not exists (select 1 from jobs j where j.subject = o.id and j.kind = 'bill' and j.state = 'ready')
        limit 20";
    BILLED_IN_LIMBO = "select o.code as place
        from orders o
        left join subscriptions s on s.order_id = o.id and s.is_billed
        where o.id > $1 and o.id <= $2
            and o.status = 'paid'
            and not exists (select 1 from jobs j where j.subject = o.id and j.kind = 'bill' and j.state = 'ready')
            and ((s.status in ('trialing', 'active') and s.next_charge_at is not null) or exists (select 1
                from invoices v where v.order_id = o.id and (v.state = 'open' or v.attempt_key is not null)))
        limit 20";
    INSTALLMENTS = "select o.code as place
        from orders o
        join installment_plans p on p.order_id = o.id
        where o.id > $1 and o.id <= $2
            and (p.installments < (select count(*) from invoices v where v.order_id = o.id) or (p.installments =
                (select count(*) from invoices v where v.order_id = o.id and v.state = 'paid') and not exists (select 1
                from refunds f where f.order_id = o.id) and o.total <> (select sum(v.amount) from invoices v
                where v.order_id = o.id)))
        limit 20";
}

/// PostgreSQL would read the whole of another table for the rows of each step.
const ROW_BY_ROW: &str = "set local enable_hashjoin = off; set local enable_mergejoin = off;
    set local enable_seqscan = off";

/// A rule, and the table whose rows it looks at.
pub(super) struct Rule {
    table: Table,
    pub(super) what: &'static str,
    sql: &'static str,
}

const fn rule(table: Table, what: &'static str, sql: &'static str) -> Rule {
    Rule { table, what, sql }
}

/// A table that is walked through in steps.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Table {
    Orders,
    Refunds,
    Sessions,
    Invoices,
    People,
    CardUpdates,
    Cancellations,
    RetentionOffers,
    PlanChanges,
}
use Table::*;

impl Table {
    pub(super) const ALL: [Self; 9] =
        [Orders, Refunds, Sessions, Invoices, People, CardUpdates, Cancellations, RetentionOffers, PlanChanges];

    const fn step(self) -> &'static str {
        match self {
            Orders => STEP_ORDERS,
            Refunds => STEP_REFUNDS,
            Sessions => STEP_SESSIONS,
            Invoices => STEP_INVOICES,
            People => STEP_PEOPLE,
            CardUpdates => STEP_CARD_UPDATES,
            Cancellations => STEP_CANCELLATIONS,
            RetentionOffers => STEP_RETENTION_OFFERS,
            PlanChanges => STEP_PLAN_CHANGES,
        }
    }

    /// The rules about its rows.
    pub(super) fn rules(self) -> impl Iterator<Item = &'static Rule> {
        RULES.iter().filter(move |rule| rule.table == self)
    }
}

const RULES: &[Rule] = &[
    rule(Orders, "an order's total is the sum of its items", TOTALS),
    rule(Orders, "an order has a first item", NO_ITEMS),
    rule(Orders, "each line of an order is kept as it was sold", SALE_FORGOTTEN),
    rule(Orders, "a paid order says when it was paid", PAID_WITHOUT_TIME),
    rule(Refunds, "no more is refunded than was charged", OVER_REFUND),
    rule(Refunds, "a refund is the sum of its parts", REFUND_SUM),
    rule(Refunds, "a refund stands where its parts stand", REFUND_STANDS),
    rule(Refunds, "a refund goes back by charges of its own order", REFUND_OF_ANOTHER),
    rule(Refunds, "an account that money was paid to is forgotten", PAYEE_KEPT),
    rule(Refunds, "a refund names its items", REFUND_WITHOUT_ITEMS),
    rule(Refunds, "a refund that ended without money holds no item", HELD_BY_ENDED),
    rule(Refunds, "a refund that is under way has a job", REFUND_IN_LIMBO),
    rule(Orders, "an order is refunded exactly when all its items are", ORDER_STATUS),
    rule(Orders, "a refunded subscription is not billed", REFUNDED_BUT_BILLED),
    rule(Sessions, "a session comes from a link that is spent", SPENT_TWICE),
    rule(Invoices, "a paid invoice was charged for its amount", INVOICE_MONEY),
    rule(Invoices, "an invoice that a charge has paid is paid", INVOICE_UNPAID),
    rule(Invoices, "an invoice is paid by one charge", INVOICE_TWICE),
    rule(Invoices, "a charge pays for an invoice of its own order", INVOICE_OF_ANOTHER),
    rule(Invoices, "an ended order owes nothing", OWED_BY_ENDED),
    rule(Orders, "what our calendar charges has a job", BILLED_IN_LIMBO),
    rule(Orders, "the instalments of a price are the price", INSTALLMENTS),
    rule(People, "access that nothing gives any more is taken away or on its way", ACCESS_LEFT),
    rule(CardUpdates, "a card update that is under way has a job", CARD_FORGOTTEN),
    rule(Cancellations, "a cancelled subscription ends and is not charged", CANCELED_GOES_ON),
    rule(Cancellations, "a cancellation whose day is ahead has a job", CANCELLATION_FORGOTTEN),
    rule(RetentionOffers, "a pause that is not over has a job", PAUSE_FORGOTTEN),
    rule(PlanChanges, "a change of plan whose money is on its way has a job", PLAN_IN_LIMBO),
    rule(PlanChanges, "a plan that was changed was paid for", PLAN_WITHOUT_MONEY),
    rule(Orders, "access that was paid for was told or is on its way", ACCESS_LOST),
];

row! {
    struct PlaceRow { place: String }
    struct IdRow { id: Uuid }
}

/// Rows behind one id, up to and with another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Step {
    behind: Uuid,
    to: Uuid,
}

impl Step {
    /// The first step through a table, of so many rows.
    pub(super) async fn first(db: &Db, table: Table, rows: i64) -> Result<Self, Error> {
        Self::behind(db, table, rows, Uuid::nil()).await
    }

    /// The one after it; none when it was the last.
    pub(super) async fn next(self, db: &Db, table: Table, rows: i64) -> Result<Option<Self>, Error> {
        if self.to == Uuid::max() {
            return Ok(None);
        }
        Self::behind(db, table, rows, self.to).await.map(Some)
    }

    async fn behind(db: &Db, table: Table, rows: i64, behind: Uuid) -> Result<Self, Error> {
        let end = on!(db.read().await?.conn(), c => {
            sqlx::query_as::<_, IdRow>(table.step()).bind(behind).bind(rows - 1).fetch_optional(c).await?
        });
        Ok(Self { behind, to: end.map_or(Uuid::max(), |row| row.id) })
    }
}

impl Rule {
    /// What breaks the rule in a step.
    pub(super) async fn places(&self, db: &Db, step: Step) -> Result<Vec<String>, Error> {
        let rows = if db.is_postgres() {
            // Ends without a commit: it only reads.
            let mut tx = db.begin().await?;
            if let Engine::Postgres(conn) = tx.conn() {
                conn.execute(ROW_BY_ROW).await?;
            }
            on!(tx.conn(), c => {
                sqlx::query_as::<_, PlaceRow>(self.sql).bind(step.behind).bind(step.to).fetch_all(c).await?
            })
        } else {
            on!(db.read().await?.conn(), c => {
                sqlx::query_as::<_, PlaceRow>(self.sql).bind(step.behind).bind(step.to).fetch_all(c).await?
            })
        };
        Ok(rows.into_iter().map(|row| row.place).collect())
    }
}

/// What breaks an invariant of somebody else's tables.
pub(super) async fn places(db: &Db, sql: &'static str) -> Result<Vec<String>, Error> {
    let rows = on!(db.read().await?.conn(), c => sqlx::query_as::<_, PlaceRow>(sql).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| row.place).collect())
}

/// Files up to this size, in bytes, are compared with each of their indexes: of a larger one that takes minutes.
const SMALL: i64 = 256 * 1024 * 1024;

/// What SQLite itself says of its file, a table at a time; PostgreSQL keeps its references by itself.
pub(super) async fn engine_faults(db: &Db) -> Result<Option<Vec<String>>, Error> {
    let (tables, size): (Vec<(String,)>, (i64,)) = {
        let mut reader = db.read().await?;
        let Engine::Sqlite(conn) = reader.conn() else { return Ok(None) };
        let tables = "select name from sqlite_schema where type = 'table' order by name";
        let size = "select page_count * page_size from pragma_page_count, pragma_page_size";
        (sqlx::query_as(tables).fetch_all(&mut *conn).await?, sqlx::query_as(size).fetch_one(conn).await?)
    };
    let whole = match size.0 <= SMALL {
        true => "select integrity_check from pragma_integrity_check($1)",
        false => "select quick_check from pragma_quick_check($1)",
    };
    let mut faults = Vec::new();
    for (table,) in &tables {
        let mut reader = db.read().await?;
        let Engine::Sqlite(conn) = reader.conn() else { return Ok(None) };
        let whole: Vec<(String,)> = sqlx::query_as(whole).bind(table).fetch_all(&mut *conn).await?;
        let orphans = "select \"table\" from pragma_foreign_key_check($1)";
        let orphans: Vec<(String,)> = sqlx::query_as(orphans).bind(table).fetch_all(conn).await?;
        faults.extend(whole.into_iter().chain(orphans).map(|(line,)| line).filter(|line| line != "ok"));
    }
    faults.truncate(20);
    Ok((!faults.is_empty()).then_some(faults))
}
