//! Portal links of an order.

use crate::api::problem::{Problem, Refused};
use crate::api::request::{Body, Caller, Named};
use axum::Json;
use axum::extract::State;
use portal::Portal;
use portal::sales;
use serde::{Deserialize, Serialize};
use types::place::buyer::Place;
use types::{LinkPlace, OrderKind};
use utoipa::ToSchema;

/// What a link leads to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct LinkBody {
    /// The place in the portal.
    target: LinkTarget,
}

/// A place in the portal.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum LinkTarget {
    /// The order.
    Order,
    /// Swapping its card: subscriptions and smart instalments.
    Card,
    /// Cancelling: subscriptions.
    Cancel,
    /// Getting the money back.
    Refund,
    /// Changing the plan: subscriptions.
    Plan,
}

/// The link.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct LinkAnswer {
    /// Whoever opens it can only cause a mail to the buyer.
    url: String,
}

/// Make a link.
///
/// A link to a place of an order. It is no credential: it shows the product and a masked address, and the buyer gets a
/// mail.
#[utoipa::path(
    post, path = "/api/v1/orders/{code}/links", tag = "orders", security(("key" = [])), request_body = LinkBody,
    params(("code" = String, Path, description = "Your code")),
    responses(
        (status = 200, body = LinkAnswer),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(in crate::api) async fn post(
    State(portal): State<Portal>,
    Caller(producer): Caller,
    Named(code): Named,
    body: Body<LinkBody>,
) -> Result<Json<LinkAnswer>, Refused> {
    let order = sales::find(&portal, &producer, &code).await?.ok_or(Refused::NotFound)?.order;
    let target = body.value.target;
    if !target.suits(order.kind) {
        return Err(Refused::field("target", format_args!("cannot be done with an order of the kind {}", order.kind)));
    }
    let link = Place::OrderLink { order_ref: &order.order_ref };
    let url = match target.place() {
        LinkPlace::Order => portal.url(link),
        place => portal.url(format!("{link}?to={place}")),
    };
    Ok(Json(LinkAnswer { url }))
}

impl LinkTarget {
    /// What a buyer may do with each kind of order.
    fn suits(self, kind: OrderKind) -> bool {
        match self {
            Self::Order | Self::Refund => true,
            Self::Card => matches!(kind, OrderKind::Subscription | OrderKind::SmartInstallments),
            Self::Cancel | Self::Plan => kind == OrderKind::Subscription,
        }
    }

    const fn place(self) -> LinkPlace {
        match self {
            Self::Order => LinkPlace::Order,
            Self::Card => LinkPlace::Card,
            Self::Cancel => LinkPlace::Cancel,
            Self::Refund => LinkPlace::Refund,
            Self::Plan => LinkPlace::Plan,
        }
    }
}
