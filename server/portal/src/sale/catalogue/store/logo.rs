use crate::catalogue::logo::{Logo, kind_of};
use crate::db::{Conn, Error, Tx};
use crate::{on, row, statements};
use types::{Instant, LogoName, ProducerId};

statements! {
    INSERT = "insert into logos (name, producer_id, kind, bytes, made_at)
        values ($1, $2, $3, $4, $5)
        on conflict (name, producer_id) do update set made_at = excluded.made_at";
    FORGET_OLD = "delete from logos
        where producer_id = $1 and name not in (
            select name from logos where producer_id = $1 order by made_at desc, name limit $2
        )";
    FIND = "select bytes from logos where name = $1 limit 1";
}

row! {
    struct LogoRow { bytes: Vec<u8> }
}

pub(in crate::sale::catalogue) async fn insert(
    tx: &mut Tx,
    producer: ProducerId,
    name: &LogoName,
    kind: &str,
    bytes: &[u8],
    now: Instant,
) -> Result<(), Error> {
    on!(tx.conn(), c => {
        sqlx::query(INSERT)
            .bind(name.as_str())
            .bind(producer.0)
            .bind(kind)
            .bind(bytes)
            .bind(now.micros())
            .execute(c)
            .await?;
    });
    Ok(())
}

pub(in crate::sale::catalogue) async fn forget_old(tx: &mut Tx, producer: ProducerId, kept: i64) -> Result<(), Error> {
    on!(tx.conn(), c => { sqlx::query(FORGET_OLD).bind(producer.0).bind(kept).execute(c).await?; });
    Ok(())
}

pub(in crate::sale::catalogue) async fn find(conn: Conn<'_>, name: &LogoName) -> Result<Option<Logo>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, LogoRow>(FIND).bind(name.as_str()).fetch_optional(c).await?);
    let read = |LogoRow { bytes }: LogoRow| {
        let kind = kind_of(&bytes).ok_or_else(|| Error::inconsistent("logos", name, "no picture"))?;
        Ok(Logo { kind, bytes })
    };
    row.map(read).transpose()
}
