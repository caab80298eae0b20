//! Three macros in place of a mapper: one body for two drivers, one row type, one list of statements.

/// Runs one body on either engine: `on!(tx.conn(), c => sqlx::query(SQL).bind(id).execute(c).await?.rows_affected())`.
#[macro_export]
macro_rules! on {
    ($engine:expr, $conn:ident => $body:expr) => {
        match $engine {
            $crate::db::Engine::Sqlite($conn) => $body,
            $crate::db::Engine::Postgres($conn) => $body,
        }
    };
}

/// Declares a row struct that both drivers can read, columns by name: found at once where they stand in the order of
/// the fields.
#[macro_export]
macro_rules! row {
    ($($(#[$meta:meta])* $vis:vis struct $name:ident { $($field:ident: $type:ty),* $(,)? })*) => {$(
        $(#[$meta])*
        $vis struct $name { $(pub(super) $field: $type),* }

        impl<'r, R: sqlx::Row> sqlx::FromRow<'r, R> for $name
        where
            &'static str: sqlx::ColumnIndex<R>,
            usize: sqlx::ColumnIndex<R>,
            $($type: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>),*
        {
            fn from_row(row: &'r R) -> sqlx::Result<Self> {
                let mut place = $crate::db::Place::default();
                Ok(Self { $($field: row.try_get(place.of(row, stringify!($field))?)?),* })
            }
        }
    )*};
}

/// Declares the statements of a store, and their list: a test prepares every one of them on both engines.
#[macro_export]
macro_rules! statements {
    ($($(#[$meta:meta])* $name:ident = $sql:expr;)*) => {
        $($(#[$meta])* const $name: &str = $sql;)*

        pub(super) const STATEMENTS: &[$crate::db::Statement] =
            &[$($crate::db::Statement { name: concat!(module_path!(), "::", stringify!($name)), sql: $name }),*];
    };
}
