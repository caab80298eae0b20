use super::erasure;
use crate::db::{Conn, Db, Error, Tx};
use crate::{on, row, statements};
use types::view::ErasureView;
use types::{Email, Instant, PersonId, ProducerId, Protocol, TaxId};
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
    WRITE_PROFILE = "update people set name = $2, phone = $3, tax_id = $4, profile_at = $5 where id = $1";
    // Made out by the order, or by what was written over it since.
    DOCUMENT_TAX_IDS = "select coalesce(b.tax_id, o.tax_id) as tax_id
        from orders o
        left join billing_data b on b.order_id = o.id
        where o.person_id = $1 and coalesce(b.tax_id, o.tax_id) is not null
        group by coalesce(b.tax_id, o.tax_id)
        order by max(o.ordered_at) desc
        limit 5";
    PAYMENTS = "select c.paid_at, pr.time_zone
        from orders o
        join charges c on c.order_id = o.id
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1 and c.paid_at is not null and c.status in ('paid', 'refunded', 'disputed')";
    // Locks the person: of two requests at the same time one comes after the other.
    LOCK_PRESENT = "update people set created_at = created_at where id = $1 and erased_at is null and moved_to is null";
    // The same whatever became of the person: whoever carries an erasure on, buys with its address or moves it comes
    // one after the other.
    LOCK = "update people set created_at = created_at where id = $1";
    INSERT_PERSON = "insert into people (id, email, name, phone, tax_id, profile_at, language, language_chosen_at,
                created_at)
            select $1, $2, name, phone, tax_id, profile_at, language, language_chosen_at, $4
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
    PRODUCERS = "select distinct producer_id as id
        from orders
        where person_id = $1 union select producer_id as id
        from access_tellings
        where person_id = $1 union select producer_id as id
        from deliveries
        where person_id = $1 and state in ('sending', 'refused', 'dead')
        order by 1";
    MOVE_FORMER = "update people set moved_to = $2 where moved_to = $1 and id <> $2";
    MOVE_PERSON = "update people set moved_to = $2, phone = null, tax_id = null, profile_at = null where id = $1";
    LAST_SALE = "select o.ordered_at as at, pr.time_zone
        from orders o
        join producers pr on pr.id = o.producer_id
        where o.person_id = $1
        order by o.ordered_at desc
        limit 1";
    BEGIN_ERASING = "update people set erased_at = $2 where id = $1 and erased_at is null";
    // A call that is on its way, or that had no answer, may have given something as well.
    STILL_TOLD = "select (select count(*) from access_tellings where person_id = $1 and is_active)
            + (select count(*) from deliveries where person_id = $1
                and state in ('sending', 'refused', 'dead')) as still";
    FORGET_PERSON = "update people set email = $2, name = $3, phone = null, tax_id = null, profile_at = null,
            language = null, language_chosen_at = null
        where id = $1";
    FORMER = "select id, email from people where moved_to = $1 order by id";
}

row! {
    struct PersonRow {
        name: String, phone: Option<String>, tax_id: Option<String>, language: Option<String>,
        language_chosen_at: Option<i64>, new_email: Option<String>, new_email_until: Option<i64>,
        erasure: Option<String>, erasure_asked_at: Option<i64>, erasure_due_at: Option<i64>,
    }
    struct TaxIdRow { tax_id: String }
    struct PaymentRow { paid_at: i64, time_zone: String }
    struct SaleRow { at: i64, time_zone: String }
    struct IdRow { id: Uuid }
    struct StillRow { still: i64 }
    struct FormerRow { id: Uuid, email: String }
}

/// What a person gave, and what of it waits to be changed.
pub(in crate::people::account) struct Person {
    pub(in crate::people::account) name: String,
    pub(in crate::people::account) phone: Option<String>,
    pub(in crate::people::account) tax_id: Option<String>,
    pub(in crate::people::account) language: Option<String>,
    pub(in crate::people::account) has_chosen_language: bool,
    /// The address that is to be confirmed, and until when.
    pub(in crate::people::account) new_email: Option<(Email, Instant)>,
    /// The request to be erased that waits.
    pub(in crate::people::account) erasure: Option<ErasureView>,
}

pub(in crate::people::account) async fn person(
    conn: Conn<'_>,
    person: PersonId,
    now: Instant,
) -> Result<Option<Person>, Error> {
    let row = on!(conn, c => {
        sqlx::query_as::<_, PersonRow>(PERSON).bind(person.0).bind(now.micros()).fetch_optional(c).await?
    });
    row.map(|row| read(person, row)).transpose()
}

fn read(person: PersonId, row: PersonRow) -> Result<Person, Error> {
    let new_email = match (&row.new_email, row.new_email_until) {
        (Some(email), Some(until)) => {
            let email = Email::parse(email).map_err(|_| Error::inconsistent("people", person, "new e-mail"))?;
            Some((email, Instant::from_micros(until)))
        }
        _ => None,
    };
    let erasure = match (row.erasure, row.erasure_asked_at, row.erasure_due_at) {
        (Some(protocol), Some(asked), Some(due)) => Some(ErasureView {
            protocol: Protocol::on_file(protocol),
            requested_at: Instant::from_micros(asked),
            due_at: Instant::from_micros(due),
        }),
        _ => None,
    };
    Ok(Person {
        name: row.name,
        phone: row.phone,
        tax_id: row.tax_id,
        language: row.language,
        has_chosen_language: row.language_chosen_at.is_some(),
        new_email,
        erasure,
    })
}

pub(in crate::people::account) async fn write_profile(
    tx: &mut Tx,
    person: PersonId,
    name: &str,
    (phone, tax_id): (Option<&str>, Option<&str>),
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        let query = sqlx::query(WRITE_PROFILE).bind(person.0).bind(name).bind(phone).bind(tax_id);
        query.bind(now.micros()).execute(c).await?;
    });
    Ok(())
}

/// What documents of a person's orders hold instead of a tax id of the account; what is none is left out.
pub(in crate::people::account) async fn document_tax_ids(db: &Db, person: PersonId) -> Result<Vec<TaxId>, Error> {
    let rows = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, TaxIdRow>(DOCUMENT_TAX_IDS).bind(person.0).fetch_all(c).await?
    });
    Ok(rows.iter().filter_map(|row| TaxId::completed(&row.tax_id)).collect())
}

/// When something was paid, and in which zone that is counted.
pub(in crate::people::account) async fn payments(db: &Db, person: PersonId) -> Result<Vec<(Instant, String)>, Error> {
    let rows =
        on!(db.read().await?.conn(), c => sqlx::query_as::<_, PaymentRow>(PAYMENTS).bind(person.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| (Instant::from_micros(row.paid_at), row.time_zone)).collect())
}

/// Locks a person until the transaction ends. Returns false when the person is being erased or has moved.
pub(in crate::people::account) async fn lock_present(tx: &mut Tx, person: PersonId) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => sqlx::query(LOCK_PRESENT).bind(person.0).execute(c).await?.rows_affected()) == 1)
}

/// Locks a person until the transaction ends, whatever became of them.
pub(in crate::people::account) async fn lock(tx: &mut Tx, person: PersonId) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(LOCK).bind(person.0).execute(c).await?; });
    Ok(())
}

/// Whoever has this address; somebody new, like `from`, when nobody has it.
pub(in crate::people::account) async fn person_like(
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

/// Producers with whom this person has something to do.
pub(in crate::people::account) async fn producers(tx: &mut Tx, person: PersonId) -> Result<Vec<ProducerId>, Error> {
    let rows = on!(tx.conn(), c => sqlx::query_as::<_, IdRow>(PRODUCERS).bind(person.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| ProducerId(row.id)).collect())
}

/// `from` has become `to`, who is asked to be erased if `from` was. False when `to` is being erased.
pub(in crate::people::account) async fn move_person(
    tx: &mut Tx,
    from: PersonId,
    to: PersonId,
    now: Instant,
) -> Result<bool, Error> {
    on!(tx.conn(), c => {
        if sqlx::query(TAKE_OVER).bind(to.0).bind(from.0).execute(&mut *c).await?.rows_affected() == 0 {
            return Ok(false);
        }
    });
    erasure::move_along(tx, from, to, now).await?;
    on!(tx.conn(), c => {
        sqlx::query(MOVE_FORMER).bind(from.0).bind(to.0).execute(&mut *c).await?;
        sqlx::query(MOVE_PERSON).bind(from.0).bind(to.0).execute(c).await?;
    });
    Ok(true)
}

/// When the latest sale was, and in which zone that is counted.
pub(in crate::people::account) async fn last_sale(
    conn: Conn<'_>,
    person: PersonId,
) -> Result<Option<(Instant, String)>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, SaleRow>(LAST_SALE).bind(person.0).fetch_optional(c).await?);
    Ok(row.map(|row| (Instant::from_micros(row.at), row.time_zone)))
}

/// From here on the person is on the way out.
pub(in crate::people::account) async fn begin_erasing(
    tx: &mut Tx,
    person: PersonId,
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(BEGIN_ERASING).bind(person.0).bind(now.micros()).execute(c).await?; });
    Ok(())
}

/// What member areas still give this person, or may give.
pub(in crate::people::account) async fn still_told(tx: &mut Tx, person: PersonId) -> Result<i64, Error> {
    Ok(on!(tx.conn(), c => sqlx::query_as::<_, StillRow>(STILL_TOLD).bind(person.0).fetch_one(c).await?).still)
}

/// Addresses that this person had before, as rows of their own.
pub(in crate::people::account) async fn former(
    tx: &mut Tx,
    person: PersonId,
) -> Result<Vec<(PersonId, String)>, Error> {
    let rows = on!(tx.conn(), c => sqlx::query_as::<_, FormerRow>(FORMER).bind(person.0).fetch_all(c).await?);
    Ok(rows.into_iter().map(|row| (PersonId(row.id), row.email)).collect())
}

/// The person's own row names nobody any more.
pub(in crate::people::account) async fn forget(
    tx: &mut Tx,
    person: PersonId,
    instead: &str,
    name: &str,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(FORGET_PERSON).bind(person.0).bind(instead).bind(name).execute(c).await?;
    });
    Ok(())
}
