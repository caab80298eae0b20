//! Taking an order.

use super::pay::{Pay, PayBody};
use super::subscription::SubscriptionBody;
use crate::api::checks::{Checks, MOST};
use crate::api::problem::{Problem, Refused};
use crate::api::request::{Body, Caller};
use crate::api::words;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use portal::Portal;
use portal::intake::{
    self, Card, NewBuyer, NewCharge, NewItem, NewOrder, NewPayment, NewSubscription, Receipt, Sold, Told, Version,
};
use portal::time::Zone;
use serde::{Deserialize, Serialize};
use types::{ChargeStatus, Code, Currency, Email, Instant, Line, Method, OrderKind, SubscriptionStatus};
use utoipa::ToSchema;

/// An order. Its total is the sum of its items.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct OrderBody {
    /// Your code, unique among your orders: 1 to 64 letters, digits, `.`, `_`, `-`.
    #[schema(example = "A-1001")]
    pub(super) code: String,
    /// The kind; it decides what the buyer may do.
    #[schema(schema_with = words::order_kind)]
    pub(super) kind: String,
    /// Who bought.
    pub(super) buyer: BuyerBody,
    /// What was sold, 1 to 100 items.
    #[schema(min_items = 1, max_items = 100)]
    pub(super) items: Vec<ItemBody>,
    /// ISO 4217.
    #[schema(example = "BRL")]
    pub(super) currency: String,
    /// RFC 3339.
    #[schema(example = "2026-11-18T13:02:11Z")]
    pub(super) ordered_at: String,
    /// RFC 3339; absent while it is not paid.
    #[schema(example = "2026-11-18T13:02:40Z")]
    pub(super) paid_at: Option<String>,
    /// How it is paid.
    pub(super) payment: PaymentBody,
    /// Required for the kind `subscription`, refused for others.
    pub(super) subscription: Option<SubscriptionBody>,
    /// In how many monthly parts; only for the kinds `smart_installments` and `slip_installments`, as many as the first
    /// offer allows when absent. Where this portal takes the charges itself (gateway `sandbox`), the charge that comes
    /// with the order is the first part, and the others are charged month by month.
    pub(super) installments: Option<InstallmentsBody>,
    /// Who keeps the money.
    pub(super) gateway: GatewayBody,
    /// How it can be paid, while it is not paid.
    pub(super) pay: Option<PayBody>,
}

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
    amount: i64,
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
    /// The gateway's own name of the charge; the order's code when absent.
    reference: Option<String>,
}

/// The order is taken.
#[derive(Serialize, ToSchema)]
pub(in crate::api) struct ReceiptAnswer {
    /// The order's code.
    code: String,
    /// The order link: whoever opens it can only cause a mail to the buyer.
    order_link: String,
}

/// Send an order.
///
/// Taken once: the same request again, with or without an `Idempotency-Key`, gets the same answer, for ever. The same
/// key with another body is refused with `idempotency_key_reused`, another body with the same code with `order_exists`.
/// A refused request uses up no key.
#[utoipa::path(
    post, path = "/api/v1/orders", tag = "orders", security(("key" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "1 to 200 printable characters without spaces")),
    request_body = OrderBody,
    responses(
        (status = 201, body = ReceiptAnswer),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(in crate::api) async fn post(
    State(portal): State<Portal>,
    Caller(producer): Caller,
    headers: HeaderMap,
    body: Body<OrderBody>,
) -> Result<(StatusCode, Json<ReceiptAnswer>), Refused> {
    let key = idempotency_key(&headers)?;
    let order = body.value.check(&producer.zone()?)?;
    let Receipt { code, order_link } = intake::create(&portal, &producer, key, &body.hash, order, "api").await?;
    Ok((StatusCode::CREATED, Json(ReceiptAnswer { code: code.into(), order_link })))
}

fn idempotency_key(headers: &HeaderMap) -> Result<Option<&str>, Refused> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let key = value
        .to_str()
        .ok()
        .filter(|key| (1..=200).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()));
    key.map(Some)
        .ok_or_else(|| Refused::field("Idempotency-Key", "must be 1 to 200 printable characters without spaces"))
}

/// What is said of an order, and what is needed to know its one charge.
pub(super) struct Said {
    pub(super) order: NewOrder,
    pub(super) total: i64,
    pub(super) reference: String,
    pub(super) paid_at: Option<Instant>,
    pub(super) pay: Pay,
}

impl OrderBody {
    fn check(self, zone: &Zone) -> Result<NewOrder, Refused> {
        let mut checks = Checks::default();
        let is_missing = self.subscription.is_none() && self.kind == OrderKind::Subscription.as_str();
        if is_missing {
            checks.refuse("subscription", "is required for this kind of order");
        }
        let said = self.read(&mut checks, zone);
        checks.done(said).map(|said| {
            let charge = said.charge();
            NewOrder { charge, ..said.order }
        })
    }

    /// Everything that is said; the charge is not worked out yet.
    pub(super) fn read(self, checks: &mut Checks, zone: &Zone) -> Option<Said> {
        let code = checks.take("code", Code::parse(&self.code));
        let kind = checks.take("kind", self.kind.parse::<OrderKind>());
        let buyer = self.buyer.check(checks);
        let items = check_items(&self.items, checks);
        let currency = checks.take("currency", Currency::parse(&self.currency));
        let ordered_at = checks.time("ordered_at", &self.ordered_at);
        let paid_at = checks.optional_time("paid_at", self.paid_at.as_deref());
        let payment = self.payment.check(checks);
        let gateway = checks
            .take("gateway.name", Code::parse(&self.gateway.name))
            .and_then(|name| Line::parse(name.as_str()).ok());
        let reference = checks.optional_line("gateway.reference", self.gateway.reference.as_deref());
        let first_amount = self.items.first().map_or(0, |item| item.amount);
        if self.subscription.is_some() && kind.is_some_and(|kind| kind != OrderKind::Subscription) {
            checks.refuse("subscription", "must be absent for this kind of order");
        }
        let subscription = self.subscription.map_or(Some(None), |subscription| {
            subscription.check(checks, first_amount, ordered_at, paid_at.flatten()).map(Some)
        });
        let installments = check_installments(kind, self.installments, checks);
        if self.pay.is_some() && paid_at.flatten().is_some() {
            checks.refuse("pay", "must be absent when the order is paid");
        }
        let pay = self.pay.map_or(Some(Pay::default()), |pay| pay.check(checks, "pay", zone));
        let (code, payment, (items, total), ordered_at) = (code?, payment?, items?, ordered_at?);
        let order = NewOrder {
            kind: kind?,
            buyer: buyer?,
            items,
            currency: currency?,
            ordered_at,
            payment,
            installments: installments?,
            gateway: gateway?,
            charge: None,
            subscription: subscription?,
            version: Version::of_charge(paid_at?.map_or(ordered_at, |at| at.max(ordered_at))),
            code,
        };
        let reference = reference?.map_or_else(|| order.code.to_string(), String::from);
        Some(Said { order, total, reference, paid_at: paid_at?, pay: pay? })
    }
}

impl Said {
    /// The one charge of an order of which nothing else is said: paid or open. A trial that nobody paid for is not
    /// waiting for money.
    pub(super) fn charge(&self) -> Option<NewCharge> {
        let Self { order, total, reference, paid_at, pay } = self;
        let is_free = paid_at.is_none() && order.subscription.as_ref().is_some_and(is_trial);
        let charge = NewCharge {
            payment_code: pay.code.clone(),
            payment_url: pay.url.clone(),
            due_on: pay.due_on.clone(),
            ..charge(reference.clone(), *total, order.payment.method, order.ordered_at, *paid_at)
        };
        (!is_free).then_some(charge)
    }
}

/// Items with the sum of their amounts.
fn check_items(items: &[ItemBody], checks: &mut Checks) -> Option<(Vec<NewItem>, i64)> {
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
fn check_installments(
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

fn is_trial(subscription: &NewSubscription) -> bool {
    subscription.status == SubscriptionStatus::Trialing
}

/// The one charge of an order that is sent: paid or open.
fn charge(reference: String, amount: i64, method: Method, ordered_at: Instant, paid_at: Option<Instant>) -> NewCharge {
    NewCharge {
        reference,
        amount,
        status: if paid_at.is_some() { ChargeStatus::Paid } else { ChargeStatus::Pending },
        method,
        installments: 1,
        created_at: ordered_at,
        paid_at,
        payment_code: None,
        payment_url: None,
        due_on: None,
        changed_at: paid_at.map_or(ordered_at, |at| at.max(ordered_at)),
        told: Told::default(),
    }
}

impl BuyerBody {
    fn check(self, checks: &mut Checks) -> Option<NewBuyer> {
        let email = checks.take("buyer.email", Email::parse(&self.email));
        let name = checks.line("buyer.name", &self.name);
        let tax_id = short_line(checks, "buyer.tax_id", self.tax_id.as_deref());
        let phone = short_line(checks, "buyer.phone", self.phone.as_deref());
        Some(NewBuyer { email: email?, name: name?, tax_id: tax_id?, phone: phone? })
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
    fn check(self, checks: &mut Checks) -> Option<NewPayment> {
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
