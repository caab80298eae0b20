//! What gateways were told of subscriptions that they charge.

use crate::db::{Conn, Error, Tx, parsed};
use crate::money::subscription::telling::Telling;
use crate::order::OrderRecord;
use crate::{on, row, statements};
use types::{Instant, SubscriptionCourse, SubscriptionId};

statements! {
    TELLING = "select told, asked, number, refused from subscription_tellings where subscription_id = $1";
    BEGIN = "insert into subscription_tellings (subscription_id, producer_id, told, asked, number, updated_at)
        values ($1, $2, 'runs', $3, 1, $4)
        on conflict (subscription_id) do update
            set asked = excluded.asked, updated_at = excluded.updated_at,
                number = subscription_tellings.number
                    + case when subscription_tellings.asked = excluded.asked then 0 else 1 end";
    TOOK = "update subscription_tellings set told = asked, asked = null, refused = null, words = null, updated_at = $3
        where subscription_id = $1 and number = $2 and asked is not null";
    REFUSED = "update subscription_tellings set refused = asked, asked = null, words = $3, updated_at = $4
        where subscription_id = $1 and number = $2 and asked is not null";
}

row! {
    struct TellingRow {
        told: String, asked: Option<String>, number: i64, refused: Option<String>,
    }
}

/// What the gateway was told, and the number of that.
pub(in crate::money::subscription) async fn telling(
    conn: Conn<'_>,
    id: SubscriptionId,
) -> Result<Option<(Telling, i64)>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, TellingRow>(TELLING).bind(id.0).fetch_optional(c).await?);
    let Some(row) = row else { return Ok(None) };
    let word = |word: &str| parsed("subscription_tellings", id, word.parse());
    let optional = |text: Option<&str>| text.map(word).transpose();
    let telling = Telling {
        told: word(&row.told)?,
        asked: optional(row.asked.as_deref())?,
        refused: optional(row.refused.as_deref())?,
    };
    Ok(Some((telling, row.number)))
}

/// The gateway is about to be told this. The same again is the same telling, with the same number.
pub(in crate::money::subscription) async fn begin(
    tx: &mut Tx,
    order: &OrderRecord,
    id: SubscriptionId,
    course: SubscriptionCourse,
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        let begin = sqlx::query(BEGIN).bind(id.0).bind(order.producer_id.0).bind(course.as_str());
        begin.bind(now.micros()).execute(c).await?;
    });
    Ok(())
}

/// The gateway has it so; false when it was told something else meanwhile.
pub(in crate::money::subscription) async fn took(
    tx: &mut Tx,
    id: SubscriptionId,
    number: i64,
    now: Instant,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        sqlx::query(TOOK).bind(id.0).bind(number).bind(now.micros()).execute(c).await?.rows_affected() == 1
    }))
}

/// The gateway said no; false when it was told something else meanwhile.
pub(in crate::money::subscription) async fn refused(
    tx: &mut Tx,
    id: SubscriptionId,
    number: i64,
    words: &str,
    now: Instant,
) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => {
        let refused = sqlx::query(REFUSED).bind(id.0).bind(number).bind(words).bind(now.micros());
        refused.execute(c).await?.rows_affected() == 1
    }))
}
