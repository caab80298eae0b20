//! Taking an order.

use super::details::DetailsBody;
use super::parts::{BuyerBody, GatewayBody, InstallmentsBody, ItemBody, PaymentBody, check_installments, check_items};
use super::pay::{Pay, PayBody};
use super::subscription::SubscriptionBody;
use crate::api::checks::Checks;
use crate::api::problem::{Problem, Refused};
use crate::api::request::{Body, Caller};
use crate::api::words;
use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use portal::Portal;
use portal::intake::{self, NewCharge, NewOrder, NewSubscription, Receipt, Told, Version};
use portal::time::Zone;
use serde::{Deserialize, Serialize};
use types::{ChargeStatus, Code, Currency, Instant, OrderKind, SaleDetails, SubscriptionStatus};
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
    /// What the sale says beside its items.
    pub(super) details: Option<DetailsBody>,
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
        let gateway = self.gateway.check(checks);
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
        let details = self.details.map_or(Some(SaleDetails::default()), |details| details.check(checks));
        let pay = self.pay.map_or(Some(Pay::default()), |pay| pay.check(checks, "pay", zone));
        let (code, (items, total), ordered_at, (gateway, reference)) = (code?, items?, ordered_at?, gateway?);
        // At a gateway that charges by its own calendar, it is the name of the subscription there.
        let named = |plan| NewSubscription { reference: reference.as_ref().map(ToString::to_string), ..plan };
        let order = NewOrder {
            kind: kind?,
            buyer: buyer?,
            items,
            currency: currency?,
            ordered_at,
            payment: payment?,
            installments: installments?,
            gateway,
            charge: None,
            details: details?,
            subscription: subscription?.map(named),
            version: Version::of_charge(paid_at?.map_or(ordered_at, |at| at.max(ordered_at))),
            code,
        };
        let reference = reference.map_or_else(|| order.code.to_string(), String::from);
        Some(Said { order, total, reference, paid_at: paid_at?, pay: pay? })
    }
}

impl Said {
    /// The one charge of an order of which nothing else is said: paid or open. A trial that nobody paid for is not
    /// waiting for money.
    pub(super) fn charge(&self) -> Option<NewCharge> {
        let Self { order, paid_at, pay, .. } = self;
        let is_trial = order.subscription.as_ref().is_some_and(|plan| plan.status == SubscriptionStatus::Trialing);
        let is_free = paid_at.is_none() && is_trial;
        (!is_free).then(|| NewCharge {
            reference: self.reference.clone(),
            amount: self.total,
            status: if paid_at.is_some() { ChargeStatus::Paid } else { ChargeStatus::Pending },
            method: order.payment.method,
            installments: 1,
            created_at: order.ordered_at,
            paid_at: *paid_at,
            payment_code: pay.code.clone(),
            payment_url: pay.url.clone(),
            due_on: pay.due_on.clone(),
            changed_at: paid_at.map_or(order.ordered_at, |at| at.max(order.ordered_at)),
            told: Told::default(),
        })
    }
}
