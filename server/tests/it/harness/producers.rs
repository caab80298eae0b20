//! Somebody of a producer with a browser.

use crate::harness::browserless::{Browser, form};
use crate::harness::site::Site;

/// A browser in which the owner of this producer has signed in.
pub async fn signed_in(site: &Site, slug: &str) -> Browser {
    let mut browser = site.browser();
    let page = browser.get("/producer/sign-in").await.expect(200);
    let typed = [("email", &*format!("{slug}@example.com")), ("password", "correct horse battery")];
    browser.press(&form(&page, "/producer/sign-in"), &typed).await.expect(303);
    browser
}
