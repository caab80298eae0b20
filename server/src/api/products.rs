//! Products.

use super::checks::Checks;
use super::problem::{Problem, Refused};
use super::request::{Body, Caller, Named};
use axum::Json;
use axum::extract::State;
use portal::Portal;
use portal::again;
use portal::catalogue::product::{Product, put_product};
use serde::{Deserialize, Serialize};
use types::Code;
use utoipa::ToSchema;

/// Days in which money is given back when the producer says nothing else: the legal minimum (CDC art. 49).
const LEGAL_WINDOW: i64 = 7;

/// A product.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProductBody {
    /// Name that buyers see, 1 to 200 characters.
    #[schema(example = "Curso de Fotografia")]
    name: String,
    /// Days in which money is given back on request, 7 to 365; 7 when absent.
    #[schema(minimum = 7, maximum = 365)]
    refund_window_days: Option<i64>,
    /// Access ends after so many days.
    #[schema(minimum = 1, maximum = 36500)]
    access_days: Option<i64>,
    /// Access ends after so many paid cycles.
    #[schema(minimum = 1, maximum = 1200)]
    access_cycles: Option<i64>,
}

/// A product as it is on file.
#[derive(Serialize, ToSchema)]
pub(super) struct ProductAnswer {
    /// The code.
    #[schema(value_type = String)]
    code: Code,
    /// The name.
    name: String,
    /// Days in which money is given back on request.
    refund_window_days: i64,
    /// Access ends after so many days.
    access_days: Option<i64>,
    /// Access ends after so many paid cycles.
    access_cycles: Option<i64>,
}

/// Write a product.
///
/// Made when it is new, replaced when it is there.
#[utoipa::path(
    put, path = "/api/v1/products/{code}", tag = "catalogue", security(("key" = [])),
    params(("code" = String, Path, description = "Your code: 1 to 64 letters, digits, `.`, `_`, `-`")),
    request_body = ProductBody,
    responses(
        (status = 200, body = ProductAnswer),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put(
    State(portal): State<Portal>,
    Caller(producer): Caller,
    Named(code): Named,
    body: Body<ProductBody>,
) -> Result<Json<ProductAnswer>, Refused> {
    let product = body.value.check(code)?;
    again!(put_product(&portal, &producer, &product).await)?;
    let Product { code, name, refund_window_days, access_days, access_cycles } = product;
    Ok(Json(ProductAnswer { code, name: name.into(), refund_window_days, access_days, access_cycles }))
}

impl ProductBody {
    fn check(self, code: Code) -> Result<Product, Refused> {
        let mut checks = Checks::default();
        let name = checks.line("name", &self.name);
        let window =
            checks.within("refund_window_days", self.refund_window_days.unwrap_or(LEGAL_WINDOW), LEGAL_WINDOW..=365);
        let access_days = checks.optional_within("access_days", self.access_days, 1..=36_500);
        let access_cycles = checks.optional_within("access_cycles", self.access_cycles, 1..=1200);
        let product = || {
            Some(Product {
                code,
                name: name?,
                refund_window_days: window?,
                access_days: access_days?,
                access_cycles: access_cycles?,
            })
        };
        checks.done(product())
    }
}
