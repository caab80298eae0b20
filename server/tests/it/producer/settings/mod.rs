//! What a producer decides, by its screens: that it is taken, that what cannot be is said beside its field, that what
//! a form does not show stays, and that buyers' pages follow.

mod buyers;
mod cancel;
mod history;
mod identity;
mod keys;
mod links;
mod mails;
mod plans;
mod preview;
mod refunds;

use crate::harness::browserless::{Browser, Form, forms};
use crate::harness::http::Answer;
use crate::harness::member_areas::Area;
use crate::harness::producers::signed_in;
use crate::harness::shop::catalogue;
use crate::harness::site::{Api, Site};

const BUYERS: &str = "/producer/settings/buyers";
const CANCEL: &str = "/producer/settings/cancel";
const REFUNDS: &str = "/producer/settings/refunds";
const MAILS: &str = "/producer/settings/mails";
const IDENTITY: &str = "/producer/settings/identity";
const PLANS: &str = "/producer/settings/plans";
const KEYS: &str = "/producer/settings/keys";
const HISTORY: &str = "/producer/settings/history";

/// A shop with a catalogue, its program, and a browser of whoever sells there.
async fn shop(engine: &'static str) -> (Site, Api, Browser) {
    let site = Site::start(engine).await;
    let luz = site.producer("luz", "Escola Luz").await;
    catalogue(&luz, &Area::own().await).await;
    let browser = signed_in(&site, "luz").await;
    (site, luz, browser)
}

/// Another producer beside it, with a product of its own.
async fn neighbour(site: &Site) {
    let sol = site.producer("sol", "Escola Sol").await;
    sol.put("products/sol", &serde_json::json!({"name": "Curso do Sol"})).await.expect(200);
}

/// The form of a page as it stands there.
async fn form_at(browser: &mut Browser, page: &str, action: &str) -> Form {
    let answer = browser.get(page).await.expect(200).text();
    let found = forms(&answer).into_iter().find(|form| form.method == "post" && form.action == action);
    found.unwrap_or_else(|| panic!("no form for {action}: {answer}"))
}

/// Without these fields: switches that are turned off.
fn without(form: Form, names: &[&str]) -> Form {
    let fields = form.fields.into_iter().filter(|(name, _)| !names.contains(&name.as_str())).collect();
    Form { fields, ..form }
}

/// The error that stands beside a field.
#[track_caller]
fn error_beside(answer: &Answer, field: &str) -> String {
    let page = answer.text();
    let start = format!("id=\"{field}-error\"");
    let rest = page.split(&start).nth(1).unwrap_or_else(|| panic!("no error beside {field}: {page}"));
    rest.split(['>', '<']).nth(1).unwrap().to_owned()
}
