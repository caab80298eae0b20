//! Those who sign in with a password, each with a browser: owners and agents of a producer, and the support staff.

use crate::harness::browserless::{Browser, form, forms};
use crate::harness::http::Request;
use crate::harness::site::Site;
use portal::ports::Clock;
use portal::testing::second_step_code;
use server::clock::SystemClock;

/// The password of everybody who has one.
pub const PASSWORD: &str = "correct horse battery";

/// A browser in which the owner of this producer has signed in.
pub async fn signed_in(site: &Site, slug: &str) -> Browser {
    let mut browser = site.browser();
    sign_in(&mut browser, "/producer/sign-in", &format!("{slug}@example.com")).await;
    browser
}

async fn sign_in(browser: &mut Browser, address: &str, email: &str) {
    let page = browser.get(address).await.expect(200);
    browser.press(&form(&page, address), &[("email", email), ("password", PASSWORD)]).await.expect(303);
}

/// A browser in which an agent has signed in whom this owner invited.
pub async fn agent_of(site: &Site, owner: &mut Browser, email: &str) -> Browser {
    let people = owner.get("/producer/people").await.expect(200);
    owner.press(&form(&people, "/producer/people"), &[("email", email), ("role", "agent")]).await.expect(303);
    let link = site.mail.wait(email, "/producer/invitations/").await.link("/producer/invitations/");
    let mut browser = site.browser();
    let page = browser.visit(&link).await.expect(200);
    let typed = [("name", "Bia Lemos"), ("password", PASSWORD)];
    browser.submit(&form(&page, "/producer/invitations/"), &typed).await.expect(200);
    browser
}

/// A browser in which somebody of the staff has signed in for the first time, with the second step that this sets up.
pub async fn staff(site: &Site, email: &str, role: &str) -> Browser {
    let made = ["create-staff", "--email", email, "--name", "Rui Prado", "--role", role];
    let output = site.run(&made, &format!("{PASSWORD}\n")).await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut browser = site.browser();
    sign_in(&mut browser, "/admin/sign-in", email).await;
    let page = browser.get("/admin/totp").await.expect(200);
    let text = page.text();
    let secret = text.split("<code>").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
    let code = second_step_code(secret, SystemClock.now());
    browser.press(&form(&page, "/admin/totp"), &[("code", &code)]).await.expect(200);
    browser
}

/// Presses the posted form of a page at this address.
pub async fn post_from(browser: &mut Browser, page: &str, action: &str, typed: &[(&str, &str)]) {
    let answer = browser.get(page).await.expect(200);
    let found = forms(&answer.text()).into_iter().find(|form| form.method == "post" && form.action == action);
    let form = found.unwrap_or_else(|| panic!("no form for {action}: {}", answer.text()));
    browser.press(&form, typed).await.expect(303);
}

/// Posts these fields, as a page would that has such a form.
pub async fn post(browser: &mut Browser, action: &str, fields: &[(&str, &str)]) {
    let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    browser.send(Request::new("POST", action).form(&fields)).await.expect(303);
}
