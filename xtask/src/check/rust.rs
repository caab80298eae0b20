//! Just enough of Rust's grammar to read paths and texts out of a source file, without what only tests compile.

use anyhow::Result;
use std::fs;
use std::path::Path;

/// A piece of a source file and the line that it begins on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub kind: Kind,
    pub line: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name, a keyword or a number.
    Word(String),
    /// What stands between the quotes of a string, escapes and line breaks as they were written.
    Text(String),
    Sign(char),
}

impl Token {
    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(&self.kind, Kind::Word(other) if other == word)
    }

    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    pub(super) fn word(&self) -> Option<&str> {
        if let Kind::Word(word) = &self.kind { Some(word) } else { None }
    }
}

/// A source file of a crate.
pub(super) struct Source {
    /// From the root of the repository.
    pub path: String,
    /// The module that the file is: `["money", "refund", "store"]`, and nothing for `lib.rs`.
    pub module: Vec<String>,
    /// What the product compiles.
    pub tokens: Vec<Token>,
}

/// Every file of the crate whose sources lie in `folder`, in the order of their paths, without those of tests.
pub(super) fn sources(root: &Path, folder: &str) -> Result<Vec<Source>> {
    let mut files = Vec::new();
    if root.join(folder).is_dir() {
        collect(&root.join(folder), &mut Vec::new(), &mut files)?;
    }
    files.sort();
    let (mut all, mut tests) = (Vec::new(), Vec::new());
    for (parts, text) in files {
        let (tokens, of_tests) = product(&tokens(&text));
        let module = module(&parts);
        tests.extend(of_tests.into_iter().map(|name| [&module[..], &[name]].concat()));
        all.push(Source { path: format!("{folder}/{}", parts.join("/")), module, tokens });
    }
    all.retain(|source| !tests.iter().any(|test| source.module.starts_with(test)));
    Ok(all)
}

fn collect(folder: &Path, above: &mut Vec<String>, files: &mut Vec<(Vec<String>, String)>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        above.push(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
        if path.is_dir() {
            collect(&path, above, files)?;
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            files.push((above.clone(), fs::read_to_string(&path)?));
        }
        above.pop();
    }
    Ok(())
}

/// `["refund", "mod.rs"]` is the module `refund`, and so is `["refund.rs"]`.
fn module(parts: &[String]) -> Vec<String> {
    let mut module: Vec<String> = parts.iter().map(|part| part.trim_end_matches(".rs").to_owned()).collect();
    if module.last().is_some_and(|last| matches!(&**last, "mod" | "lib" | "main")) {
        module.pop();
    }
    module
}

/// The pieces of a source file; comments are left out.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut reader = Reader { rest: text, line: 1, tokens: Vec::new() };
    while let Some(first) = reader.rest.chars().next() {
        reader.step(first);
    }
    reader.tokens
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
    tokens: Vec<Token>,
}

impl Reader<'_> {
    fn step(&mut self, first: char) {
        if self.rest.starts_with("//") {
            self.skip(self.rest.find('\n').unwrap_or(self.rest.len()));
        } else if self.rest.starts_with("/*") {
            self.skip(length_of_comment(self.rest));
        } else if first == '"' {
            self.text(1, '"');
        } else if first.is_alphanumeric() || first == '_' {
            self.word();
        } else if first == '\'' {
            self.character();
        } else {
            if !first.is_whitespace() {
                self.push(Kind::Sign(first));
            }
            self.skip(first.len_utf8());
        }
    }

    fn push(&mut self, kind: Kind) {
        self.tokens.push(Token { kind, line: self.line });
    }

    fn skip(&mut self, bytes: usize) {
        self.line += self.rest[..bytes].matches('\n').count();
        self.rest = &self.rest[bytes..];
    }

    /// A name, or the letters before the quote of a string: `r"`, `br#"`.
    fn word(&mut self) {
        let length = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(self.rest.len());
        let (word, after) = self.rest.split_at(length);
        let hashes = after.len() - after.trim_start_matches('#').len();
        if matches!(word, "r" | "br" | "cr") && after[hashes..].starts_with('"') {
            return self.raw_text(length + hashes + 1, hashes);
        }
        if matches!(word, "b" | "c") && after.starts_with('"') {
            return self.text(length + 1, '"');
        }
        self.push(Kind::Word(word.to_owned()));
        self.skip(length);
    }

    fn raw_text(&mut self, start: usize, hashes: usize) {
        let end = format!("\"{}", "#".repeat(hashes));
        let length = self.rest[start..].find(&end).unwrap_or(self.rest.len() - start);
        self.push(Kind::Text(self.rest[start..start + length].to_owned()));
        self.skip((start + length + end.len()).min(self.rest.len()));
    }

    fn text(&mut self, start: usize, quote: char) {
        let length = length_of_text(&self.rest[start..], quote);
        self.push(Kind::Text(self.rest[start..start + length].to_owned()));
        self.skip((start + length + 1).min(self.rest.len()));
    }

    /// A character in quotes; or a lifetime, which has no second quote.
    fn character(&mut self) {
        let mut after = self.rest.chars().skip(1);
        let is_character = after.next() == Some('\\') || after.next() == Some('\'');
        let length = if is_character { length_of_text(&self.rest[1..], '\'') + 2 } else { 1 };
        self.skip(length.min(self.rest.len()));
    }
}

/// The bytes up to the closing quote.
fn length_of_text(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in text.char_indices() {
        if c == quote && !is_escaped {
            return at;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    text.len()
}

/// Comments of this kind may stand within each other.
fn length_of_comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while let Some(next) = text[at..].find(['/', '*']).map(|offset| at + offset) {
        let step = match &text[next..] {
            rest if rest.starts_with("/*") => 1,
            rest if rest.starts_with("*/") => -1,
            _ => 0,
        };
        depth += step;
        at = next + if step == 0 { 1 } else { 2 };
        if step == -1 && depth == 0 {
            return at;
        }
    }
    text.len()
}

/// What the product compiles of these, and the names of the modules that only tests do, whose files are elsewhere.
fn product(tokens: &[Token]) -> (Vec<Token>, Vec<String>) {
    let (mut kept, mut of_tests, mut at) = (Vec::new(), Vec::new(), 0);
    while at < tokens.len() {
        let Some(end) = end_of_attribute(tokens, at) else {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        };
        if !is_for_tests(&tokens[at..end]) {
            kept.extend_from_slice(&tokens[at..end]);
            at = end;
            continue;
        }
        if tokens[at + 1].is_sign('!') {
            return (Vec::new(), of_tests);
        }
        let item = &tokens[end..end_of_item(tokens, end)];
        if let Some(mod_at) = item.iter().position(|token| token.is_word("mod")) {
            of_tests.extend(item.get(mod_at + 1).and_then(Token::word).map(str::to_owned));
        }
        at = end + item.len();
    }
    (kept, of_tests)
}

/// Behind the bracket that closes the attribute which begins at `at`, if one does.
fn end_of_attribute(tokens: &[Token], at: usize) -> Option<usize> {
    let open = match tokens.get(at..at + 3)? {
        [hash, bracket, _] if hash.is_sign('#') && bracket.is_sign('[') => at + 1,
        [hash, mark, bracket] if hash.is_sign('#') && mark.is_sign('!') && bracket.is_sign('[') => at + 2,
        _ => return None,
    };
    Some(closing(tokens, open) + 1)
}

/// `#[cfg(test)]`, `#[cfg(any(test, feature = "testing"))]`, `#[test]`.
fn is_for_tests(attribute: &[Token]) -> bool {
    let has = |word: &str| attribute.iter().any(|token| token.is_word(word));
    let is_one = attribute.iter().find_map(Token::word).is_some_and(|first| matches!(first, "cfg" | "test"));
    is_one && has("test") && !has("not")
}

/// Where the item ends that begins at `at`: behind its block or its semicolon.
fn end_of_item(tokens: &[Token], mut at: usize) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.kind {
            Kind::Sign(';') => return at + 1,
            Kind::Sign('{') => return closing(tokens, at) + 1,
            Kind::Sign('(' | '[') => at = closing(tokens, at),
            _ => {}
        }
        at += 1;
    }
    tokens.len()
}

/// The bracket that closes the one at `open`.
pub(super) fn closing(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.kind {
            Kind::Sign('(' | '[' | '{') => depth += 1,
            Kind::Sign(')' | ']' | '}') => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::{Kind, Token, product, tokens};

    fn words(tokens: &[Token]) -> Vec<&str> {
        tokens.iter().filter_map(Token::word).collect()
    }

    #[test]
    fn comments_and_quotes_are_told_from_code() {
        let read =
            tokens("/* a /* b */ c */ let x: &'a str = \"say \\\"d\\\"\"; // e\nlet y = ('\\'', 'z', r#\"f\"#);");
        assert_eq!(words(&read), ["let", "x", "a", "str", "let", "y"]);
        let texts =
            |token: &Token| if let Kind::Text(text) = &token.kind { Some((token.line, text.clone())) } else { None };
        let texts: Vec<_> = read.iter().filter_map(texts).collect();
        assert_eq!(texts, [(1, "say \\\"d\\\"".to_owned()), (2, "f".to_owned())]);
    }

    #[test]
    fn what_only_tests_compile_is_left_out() {
        let source = "mod a; #[cfg(any(test, feature = \"testing\"))] pub mod b; #[cfg(test)] mod c { fn d() {} }
            #[cfg(not(test))] fn e() {} #[derive(Debug)] struct F;";
        let (kept, of_tests) = product(&tokens(source));
        assert_eq!(of_tests, ["b", "c"]);
        assert_eq!(words(&kept), ["mod", "a", "cfg", "not", "test", "fn", "e", "derive", "Debug", "struct", "F"]);
    }
}
