//! Runs a transaction again that PostgreSQL ended in favour of another one (a deadlock or a serialization failure).

use super::Error;
use std::error::Error as StdError;

/// How often a transaction is begun at most.
pub const TIMES: usize = 3;

/// Runs `write`, an awaited call that begins and commits a transaction, again when the database ended it in favour of
/// another one: `again!(put_product(&portal, &producer, &product).await)`. A macro, because a handler's future that
/// holds a closure of borrows is not `Send`.
#[macro_export]
macro_rules! again {
    ($write:expr) => {{
        let mut left = $crate::db::TIMES;
        loop {
            left -= 1;
            match $write {
                Err(error) if left > 0 && $crate::db::gave_way(&error) => {}
                outcome => break outcome,
            }
        }
    }};
}

/// Deadlock (40P01) or serialization failure (40001), however deep below `error`.
pub fn gave_way(error: &(dyn StdError + 'static)) -> bool {
    let mut causes = std::iter::successors(Some(error), |cause: &&(dyn StdError + 'static)| (*cause).source());
    causes.any(|cause| {
        let database = match cause.downcast_ref::<sqlx::Error>() {
            Some(error) => error.as_database_error(),
            None => match cause.downcast_ref::<Error>() {
                Some(Error::Database(error)) => error.as_database_error(),
                _ => None,
            },
        };
        database.and_then(|error| error.code()).is_some_and(|code| matches!(code.as_ref(), "40P01" | "40001"))
    })
}
