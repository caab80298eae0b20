//! The places that a form may name to come back to. Anything else leads home: nobody is sent to an address from
//! outside.

use super::buyer::{Page, Place};
use super::{Address, Return, producer, staff, without_tail};
use crate::LinkId;
use crate::view::Target;
use std::iter::successors;

/// Where signing in leads whoever asked for `path` and was not signed in: to the target there, or to the nearest one
/// above it; what mail programs leave at its end is no part of it.
pub fn of_request(path: &str) -> Target {
    let path = if target(path).is_some() { path } else { without_tail(path).unwrap_or(path) };
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
    let is_of_area = || {
        producer::Place::parse(path).is_some_and(|place| is_here(place.page().address()))
            || staff::Place::parse(path).is_some_and(|place| is_here(place.page().address()))
    };
    let may_return = Place::parse(path).map(Place::page).is_some_and(|page| match (page, query) {
        (Page::SignInSent, query) => query.and_then(|query| query.strip_prefix("request=")).is_some_and(is_request),
        (Page::SignIn, Some(query)) => query.strip_prefix("next=").and_then(target).is_some(),
        (_, Some(_)) => false,
        (page, None) => is_here(page.address()),
    });
    if may_return || query.is_none() && is_of_area() { text } else { "/" }
}

fn is_here(address: Address) -> bool {
    address.after_language == Return::Here
}

fn is_request(text: &str) -> bool {
    text.parse().is_ok_and(|id: LinkId| id.to_string() == text)
}
