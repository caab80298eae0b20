//! Opening a database: which of the two its address names, and no word in it that is not understood.

use super::{Db, Error, postgres, sqlite};

/// How many connections to PostgreSQL there are at most.
const CONNECTIONS: u32 = 16;

impl Db {
    /// Opens `sqlite:PATH` (made when missing, folder included) or `postgres://…`, and asserts that it is fit for use.
    /// What the address says counts before what would be said otherwise.
    pub async fn open(url: &str) -> Result<Self, Error> {
        Self::open_with(url, CONNECTIONS).await
    }

    /// The same with at most so many connections to PostgreSQL, each of which knows its statements by itself: who does
    /// one thing after the other is faster with few.
    pub async fn open_with(url: &str, connections: u32) -> Result<Self, Error> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Ok(Self(postgres::open(url, connections).await?))
        } else if url.starts_with("sqlite:") {
            Ok(Self(sqlite::open(url).await?))
        } else {
            Err(Error::Unfit("a database address starts with sqlite: or postgres://".to_owned()))
        }
    }
}

/// The words behind the `?` of an address, each with what it says.
pub(super) fn words(url: &str) -> impl Iterator<Item = (&str, &str)> {
    let query = url.split_once('?').map_or("", |(_, query)| query.split('#').next().unwrap_or_default());
    query.split('&').filter(|word| !word.is_empty()).map(|word| word.split_once('=').unwrap_or((word, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_an_address_are_behind_its_question_mark() {
        let of = |url: &'static str| words(url).collect::<Vec<_>>();
        assert_eq!(of("postgres://a:b@c/d?sslmode=require&x"), [("sslmode", "require"), ("x", "")]);
        assert!(of("sqlite:/a/b.db").is_empty() && of("sqlite:/a/b.db?").is_empty());
    }

    #[tokio::test]
    async fn a_word_that_is_not_understood_is_refused_in_one_line() {
        for (url, said) in [
            ("postgres://localhost:1/a?ssl=on", "the database's address says `ssl`, which it cannot say"),
            ("postgres://localhost:1/a?statement-cache-capacity=many", "statement-cache-capacity"),
            ("postgres://localhost:1/a?sslmode=sometimes", "sometimes"),
            ("sqlite:/tmp/a.db?sslmode=require", "the database's address says `sslmode`, which it cannot say"),
            ("sqlite:/tmp/a.db?mode=ro", "is written to"),
            ("sqlite::memory:", "is written to"),
            ("sqlite:/nowhere/at/all.db?mode=rw", "/nowhere/at/all.db is not there"),
            ("mysql://a/b", "starts with sqlite: or postgres://"),
        ] {
            let error = Db::open(url).await.err().map(|error| error.to_string()).unwrap_or_default();
            assert!(error.contains(said) && !error.contains('\n'), "{url}: {error}");
        }
    }
}
