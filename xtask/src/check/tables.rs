//! Whose the tables are. Each belongs to one feature, and only its statements write there; what must be written by
//! another stands in a list with its reason. Reading is free: a page that joins is fast because of it. `cargo xtask
//! check --tables` shows who reads what.

mod matrix;
mod schema;
mod statements;

use super::report;
use crate::shell::Workspace;
use anyhow::Result;
use schema::{Tables, tables};
use statements::{Access, accesses};
use std::path::Path;

/// The tables of each feature.
const OWNERS: &[(&str, &[&str])] = &[
    ("event", &["events"]),
    ("mail", &["mails"]),
    ("outbox", &["jobs"]),
    (
        "catalogue",
        &[
            "access_rule_targets",
            "access_rules",
            "api_keys",
            "pictures",
            "member_areas",
            "offer_targets",
            "offers",
            "producers",
            "products",
            "sources",
        ],
    ),
    ("policy", &["policies"]),
    (
        "ledger",
        &[
            "charge_lines",
            "charges",
            "disputes",
            "order_addresses",
            "order_items",
            "order_words",
            "orders",
            "sale_items",
            "sale_plans",
            "subscriptions",
        ],
    ),
    ("access", &["access_notices", "access_tellings", "deliveries", "delivery_attempts"]),
    ("billing", &["installment_plans", "invoices", "payment_methods"]),
    ("card", &["card_reminders", "card_update_uses", "card_updates"]),
    ("connection", &["connections"]),
    ("plan", &["plan_changes", "plan_quotes"]),
    ("refund", &["refund_items", "refund_parts", "refunds"]),
    ("subscription", &["cancel_attempts", "cancellations", "retention_offers", "subscription_tellings"]),
    ("account", &["email_changes", "erasures", "people"]),
    (
        "login",
        &["invitations", "logins", "memberships", "password_resets", "recovery_codes", "staff", "staff_producers"],
    ),
    ("session", &["sessions"]),
    ("sign_in", &["links", "rate_counts"]),
    ("document", &["billing_data"]),
    ("portal_link", &["link_campaigns", "portal_links"]),
    ("drawer", &["order_forms", "order_notes"]),
    ("search", &["order_views"]),
    ("gateway_inbox", &["gateway_inbox"]),
    ("intake", &["idempotency_keys", "inbox"]),
    ("mail", &["mailbox"]),
    (
        "sandbox",
        &[
            "sandbox_cards",
            "sandbox_charges",
            "sandbox_payments",
            "sandbox_refunds",
            "sandbox_settings",
            "sandbox_visits",
            "sandbox_webhooks",
        ],
    ),
];

/// Who writes tables of others, and why that is right.
const FOREIGN: &[(&str, &[&str], &str)] = &[
    ("access", &["orders"], "the first release of access, from which a refund window may count, stands with the order"),
    ("billing", &["charges"], "the calendar writes down that it tries a charge before its gateway is called"),
    ("billing", &["subscriptions"], "the calendar moves the period of a subscription that is ours to charge"),
    ("health", &["mailbox"], "a write that changes nothing shows whether the database can be written"),
    ("ledger", &["erasures"], "whoever buys wants to be there: a purchase undoes an erasure that waits"),
    ("ledger", &["people"], "the first purchase with an address makes its person"),
    ("login", &["producers"], "the lock of a producer's people is an update that changes nothing"),
    ("order", &["orders"], "the lock of an order is an update that changes nothing"),
    ("session", &["people"], "the language of a person is that of the page where somebody signed in or chose one"),
];

/// Where statements stand.
const FOLDERS: [&str; 3] = ["server/ground/src", "server/portal/src", "server/src"];

pub(super) fn check(workspace: &Workspace) -> Result<()> {
    report(&complaints(&workspace.root, OWNERS, FOREIGN)?)
}

/// Who reads and writes which table.
pub(super) fn print(workspace: &Workspace) -> Result<()> {
    print!("{}", matrix::draw(&all(&workspace.root, &tables(&workspace.root)?)?, owner_in(OWNERS)));
    Ok(())
}

type Owners<'a> = &'a [(&'a str, &'a [&'a str])];
type Foreign<'a> = &'a [(&'a str, &'a [&'a str], &'a str)];

fn owner_in<'a>(owners: Owners<'a>) -> impl Fn(&str) -> Option<&'a str> {
    move |table| owners.iter().find(|(_, tables)| tables.contains(&table)).map(|(owner, _)| *owner)
}

fn all(root: &Path, tables: &Tables) -> Result<Vec<Access>> {
    FOLDERS.iter().map(|folder| accesses(root, folder, tables)).collect::<Result<Vec<_>>>().map(|all| all.concat())
}

fn complaints(root: &Path, owners: Owners<'_>, foreign: Foreign<'_>) -> Result<Vec<String>> {
    let tables = tables(root)?;
    let owner = owner_in(owners);
    let accesses = all(root, &tables)?;
    let writes: Vec<&Access> = accesses.iter().filter(|access| access.is_write).collect();
    let mut complaints: Vec<String> = Vec::new();
    for (table, place) in tables.iter().filter(|(table, _)| owner(table).is_none()) {
        complaints.push(format!("{place}: the table {table} has no owner: say in {HERE} which feature it belongs to."));
    }
    let named: Vec<&str> = owners.iter().flat_map(|(_, tables)| tables.iter().copied()).collect();
    for (at, table) in named.iter().enumerate() {
        if named[..at].contains(table) {
            complaints.push(format!("{HERE}: the table {table} has two owners."));
        }
        if !tables.contains_key(*table) {
            complaints.push(format!("{HERE}: there is no table {table} any more."));
        }
    }
    for Access { feature, table, path, line, .. } in &writes {
        let is_listed = foreign.iter().any(|(writer, written, _)| writer == feature && written.contains(&&**table));
        match owner(table) {
            Some(owner) if owner != feature && !is_listed => complaints.push(format!(
                "{path}:{line}: {feature} writes {table}, which belongs to {owner}: \
                 let {owner} do it, or list it with its reason in {HERE}."
            )),
            _ => {}
        }
    }
    for (writer, table) in
        foreign.iter().flat_map(|(writer, tables, _)| tables.iter().map(move |table| (writer, table)))
    {
        let does = writes.iter().any(|access| access.feature == *writer && access.table == *table);
        if !does || owner(table) == Some(writer) {
            complaints
                .push(format!("{HERE}: {writer} does not write another's {table} any more: take it off the list."));
        }
    }
    Ok(complaints)
}

const HERE: &str = "xtask/src/check/tables.rs";

#[cfg(test)]
mod tests {
    use super::{Foreign, Owners, complaints};
    use crate::check::planted::Tree;

    const OWNERS: Owners<'_> = &[("order", &["orders"]), ("refund", &["refunds"])];

    fn told(statement: &str, owners: Owners<'_>, foreign: Foreign<'_>) -> Vec<String> {
        let store = format!("statements! {{\n    FIND = \"select * from orders\";\n    WRITE = \"{statement}\";\n}}\n");
        let tree = Tree::of(&[
            ("migrations/sqlite/0001_main.sql", "create table orders (id blob);\ncreate table refunds (id blob);"),
            ("migrations/postgres/0001_main.sql", "create table orders (id uuid);\ncreate table refunds (id uuid);"),
            ("server/portal/src/money/refund/store.rs", &store),
        ]);
        complaints(tree.root(), owners, foreign).expect("a tree")
    }

    fn is_refused(told: &[String], place: &str, why: &str) {
        assert!(matches!(told, [one] if one.starts_with(place) && one.contains(why)), "{told:?}");
    }

    #[test]
    fn a_statement_that_writes_anothers_table_is_refused() {
        for (statement, line) in [
            ("update orders set status = $1", 3),
            ("insert into orders (id) values ($1) on conflict do update set id = $1", 3),
            ("delete from orders where id = $1", 3),
            ("with gone as (\n  delete\n  from orders returning id) select id from gone", 5),
        ] {
            let place = format!("server/portal/src/money/refund/store.rs:{line}: ");
            is_refused(&told(statement, OWNERS, &[]), &place, "refund writes orders, which belongs to order");
        }
    }

    #[test]
    fn own_tables_and_what_is_listed_may_be_written() {
        assert_eq!(told("update refunds set state = $1", OWNERS, &[]), [""; 0]);
        assert_eq!(told("update orders set id = $1", OWNERS, &[("refund", &["orders"], "for a test")]), [""; 0]);
    }

    #[test]
    fn an_exception_that_is_none_any_more_is_refused() {
        let told = told("update refunds set state = $1", OWNERS, &[("refund", &["orders"], "for a test")]);
        is_refused(&told, "xtask/src/check/tables.rs: ", "refund does not write another's orders any more");
    }

    #[test]
    fn a_table_has_one_owner() {
        let statement = "update refunds set state = $1";
        is_refused(
            &told(statement, &[("refund", &["refunds"])], &[]),
            "migrations/postgres/0001_main.sql:1: ",
            "orders has no owner",
        );
        let twice: Owners<'_> = &[("order", &["orders"]), ("refund", &["refunds", "orders"])];
        is_refused(&told(statement, twice, &[]), "xtask/", "the table orders has two owners");
        let gone: Owners<'_> = &[("order", &["orders", "carts"]), ("refund", &["refunds"])];
        is_refused(&told(statement, gone, &[]), "xtask/", "there is no table carts any more");
    }
}
