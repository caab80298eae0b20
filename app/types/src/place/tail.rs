//! Addresses as mail programs and people leave them: with a mark of the sentence around them at the end.

use super::{buyer, producer};

/// The address that was meant by one with something at its end that mail programs and people leave there: a full stop,
/// a bracket, a quote, a slash, a blank. None when nothing is left of it, or what is left is no address of buyers or
/// producers.
pub fn without_tail(path: &str) -> Option<&str> {
    let meant = tailless(path);
    let is_known = || {
        buyer::Place::parse(meant).is_some()
            || producer::Place::parse(meant).is_some()
            || super::staff::Place::parse(meant).is_some()
    };
    (meant.len() < path.len() && is_known()).then_some(meant)
}

/// What no address of ours ends in: codes end in a letter, a figure, `.`, `_` or `-`, tokens too, and none has a `%`.
const MARKS: &[char] = &[
    '.', ',', ';', ':', '!', '?', '(', ')', '[', ']', '{', '}', '<', '>', '"', '\'', '`', '*', '~', '|', '=', '\\', '/',
];
/// Signs as HTML writes them; the semicolon is a mark.
const ESCAPES: [&str; 6] = ["&gt", "&lt", "&quot", "&nbsp", "&amp", "&#39"];

/// Without all that stands at the end and belongs to the sentence around it.
fn tailless(path: &str) -> &str {
    let mut rest = path;
    loop {
        let shorter = rest.trim_end_matches(MARKS);
        let shorter = ESCAPES.iter().find_map(|escape| shorter.strip_suffix(escape)).unwrap_or(shorter);
        // Whatever it is, and cut off in the middle too: a blank of any kind, a sign that is not seen, another letter.
        let escape = shorter.rfind('%').filter(|at| shorter.len() - at <= "%20".len());
        let shorter = escape.map_or(shorter, |at| &shorter[..at]);
        if shorter.len() == rest.len() {
            return rest;
        }
        rest = shorter;
    }
}
