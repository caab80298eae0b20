//! What the statements of a feature read and write. Every text of its code counts, wherever it is spliced into a
//! statement.

use super::schema::Tables;
use crate::check::floors;
use crate::check::rust::{Kind, sources};
use anyhow::Result;
use std::path::Path;

/// A statement of a feature names a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Access {
    pub feature: String,
    pub table: String,
    pub is_write: bool,
    pub path: String,
    pub line: usize,
}

/// What the crate in `folder` does to these tables.
pub(super) fn accesses(root: &Path, folder: &str, tables: &Tables) -> Result<Vec<Access>> {
    let mut accesses = Vec::new();
    for source in sources(root, folder)? {
        let feature = feature(&source.path, &source.module);
        for token in &source.tokens {
            let Kind::Text(text) = &token.kind else { continue };
            let named = named(text).into_iter().filter(|(table, ..)| tables.contains_key(table));
            accesses.extend(named.map(|(table, is_write, lines)| Access {
                feature: feature.clone(),
                table,
                is_write,
                path: source.path.clone(),
                line: token.line + lines,
            }));
        }
    }
    Ok(accesses)
}

/// Of the rules by their wings; elsewhere the first folder, but the sandbox is one gateway of several.
fn feature(path: &str, module: &[String]) -> String {
    let is_sandbox = module.iter().any(|name| name == "sandbox");
    let first = if is_sandbox { Some("sandbox") } else { module.first().map(String::as_str) };
    floors::feature(path).or(first).unwrap_or_default().to_owned()
}

/// What stands where a statement names a table: its name, whether it is written, and the lines before it.
fn named(text: &str) -> Vec<(String, bool, usize)> {
    let mut words: Vec<(&str, usize)> = Vec::new();
    for (lines, line) in text.split('\n').enumerate() {
        let all = line.split(|c: char| !c.is_alphanumeric() && c != '_' && c != ',').filter(|word| !word.is_empty());
        words.extend(all.map(|word| (word, lines)));
    }
    let mut named = Vec::new();
    for at in 1..words.len() {
        let before = |back: usize| at.checked_sub(back).map_or("", |at| words[at].0).to_lowercase();
        let is_write = match (&*before(2), &*before(1)) {
            ("insert", "into") | ("delete", "from") => true,
            // `on conflict … do update set`, `for update of`: what follows is no table.
            (_, "update") => true,
            (_, "from" | "join") => false,
            _ => continue,
        };
        named.push((words[at].0.trim_end_matches(',').to_lowercase(), is_write, words[at].1));
    }
    named
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn a_statement_names_what_it_reads_and_writes() {
        let sql = "insert into refunds (id) select o.id from orders o\n left join people p on true \
            on conflict do update set x = 1";
        let told: Vec<_> = named(sql).into_iter().filter(|(table, ..)| table != "set").collect();
        let expected = [("refunds", true, 0), ("orders", false, 0), ("people", false, 1)];
        assert_eq!(told, expected.map(|(table, is_write, line)| (table.to_owned(), is_write, line)));
        assert_eq!(named("update jobs set a = 1"), [("jobs".to_owned(), true, 0)]);
        assert_eq!(named("Delete from\n jobs"), [("jobs".to_owned(), true, 1)]);
    }
}
