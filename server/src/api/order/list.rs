//! Listing orders.

use crate::api::checks::Checks;
use crate::api::offers::Price;
use crate::api::problem::{Problem, Refused};
use crate::api::request::Caller;
use crate::api::shape;
use crate::api::words;
use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use data_encoding::BASE64URL_NOPAD;
use portal::Portal;
use portal::sales::{self, Filter, ListedOrder};
use portal::time::format_instant;
use serde::{Deserialize, Serialize};
use types::place::buyer::Place;
use types::{Code, Email, Instant, OrderStatus};
use utoipa::{IntoParams, ToSchema};

/// Which orders are listed.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(in crate::api) struct ListQuery {
    /// Of the buyer with this address.
    email: Option<String>,
    /// In this status.
    #[param(schema_with = words::order_status)]
    status: Option<String>,
    /// `next_cursor` of the page before.
    cursor: Option<String>,
    /// How many, 1 to 100; 20 when absent.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 100)]
    limit: Option<String>,
}

/// A page of orders, newest first.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct OrderPage {
    /// The orders.
    orders: Vec<OrderSummary>,
    /// Continues the list; null at its end.
    next_cursor: Option<String>,
}

/// One order in a list.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct OrderSummary {
    /// Your code.
    code: String,
    /// The kind.
    #[schema(schema_with = words::order_kind)]
    kind: &'static str,
    /// Where it stands.
    #[schema(schema_with = words::order_status)]
    status: &'static str,
    /// Who bought.
    buyer: BuyerSummary,
    /// Sum of the items.
    total: Price,
    /// RFC 3339.
    ordered_at: String,
    /// RFC 3339; null while it is not paid.
    paid_at: Option<String>,
    /// The order link.
    order_link: String,
}

/// Who bought.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct BuyerSummary {
    /// Address.
    email: String,
    /// Name.
    name: String,
}

/// List orders.
///
/// Newest first, page by page.
#[utoipa::path(
    get, path = "/api/v1/orders", tag = "orders", security(("key" = [])), params(ListQuery),
    responses(
        (status = 200, body = OrderPage),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(in crate::api) async fn get(
    State(portal): State<Portal>,
    Caller(producer): Caller,
    query: Result<Query<ListQuery>, QueryRejection>,
) -> Result<Json<OrderPage>, Refused> {
    let Query(query) = query.map_err(|rejection| shape::query_refused(&rejection.body_text()))?;
    let filter = query.check()?;
    let (orders, has_more) = sales::list(&portal, &producer, &filter).await?;
    let next_cursor = orders.last().filter(|_| has_more).map(cursor);
    Ok(Json(OrderPage {
        orders: orders.into_iter().map(|order| OrderSummary::new(&portal, order)).collect(),
        next_cursor,
    }))
}

impl ListQuery {
    fn check(self) -> Result<Filter, Refused> {
        let mut checks = Checks::default();
        let email = self.email.map_or(Some(None), |text| checks.take("email", Email::parse(&text)).map(Some));
        let status =
            self.status.map_or(Some(None), |text| checks.take("status", text.parse::<OrderStatus>()).map(Some));
        let limit = self.limit.map_or(Some(20), |text| text.parse().ok().filter(|limit| (1..=100).contains(limit)));
        if limit.is_none() {
            checks.refuse("limit", "must be between 1 and 100");
        }
        let after = self.cursor.map_or(Some(None), |text| place_of(&text).map(Some));
        if after.is_none() {
            checks.refuse("cursor", "must be the next_cursor of another page");
        }
        let filter = || Some(Filter { email: email?, status: status?, after: after?, limit: limit? });
        checks.done(filter())
    }
}

fn cursor(order: &ListedOrder) -> String {
    BASE64URL_NOPAD.encode(format!("{}:{}", order.ordered_at.micros(), order.code).as_bytes())
}

fn place_of(cursor: &str) -> Option<(Instant, Code)> {
    let text = String::from_utf8(BASE64URL_NOPAD.decode(cursor.as_bytes()).ok()?).ok()?;
    let (at, code) = text.split_once(':')?;
    Some((Instant::from_micros(at.parse().ok()?), Code::parse(code).ok()?))
}

impl OrderSummary {
    pub(super) fn new(portal: &Portal, order: ListedOrder) -> Self {
        Self {
            code: order.code.into(),
            kind: order.kind.as_str(),
            status: order.status.as_str(),
            buyer: BuyerSummary { email: order.email.into(), name: order.buyer_name },
            total: order.total.into(),
            ordered_at: format_instant(order.ordered_at),
            paid_at: order.paid_at.map(format_instant),
            order_link: portal.url(Place::OrderLink { order_ref: &order.order_ref }),
        }
    }
}
