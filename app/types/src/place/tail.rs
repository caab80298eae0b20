//! Addresses as mail programs and people leave them: with a mark of the sentence around them at the end.

use super::{buyer, producer};

/// The address that was meant by one with something at its end that mail programs and people leave there: a full stop,
/// a bracket, a quote, a slash, a blank. None when nothing is left of it, or what is left is no address of buyers or
/// producers.
pub fn without_tail(path: &str) -> Option<&str> {
    let meant = tailless(path);
    let is_known = || buyer::Place::parse(meant).is_some() || producer::Place::parse(meant).is_some();
    (meant.len() < path.len() && is_known()).then_some(meant)
}

/// Nothing that ends an address of ours is left out: none ends in a mark, and none has a `%`.
fn tailless(path: &str) -> &str {
    let mut rest = path;
    loop {
        let shorter = rest.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '>', '"', '\'', '*', '/']);
        let escape = shorter.len().checked_sub(3).and_then(|at| shorter.split_at_checked(at));
        let shorter = escape.filter(|(_, end)| end.starts_with('%')).map_or(shorter, |(before, _)| before);
        if shorter.len() == rest.len() {
            return rest;
        }
        rest = shorter;
    }
}
