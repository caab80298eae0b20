use crate::db::{Error, Tx};
use crate::{on, statements};
use types::{ProducerId, StaffId};

statements! {
    INSERT = "insert into staff_producers (staff_id, producer_id) values ($1, $2) on conflict do nothing";
    DELETE = "delete from staff_producers where staff_id = $1 and producer_id = $2";
}

/// False when it was there.
pub(in crate::people::login) async fn insert(tx: &mut Tx, staff: StaffId, producer: ProducerId) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => sqlx::query(INSERT).bind(staff.0).bind(producer.0).execute(c).await?.rows_affected() == 1))
}

/// False when it was not there.
pub(in crate::people::login) async fn delete(tx: &mut Tx, staff: StaffId, producer: ProducerId) -> Result<bool, Error> {
    Ok(on!(tx.conn(), c => sqlx::query(DELETE).bind(staff.0).bind(producer.0).execute(c).await?.rows_affected() == 1))
}
