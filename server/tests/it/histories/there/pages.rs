//! What a buyer reads while it is not clear what became of a call: nothing that the gateway's books do not have.

use super::There;
use super::life::{Ids, Life};
use crate::harness::vendor::Vendor;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use portal::purchases;
use tower::ServiceExt;
use types::SubscriptionStatus;
use types::view::OrderView;

/// What is said of money once the gateway has taken the refund.
const IS_BACK: [&str; 4] =
    ["Reembolso enviado ao banco", "Reembolso concluído", "Reembolsado em parte</span>", "Reembolsado</span>"];
/// What is said of a subscription once the gateway has it end.
const IS_OVER: &str = "Não haverá novas cobranças";

pub(super) async fn check<V: Vendor>(there: &There<V>, life: &Life) {
    let Some(ids) = &life.ids else { return };
    let order = purchases::for_buyer(&ids.buyer, &life.bought.code).await.unwrap().expect("the buyer's own order");
    let pages = read(there, ids, &order).await;
    let name = || format!("{} on {}: {:#?}", life.bought.code, there.world.engine, life.script);
    let back = there.vendor.back(&life.bought);
    let said: i64 = order.refunds.iter().map(|refund| refund.back.amount).sum();
    assert!(said <= back, "{said} are said to be back, and {back} are: {}", name());
    for (path, page) in pages {
        let claim = IS_BACK.iter().find(|words| page.contains(**words));
        assert!(claim.is_none() || back > 0, "{path} says {claim:?}, and nothing is back: {}", name());
        if page.contains(IS_OVER) {
            let stands = there.vendor.stands(&life.bought);
            let ends = matches!(stands, SubscriptionStatus::Ending | SubscriptionStatus::Ended);
            assert!(ends, "{path} says {IS_OVER}, and it is {stands} there: {}", name());
        }
    }
}

/// Home, the order, its refunds and its subscription, as the buyer's browser gets them.
async fn read<V: Vendor>(there: &There<V>, ids: &Ids, order: &OrderView) -> Vec<(String, String)> {
    let handle = &order.handle;
    let mut paths = vec!["/".to_owned(), format!("/orders/{handle}"), format!("/orders/{handle}/refund")];
    paths.extend(order.refunds.iter().map(|refund| format!("/orders/{handle}/refund/{}", refund.protocol)));
    paths.extend(ids.subscription.map(|id| format!("/subscriptions/{}", id.0)));
    let mut pages = Vec::new();
    for path in paths {
        let request = Request::get(&path)
            .header(header::HOST, "127.0.0.1:3000")
            .header(header::ACCEPT_LANGUAGE, "pt-BR")
            .header(header::COOKIE, format!("aftersale={}", ids.session));
        let answer = there.web.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert!(answer.status() == StatusCode::OK || answer.status().is_redirection(), "{path}: {}", answer.status());
        let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        pages.push((path, String::from_utf8_lossy(&body).replace('\u{a0}', " ")));
    }
    pages
}
