use super::Policy;
use crate::db::{Conn, Error, Tx, parsed};
use crate::{on, row, statements};
use types::{Code, Instant, ProducerId};

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
    SCOPES = "select scope from policies where producer_id = $1 and scope > '' order by scope";
}

row! {
    struct PolicyRow { content: String }
    struct ScopeRow { scope: String }
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
