//! Which paths a source file names, and what they lead to: through `use`, spelled out, by `super`, and by what the root
//! passes on.

use super::House;
use crate::check::rust::{Kind, Source, Token, closing};
use std::collections::BTreeMap;

/// What a crate calls its modules.
pub(super) struct Names<'a> {
    house: &'a House,
    /// Paths that `pub use` gives another name: `refund` is `money/refund`. None leads out of the crate.
    passed_on: BTreeMap<Vec<String>, Option<Vec<String>>>,
    /// Modules that pass on whatever they find in another crate: what is not known there is from outside.
    is_open: Vec<Vec<String>>,
    /// Macros that are known at the root, by where they are written.
    macros: BTreeMap<String, Vec<String>>,
}

/// A path within the crate, from its root, and the line that it stands on.
pub(super) struct Import {
    pub path: Vec<String>,
    pub line: usize,
}

impl<'a> Names<'a> {
    pub(super) fn read(house: &'a House, sources: &[Source]) -> Self {
        let mut names = Self { house, passed_on: BTreeMap::new(), is_open: Vec::new(), macros: BTreeMap::new() };
        let modules: Vec<&[String]> = sources.iter().map(|source| &source.module[..]).collect();
        for source in sources {
            if house.unit(&source.module).is_none() {
                names.pass_on(source, &modules);
            }
            for window in source.tokens.windows(3) {
                if let (true, true, Some(name)) =
                    (window[0].is_word("macro_rules"), window[1].is_sign('!'), window[2].word())
                {
                    names.macros.insert(name.to_owned(), source.module.clone());
                }
            }
        }
        names
    }

    /// `pub use money::refund;`, also of several, by another name, or of all of another crate.
    fn pass_on(&mut self, source: &Source, modules: &[&[String]]) {
        for (at, _) in source.tokens.iter().enumerate().filter(|(_, token)| token.is_word("use")) {
            for Leaf { path, name, .. } in tree(&source.tokens, at + 1) {
                let (full, depth) = match absolute(&source.module, &path) {
                    Some(full) => (full, 1),
                    None => ([&source.module[..], &path].concat(), source.module.len() + 1),
                };
                let is_inside =
                    modules.iter().any(|module| module.len() >= depth && full.starts_with(&module[..depth]));
                match &*name {
                    "*" if !is_inside => self.is_open.push(source.module.clone()),
                    "*" => {}
                    _ => {
                        let known_as = [&source.module[..], &[name]].concat();
                        self.passed_on.insert(known_as, is_inside.then_some(full));
                    }
                }
            }
        }
    }

    /// What a path leads to: a unit; a wing as a whole; a name that is nobody's; nothing where it leads out of the
    /// crate.
    pub(super) fn resolve(&self, path: &[String]) -> Option<String> {
        let mut path = path.to_vec();
        // More names for one thing than this there are not.
        for _ in 0..8 {
            if let Some(unit) = self.house.unit(&path) {
                return Some(unit.to_owned());
            }
            let Some((length, target)) = self.longest_name(&path) else { break };
            path = [&target.clone()?[..], &path[length..]].concat();
        }
        if let Some(module) = path.first().and_then(|name| self.macros.get(name)).filter(|_| path.len() == 1) {
            return Some(self.house.unit(module).map_or_else(|| module.join("/"), str::to_owned));
        }
        let wing =
            (1..=path.len()).rev().map(|length| path[..length].join("/")).find(|wing| self.house.floor(wing).is_some());
        let is_outside = wing.is_none() && self.is_open.iter().any(|module| path.starts_with(module));
        if is_outside { None } else { Some(wing.unwrap_or_else(|| path.join("/"))) }
    }

    fn longest_name(&self, path: &[String]) -> Option<(usize, &Option<Vec<String>>)> {
        (1..=path.len()).rev().find_map(|length| Some((length, self.passed_on.get(&path[..length])?)))
    }

    /// Every path of a file that begins at the crate, or leads out of where it stands.
    pub(super) fn imports(&self, source: &Source) -> Vec<Import> {
        let mut imports = Vec::new();
        let mut modules = Inline::default();
        for (at, token) in source.tokens.iter().enumerate() {
            modules.step(&source.tokens, at);
            let is_start = token.word().is_some_and(|word| matches!(word, "crate" | "super"));
            if !is_start || is_continued(&source.tokens, at) || !is_continued(&source.tokens, at + 3) {
                continue;
            }
            let here = [&source.module[..], &modules.names()].concat();
            for leaf in tree(&source.tokens, at) {
                imports.extend(absolute(&here, &leaf.path).map(|path| Import { path, line: leaf.line }));
            }
        }
        imports
    }
}

/// Whether what stands at `at` goes on a path that has begun before: `self::super`, but not `pub(super)`.
fn is_continued(tokens: &[Token], at: usize) -> bool {
    at >= 2 && tokens.get(at - 2..at).is_some_and(|signs| signs.iter().all(|token| token.is_sign(':')))
}

/// Modules that are written within the file, as far as they are open.
#[derive(Default)]
struct Inline {
    open: Vec<(String, usize)>,
}

impl Inline {
    fn step(&mut self, tokens: &[Token], at: usize) {
        self.open.retain(|(_, end)| *end >= at);
        if let Some([name, brace]) = tokens[at].is_word("mod").then(|| tokens.get(at + 1..at + 3)).flatten()
            && brace.is_sign('{')
            && let Some(name) = name.word()
        {
            self.open.push((name.to_owned(), closing(tokens, at + 2)));
        }
    }

    fn names(&self) -> Vec<String> {
        self.open.iter().map(|(name, _)| name.clone()).collect()
    }
}

/// A path from the root of the crate, if it is one that leads there.
fn absolute(here: &[String], path: &[String]) -> Option<Vec<String>> {
    match path.first().map(String::as_str)? {
        "crate" => Some(path[1..].to_vec()),
        "self" => absolute(here, &[&["crate".to_owned()], here, &path[1..]].concat()),
        "super" => {
            let above = &here[..here.len().saturating_sub(1)];
            let rest = &path[1..];
            if rest.first().is_some_and(|next| next == "super") {
                absolute(above, rest)
            } else {
                Some([above, rest].concat())
            }
        }
        _ => None,
    }
}

/// One path of a tree: `a::{b, c as d}` has two.
struct Leaf {
    path: Vec<String>,
    /// What it is called here.
    name: String,
    line: usize,
}

/// The paths that begin at `at`.
fn tree(tokens: &[Token], at: usize) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    branch(tokens, at, &[], &mut leaves);
    leaves
}

/// Reads one branch of a tree; returns where it ends.
fn branch(tokens: &[Token], mut at: usize, above: &[String], leaves: &mut Vec<Leaf>) -> usize {
    let mut path = above.to_vec();
    let line = tokens.get(at).map_or(0, |token| token.line);
    while let Some(token) = tokens.get(at) {
        match &token.kind {
            Kind::Word(word) if word != "as" => path.push(word.clone()),
            Kind::Sign('*') => {
                leaves.push(Leaf { path, name: "*".to_owned(), line });
                return at + 1;
            }
            Kind::Sign('{') => return branches(tokens, at, &path, leaves),
            _ => break,
        }
        at += 1;
        if !tokens.get(at..at + 2).is_some_and(|next| next[0].is_sign(':') && next[1].is_sign(':')) {
            break;
        }
        // What stands in angle brackets belongs to a call and not to a path.
        if tokens.get(at + 2).is_some_and(|next| next.is_sign('<')) {
            break;
        }
        at += 2;
    }
    // `self` in braces is what stands before them.
    if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    let renamed = tokens.get(at).is_some_and(|token| token.is_word("as"));
    let new_name = if renamed { tokens.get(at + 1).and_then(Token::word) } else { None };
    let name = new_name.or(path.last().map(String::as_str)).unwrap_or_default().to_owned();
    leaves.push(Leaf { path, name, line });
    if renamed { at + 2 } else { at }
}

fn branches(tokens: &[Token], open: usize, above: &[String], leaves: &mut Vec<Leaf>) -> usize {
    let end = closing(tokens, open);
    let mut at = open + 1;
    while at < end {
        at = branch(tokens, at, above, leaves).max(at + 1);
        // Over the comma.
        while at < end && tokens[at].is_sign(',') {
            at += 1;
        }
    }
    end + 1
}

#[cfg(test)]
mod tests {
    use super::{absolute, tree};
    use crate::check::rust::tokens;

    fn names(text: &str) -> Vec<String> {
        text.split("::").map(str::to_owned).collect()
    }

    #[test]
    fn a_tree_is_all_its_paths() {
        let read = tokens("crate::{a::{self, b as c}, d::*,\n e::f,}");
        let told: Vec<_> =
            tree(&read, 0).iter().map(|leaf| format!("{} {} {}", leaf.path.join("::"), leaf.name, leaf.line)).collect();
        assert_eq!(told, ["crate::a a 1", "crate::a::b c 1", "crate::d * 1", "crate::e::f f 2"]);
    }

    #[test]
    fn super_leads_up_from_where_it_stands() {
        let here = names("money::refund::store");
        assert_eq!(absolute(&here, &names("super::super::plan::x")), Some(names("money::plan::x")));
        assert_eq!(absolute(&here, &names("crate::plan")), Some(names("plan")));
        assert_eq!(absolute(&here, &names("types::Code")), None);
    }
}
