use crate::catalogue::picture::{Picture, kind_of};
use crate::db::{Conn, Error, Tx};
use crate::{on, row, statements};
use types::{Instant, PictureName, ProducerId};

statements! {
    INSERT = "insert into pictures (name, producer_id, kind, bytes, made_at)
        values ($1, $2, $3, $4, $5)
        on conflict (name, producer_id) do update set made_at = excluded.made_at";
    // What is shown now stays, however old it is.
    FORGET_OLD = "delete from pictures
        where producer_id = $1 and name <> $2
            and name not in (select picture from products where producer_id = $1 and picture is not null)
            and name not in (select name from pictures where producer_id = $1 order by made_at desc, name limit $3)";
    FIND = "select bytes from pictures where name = $1 limit 1";
}

row! {
    struct PictureRow { bytes: Vec<u8> }
}

pub(in crate::sale::catalogue) async fn insert(
    tx: &mut Tx,
    producer: ProducerId,
    name: &PictureName,
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

/// Forgets all but the newest pictures, those of products, and the producer's own.
pub(in crate::sale::catalogue) async fn forget_old(
    tx: &mut Tx,
    producer: ProducerId,
    logo: Option<&PictureName>,
    kept: i64,
) -> Result<(), Error> {
    let logo = logo.map_or("", PictureName::as_str);
    on!(tx.conn(), c => { sqlx::query(FORGET_OLD).bind(producer.0).bind(logo).bind(kept).execute(c).await?; });
    Ok(())
}

pub(in crate::sale::catalogue) async fn find(conn: Conn<'_>, name: &PictureName) -> Result<Option<Picture>, Error> {
    let row = on!(conn, c => sqlx::query_as::<_, PictureRow>(FIND).bind(name.as_str()).fetch_optional(c).await?);
    let read = |PictureRow { bytes }: PictureRow| {
        let kind = kind_of(&bytes).ok_or_else(|| Error::inconsistent("pictures", name, "no picture"))?;
        Ok(Picture { kind, bytes })
    };
    row.map(read).transpose()
}
