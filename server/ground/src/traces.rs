//! What a feature has on file about a person, in its own words: what goes into a copy of everything, what is forgotten
//! when the person is erased, what goes along to another address, and why the rest stays.
//!
//! Each feature declares its [`Traces`] beside its statements. Above the features stands the list of all of them, which
//! a [`Dispatcher`](crate::outbox::Dispatcher) hands to whoever exports, erases or moves. A test goes through every
//! column of text and every `person_id`, and fails for one that no feature claims.

mod value;

pub use value::{At, Json};

use crate::db::{Columns, Conn, Error, Statement, Tx};
use crate::on;
use futures::future::BoxFuture;
use serde::Serialize;
use serde_json::Value;
use types::PersonId;
use uuid::Uuid;

/// The traces of people in the tables of one feature.
pub struct Traces {
    /// The feature's name.
    pub feature: &'static str,
    /// The statements below, by name.
    pub statements: &'static [Statement],
    /// What a copy of everything tells of these tables.
    pub export: &'static [Section],
    /// What is done to these tables when a person is erased.
    pub forget: &'static [Forget],
    /// What is done to these tables when a person moves to another address: `$1` was the person, `$2` is.
    pub hand_over: &'static [&'static str],
    /// What becomes of each column when its person is erased.
    pub claims: &'static [Claim],
}

impl Traces {
    /// A feature without any, to be filled in.
    pub const NONE: Self = Self { feature: "", statements: &[], export: &[], forget: &[], hand_over: &[], claims: &[] };
}

/// A statement that forgets a person. What is found by the address alone may be somebody else's who has the address
/// since: such a statement only takes what is older.
#[derive(Clone, Copy, Debug)]
pub enum Forget {
    /// Found by the person, `$1`.
    OfPerson(&'static str),
    /// Found by the address, `$1`, of what is older than `$2`.
    OfAddress(&'static str),
    /// Found by the person, `$1`, or by the address, `$2`, of what is older than `$3`.
    OfBoth(&'static str),
}

/// Who is forgotten.
#[derive(Clone, Copy, Debug)]
pub struct Forgotten<'a> {
    /// The person.
    pub person: PersonId,
    /// The person's address.
    pub email: &'a str,
    /// What came with this address from here on is not the person's, in microseconds.
    pub before: i64,
}

impl Traces {
    /// Forgets a person in these tables.
    pub async fn forget(&self, tx: &mut Tx, who: Forgotten<'_>) -> Result<(), Error> {
        let Forgotten { person, email, before } = who;
        for forget in self.forget {
            on!(tx.conn(), c => {
                match *forget {
                    Forget::OfPerson(sql) => sqlx::query(sql).bind(person.0).execute(c).await.map(drop)?,
                    Forget::OfAddress(sql) => sqlx::query(sql).bind(email).bind(before).execute(c).await.map(drop)?,
                    Forget::OfBoth(sql) => {
                        sqlx::query(sql).bind(person.0).bind(email).bind(before).execute(c).await.map(drop)?;
                    }
                }
            });
        }
        Ok(())
    }

    /// What is `from`'s in these tables is `to`'s from now on.
    pub async fn hand_over(&self, tx: &mut Tx, from: PersonId, to: PersonId) -> Result<(), Error> {
        for sql in self.hand_over {
            on!(tx.conn(), c => { sqlx::query(*sql).bind(from.0).bind(to.0).execute(c).await?; });
        }
        Ok(())
    }
}

/// Where the rows of a section stand in a copy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Within {
    /// They are the orders: each row has an `id`.
    Orders,
    /// In an order: each row has the `order_id`.
    Order,
    /// In the copy itself.
    Copy,
}

/// Rows of one kind in a copy of everything.
pub struct Section {
    /// The name under which the rows are told. It is kept for whoever reads such files.
    pub name: &'static str,
    /// Where they stand.
    pub within: Within,
    sql: &'static str,
    read: Read,
}

type Read = for<'a> fn(Conn<'a>, &'static str, Uuid) -> BoxFuture<'a, Result<Vec<Value>, Error>>;

impl Section {
    /// The rows that `sql` finds of the person `$1`, told as `R` serialises.
    pub const fn of<R: Columns + Serialize>(within: Within, name: &'static str, sql: &'static str) -> Self {
        Self { name, within, sql, read: rows::<R> }
    }

    /// The rows of this person.
    pub async fn read(&self, conn: Conn<'_>, person: PersonId) -> Result<Vec<Value>, Error> {
        (self.read)(conn, self.sql, person.0).await
    }
}

fn rows<'a, R: Columns + Serialize>(
    conn: Conn<'a>,
    sql: &'static str,
    person: Uuid,
) -> BoxFuture<'a, Result<Vec<Value>, Error>> {
    Box::pin(async move {
        let rows = on!(conn, c => sqlx::query_as::<_, R>(sql).bind(person).fetch_all(c).await?);
        let values = rows.iter().map(serde_json::to_value).collect::<Result<_, _>>();
        values.map_err(|error| Error::inconsistent("people", person, error))
    })
}

/// What becomes of columns when their person is erased.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// The table.
    pub table: &'static str,
    /// Its columns.
    pub columns: &'static [&'static str],
    /// What becomes of them.
    pub fate: Fate,
}

/// What becomes of a column when its person is erased.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// A statement named `FORGET_…` empties it or deletes the row.
    Forgotten,
    /// It stays, for this reason.
    Kept(&'static str),
}

/// Reasons that many features have.
pub mod why {
    /// A `person_id`.
    pub const POINTER: &str = "it leads to the row of the person, which names nobody once it is forgotten";
    /// What was sold, for how much, and to whom.
    pub const RECORD: &str = "it belongs to the fiscal record of the sale, which the law wants kept";
    /// Seen from the product, a buyer is in none of it.
    pub const PRODUCER: &str = "it is the producer's own, and not about a buyer";
    /// Made by us or by a gateway.
    pub const REFERENCE: &str = "it is a number of ours or of a gateway, and is kept to account for the money";
    /// A hash that leads back to nothing.
    pub const HASH: &str = "it is a hash of what was asked, from which nothing can be read";
    /// Of a closed list, or a technical word.
    pub const WORD: &str = "it is a word of ours or of a gateway, and holds nothing of a person";
    /// Of what only development and demos have.
    pub const DEVELOPMENT: &str = "it is only written in development and demos, where nobody is real";
}

/// These columns are forgotten with the person.
pub const fn forgotten(table: &'static str, columns: &'static [&'static str]) -> Claim {
    Claim { table, columns, fate: Fate::Forgotten }
}

/// These columns stay, for this reason.
pub const fn kept(table: &'static str, columns: &'static [&'static str], reason: &'static str) -> Claim {
    Claim { table, columns, fate: Fate::Kept(reason) }
}
