//! One stylesheet out of the files of `style/`. Used by the server's build and, to weigh the result, by xtask.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

/// What comes before everything else. The other files follow in the order of their names.
const FIRST: [&str; 3] = ["main.css", "tokens.css", "base.css"];

/// All of a folder's css, shortened. `main.css` may name others by `@import "card.css" layer(blocks);`, which then
/// stand in its place; what it does not name follows after it.
pub(crate) fn build(folder: &Path) -> io::Result<String> {
    let mut waiting: BTreeSet<String> = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".css") {
            waiting.insert(name);
        }
    }
    let mut css = String::new();
    for name in FIRST {
        take(folder, name, &mut waiting, &mut css)?;
    }
    while let Some(name) = waiting.first().cloned() {
        take(folder, &name, &mut waiting, &mut css)?;
    }
    Ok(shorten(&css))
}

/// Appends a file, once.
fn take(folder: &Path, name: &str, waiting: &mut BTreeSet<String>, css: &mut String) -> io::Result<()> {
    if !waiting.remove(name) {
        return Ok(());
    }
    for line in fs::read_to_string(folder.join(name))?.lines() {
        match import(line) {
            None => css.push_str(line),
            Some((file, "")) => take(folder, file, waiting, css)?,
            Some((file, layer)) => {
                css.push_str(&format!("@layer {layer} {{\n"));
                take(folder, file, waiting, css)?;
                css.push('}');
            }
        }
        css.push('\n');
    }
    Ok(())
}

/// File and layer of `@import "file.css" layer(name);`.
fn import(line: &str) -> Option<(&str, &str)> {
    let rest = line.trim().strip_prefix("@import")?.trim().trim_end_matches(';').trim();
    let rest = rest.strip_prefix("url(").unwrap_or(rest);
    let (file, rest) = rest.strip_prefix('"')?.split_once('"')?;
    let layer = rest.split_once("layer(").and_then(|(_, rest)| rest.split_once(')'));
    Some((file.trim_start_matches("./"), layer.map_or("", |(name, _)| name)))
}

/// Without comments and needless blanks. Careful rather than thorough: brotli does the rest.
pub(crate) fn shorten(css: &str) -> String {
    let mut short = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(letter) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            blank(&mut short);
        } else if letter == '"' || letter == '\'' {
            let end = quoted(rest, letter);
            short.push_str(&rest[..end]);
            rest = &rest[end..];
        } else {
            if letter.is_whitespace() {
                blank(&mut short);
            } else {
                // A blank before `{` `}` `;` `,` never means anything; one before `:` may ("a :hover").
                if matches!(letter, '{' | '}' | ';' | ',') && short.ends_with(' ') {
                    short.pop();
                }
                if letter == '}' && short.ends_with(';') {
                    short.pop();
                }
                short.push(letter);
            }
            rest = &rest[letter.len_utf8()..];
        }
    }
    short
}

/// One blank, where there is none yet and one could mean something.
fn blank(short: &mut String) {
    if !short.is_empty() && !short.ends_with([' ', '{', '}', ';', ',', ':']) {
        short.push(' ');
    }
}

/// Where a quoted text ends, quotes included.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        if letter == quote && !escaped {
            return at + 1;
        }
        escaped = letter == '\\' && !escaped;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::{build, shorten};
    use std::fs;

    #[test]
    fn what_is_shortened_means_the_same() {
        let css = "/* card */\n.card > a :hover ,\n.chip { color : light-dark( #fff , #000 ) ; margin: 0 -1px; }\n";
        assert_eq!(shorten(css), ".card > a :hover,.chip{color :light-dark( #fff,#000 );margin:0 -1px}");
        assert_eq!(shorten(r#"a::after { content: " ; /* \" */ "; }"#), r#"a::after{content:" ; /* \" */ "}"#);
        assert_eq!(
            shorten("@media (width < 40rem) and (hover) { a { width: calc(1px + 2px) } }"),
            "@media (width < 40rem) and (hover){a{width:calc(1px + 2px)}}"
        );
    }

    #[test]
    fn imports_stand_in_their_place_and_the_rest_follows() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, css: &str| fs::write(folder.path().join(name), css).expect("a file");
        write("main.css", "@layer base, blocks;\n@import \"card.css\" layer(blocks);\n@import \"tokens.css\";\n");
        write("card.css", ".card{margin:0}");
        write("tokens.css", ":root{--a:1}");
        write("chip.css", ".chip{margin:0}");
        write("notes.txt", "not css");
        let css = build(folder.path()).expect("a stylesheet");
        assert_eq!(css, "@layer base,blocks;@layer blocks{.card{margin:0}}:root{--a:1}.chip{margin:0}");
    }
}
