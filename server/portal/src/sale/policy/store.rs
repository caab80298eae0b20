use super::Policy;
use crate::db::{Conn, Error, Tx};
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
}

row! {
    struct PolicyRow { content: String }
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
