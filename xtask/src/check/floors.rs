//! The floors within the crates, as ARCHITECTURE.md draws them: an import goes down or stays on its floor, and no
//! features import each other in a circle. Crates keep the floors between them by themselves; within one, the compiler
//! lets everybody import everybody.

mod graph;
mod paths;

use super::report;
use super::rust::{Source, sources};
use crate::shell::Workspace;
use anyhow::Result;
use graph::Graph;
use std::collections::BTreeMap;
use std::path::Path;

/// A crate with floors.
struct House {
    /// Where its sources lie, from the root of the repository.
    folder: &'static str,
    /// From the ground up: what stands on each floor, as its module path. What is not named stands nowhere, and is
    /// refused.
    floors: &'static [&'static [&'static str]],
    /// Whether what shares a floor may not import each other at all.
    is_apart: bool,
}

/// The rules: a feature is a folder in its wing. The ground below them is a crate of its own.
const RULES: House = House {
    folder: "server/portal/src",
    floors: &[
        &["sale/catalogue", "sale/policy", "sale/order", "sale/ledger"],
        &["access"],
        &[
            "money/billing",
            "money/card",
            "money/connection",
            "money/plan",
            "money/refund",
            "money/subscription",
            "people/account",
            "people/login",
            "people/session",
            "people/sign_in",
        ],
        &[
            "desk/document",
            "desk/drawer",
            "desk/portal_link",
            "desk/purchases",
            "desk/report",
            "desk/sales",
            "desk/search",
            "desk/verify",
            "door/gateway_inbox",
            "door/intake",
        ],
        &["message"],
        &["work"],
    ],
    is_apart: false,
};

/// The screens: a wing for each audience, which never reaches into another's.
const SCREENS: House =
    House { folder: "app/src", floors: &[&["shared"], &["mail"], &["buyer", "producer", "staff"]], is_apart: true };

pub(super) fn check(workspace: &Workspace) -> Result<()> {
    let mut complaints = complaints(&workspace.root, &RULES)?;
    complaints.extend(self::complaints(&workspace.root, &SCREENS)?);
    report(&complaints)
}

/// The feature of the rules that a file belongs to: `refund` for `server/portal/src/money/refund/store.rs`.
pub(super) fn feature(path: &str) -> Option<&'static str> {
    let inside = path.strip_prefix(RULES.folder)?.strip_prefix('/')?.trim_end_matches(".rs");
    let module: Vec<String> = inside.split('/').map(str::to_owned).collect();
    RULES.unit(&module).and_then(|unit| unit.rsplit('/').next())
}

impl House {
    fn units(&self) -> impl Iterator<Item = (usize, &'static str)> {
        self.floors.iter().enumerate().flat_map(|(floor, units)| units.iter().map(move |unit| (floor, *unit)))
    }

    /// What a module belongs to.
    fn unit(&self, module: &[String]) -> Option<&'static str> {
        self.units().map(|(_, unit)| unit).find(|unit| module.starts_with(&split(unit)))
    }

    /// The floor of a unit; of a wing, its highest.
    fn floor(&self, path: &str) -> Option<usize> {
        let wing = format!("{path}/");
        self.units().filter(|(_, unit)| *unit == path || unit.starts_with(&wing)).map(|(floor, _)| floor).max()
    }
}

fn split(unit: &str) -> Vec<String> {
    unit.split('/').map(str::to_owned).collect()
}

fn complaints(root: &Path, house: &House) -> Result<Vec<String>> {
    let sources = sources(root, house.folder)?;
    let names = paths::Names::read(house, &sources);
    let mut complaints = Vec::new();
    let mut within = Graph::default();
    let mut unknown = BTreeMap::new();
    for source in &sources {
        let Some(unit) = house.unit(&source.module) else {
            // The root and the wings only pass on what is below them.
            let is_passage = source.module.is_empty() || house.floor(&source.module.join("/")).is_some();
            if !is_passage {
                unknown.entry(top(house, source)).or_insert(&source.path);
            }
            continue;
        };
        let floor = house.floor(unit).unwrap_or_default();
        for import in names.imports(source) {
            let at = format!("{}:{}", source.path, import.line);
            match names.resolve(&import.path) {
                Some(target) if target == unit => {}
                Some(target) => match house.floor(&target) {
                    Some(other) if other > floor => complaints.push(format!("{at}: {unit} imports {target}, {UPWARD}")),
                    Some(other) if other == floor && house.is_apart => {
                        complaints.push(format!("{at}: {unit} imports {target}, {APART}"));
                    }
                    Some(other) if other == floor => within.add(unit, &target, &at),
                    Some(_) => {}
                    None => complaints.push(format!("{at}: {unit} imports {target}, {NOWHERE}")),
                },
                None => {}
            }
        }
    }
    complaints.extend(unknown.into_iter().map(|(top, path)| format!("{path}:1: {top} {UNKNOWN}")));
    complaints.extend(within.circles().into_iter().map(|circle| format!("{circle}\n  {CIRCLE}")));
    Ok(complaints)
}

/// The feature that a file with no place in the table would be, for one complaint a feature.
fn top(house: &House, source: &Source) -> String {
    let is_in_a_wing = house.floor(&source.module[0]).is_some();
    source.module[..source.module.len().min(if is_in_a_wing { 2 } else { 1 })].join("/")
}

const UPWARD: &str =
    "which stands on a floor above it: what both need belongs below them, what follows from it into an event.";
const APART: &str = "which is another audience's: what both need belongs into what they share.";
const NOWHERE: &str = "which the table in xtask/src/check/floors.rs does not know: say on which floor it stands.";
const UNKNOWN: &str = "is not in the table of xtask/src/check/floors.rs: say on which floor it stands.";
const CIRCLE: &str =
    "Features that import each other in a circle cannot be understood, tested or moved one without the other.";

#[cfg(test)]
mod tests {
    use super::{RULES, SCREENS, complaints};
    use crate::check::planted::Tree;

    /// The rules in small: a feature on most floors, and the ground outside.
    const ROOT: &str =
        "mod access;\nmod money;\nmod sale;\npub use ground::{Portal, db};\npub use money::{plan, refund};
        pub use sale::order;\nuse ground::on;\n#[cfg(test)]\nmod testing;\n";

    fn rules(files: &[(&str, &str)]) -> Vec<String> {
        let wings =
            [("lib.rs", ROOT), ("money/mod.rs", "pub mod plan;\npub mod refund;"), ("sale/mod.rs", "pub mod order;")];
        let files: Vec<_> =
            [&wings, files].concat().iter().map(|(path, text)| (format!("server/portal/src/{path}"), *text)).collect();
        let files: Vec<_> = files.iter().map(|(path, text)| (&**path, *text)).collect();
        complaints(Tree::of(&files).root(), &RULES).expect("a tree")
    }

    fn is_refused(told: &[String], place: &str, why: &str) {
        assert!(matches!(told, [one] if one.contains(place) && one.contains(why)), "{told:?}");
    }

    #[test]
    fn an_import_downward_and_one_of_the_ground_are_right() {
        let told = rules(&[
            (
                "sale/order/mod.rs",
                "mod store;\nuse crate::{Portal, db::Tx, on};\npub(crate) fn x() { super::order::store::y(); }",
            ),
            ("sale/order/store.rs", "pub(super) fn y() {}"),
            ("access/mod.rs", "use crate::order::{self, x};\n#[cfg(test)]\nmod tests {\n    use crate::refund::z;\n}"),
            ("money/refund.rs", "use crate::{access, sale::order};\npub fn z() { crate::plan::w(); }"),
            ("money/plan.rs", "pub fn w() {}"),
            ("testing/mod.rs", "use crate::refund::z;"),
        ]);
        assert!(told.is_empty(), "{told:?}");
    }

    #[test]
    fn an_import_upward_is_refused_however_it_is_written() {
        let spelled = [
            "//! An order.\nuse crate::refund::z;",
            "//! An order.\nuse crate::{Portal, money::refund as back};",
            "//! An order.\nuse super::super::money::refund::*;",
            "//! An order.\nfn x() -> crate::refund::Z {}",
            "//! An order.\nfn x() { crate::refund::statement!(); }",
        ];
        for text in spelled {
            let told = rules(&[("sale/order/mod.rs", text), ("money/refund/mod.rs", "")]);
            is_refused(
                &told,
                "server/portal/src/sale/order/mod.rs:2: ",
                "sale/order imports money/refund, which stands on a floor above",
            );
        }
    }

    #[test]
    fn features_that_import_each_other_are_refused() {
        let told = rules(&[
            ("money/refund/mod.rs", "mod request;"),
            ("money/refund/request.rs", "\n\nuse crate::plan::w;"),
            ("money/plan.rs", "pub fn w() {}\nuse super::refund;"),
        ]);
        is_refused(
            &told,
            "server/portal/src/money/refund/request.rs:3: money/refund imports money/plan",
            "in a circle",
        );
        is_refused(&told, "server/portal/src/money/plan.rs:2: money/plan imports money/refund", "in a circle");
    }

    #[test]
    fn a_feature_that_stands_nowhere_is_refused() {
        let told = rules(&[("money/gift/mod.rs", ""), ("money/gift/store.rs", "")]);
        is_refused(&told, "server/portal/src/money/gift/mod.rs:1: ", "money/gift is not in the table");
        let told = rules(&[("money/plan.rs", "use crate::gift;")]);
        is_refused(&told, "server/portal/src/money/plan.rs:1: ", "money/plan imports gift, which the table");
    }

    #[test]
    fn an_audience_that_reaches_into_anothers_wing_is_refused() {
        let tree = Tree::of(&[
            ("app/src/lib.rs", "mod buyer;\nmod producer;\nmod shared;\npub use shared::ui;"),
            ("app/src/buyer/mod.rs", "use crate::ui::button;\nuse crate::producer::home;"),
            ("app/src/producer/mod.rs", "pub mod home;"),
            ("app/src/shared/mod.rs", "pub mod ui;\nuse crate::mail;"),
            ("app/src/mail.rs", ""),
        ]);
        let told = complaints(tree.root(), &SCREENS).expect("a tree");
        let [audience, upward] = &told[..] else { panic!("{told:?}") };
        assert!(
            audience.starts_with("app/src/buyer/mod.rs:2: buyer imports producer, which is another audience's"),
            "{audience}"
        );
        assert!(
            upward.starts_with("app/src/shared/mod.rs:2: shared imports mail, which stands on a floor above"),
            "{upward}"
        );
    }
}
