//! Addresses as they are written, to be read as today.

use crate::db::{Db, Error};
use crate::{on, row, statements};
use types::Email;
use uuid::Uuid;

statements! {
    ADDRESSES = "select id, email
        from people
        where id > $1 and moved_to is null and erased_at is null
        order by id
        limit 1000";
    LEFT_ADDRESSES = "select id, old_email as email from email_changes where id > $1 order by id limit 1000";
    RESPELL_LEFT = "update email_changes set old_email = $2 where id = $1";
}

row! {
    struct WrittenRow { id: Uuid, email: String }
}

/// An address as it is written.
pub(in crate::people::account) struct Written {
    pub(in crate::people::account) id: Uuid,
    pub(in crate::people::account) email: String,
}

impl From<WrittenRow> for Written {
    fn from(WrittenRow { id, email }: WrittenRow) -> Self {
        Self { id, email }
    }
}

/// The addresses of people who are there, in the order of their ids, so many behind one.
pub(in crate::people::account) async fn addresses(db: &Db, behind: Uuid) -> Result<Vec<Written>, Error> {
    read(db, ADDRESSES, behind).await
}

/// Those that people have left, in the same way.
pub(in crate::people::account) async fn left_addresses(db: &Db, behind: Uuid) -> Result<Vec<Written>, Error> {
    read(db, LEFT_ADDRESSES, behind).await
}

async fn read(db: &Db, sql: &'static str, behind: Uuid) -> Result<Vec<Written>, Error> {
    let rows = on!(db.read().await?.conn(), c => {
        sqlx::query_as::<_, WrittenRow>(sql).bind(behind).fetch_all(c).await?
    });
    Ok(rows.into_iter().map(Written::from).collect())
}

pub(in crate::people::account) async fn respell_left(db: &Db, change: Uuid, address: &Email) -> Result<(), Error> {
    let mut tx = db.begin().await?;
    on!(tx.conn(), c => {
        sqlx::query(RESPELL_LEFT).bind(change).bind(address.as_str()).execute(c).await?;
    });
    tx.commit().await
}
