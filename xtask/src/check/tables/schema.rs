//! The tables that there are once every migration has run.

use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// By name: where each is made, as `file:line`.
pub(super) type Tables = BTreeMap<String, String>;

/// Of both engines: they have the same.
pub(super) fn tables(root: &Path) -> Result<Tables> {
    let mut tables = Tables::new();
    for engine in ["sqlite", "postgres"] {
        let folder = root.join("migrations").join(engine);
        let read = fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
        let mut files = read.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
        files.sort();
        let mut of_engine = Tables::new();
        for file in files {
            let path = file.strip_prefix(root)?.to_string_lossy().into_owned();
            migrate(&path, &fs::read_to_string(file)?, &mut of_engine);
        }
        tables.extend(of_engine);
    }
    Ok(tables)
}

/// What a migration makes, renames and drops.
fn migrate(path: &str, sql: &str, tables: &mut Tables) {
    let mut line = 1;
    let lines = sql.lines().map(|line| line.split("--").next().unwrap_or_default());
    let code = lines.collect::<Vec<_>>().join("\n").to_lowercase();
    for statement in code.split(';') {
        let words = statement.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
        let words: Vec<&str> = words.filter(|word| !matches!(*word, "if" | "not" | "exists" | "only")).collect();
        let blank = &statement[..statement.len() - statement.trim_start().len()];
        let place = format!("{path}:{}", line + blank.matches('\n').count());
        match words[..] {
            ["create", "table", name, ..] => _ = tables.insert(name.to_owned(), place),
            ["drop", "table", name, ..] => _ = tables.remove(name),
            ["alter", "table", old, "rename", "to", new] => {
                tables.remove(old);
                tables.insert(new.to_owned(), place);
            }
            _ => {}
        }
        line += statement.matches('\n').count();
    }
}

#[cfg(test)]
mod tests {
    use super::{Tables, migrate};

    #[test]
    fn the_last_name_of_a_table_counts() {
        let mut tables = Tables::new();
        let first =
            "-- create table never;\ncreate table if not exists a (id blob not null);\ncreate table b (id blob)";
        let second =
            "create table new_a (id text);\n\ndrop table a; alter table new_a rename to a; drop table if exists b;
            create table c (id blob)";
        migrate("1.sql", first, &mut tables);
        assert_eq!(
            tables,
            Tables::from([("a", "1.sql:2"), ("b", "1.sql:3")].map(|(a, b)| (a.to_owned(), b.to_owned())))
        );
        migrate("2.sql", second, &mut tables);
        assert_eq!(
            tables,
            Tables::from([("a", "2.sql:3"), ("c", "2.sql:4")].map(|(a, b)| (a.to_owned(), b.to_owned())))
        );
    }
}
