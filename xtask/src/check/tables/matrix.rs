//! Who reads and who writes each table, for people to look at.

use super::statements::Access;
use std::collections::BTreeSet;
use std::fmt::Write;

/// A table a line, a feature a column, whose name stands above it from top to bottom.
pub(super) fn draw<'a>(accesses: &[Access], owner: impl Fn(&str) -> Option<&'a str>) -> String {
    let features: Vec<&str> =
        accesses.iter().map(|access| &*access.feature).collect::<BTreeSet<_>>().into_iter().collect();
    let tables: BTreeSet<&str> = accesses.iter().map(|access| &*access.table).collect();
    let mut drawn =
        "O: owner that writes, o: owner that only reads, W: another that writes, r: another that reads\n".to_owned();
    for at in 0..features.iter().map(|name| name.len()).max().unwrap_or_default() {
        let letters = features.iter().map(|name| name.chars().nth(at).unwrap_or(' '));
        line(&mut drawn, "", letters);
    }
    for table in tables {
        let cells = features.iter().map(|feature| {
            let does = |is_write| {
                let is_this = |access: &&Access| access.feature == *feature && access.table == table;
                accesses.iter().filter(is_this).any(|access| access.is_write == is_write)
            };
            match (owner(table) == Some(feature), does(true), does(false)) {
                (true, true, _) => 'O',
                (true, false, true) => 'o',
                (false, true, _) => 'W',
                (false, false, true) => 'r',
                (_, false, false) => '·',
            }
        });
        line(&mut drawn, table, cells);
    }
    drawn
}

fn line(drawn: &mut String, head: &str, cells: impl Iterator<Item = char>) {
    let cells: String = cells.flat_map(|cell| [cell, ' ']).collect();
    _ = writeln!(drawn, "{}", format!("{head:<22} {cells}").trim_end());
}

#[cfg(test)]
mod tests {
    use super::{Access, draw};

    #[test]
    fn a_line_says_whose_a_table_is_and_who_else_looks() {
        let access = |feature: &str, table: &str, is_write| Access {
            feature: feature.to_owned(),
            table: table.to_owned(),
            is_write,
            path: String::new(),
            line: 1,
        };
        let accesses = [
            access("ledger", "orders", true),
            access("refund", "orders", false),
            access("order", "orders", true),
            access("order", "people", false),
        ];
        let drawn = draw(&accesses, |table| (table == "orders").then_some("ledger"));
        let lines: Vec<_> = drawn.lines().skip(7).map(|line| line.split_whitespace().collect::<Vec<_>>()).collect();
        assert_eq!(lines, [["orders", "O", "W", "r"], ["people", "·", "r", "·"]]);
    }
}
