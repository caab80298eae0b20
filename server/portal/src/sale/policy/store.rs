use super::{Change, Policy};
use crate::db::{Conn, Error, Tx, parsed};
use crate::{on, row, statements};
use serde_json::Value;
use types::{Code, EventId, Instant, ProducerId};
use uuid::Uuid;

statements! {
    // What was said for the product comes before what was said for all.
    FIND = "select content
        from policies
        where producer_id = $1 and (scope = '' or scope = $2)
        order by scope desc
        limit 1";
    WRITE = "insert into policies (producer_id, scope, content, updated_at)
        values ($1, $2, $3, $4)
        on conflict (producer_id, scope) do update set content = excluded.content, updated_at = excluded.updated_at";
    FORGET = "delete from policies where producer_id = $1 and scope = $2";
    // What was set up has neither order nor person.
    CHANGES = "select id, at, actor_kind, name, before, after
        from events
        where producer_id = $1 and order_id is null and person_id is null and (at, id) < ($2, $3)
            and name in ('policy.written', 'product.written', 'offer.written', 'producer.written', 'source.written',
                'member_area.written', 'access_rule.written', 'connection.written', 'api_key.created',
                'api_key.revoked')
        order by at desc, id desc
        limit $4";
    CHANGE = "select id, at, actor_kind, name, before, after
        from events
        where id = $2 and producer_id = $1 and order_id is null and person_id is null";
    SCOPES = "select scope from policies where producer_id = $1 and scope > '' order by scope";
}

row! {
    struct PolicyRow { content: String }
    struct ScopeRow { scope: String }
    struct ChangeRow {
        id: Uuid, at: i64, actor_kind: String, name: String, before: Option<String>, after: Option<String>,
    }
}

pub(super) async fn find(
    conn: Conn<'_>,
    producer: ProducerId,
    product: Option<&Code>,
) -> Result<Option<String>, Error> {
    let scope = product.map_or("", Code::as_str);
    let row =
        on!(conn, c => sqlx::query_as::<_, PolicyRow>(FIND).bind(producer.0).bind(scope).fetch_optional(c).await?);
    Ok(row.map(|row| row.content))
}

/// Writes the policy of one product, or, without one, of all.
pub async fn write(
    tx: &mut Tx,
    producer: ProducerId,
    product: Option<&Code>,
    policy: &Policy,
    now: Instant,
) -> Result<(), Error> {
    let scope = product.map_or("", Code::as_str);
    let content = serde_json::to_string(policy).map_err(|error| Error::inconsistent("policies", producer, error))?;
    on!(tx.conn(), c => {
        sqlx::query(WRITE).bind(producer.0).bind(scope).bind(&content).bind(now.micros()).execute(c).await?;
    });
    Ok(())
}

/// Forgets the policy of one product. Returns whether there was one.
pub(super) async fn forget(tx: &mut Tx, producer: ProducerId, product: &Code) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(FORGET).bind(producer.0).bind(product.as_str()).execute(c).await?.rows_affected() == 1
    }))
}

/// The products that have a policy of their own.
pub(super) async fn scopes(conn: Conn<'_>, producer: ProducerId) -> Result<Vec<Code>, Error> {
    let rows = on!(conn, c => sqlx::query_as::<_, ScopeRow>(SCOPES).bind(producer.0).fetch_all(c).await?);
    rows.iter().map(|row| parsed("policies", producer, Code::parse(&row.scope))).collect()
}

impl TryFrom<ChangeRow> for Change {
    type Error = Error;

    fn try_from(row: ChangeRow) -> Result<Self, Error> {
        let read = |text: Option<String>| text.map_or(Ok(Value::Null), |text| serde_json::from_str(&text));
        Ok(Self {
            id: EventId(row.id),
            at: Instant::from_micros(row.at),
            actor: row.actor_kind,
            name: parsed("events", row.id, row.name.parse())?,
            before: parsed("events", row.id, read(row.before))?,
            after: parsed("events", row.id, read(row.after))?,
        })
    }
}

/// What was changed before this moment and id, the newest first.
pub(super) async fn changes(
    conn: Conn<'_>,
    producer: ProducerId,
    from: Option<(Instant, EventId)>,
    most: usize,
) -> Result<Vec<Change>, Error> {
    let (at, id) = from.map_or((i64::MAX, Uuid::max()), |(at, id)| (at.micros(), id.0));
    let rows = on!(conn, c => {
        sqlx::query_as::<_, ChangeRow>(CHANGES)
            .bind(producer.0)
            .bind(at)
            .bind(id)
            .bind(most as i64)
            .fetch_all(c)
            .await?
    });
    rows.into_iter().map(Change::try_from).collect()
}

/// One of the producer's changes.
pub(super) async fn change(conn: Conn<'_>, producer: ProducerId, id: EventId) -> Result<Option<Change>, Error> {
    let row = on!(conn, c => {
        sqlx::query_as::<_, ChangeRow>(CHANGE).bind(producer.0).bind(id.0).fetch_optional(c).await?
    });
    row.map(Change::try_from).transpose()
}
