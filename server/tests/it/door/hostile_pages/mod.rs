//! Hostile input in forms, addresses and hooks; and hostile names, which are legal, on every page and in every mail.

mod forms;
mod hook;
mod malformed;
mod names;

use super::shop;
use crate::harness::browserless::Browser;
use crate::harness::site::Site;

/// The same person, each time from another network.
fn elsewhere(site: &Site, person: &Browser) -> Browser {
    let mut browser = site.browser();
    browser.cookies = person.cookies.clone();
    browser
}
