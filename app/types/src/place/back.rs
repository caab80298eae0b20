//! The places that a form may name to come back to. Anything else leads home: nobody is sent to an address from
//! outside.

use super::Return;
use super::buyer::{Page, Place};
use super::producer;
use crate::LinkId;
use crate::view::Target;
use std::iter::successors;

/// Where signing in leads whoever asked for `path` and was not signed in: to the target there, or to the nearest one
/// above it.
pub fn of_request(path: &str) -> Target {
    let mut above = successors(Some(path), |path| path.rsplit_once('/').map(|(above, _)| above));
    above.find_map(target).unwrap_or(Target::Home)
}

/// The value of `next` in a form: exactly the address of a target, or home.
pub fn next(text: &str) -> Target {
    target(text).unwrap_or(Target::Home)
}

fn target(path: &str) -> Option<Target> {
    Place::parse(path).and_then(Target::at)
}

/// The address a language switch comes back to; home when `text` is none of ours.
pub fn returns_to(text: &str) -> &str {
    let (path, query) = text.split_once('?').map_or((text, None), |(path, query)| (path, Some(query)));
    let may_return = Place::parse(path).map(Place::page).is_some_and(|page| match (page, query) {
        (Page::SignInSent, query) => query.and_then(|query| query.strip_prefix("request=")).is_some_and(is_request),
        (Page::SignIn, Some(query)) => query.strip_prefix("next=").and_then(target).is_some(),
        (_, Some(_)) => false,
        (page, None) => page.address().after_language == Return::Here,
    });
    if may_return { text } else { "/" }
}

/// The address that was meant by one with something at its end that mail programs and people leave there: a full stop,
/// a bracket, a quote, a slash, a blank. None when nothing is left of it, or what is left is no address of buyers or
/// producers.
pub fn without_tail(path: &str) -> Option<&str> {
    let meant = tailless(path);
    let is_known = || Place::parse(meant).is_some() || producer::Place::parse(meant).is_some();
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

fn is_request(text: &str) -> bool {
    text.parse().is_ok_and(|id: LinkId| id.to_string() == text)
}
