//! Offers.

use super::checks::{Checks, MOST};
use super::problem::{Problem, Refused};
use super::request::{Body, Caller, Named};
use super::words;
use axum::Json;
use axum::extract::State;
use portal::Portal;
use portal::again;
use portal::catalogue::offer::{Offer, put_offer};
use serde::{Deserialize, Serialize};
use types::{Code, Currency, IntervalUnit, Money};
use utoipa::ToSchema;

/// An offer: a price of a product.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OfferBody {
    /// Code of the product.
    #[schema(example = "FOTO-1")]
    product: String,
    /// Name that buyers see, 1 to 200 characters.
    #[schema(example = "À vista")]
    name: String,
    /// Price, of one cycle if there is an interval.
    price: Price,
    /// How often it is charged; null for once.
    interval: Option<Interval>,
    /// The greatest number of instalments, 1 to 100; 1 when absent.
    #[schema(minimum = 1, maximum = 100)]
    installments_max: Option<i64>,
    /// Codes of the offers that a subscription to this one may change to, 100 at most.
    change_targets: Option<Vec<String>>,
}

/// An amount of money.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Price {
    /// Minor units: 29700 is R$ 297,00.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64, example = 29700)]
    pub amount: i64,
    /// ISO 4217.
    #[schema(example = "BRL")]
    pub currency: String,
}

/// A length of time by the calendar.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Interval {
    /// The unit.
    #[schema(schema_with = words::interval_unit)]
    pub unit: String,
    /// How many.
    #[schema(minimum = 1, maximum = 1000)]
    pub count: i64,
}

/// An offer as it is on file.
#[derive(Serialize, ToSchema)]
pub(super) struct OfferAnswer {
    /// The code.
    code: String,
    /// Code of the product.
    product: String,
    /// The name.
    name: String,
    /// The price.
    price: Price,
    /// How often it is charged.
    interval: Option<Interval>,
    /// The greatest number of instalments.
    installments_max: i64,
    /// Offers it may be changed to.
    change_targets: Vec<String>,
}

/// Write an offer.
///
/// Made when it is new, replaced when it is there. The product must be on file.
#[utoipa::path(
    put, path = "/api/v1/offers/{code}", tag = "catalogue", security(("key" = [])),
    params(("code" = String, Path, description = "Your code: 1 to 64 letters, digits, `.`, `_`, `-`")),
    request_body = OfferBody,
    responses(
        (status = 200, body = OfferAnswer),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put(
    State(portal): State<Portal>,
    Caller(producer): Caller,
    Named(code): Named,
    body: Body<OfferBody>,
) -> Result<Json<OfferAnswer>, Refused> {
    let offer = body.value.check(code)?;
    again!(put_offer(&portal, &producer, &offer).await)?;
    Ok(Json(offer.into()))
}

impl OfferBody {
    fn check(self, code: Code) -> Result<Offer, Refused> {
        let mut checks = Checks::default();
        let product = checks.take("product", Code::parse(&self.product));
        let name = checks.line("name", &self.name);
        let price = self.price.check(&mut checks, "price");
        let interval = self.interval.map_or(Some(None), |interval| interval.check(&mut checks, "interval").map(Some));
        let installments_max = checks.within("installments_max", self.installments_max.unwrap_or(1), 1..=100);
        let targets = self.change_targets.unwrap_or_default();
        let targets: Vec<_> = targets
            .iter()
            .enumerate()
            .map(|(index, code)| checks.take(&format!("change_targets[{index}]"), Code::parse(code)))
            .collect();
        if targets.len() > 100 {
            checks.refuse("change_targets", "must have 100 codes at most");
        }
        let change_targets = targets.into_iter().collect::<Option<Vec<_>>>();
        let offer = || {
            Some(Offer {
                code,
                product: product?,
                name: name?,
                price: price?,
                interval: interval?,
                installments_max: installments_max?,
                change_targets: change_targets?,
            })
        };
        checks.done(offer())
    }
}

impl Price {
    fn check(&self, checks: &mut Checks, field: &str) -> Option<Money> {
        let amount = checks.within(&format!("{field}.amount"), self.amount, 0..=MOST);
        let currency = checks.take(&format!("{field}.currency"), Currency::parse(&self.currency));
        Some(Money::new(amount?, currency?))
    }
}

impl From<Money> for Price {
    fn from(money: Money) -> Self {
        Self { amount: money.amount, currency: money.currency.to_string() }
    }
}

impl Interval {
    /// Unit and count.
    pub(super) fn check(&self, checks: &mut Checks, field: &str) -> Option<(IntervalUnit, i64)> {
        let unit = checks.take(&format!("{field}.unit"), self.unit.parse());
        let count = checks.within(&format!("{field}.count"), self.count, 1..=1000);
        Some((unit?, count?))
    }
}

impl From<(IntervalUnit, i64)> for Interval {
    fn from((unit, count): (IntervalUnit, i64)) -> Self {
        Self { unit: unit.to_string(), count }
    }
}

impl From<Offer> for OfferAnswer {
    fn from(offer: Offer) -> Self {
        Self {
            code: offer.code.into(),
            product: offer.product.into(),
            name: offer.name.into(),
            price: offer.price.into(),
            interval: offer.interval.map(Interval::from),
            installments_max: offer.installments_max,
            change_targets: offer.change_targets.into_iter().map(String::from).collect(),
        }
    }
}
