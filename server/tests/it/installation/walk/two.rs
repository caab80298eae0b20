//! Two producers, what stands in the addresses of their things, and requests to them.

use crate::harness::browserless::{Browser, form};
use crate::harness::http::Request;
use crate::harness::member_areas::Area;
use crate::harness::shop::{catalogue, order, other_plans, sell, sign_in, subscription, subscription_of};
use crate::harness::site::{Api, Site};
use portal::on;
use std::collections::BTreeMap;

/// Two producers with one order each, and the buyers of both.
pub(super) struct Two {
    pub(super) site: Site,
    pub(super) luz: Api,
    pub(super) sol: Api,
    pub(super) ana: Browser,
    pub(super) bob: Browser,
    /// What stands in addresses of Ana's things, by the name of its place.
    pub(super) things: BTreeMap<&'static str, String>,
}

pub(super) async fn two(engine: &'static str) -> Two {
    let site = Site::start(engine).await;
    let (luz, sol) = (site.producer("luz", "Escola Luz").await, site.producer("sol", "Escola Sol").await);
    let area = Area::own().await;
    catalogue(&luz, &area).await;
    catalogue(&sol, &area).await;
    sell(&luz, &order("A-1", "ana@example.com", &[("foto", 29_700), ("ebook", 1_990)])).await;
    sell(&luz, &subscription("A-2", "ana@example.com")).await;
    other_plans(&luz).await;
    sell(&sol, &order("B-1", "bob@example.com", &[("foto", 29_700)])).await;
    let mut ana = sign_in(&site, "ana@example.com").await;
    let mut choice = form(&ana.visit("/orders/A-1/refund").await, "/orders/A-1/refund/preview");
    choice.fields.truncate(1);
    let preview = ana.submit(&choice, &[]).await;
    let taken = ana.press(&form(&preview, "/orders/A-1/refund"), &[]).await.expect(303);
    let protocol = taken.header("location").unwrap().rsplit('/').next().unwrap().to_owned();
    ana.visit(&format!("/orders/A-1/refund/{protocol}")).await.expect(200);
    let address = subscription_of(&mut ana).await;
    ana.visit(&address).await.expect(200);
    let id = last(&address);
    let update = enter_no_card(&mut ana, &address).await;
    let change = change_plan(&mut ana, &address).await;
    let charge = id_after(&ana.visit("/orders/A-1").await.text(), "/orders/A-1/receipts/");
    ana.visit(&format!("/orders/A-1/receipts/{charge}")).await.expect(200);
    let db = site.db().await;
    let sql = "select s.id from sessions s join people p on p.id = s.person_id where p.email = 'ana@example.com'";
    let (session,): (uuid::Uuid,) =
        on!(db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_one(c).await.unwrap());
    let things = [
        ("{protocol}", protocol),
        ("{id}", id),
        ("{update}", update),
        ("{quote}", change.clone()),
        ("{change}", change),
        ("{charge}", charge),
        ("{session}", session.to_string()),
        // Whatever Ana paid for in a year, nobody else has anything of it.
        ("{year}", "1998".to_owned()),
    ];
    let bob = sign_in(&site, "bob@example.com").await;
    Two { site, luz, sol, ana, bob, things: things.into() }
}

fn last(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

/// The first id in a page that stands behind these words.
fn id_after(page: &str, words: &str) -> String {
    let mut ends = page.split(words).skip(1).filter_map(|rest| rest.get(..36));
    ends.find(|id| id.contains('-') && !id.contains('"'))
        .unwrap_or_else(|| panic!("nothing after {words}: {page}"))
        .to_owned()
}

/// Ana goes to the page for another card and comes back without one: the id of the card update.
async fn enter_no_card(ana: &mut Browser, subscription: &str) -> String {
    let page = ana.visit(&format!("{subscription}/card")).await.expect(200);
    let hosted = ana.submit(&form(&page, &format!("{subscription}/card")), &[]).await.expect(200);
    let back = crate::harness::browserless::forms(&hosted.text()).pop().unwrap();
    let left = ana.press(&back, &[]).await.expect(303);
    let update = last(left.header("location").unwrap());
    ana.visit(&format!("{subscription}/card/{update}")).await.expect(200);
    update
}

/// Ana's plan becomes a cheaper one with the renewal: the id of the change, which is that of its quote.
async fn change_plan(ana: &mut Browser, subscription: &str) -> String {
    let plans = format!("{subscription}/plan");
    let choice = form(&ana.visit(&plans).await, &format!("{plans}/quote"));
    let quote = ana.submit(&choice, &[("offer", "mini")]).await.expect(200);
    let taken = ana.press(&form(&quote, &format!("{plans}/confirm")), &[]).await.expect(303);
    let change = taken.header("location").unwrap().to_owned();
    ana.visit(&change).await.expect(200);
    last(&change)
}

/// An id that nobody has.
pub(super) const NOBODYS: &str = "01890a5d-ac96-774b-bcce-b302099a8057";

/// An address with Ana's things in it.
pub(super) fn theirs(two: &Two, path: &str, handle: &str) -> String {
    let path = path.replace("{handle}", handle).replace("{code}", handle);
    two.things.iter().fold(path, |path, (place, thing)| path.replace(place, thing))
}

/// The same address with things that are nobody's.
pub(super) fn absent(two: &Two, path: &str) -> String {
    let path = path.replace("{handle}", "A-9").replace("{code}", "A-9");
    let path = path.replace("{protocol}", "R-2222-2222").replace("{year}", "1999");
    two.things.keys().fold(path, |path, place| path.replace(place, NOBODYS))
}

pub(super) fn page_request(method: &str, path: String) -> Request {
    let request = Request::new(method, &path);
    let fields =
        [("request", "01890a5d-ac96-774b-bcce-b302099a8057"), ("item", "01890a5d-ac96-774b-bcce-b302099a8057")];
    match method {
        "POST" => request.form(&fields.map(|(name, value)| (name.to_owned(), value.to_owned()))),
        _ => request,
    }
}
