//! The parts of an order that is sent, once or whole: buyer, items, payment, instalments, gateway.

use super::details::AddressBody;
use crate::api::checks::{Checks, MOST};
use crate::api::words;
use portal::intake::{Card, NewBuyer, NewItem, NewPayment, Sold};
use serde::{Deserialize, Serialize};
use types::{Code, Email, Line, Method, OrderKind, PostalAddress};
use utoipa::ToSchema;

/// A price in monthly parts. What does not divide is on the last one.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InstallmentsBody {
    /// How many.
    #[schema(minimum = 1, maximum = 100, example = 12)]
    count: i64,
}

/// Who bought.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BuyerBody {
    /// Address; compared trimmed and without case.
    #[schema(example = "ana.souza@example.com")]
    email: String,
    /// Name, 1 to 200 characters.
    #[schema(example = "Ana Souza")]
    name: String,
    /// CPF, CNPJ or the like, 40 characters at most.
    tax_id: Option<String>,
    /// Phone number, 40 characters at most.
    phone: Option<String>,
    /// Where the buyer lives, as the checkout asked for it.
    address: Option<AddressBody>,
}

/// One line.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemBody {
    /// Code of a product on file.
    #[schema(example = "FOTO-1")]
    product: String,
    /// Code of an offer of that product.
    #[schema(example = "foto-avista")]
    offer: String,
    /// Minor units.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64, example = 29700)]
    pub(super) amount: i64,
    /// Whether it was an order bump; `false` when absent.
    bump: Option<bool>,
}

/// How it is paid.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PaymentBody {
    /// The method.
    #[schema(schema_with = words::method)]
    method: String,
    /// The card; only with the method `card`.
    card: Option<CardBody>,
}

/// What may be known of a card.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CardBody {
    /// `visa`, `mastercard` …
    #[schema(example = "visa")]
    pub brand: String,
    /// The last four digits.
    #[schema(pattern = "^[0-9]{4}$", example = "4242")]
    pub last4: String,
    /// Month of expiry.
    #[schema(minimum = 1, maximum = 12)]
    pub exp_month: i64,
    /// Year of expiry, four digits.
    #[schema(minimum = 2000, maximum = 2200)]
    pub exp_year: i64,
}

/// Who keeps the money.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct GatewayBody {
    /// The gateway's name, written like a code.
    #[schema(example = "sandbox")]
    name: String,
    /// The gateway's own name of the charge; the order's code when absent. Where the gateway charges a subscription by
    /// its own calendar, its name of that.
    reference: Option<String>,
}

/// Items with the sum of their amounts.
pub(super) fn check_items(items: &[ItemBody], checks: &mut Checks) -> Option<(Vec<NewItem>, i64)> {
    if !(1..=100).contains(&items.len()) {
        checks.refuse("items", "must have 1 to 100 items");
        return None;
    }
    let mut checked = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let field = |name: &str| format!("items[{index}].{name}");
        let product = checks.take(&field("product"), Code::parse(&item.product));
        let offer = checks.take(&field("offer"), Code::parse(&item.offer));
        let amount = checks.within(&field("amount"), item.amount, 0..=MOST);
        let item = || {
            Some(NewItem {
                sold: Sold::Known { product: product?, offer: offer? },
                amount: amount?,
                is_bump: item.bump.unwrap_or(false),
            })
        };
        checked.push(item());
    }
    let items: Vec<NewItem> = checked.into_iter().collect::<Option<_>>()?;
    let total: i64 = items.iter().map(|item| item.amount).sum();
    if total > MOST {
        checks.refuse("items", format_args!("must sum up to {MOST} at most"));
        return None;
    }
    Some((items, total))
}

/// The number of parts, if it is said; `None` only when it cannot be.
pub(super) fn check_installments(
    kind: Option<OrderKind>,
    installments: Option<InstallmentsBody>,
    checks: &mut Checks,
) -> Option<Option<i64>> {
    let Some(InstallmentsBody { count }) = installments else { return Some(None) };
    if matches!(kind, Some(OrderKind::OneOff | OrderKind::Subscription)) {
        checks.refuse("installments", "must be absent for this kind of order");
        return None;
    }
    checks.within("installments.count", count, 1..=100).map(Some)
}

impl BuyerBody {
    pub(super) fn check(self, checks: &mut Checks) -> Option<NewBuyer> {
        let email = checks.take("buyer.email", Email::parse(&self.email));
        let name = checks.line("buyer.name", &self.name);
        let tax_id = short_line(checks, "buyer.tax_id", self.tax_id.as_deref());
        let phone = short_line(checks, "buyer.phone", self.phone.as_deref());
        let address = self.address.map_or(Some(PostalAddress::default()), |address| address.check(checks));
        Some(NewBuyer { email: email?, name: name?, tax_id: tax_id?, phone: phone?, address: address? })
    }
}

fn short_line(checks: &mut Checks, field: &str, text: Option<&str>) -> Option<Option<Line>> {
    let line = checks.optional_line(field, text)?;
    if line.as_ref().is_some_and(|line| line.as_str().chars().count() > 40) {
        checks.refuse(field, "must have 40 characters at most");
        return None;
    }
    Some(line)
}

impl PaymentBody {
    pub(super) fn check(self, checks: &mut Checks) -> Option<NewPayment> {
        let method = checks.take("payment.method", self.method.parse::<Method>());
        if self.card.is_some() && method.is_some_and(|method| method != Method::Card) {
            checks.refuse("payment.card", "must be absent unless the method is card");
        }
        let card = self.card.map_or(Some(None), |card| card.check(checks).map(Some));
        Some(NewPayment { method: method?, card: card? })
    }
}

impl CardBody {
    fn check(self, checks: &mut Checks) -> Option<Card> {
        let brand = checks.line("payment.card.brand", &self.brand);
        let is_last4 = self.last4.len() == 4 && self.last4.bytes().all(|byte| byte.is_ascii_digit());
        if !is_last4 {
            checks.refuse("payment.card.last4", "must be the last four digits of the card");
        }
        let exp_month = checks.within("payment.card.exp_month", self.exp_month, 1..=12);
        let exp_year = checks.within("payment.card.exp_year", self.exp_year, 2000..=2200);
        Some(Card { brand: brand?, last4: self.last4, exp_month: exp_month?, exp_year: exp_year? })
    }
}

impl GatewayBody {
    /// The gateway's name, and its own name of the charge.
    pub(super) fn check(self, checks: &mut Checks) -> Option<(Line, Option<Line>)> {
        let name = checks.take("gateway.name", Code::parse(&self.name));
        let name = name.and_then(|name| Line::parse(name.as_str()).ok());
        let reference = checks.optional_line("gateway.reference", self.reference.as_deref());
        Some((name?, reference?))
    }
}
