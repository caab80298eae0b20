//! `fill DATABASE_URL COPIES`: copies every order of a database, with all that hangs on it, so many times. Whatever
//! columns a table has, they are copied; only what tells rows apart is made anew: ids, addresses, codes.
//!
//! Before that the producers are copied a hundred times, with all that they sell. Each second copy of an order stays with
//! the producer of its original, which has very many then; the others are spread over the copied producers.
//!
//! Each tenth copy bears the instant of its original, as orders do that were imported by day; the others lie behind it,
//! half a minute apart. The first producer and the first admin are signed in. Their jobs are due in ten years: a server
//! that serves the copies does not work at them.

use anyhow::{Context, Result};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection, Row, SqliteConnection};

/// In the order of their references.
const TABLES: [(&str, &str); 15] = [
    ("people", "1 = 1"),
    ("orders", "1 = 1"),
    ("order_items", "1 = 1"),
    ("order_words", "1 = 1"),
    ("sale_items", "1 = 1"),
    ("sale_plans", "1 = 1"),
    ("charges", "1 = 1"),
    ("charge_lines", "1 = 1"),
    ("subscriptions", "1 = 1"),
    ("invoices", "1 = 1"),
    ("installment_plans", "1 = 1"),
    ("payment_methods", "1 = 1"),
    ("access_tellings", "1 = 1"),
    ("deliveries", "1 = 1"),
    ("jobs", "kind = 'bill'"),
];
/// What a producer has before there are orders.
const CATALOGUE: [(&str, &str); 6] = [
    ("producers", "1 = 1"),
    ("products", "1 = 1"),
    ("offers", "1 = 1"),
    ("member_areas", "1 = 1"),
    ("access_rules", "1 = 1"),
    ("access_rule_targets", "1 = 1"),
];
/// How often.
const PRODUCERS: i64 = 100;
/// What names a producer, or something that a producer has.
const OWN_IDS: [&str; 5] = ["producer_id", "product_id", "offer_id", "member_area_id", "rule_id"];
/// The number of the copied producer that has the copy `n` of an order; none for the producer of the original.
const OWNER: &str = "nullif((n % 2) * ((n / 2) % 100 + 1), 0)";
/// What names a row that is copied.
const IDS: [&str; 8] =
    ["id", "order_id", "person_id", "item_id", "charge_id", "invoice_id", "subscription_id", "subject"];
/// The bench signs in by these (`xtask/src/bench/orders.rs`).
const PRODUCER_TOKEN: &str = "bench-of-producers-AAA";
const STAFF_TOKEN: &str = "bench-of-the-staff-AAA";
const TEN_YEARS: i64 = 10 * 365 * 86_400 * 1_000_000;

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().context("fill DATABASE_URL COPIES");
    let (url, copies) = (next()?, next()?.parse()?);
    if url.starts_with("sqlite:") {
        return fill_sqlite(&mut SqliteConnection::connect(&url).await?, copies).await;
    }
    fill_postgres(&mut PgConnection::connect(&url).await?, copies).await
}

async fn fill_sqlite(conn: &mut SqliteConnection, copies: i64) -> Result<()> {
    conn.execute("pragma foreign_keys = off; pragma synchronous = off; pragma cache_size = -400000; begin").await?;
    for (table, which) in CATALOGUE.into_iter().chain(TABLES) {
        let columns = AssertSqlSafe(format!("select name from pragma_table_info('{table}')"));
        let rows = sqlx::raw_sql(columns).fetch_all(&mut *conn).await?;
        let columns: Vec<String> = rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
        // The first bytes of an id are its time: no copy's number comes near it.
        let id = |column: &str, number: &str| {
            format!(
                "case when {column} is not null
                then unhex(printf('%08x', {number}) || substr(hex({column}), 9)) end"
            )
        };
        let numbers = format!(
            "with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < {})",
            times(table, copies)
        );
        let sql = copy(table, which, &columns, id, &numbers, "numbers");
        conn.execute(AssertSqlSafe(sql)).await.with_context(|| table.to_owned())?;
    }
    conn.execute(AssertSqlSafe(sessions("randomblob(16)", "unixepoch() * 1000000"))).await?;
    conn.execute("commit; analyze").await?;
    Ok(())
}

async fn fill_postgres(conn: &mut PgConnection, copies: i64) -> Result<()> {
    conn.execute("begin; set local session_replication_role = replica; set local synchronous_commit = off").await?;
    for (table, which) in CATALOGUE.into_iter().chain(TABLES) {
        let columns = AssertSqlSafe(format!(
            "select column_name::text from information_schema.columns
            where table_schema = 'public' and table_name = '{table}'"
        ));
        let rows = sqlx::raw_sql(columns).fetch_all(&mut *conn).await?;
        let columns: Vec<String> = rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
        let id = |column: &str, number: &str| {
            format!(
                "cast(lpad(to_hex({number}), 8, '0')
                || substr(replace(cast({column} as text), '-', ''), 9) as uuid)"
            )
        };
        let from = format!("generate_series(1, {}) as numbers (n)", times(table, copies));
        let sql = copy(table, which, &columns, id, "", &from);
        conn.execute(AssertSqlSafe(sql)).await.with_context(|| table.to_owned())?;
    }
    let now = "cast(extract(epoch from now()) * 1000000 as bigint)";
    conn.execute(AssertSqlSafe(sessions("gen_random_uuid()", now))).await?;
    conn.execute("commit; analyze").await?;
    Ok(())
}

/// How often the rows of a table are copied.
fn times(table: &str, copies: i64) -> i64 {
    if CATALOGUE.iter().any(|(name, _)| *name == table) { PRODUCERS } else { copies }
}

/// Sessions of the first producer and of the staff, under tokens that the bench knows.
fn sessions(id: &str, now: &str) -> String {
    let session = |token: &str, kind: &str, producer: &str, from: &str| {
        let hash = HEXLOWER.encode(&Sha256::digest(token));
        format!(
            "insert into sessions (id, token_hash, kind, login_id, producer_id, address, browser, created_at,
                    last_seen_at, expires_at)
                select {id}, '{hash}', '{kind}', l.id, {producer}, '127.0.0.1', 'bench', {now}, {now},
                    {now} + {TEN_YEARS}
                from logins l join {from};"
        )
    };
    let of_producer = "memberships m on m.login_id = l.id join producers p on p.id = m.producer_id
                    and p.slug = 'studio-luz'";
    let producer = session(PRODUCER_TOKEN, "producer", "p.id", of_producer);
    producer + &session(STAFF_TOKEN, "staff", "null", "staff s on s.id = l.id and s.role = 'admin'")
}

fn copy(
    table: &str,
    which: &str,
    columns: &[String],
    id: impl Fn(&str, &str) -> String,
    numbers: &str,
    from: &str,
) -> String {
    let is_of_catalogue = CATALOGUE.iter().any(|(name, _)| *name == table);
    let value = |column: &String| match (table, column.as_str()) {
        (_, column) if is_of_catalogue && (column == "id" || OWN_IDS.contains(&column)) => id(column, "n"),
        (_, column) if OWN_IDS.contains(&column) => {
            format!("case when {OWNER} is null then {column} else {} end", id(column, OWNER))
        }
        (_, column) if IDS.contains(&column) => id(column, "n"),
        ("producers", "slug" | "email") => format!("cast(n as text) || '-' || {column}"),
        ("people", "email") => "cast(n as text) || '-' || email".to_owned(),
        ("order_words", "word") => {
            format!("case kind when 'email' then cast(n as text) || '-' || {column} else {column} end", column = "word")
        }
        // Of 26 letters and digits.
        ("orders", "ref") => "substr(ref, 1, 19) || substr(cast(10000000 + n as text), 2)".to_owned(),
        ("orders", "code") | ("order_words", "code") | ("charges", "reference") | ("jobs", "lane") => {
            format!("{column} || '-' || cast(n as text)")
        }
        ("orders" | "order_words", "ordered_at") => {
            "case when n % 10 = 0 then ordered_at else ordered_at - cast(n as bigint) * 30000000 end".to_owned()
        }
        ("jobs", "due_at") => format!("due_at + {TEN_YEARS}"),
        (_, column) => column.to_owned(),
    };
    let values: Vec<String> = columns.iter().map(value).collect();
    let (columns, values) = (columns.join(", "), values.join(", "));
    format!("insert into {table} ({columns}) {numbers} select {values} from {table} cross join {from} where {which}")
}
