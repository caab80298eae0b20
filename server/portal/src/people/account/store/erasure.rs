use crate::account::state::{Erasure, ErasureState, UndoneBy};
use crate::db::{Conn, Error, Tx};
use crate::{on, order, row, statements};
use types::view::OpenMatter;
use types::{ErasureId, Instant, Language, PersonId, Protocol, RequestId};
use uuid::Uuid;

statements! {
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
    UNDO_ERASURE = "update erasures set state = $4, undone_by = $2, ended_at = $3
        where id = $1 and state = 'waiting'";
    // A request goes where the person goes. Where one waits already, that one counts: it is about everything of the
    // person.
    MOVE_ERASURES = "update erasures set person_id = $2
        where person_id = $1
            and state = 'waiting'
            and not exists (select 1 from erasures e where e.person_id = $2 and e.state in ('waiting', 'begun'))";
    MERGE_ERASURES = "update erasures set state = $3, undone_by = $4, ended_at = $2
        where person_id = $1 and state = 'waiting'";
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
}

row! {
    struct ErasureRow {
        id: Uuid, person_id: Uuid, protocol: String, state: String, requested_at: i64, due_at: i64,
        undone_by: Option<String>, given_at: Option<i64>, email: String, language: Option<String>,
    }
    struct MatterRow { matter: String, code: String, slug: String }
}

impl TryFrom<ErasureRow> for Erasure {
    type Error = Error;

    fn try_from(row: ErasureRow) -> Result<Self, Error> {
        let id = ErasureId(row.id);
        Ok(Self {
            id,
            person: PersonId(row.person_id),
            protocol: Protocol::on_file(row.protocol),
            state: ErasureState::read(id, &row.state, row.undone_by.as_deref())?,
            requested_at: Instant::from_micros(row.requested_at),
            due_at: Instant::from_micros(row.due_at),
            given_at: row.given_at.map(Instant::from_micros),
            email: row.email,
            language: row.language.as_deref().and_then(Language::of_tag),
        })
    }
}

pub(in crate::people::account) async fn insert_erasure(
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

pub(in crate::people::account) async fn erasure_by_request(
    tx: &mut Tx,
    person: PersonId,
    request: RequestId,
) -> Result<Option<Erasure>, Error> {
    let row = on!(tx.conn(), c => {
        sqlx::query_as::<_, ErasureRow>(ERASURE_BY_REQUEST).bind(person.0).bind(request.0).fetch_optional(c).await?
    });
    row.map(Erasure::try_from).transpose()
}

pub(in crate::people::account) async fn erasure(conn: Conn<'_>, erasure: ErasureId) -> Result<Option<Erasure>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, ErasureRow>(ERASURE).bind(erasure.0).fetch_optional(c).await?);
    row.map(Erasure::try_from).transpose()
}

pub(in crate::people::account) async fn waiting_erasure(
    conn: Conn<'_>,
    person: PersonId,
) -> Result<Option<Erasure>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, ErasureRow>(WAITING_ERASURE).bind(person.0).fetch_optional(c).await?);
    row.map(Erasure::try_from).transpose()
}

/// The request of whoever moved away from this row of a person.
pub(in crate::people::account) async fn erasure_of_moved(
    conn: Conn<'_>,
    person: PersonId,
) -> Result<Option<Erasure>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, ErasureRow>(ERASURE_OF_MOVED).bind(person.0).fetch_optional(c).await?);
    row.map(Erasure::try_from).transpose()
}

/// False when it does not wait any more.
pub(in crate::people::account) async fn undo_erasure(
    tx: &mut Tx,
    erasure: ErasureId,
    by: UndoneBy,
    now: Instant,
) -> Result<bool, Error> {
    let (state, by) = ErasureState::Undone(by).columns();
    Ok(on!(tx.conn(), c => {
        let query = sqlx::query(UNDO_ERASURE).bind(erasure.0).bind(by).bind(now.micros()).bind(state);
        query.execute(c).await?.rows_affected()
    }) == 1)
}

/// False when it is not in `from` any more.
pub(in crate::people::account) async fn move_erasure(
    tx: &mut Tx,
    erasure: ErasureId,
    from: ErasureState,
    to: ErasureState,
    ended_at: Option<Instant>,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(MOVE_ERASURE)
            .bind(erasure.0)
            .bind(from.columns().0)
            .bind(to.columns().0)
            .bind(ended_at.map(Instant::micros))
            .execute(c)
            .await?
            .rows_affected()
    }) == 1)
}

/// What is open; charges that wait since before `since` are waited for no more.
pub(in crate::people::account) async fn open_matters(
    conn: Conn<'_>,
    person: PersonId,
    since: Instant,
) -> Result<Vec<(OpenMatter, String)>, Error> {
    let rows = on!(conn, c => {
        sqlx::query_as::<_, MatterRow>(OPEN_MATTERS).bind(person.0).bind(since.micros()).fetch_all(c).await?
    });
    rows.into_iter().map(read_matter).collect()
}

/// What is open, and the handle of its order.
fn read_matter(row: MatterRow) -> Result<(OpenMatter, String), Error> {
    let matter = match row.matter.as_str() {
        "refund" => OpenMatter::Refund,
        "subscription" => OpenMatter::Subscription,
        "payment" => OpenMatter::Payment,
        "parts" => OpenMatter::Installments,
        "dispute" => OpenMatter::Dispute,
        _ => return Err(Error::inconsistent("orders", &row.code, "what is open of it")),
    };
    Ok((matter, order::handle(&row.code, &row.slug, true)))
}

/// A request goes where its person goes; one that has no place there is undone.
pub(super) async fn move_along(tx: &mut Tx, from: PersonId, to: PersonId, now: Instant) -> Result<(), Error> {
    let (state, by) = ErasureState::Undone(UndoneBy::Merged).columns();
    on!(tx.conn(), c => {
        sqlx::query(MOVE_ERASURES).bind(from.0).bind(to.0).execute(&mut *c).await?;
        sqlx::query(MERGE_ERASURES).bind(from.0).bind(now.micros()).bind(state).bind(by).execute(c).await?;
    });
    Ok(())
}
