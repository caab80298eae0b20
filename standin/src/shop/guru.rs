//! The shop at Guru: its orders come to the portal by Guru's webhooks.

use super::caller::text;
use super::{BONUS, CARD, CLUB, COURSE, GUIDE, PIX, PLANS, Portal, SLIP, Sale, TAX_ID, guide};
use anyhow::anyhow;
use serde_json::json;
use standin::guru::{Buyer, Guru, Interval, Method, Offer};
use std::net::SocketAddr;

const USER: &str = "user-token-of-the-demo-0000000000";
const ACCOUNT: &str = "account-token-of-the-demo-00000000";
/// What orders that come by Guru's webhooks call the gateway.
const NAME: &str = "guru";

/// Opens it, and says where.
pub(crate) async fn open(listen: SocketAddr, portal: Option<Portal>) -> anyhow::Result<String> {
    let guru = Guru::start(listen, USER, ACCOUNT)?;
    let address = guru.base_url();
    let Some(portal) = portal else { return Ok(guide("Guru", &address, USER, &[])) };
    let account = json!({"gateway": "guru", "bills": "gateway", "user_token": USER, "base_url": address});
    portal.connect(NAME, &account).await?;
    let source = json!({"kind": "guru", "api_token": ACCOUNT});
    guru.listen(&text(&portal.api.send("PUT", "/sources/guru", &source).await?, "/url")?);
    put_offers(&guru);
    buy(&guru, &CARD, &[COURSE.0, BONUS.0], Method::CreditCard)?;
    buy(&guru, &PIX, &[GUIDE.0], Method::Pix)?;
    buy(&guru, &CLUB, &[PLANS[0].0], Method::CreditCard)?;
    buy(&guru, &SLIP, &[PLANS[0].0], Method::Billet)?;
    guru.hooks().settle().await;
    Ok(guide("Guru", &address, USER, &[CARD, PIX, CLUB, SLIP]))
}

fn put_offers(guru: &Guru) {
    for (code, name, amount) in [COURSE, BONUS, GUIDE] {
        guru.offer(Offer::once(code, name, amount));
    }
    let price = |of: &str| PLANS.iter().find(|plan| plan.0 == of).map_or(0, |plan| plan.2);
    for (code, name, amount, unit) in PLANS {
        let every = if unit == "year" { Interval::Year } else { Interval::Month };
        let others = PLANS.iter().map(|plan| plan.0.to_owned()).filter(|other| other != code);
        let (upgrades, downgrades) = others.partition(|other| price(other) > amount);
        let plan = Offer::plan(code, name, amount, 1, every);
        // All are plans of one product.
        let product = Offer::plan(PLANS[0].0, PLANS[0].1, 0, 1, every).product;
        guru.offer(Offer { upgrades, downgrades, product, ..plan });
    }
}

/// Somebody buys, and pays.
fn buy(guru: &Guru, sale: &Sale, offers: &[&str], method: Method) -> anyhow::Result<()> {
    let (email, name) = sale.buyer;
    let text = str::to_owned;
    let buyer = Buyer { name: text(name), email: text(email), doc: text(TAX_ID), phone: text("11999990000") };
    let refused = |refusal: standin::guru::Refusal| anyhow!("{}", refusal.message);
    let bought = guru.buy(&buyer, offers, method).map_err(refused)?;
    match method {
        Method::CreditCard => Ok(()),
        Method::Billet | Method::Pix => guru.pay(&bought.transaction).map_err(refused),
    }
}
