use crate::db::{Conn, Db, Error, Tx};
use crate::{on, row, statements};
use types::{Email, EmailChangeId, ErasureId, Instant, PersonId, ProducerId, Protocol, RequestId};
use uuid::Uuid;

statements! {
    PERSON = "select p.name, p.phone, p.tax_id, p.language, p.language_chosen_at, c.new_email,
            c.expires_at as new_email_until, e.protocol as erasure, e.requested_at as erasure_asked_at,
            e.due_at as erasure_due_at
        from people p
        left join email_changes c on c.person_id = p.id
            and c.confirmed_at is null
            and c.withdrawn_at is null
            and c.expires_at > $2
        left join erasures e on e.person_id = p.id and e.state = 'waiting'
        where p.id = $1
        order by c.created_at desc
        limit 1";
    WRITE_PROFILE = "update people set name = $2, phone = $3, tax_id = $4 where id = $1";
    PAYMENTS = "select c.paid_at, pr.time_zone
        from orders o
        join charges c on c.order_id = o.id
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1 and c.paid_at is not null and c.status in ('paid', 'refunded', 'disputed')";

    // Locks the person: of two requests at the same time one comes after the other.
    LOCK = "update people set created_at = created_at where id = $1 and erased_at is null and moved_to is null";
    // The same whatever became of the person: whoever carries an erasure on, buys with its address or moves it comes
    // one after the other.
    HOLD = "update people set created_at = created_at where id = $1";
    INSERT_CHANGE = "insert into email_changes (id, person_id, old_email, new_email, token_hash, language, asked_from,
                browser, created_at, expires_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    WITHDRAW_CHANGES = "update email_changes set withdrawn_at = $2
        where person_id = $1 and confirmed_at is null and withdrawn_at is null";
    CHANGE = "select id, person_id, old_email, new_email, language, asked_from, browser, created_at, expires_at,
            confirmed_at, withdrawn_at
        from email_changes
        where id = $1";
    CHANGE_BY_TOKEN = "select id, person_id, old_email, new_email, language, asked_from, browser, created_at,
            expires_at, confirmed_at, withdrawn_at
        from email_changes
        where token_hash = $1";
    // Atomic: of many presses at the same time one gets the row.
    CONFIRM_CHANGE = "update email_changes set confirmed_at = $2
        where token_hash = $1 and confirmed_at is null and withdrawn_at is null and expires_at > $2
        returning id, person_id, old_email, new_email, language, asked_from, browser, created_at, expires_at,
            confirmed_at, withdrawn_at";
    INSERT_PERSON = "insert into people (id, email, name, phone, tax_id, language, language_chosen_at, created_at)
                select $1,
            $2, name, phone, tax_id, language, language_chosen_at, $4
        from people
        where id = $3
        on conflict (email) do nothing";
    PERSON_BY_EMAIL = "select id from people where email = $1";
    // Where somebody is already, their own words stay; what they never said is taken over.
    TAKE_OVER = "update people set moved_to = null,
            phone = coalesce(phone, (select o.phone from people o where o.id = $2)),
            tax_id = coalesce(tax_id, (select o.tax_id from people o where o.id = $2)),
            language = coalesce(language, (select o.language from people o where o.id = $2))
        where id = $1 and erased_at is null";
    SELLERS = "select distinct producer_id as id
        from orders
        where person_id = $1 union select producer_id as id
        from access_tellings
        where person_id = $1
        order by 1";
    // A request goes where the person goes. Where one waits already, that one counts: it is about everything of the
    // person.
    MOVE_ERASURES = "update erasures set person_id = $2
        where person_id = $1
            and state = 'waiting'
            and not exists (select 1 from erasures e where e.person_id = $2 and e.state in ('waiting', 'begun'))";
    MERGE_ERASURES = "update erasures set state = 'undone', undone_by = 'merged', ended_at = $2
        where person_id = $1 and state = 'waiting'";
    MOVE_FORMER = "update people set moved_to = $2 where moved_to = $1 and id <> $2";
    MOVE_PERSON = "update people set moved_to = $2, phone = null, tax_id = null where id = $1";

    INSERT_ERASURE = "insert into erasures (id, person_id, protocol, request_id, state, requested_at, due_at)
        values ($1, $2, $3, $4, 'waiting', $5, $6)
        on conflict do nothing";
    ERASURE_BY_REQUEST = "select e.id, e.person_id, e.protocol, e.state, e.requested_at, e.due_at, e.undone_by,
            e.given_at, coalesce(e.given_email, p.email) as email, p.language
        from erasures e
        join people p on p.id = e.person_id
        where e.person_id = $1 and e.request_id = $2";
    ERASURE = "select e.id, e.person_id, e.protocol, e.state, e.requested_at, e.due_at, e.undone_by, e.given_at,
            coalesce(e.given_email, p.email) as email, p.language
        from erasures e
        join people p on p.id = e.person_id
        where e.id = $1";
    WAITING_ERASURE = "select e.id, e.person_id, e.protocol, e.state, e.requested_at, e.due_at, e.undone_by, e.given_at,
            coalesce(e.given_email, p.email) as email, p.language
        from erasures e
        join people p on p.id = e.person_id
        where e.person_id = $1 and e.state = 'waiting'";
    // Whom somebody with another address became; the request that waits for them now.
    ERASURE_OF_MOVED = "select e.id, e.person_id, e.protocol, e.state, e.requested_at, e.due_at, e.undone_by,
            e.given_at, p.email, p.language
        from people f
        join people p on p.id = f.moved_to
        join erasures e on e.person_id = p.id and e.state = 'waiting'
        where f.id = $1";
    MOVE_ERASURE = "update erasures set state = $3, ended_at = $4 where id = $1 and state = $2";
    UNDO_ERASURE = "update erasures set state = 'undone', undone_by = $2, ended_at = $3
        where id = $1 and state = 'waiting'";
    OPEN_MATTERS = "select 'refund' as matter, o.code, pr.slug
        from refunds f
        join orders o on o.id = f.order_id
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1
            and f.state in ('requested', 'approved', 'reconciling', 'sent') union select 'subscription' as matter,
            o.code, pr.slug
        from subscriptions s
        join orders o on o.id = s.order_id
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1
            and s.status <> 'ended'
            and o.status not in ('canceled', 'refunded') union select 'payment' as matter, o.code, pr.slug
        from charges c
        join orders o on o.id = c.order_id
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1
            and c.status = 'pending'
            and o.status <> 'canceled'
            and c.created_at > $2 union select 'parts' as matter, o.code, pr.slug
        from installment_plans i
        join orders o on o.id = i.order_id
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1
            and o.status in ('paid', 'partly_refunded')
            and i.installments > (select count(*) from invoices v where v.order_id = o.id
                and v.state = 'paid') union select 'dispute' as matter,
            o.code, pr.slug
        from orders o
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1 and o.status = 'disputed'
        order by 2, 1";
    LAST_SALE = "select o.ordered_at as at, pr.time_zone
        from orders o
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1
        order by o.ordered_at desc
        limit 1";
    BEGIN_ERASING = "update people set erased_at = $2 where id = $1 and erased_at is null";
    STILL_TOLD = "select count(*) as still from access_tellings where person_id = $1 and is_active";
    FORGET_PERSON = "update people set email = $2, name = $3, phone = null, tax_id = null, language = null,
            language_chosen_at = null
        where id = $1";
    FORMER = "select id, email from people where moved_to = $1 order by id";
}

row! {
    pub(super) struct PersonRow {
        name: String, phone: Option<String>, tax_id: Option<String>, language: Option<String>, language_chosen_at: Option<i64>,
        new_email: Option<String>, new_email_until: Option<i64>, erasure: Option<String>, erasure_asked_at: Option<i64>, erasure_due_at: Option<i64>,
    }
    pub(super) struct ChangeRow {
        id: Uuid, person_id: Uuid, old_email: String, new_email: String, language: String, asked_from: String, browser: String,
        created_at: i64, expires_at: i64, confirmed_at: Option<i64>, withdrawn_at: Option<i64>,
    }
    pub(super) struct ErasureRow {
        id: Uuid, person_id: Uuid, protocol: String, state: String, requested_at: i64, due_at: i64, undone_by: Option<String>,
        given_at: Option<i64>, email: String, language: Option<String>,
    }
    pub(super) struct MatterRow { matter: String, code: String, slug: String }
    struct PaymentRow { paid_at: i64, time_zone: String }
    struct SaleRow { at: i64, time_zone: String }
    struct IdRow { id: Uuid }
    struct StillRow { still: i64 }
    struct FormerRow { id: Uuid, email: String }
}

/// A wish to be written.
pub(super) struct NewChange<'a> {
    pub(super) id: EmailChangeId,
    pub(super) person: PersonId,
    pub(super) old: &'a Email,
    pub(super) new: &'a Email,
    pub(super) token_hash: String,
    pub(super) language: &'a str,
    pub(super) asked_from: &'a str,
    pub(super) browser: &'a str,
    pub(super) now: Instant,
    pub(super) expires_at: Instant,
}

pub(super) async fn person(conn: Conn<'_>, person: PersonId, now: Instant) -> Result<Option<PersonRow>, Error> {
    Ok(
        on!(conn, c => sqlx::query_as::<_, PersonRow>(PERSON).bind(person.0).bind(now.micros()).fetch_optional(c).await?),
    )
}

pub(super) async fn write_profile(
    tx: &mut Tx,
    person: PersonId,
    name: &str,
    phone: Option<&str>,
    tax_id: Option<&str>,
) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(WRITE_PROFILE).bind(person.0).bind(name).bind(phone).bind(tax_id).execute(c).await?; });
    Ok(())
}

/// When something was paid, and in which zone that is counted.
pub(super) async fn payments(db: &Db, person: PersonId) -> Result<Vec<(Instant, String)>, Error> {
    let rows =
        on!(db.read().await?.conn(), c => sqlx::query_as::<_, PaymentRow>(PAYMENTS).bind(person.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| (Instant::from_micros(row.paid_at), row.time_zone)).collect())
}

/// False when the person is being erased or has moved.
pub(super) async fn lock(tx: &mut Tx, person: PersonId) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => sqlx::query(LOCK).bind(person.0).execute(c).await?.rows_affected()) == 1)
}

/// Holds a person until the transaction ends, whatever became of them.
pub(super) async fn hold(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(HOLD).bind(person.0).execute(c).await?; });
    Ok(())
}

pub(super) async fn insert_change(tx: &mut Tx, new: &NewChange<'_>) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(INSERT_CHANGE)
            .bind(new.id.0)
            .bind(new.person.0)
            .bind(new.old.as_str())
            .bind(new.new.as_str())
            .bind(&new.token_hash)
            .bind(new.language)
            .bind(new.asked_from)
            .bind(new.browser)
            .bind(new.now.micros())
            .bind(new.expires_at.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

pub(super) async fn withdraw_changes(tx: &mut Tx, person: PersonId, now: Instant) -> Result<u64, Error> {
    Ok(
        on!(tx.conn(), c => sqlx::query(WITHDRAW_CHANGES).bind(person.0).bind(now.micros()).execute(c).await?.rows_affected()),
    )
}

pub(super) async fn change(db: &Db, change: EmailChangeId) -> Result<Option<ChangeRow>, Error> {
    Ok(
        on!(db.read().await?.conn(), c => sqlx::query_as::<_, ChangeRow>(CHANGE).bind(change.0).fetch_optional(c).await?),
    )
}

pub(super) async fn change_by_token(db: &Db, token_hash: &str) -> Result<Option<ChangeRow>, Error> {
    Ok(
        on!(db.read().await?.conn(), c => sqlx::query_as::<_, ChangeRow>(CHANGE_BY_TOKEN).bind(token_hash).fetch_optional(c).await?),
    )
}

pub(super) async fn confirm_change(tx: &mut Tx, token_hash: &str, now: Instant) -> Result<Option<ChangeRow>, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query_as::<_, ChangeRow>(CONFIRM_CHANGE).bind(token_hash).bind(now.micros()).fetch_optional(c).await?
    }))
}

/// Whoever has this address; somebody new, like `from`, when nobody has it.
pub(super) async fn person_like(
    tx: &mut Tx,
    new_id: Uuid,
    email: &str,
    from: PersonId,
    now: Instant,
) -> Result<PersonId, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query(INSERT_PERSON).bind(new_id).bind(email).bind(from.0).bind(now.micros()).execute(&mut *c).await?;
        sqlx::query_as::<_, IdRow>(PERSON_BY_EMAIL).bind(email).fetch_one(c).await?
    });
    Ok(PersonId(row.id))
}

/// Sellers with whom this person has something to do.
pub(super) async fn sellers(tx: &mut Tx, person: PersonId) -> Result<Vec<ProducerId>, Error> {
    let rows = on!(tx.conn(), c => sqlx::query_as::<_, IdRow>(SELLERS).bind(person.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| ProducerId(row.id)).collect())
}

/// `from` has become `to`, who is asked to be erased if `from` was. False when `to` is being erased.
pub(super) async fn move_person(tx: &mut Tx, from: PersonId, to: PersonId, now: Instant) -> Result<bool, Error> {
    on!(tx.conn(), c => {
        if sqlx::query(TAKE_OVER).bind(to.0).bind(from.0).execute(&mut *c).await?.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(MOVE_ERASURES).bind(from.0).bind(to.0).execute(&mut *c).await?;
        sqlx::query(MERGE_ERASURES).bind(from.0).bind(now.micros()).execute(&mut *c).await?;
        sqlx::query(MOVE_FORMER).bind(from.0).bind(to.0).execute(&mut *c).await?;
        sqlx::query(MOVE_PERSON).bind(from.0).bind(to.0).execute(c).await?;
    });
    Ok(true)
}

pub(super) async fn insert_erasure(
    tx: &mut Tx,
    erasure: ErasureId,
    person: PersonId,
    protocol: &Protocol,
    request: RequestId,
    now: Instant,
    due: Instant,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(INSERT_ERASURE)
            .bind(erasure.0)
            .bind(person.0)
            .bind(protocol.as_str())
            .bind(request.0)
            .bind(now.micros())
            .bind(due.micros())
            .execute(c)
            .await?
            .rows_affected()
    }) == 1)
}

pub(super) async fn erasure_by_request(
    tx: &mut Tx,
    person: PersonId,
    request: RequestId,
) -> Result<Option<ErasureRow>, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query_as::<_, ErasureRow>(ERASURE_BY_REQUEST).bind(person.0).bind(request.0).fetch_optional(c).await?
    }))
}

pub(super) async fn erasure(conn: Conn<'_>, erasure: ErasureId) -> Result<Option<ErasureRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as::<_, ErasureRow>(ERASURE).bind(erasure.0).fetch_optional(c).await?))
}

pub(super) async fn waiting_erasure(conn: Conn<'_>, person: PersonId) -> Result<Option<ErasureRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as::<_, ErasureRow>(WAITING_ERASURE).bind(person.0).fetch_optional(c).await?))
}

/// The request of whoever moved away from this row of a person.
pub(super) async fn erasure_of_moved(conn: Conn<'_>, person: PersonId) -> Result<Option<ErasureRow>, Error> {
    Ok(on!(conn, c => sqlx::query_as::<_, ErasureRow>(ERASURE_OF_MOVED).bind(person.0).fetch_optional(c).await?))
}

/// False when it does not wait any more.
pub(super) async fn undo_erasure(tx: &mut Tx, erasure: ErasureId, by: &str, now: Instant) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(UNDO_ERASURE).bind(erasure.0).bind(by).bind(now.micros()).execute(c).await?.rows_affected()
    }) == 1)
}

/// False when it is not in `from` any more.
pub(super) async fn move_erasure(
    tx: &mut Tx,
    erasure: ErasureId,
    from: &str,
    to: &str,
    ended_at: Option<Instant>,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(MOVE_ERASURE)
            .bind(erasure.0)
            .bind(from)
            .bind(to)
            .bind(ended_at.map(Instant::micros))
            .execute(c)
            .await?
            .rows_affected()
    }) == 1)
}

/// What is open; charges that wait since before `since` are waited for no more.
pub(super) async fn open_matters(conn: Conn<'_>, person: PersonId, since: Instant) -> Result<Vec<MatterRow>, Error> {
    Ok(on!(conn, c => {
        sqlx::query_as::<_, MatterRow>(OPEN_MATTERS).bind(person.0).bind(since.micros()).fetch_all(c).await?
    }))
}

/// When the latest sale was, and in which zone that is counted.
pub(super) async fn last_sale(conn: Conn<'_>, person: PersonId) -> Result<Option<(Instant, String)>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, SaleRow>(LAST_SALE).bind(person.0).fetch_optional(c).await?);
    Ok(row.map(|row| (Instant::from_micros(row.at), row.time_zone)))
}

/// From here on the person is on the way out.
pub(super) async fn begin_erasing(tx: &mut Tx, person: PersonId, now: Instant) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(BEGIN_ERASING).bind(person.0).bind(now.micros()).execute(c).await?; });
    Ok(())
}

/// What member areas still hold of this person.
pub(super) async fn still_told(tx: &mut Tx, person: PersonId) -> Result<i64, Error> {
    Ok(on!(tx.conn(), c => sqlx::query_as::<_, StillRow>(STILL_TOLD).bind(person.0).fetch_one(c).await?).still)
}

/// Addresses that this person had before, as rows of their own.
pub(super) async fn former(tx: &mut Tx, person: PersonId) -> Result<Vec<(PersonId, String)>, Error> {
    let rows = on!(tx.conn(), c => sqlx::query_as::<_, FormerRow>(FORMER).bind(person.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| (PersonId(row.id), row.email)).collect())
}

/// The person's own row names nobody any more.
pub(super) async fn forget(tx: &mut Tx, person: PersonId, instead: &str, name: &str) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(FORGET_PERSON).bind(person.0).bind(instead).bind(name).execute(c).await?;
    });
    Ok(())
}
