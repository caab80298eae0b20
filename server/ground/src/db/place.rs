//! The position of a column in a row, found quickly.

use sqlx::{Column, ColumnIndex, Row};

/// Columns are mostly read in the order in which they stand: then a look at the name of the next one is enough, and
/// none is searched for.
#[derive(Default)]
pub struct Place(usize);

impl Place {
    /// Where the column of this name stands.
    pub fn of<R: Row>(&mut self, row: &R, name: &'static str) -> sqlx::Result<usize>
    where
        &'static str: ColumnIndex<R>,
    {
        let is_next = row.columns().get(self.0).is_some_and(|next| next.name() == name);
        let at = if is_next { self.0 } else { name.index(row)? };
        self.0 = at + 1;
        Ok(at)
    }
}
