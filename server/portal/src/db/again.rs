//! Transactions that the database gave up because they stood in each other's way (PostgreSQL): the whole of it is done once more.

use super::Error;
use std::error::Error as StdError;

/// How often a transaction is begun at most.
const TIMES: usize = 3;

/// Runs `write`, which begins and commits a transaction, again when the database ended it in favour of another one.
pub async fn again<T, E: StdError + 'static>(mut write: impl AsyncFnMut() -> Result<T, E>) -> Result<T, E> {
    for _ in 1..TIMES {
        match write().await {
            Err(error) if gave_way(&error) => tracing::debug!(%error, "a transaction is begun again"),
            outcome => return outcome,
        }
    }
    write().await
}

/// Deadlock (40P01) or serialization failure (40001), however deep below `error`.
fn gave_way(error: &(dyn StdError + 'static)) -> bool {
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
