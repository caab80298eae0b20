//! Taking the whole order again, as its source sees it now.

use super::details::DetailsBody;
use super::parts::{BuyerBody, GatewayBody, InstallmentsBody, ItemBody, PaymentBody};
use super::pay::{Pay, PayBody};
use super::place::{OrderBody, Said};
use super::show::OrderAnswer;
use super::subscription::SubscriptionBody;
use crate::api::checks::{Checks, MOST};
use crate::api::problem::{Problem, Refused};
use crate::api::request::{Body, Caller, Named};
use crate::api::words;
use axum::Json;
use axum::extract::State;
use portal::intake::{self, NewCharge, NewOrder, OrderRefusal, ReportedRefund, Told, WholeOrder};
use portal::time::Zone;
use portal::{Portal, sales};
use serde::Deserialize;
use std::collections::HashSet;
use types::{ChargeStatus, Code, DeclineReason, Instant, Method};
use utoipa::ToSchema;

/// The greatest version: what every JSON reader keeps exactly.
const GREATEST: i64 = 9_007_199_254_740_991;
/// The greatest number of charges and of refunds.
const MOST_PARTS: usize = 1000;

/// The whole order as its source sees it now.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::api) struct WholeOrderBody {
    /// The code in the address; may be left out.
    code: Option<String>,
    /// Which report is the newer one: the greatest stands. A number that only grows, such as a time.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64, example = 3)]
    version: i64,
    /// The kind; it does not change.
    #[schema(schema_with = words::order_kind)]
    kind: String,
    /// Who bought. Another address is another person: access follows, and the purchase mail goes there.
    buyer: BuyerBody,
    /// What the order is now, 1 to 100 items. What is not there any more gives no access any more.
    #[schema(min_items = 1, max_items = 100)]
    items: Vec<ItemBody>,
    /// ISO 4217.
    #[schema(example = "BRL")]
    currency: String,
    /// RFC 3339.
    #[schema(example = "2026-11-18T13:02:11Z")]
    ordered_at: String,
    /// RFC 3339; absent while it is not paid. With `charges` it follows from them and may be left out.
    paid_at: Option<String>,
    /// How it is paid.
    payment: PaymentBody,
    /// Required for a new order of the kind `subscription`, refused for other kinds. Absent, that of an order on file
    /// stays as it is.
    subscription: Option<SubscriptionBody>,
    /// In how many monthly parts; only for the kinds `smart_installments` and `slip_installments`.
    installments: Option<InstallmentsBody>,
    /// Who keeps the money.
    gateway: GatewayBody,
    /// How it can be paid, while it is not paid and `charges` are absent.
    pay: Option<PayBody>,
    /// What the sale says beside its items.
    details: Option<DetailsBody>,
    /// Every charge. When absent there is one, named by `gateway.reference`, paid or open as `paid_at` says.
    #[schema(max_items = 1000)]
    charges: Option<Vec<ChargeBody>>,
    /// Everything that went back, in full or in part.
    #[schema(max_items = 1000)]
    refunds: Option<Vec<RefundBody>>,
}

/// One charge.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChargeBody {
    /// The gateway's name of it.
    #[schema(example = "ch_1001")]
    reference: String,
    /// Minor units.
    #[schema(minimum = 0, maximum = 1_000_000_000_000_i64, example = 29700)]
    amount: i64,
    /// Where it stands.
    #[schema(schema_with = words::reported_status)]
    status: String,
    /// The method.
    #[schema(schema_with = words::method)]
    method: String,
    /// When it was made, RFC 3339.
    created_at: String,
    /// When it was paid, RFC 3339; when it was made, if nothing is said. Only of money that came.
    paid_at: Option<String>,
    /// Which instalment it is, 1 for the first.
    #[schema(minimum = 1, maximum = 100)]
    installment: Option<i64>,
    /// Why it failed; only of a charge that did.
    #[schema(schema_with = words::decline_reason_or_null)]
    decline: Option<String>,
    /// How it can be paid; only while it waits.
    pay: Option<PayBody>,
}

/// Money that went back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RefundBody {
    /// The gateway's name of it.
    #[schema(example = "re_1001")]
    reference: String,
    /// `reference` of the charge.
    #[schema(example = "ch_1001")]
    charge: String,
    /// Minor units.
    #[schema(minimum = 1, maximum = 1_000_000_000_000_i64, example = 1990)]
    amount: i64,
    /// When it went back, RFC 3339.
    at: String,
}

/// Send an order again.
///
/// The whole order as its source sees it now: made if it is new, replaced if `version` is greater than the one on file.
/// An older version, and the same one again, change nothing; the answer is the order as it stands. So renewals,
/// payments, failures, refunds, cancellations, disputes and corrected addresses are told by one call, in any order and
/// any number of times. What was paid more than a day ago sends no purchase mail.
///
/// Whoever sends the order keeps its money: this portal charges nothing for an order that was made by this call. An
/// order that was made by `POST /api/v1/orders` and that this portal charges itself (gateway `sandbox`) takes another
/// buyer or contact; charges, refunds, items and subscription that contradict what is on file are refused with
/// `order_charged_here`, so that nobody is charged twice. An order that a webhook reports is refused with
/// `order_of_another_source`.
#[utoipa::path(
    put, path = "/api/v1/orders/{code}", tag = "orders", security(("key" = [])), request_body = WholeOrderBody,
    params(("code" = String, Path, description = "Your code: 1 to 64 letters, digits, `.`, `_`, `-`")),
    responses(
        (status = 200, body = OrderAnswer),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(in crate::api) async fn put(
    State(portal): State<Portal>,
    Caller(producer): Caller,
    Named(code): Named,
    body: Body<WholeOrderBody>,
) -> Result<Json<OrderAnswer>, Refused> {
    let whole = body.value.check(&code, &producer.zone()?)?;
    let has_charges = whole.lists_charges;
    intake::put(&portal, &producer, whole).await.map_err(|refusal| match refusal {
        OrderRefusal::ChargeTaken if has_charges => Refused::field("charges", refusal),
        refusal => refusal.into(),
    })?;
    let order = sales::find(&portal, &producer, &code).await?.ok_or(Refused::NotFound)?;
    Ok(Json(OrderAnswer::new(&portal, order)))
}

impl WholeOrderBody {
    fn check(mut self, code: &Code, zone: &Zone) -> Result<WholeOrder, Refused> {
        let mut checks = Checks::default();
        let version = self.check_report(code, &mut checks);
        let listed = self.charges.take().map(|charges| check_charges(charges, &mut checks, zone));
        let (lists_charges, refunds) = (listed.is_some(), self.refunds.take().unwrap_or_default());
        let said = self.order(code).read(&mut checks, zone);
        let charges = match (listed, &said) {
            (Some(charges), Some(said)) => charges.filter(|charges| agree(said, charges, &mut checks)),
            (Some(charges), None) => charges,
            (None, said) => said.as_ref().map(|said| said.charge().into_iter().collect()),
        };
        let refunds = check_refunds(refunds, &mut checks);
        let parts =
            charges.zip(refunds).map(|(charges, refunds)| (with_refunds(charges, &refunds, &mut checks), refunds));
        let whole = || {
            let (said, (charges, refunds)) = (said?, parts?);
            let order = paid_first(said.order, &charges);
            Some(WholeOrder { order, charges, lists_charges, refunds, version: version? })
        };
        let whole = whole();
        checks.done(whole)
    }

    /// Which report it is, and whether its parts fit each other.
    fn check_report(&self, code: &Code, checks: &mut Checks) -> Option<i64> {
        if self.code.as_deref().is_some_and(|named| Code::parse(named).ok().as_ref() != Some(code)) {
            checks.refuse("code", "must be the code in the address");
        }
        let version = checks.within("version", self.version, 0..=GREATEST);
        if self.pay.is_some() && self.charges.is_some() {
            checks.refuse("pay", "must stand in the charge that waits");
        }
        version
    }

    /// What an order says that is taken for the first time.
    fn order(self, code: &Code) -> OrderBody {
        OrderBody {
            code: code.to_string(),
            kind: self.kind,
            buyer: self.buyer,
            items: self.items,
            currency: self.currency,
            ordered_at: self.ordered_at,
            paid_at: self.paid_at,
            payment: self.payment,
            subscription: self.subscription,
            installments: self.installments,
            gateway: self.gateway,
            pay: self.pay,
            details: self.details,
        }
    }
}

/// The order, whose plan is paid since the first money that came.
fn paid_first(mut order: NewOrder, charges: &[NewCharge]) -> NewOrder {
    if let Some(plan) = &mut order.subscription {
        let paid = charges.iter().filter(|charge| charge.status.took_money());
        plan.paid_at = paid.filter_map(|charge| charge.paid_at).min().or(plan.paid_at);
    }
    order
}

/// Whether `paid_at` and the charges say the same.
fn agree(said: &Said, charges: &[NewCharge], checks: &mut Checks) -> bool {
    let is_paid = charges.iter().any(|charge| charge.status.took_money());
    if said.paid_at.is_some() && !is_paid {
        checks.refuse("paid_at", "must be absent while no charge is paid");
    }
    said.paid_at.is_none() || is_paid
}

fn check_charges(charges: Vec<ChargeBody>, checks: &mut Checks, zone: &Zone) -> Option<Vec<NewCharge>> {
    if charges.len() > MOST_PARTS {
        checks.refuse("charges", format_args!("must have {MOST_PARTS} charges at most"));
        return None;
    }
    let mut names = HashSet::new();
    let mut read = Vec::new();
    for (index, charge) in charges.into_iter().enumerate() {
        if !names.insert(charge.reference.clone()) {
            checks.refuse(&format!("charges[{index}].reference"), "must be the name of one charge only");
        }
        read.push(charge.check(checks, &format!("charges[{index}]"), zone));
    }
    read.into_iter().collect()
}

impl ChargeBody {
    fn check(self, checks: &mut Checks, field: &str, zone: &Zone) -> Option<NewCharge> {
        let at = |name: &str| format!("{field}.{name}");
        let reference = checks.line(&at("reference"), &self.reference);
        let amount = checks.within(&at("amount"), self.amount, 0..=MOST);
        let status = checks.take(&at("status"), status(&self.status));
        let method = checks.take(&at("method"), self.method.parse::<Method>());
        let created_at = checks.time(&at("created_at"), &self.created_at);
        let paid_at = checks.optional_time(&at("paid_at"), self.paid_at.as_deref());
        let installment = checks.optional_within(&at("installment"), self.installment, 1..=100);
        let decline = checks.optional(&at("decline"), self.decline.as_deref(), str::parse::<DeclineReason>);
        let took_money = status.is_some_and(ChargeStatus::took_money);
        if status.is_some() && !took_money && self.paid_at.is_some() {
            checks.refuse(&at("paid_at"), "must be absent of a charge that took no money");
        }
        if self.decline.is_some() && status.is_some_and(|status| status != ChargeStatus::Failed) {
            checks.refuse(&at("decline"), "must be absent of a charge that did not fail");
        }
        if self.pay.is_some() && status.is_some_and(|status| status != ChargeStatus::Pending) {
            checks.refuse(&at("pay"), "must be absent of a charge that does not wait");
        }
        let pay = self.pay.map_or(Some(Pay::default()), |pay| pay.check(checks, &at("pay"), zone));
        let (created_at, pay) = (created_at?, pay?);
        let paid_at = paid_at?.or(Some(created_at)).filter(|_| took_money);
        Some(NewCharge {
            reference: reference?.into(),
            amount: amount?,
            status: status?,
            method: method?,
            installments: 1,
            created_at,
            paid_at,
            payment_code: pay.code,
            payment_url: pay.url,
            due_on: pay.due_on,
            changed_at: paid_at.map_or(created_at, |at| at.max(created_at)),
            told: Told { installment: installment?, decline: decline? },
        })
    }
}

/// `waiting`, or `pending` as an order that is looked at says it.
fn status(word: &str) -> Result<ChargeStatus, String> {
    let word = if word == "waiting" { ChargeStatus::Pending.as_str() } else { word };
    word.parse::<ChargeStatus>().map_err(|_| "must be waiting, paid, failed, refunded or disputed".to_owned())
}

fn check_refunds(refunds: Vec<RefundBody>, checks: &mut Checks) -> Option<Vec<ReportedRefund>> {
    if refunds.len() > MOST_PARTS {
        checks.refuse("refunds", format_args!("must have {MOST_PARTS} refunds at most"));
        return None;
    }
    let mut names = HashSet::new();
    let mut read = Vec::new();
    for (index, refund) in refunds.into_iter().enumerate() {
        let at = |name: &str| format!("refunds[{index}].{name}");
        if !names.insert(refund.reference.clone()) {
            checks.refuse(&at("reference"), "must be the name of one refund only");
        }
        let reference = checks.line(&at("reference"), &refund.reference);
        let amount = checks.within(&at("amount"), refund.amount, 1..=MOST);
        let time = checks.time(&at("at"), &refund.at);
        let charge = checks.line(&at("charge"), &refund.charge);
        let refund = || {
            let (reference, charge) = (reference?.into(), charge?.into());
            Some(ReportedRefund { reference, charge, amount: amount?, at: time? })
        };
        read.push(refund());
    }
    read.into_iter().collect()
}

/// The charges, with what went back of them: a charge of which everything went back is refunded.
fn with_refunds(mut charges: Vec<NewCharge>, refunds: &[ReportedRefund], checks: &mut Checks) -> Vec<NewCharge> {
    for (index, refund) in refunds.iter().enumerate() {
        match charges.iter().find(|charge| charge.reference == refund.charge) {
            None => checks.refuse(&format!("refunds[{index}].charge"), "must be the reference of one of the charges"),
            Some(charge) if !charge.status.took_money() => {
                checks.refuse(&format!("refunds[{index}].charge"), "must be the reference of a charge that was paid");
            }
            Some(_) => {}
        }
    }
    for (index, charge) in charges.iter_mut().enumerate() {
        let of_this = || refunds.iter().filter(|refund| refund.charge == charge.reference);
        let back: i64 = of_this().map(|refund| refund.amount).sum();
        let last: Option<Instant> = of_this().map(|refund| refund.at).max();
        if back > charge.amount {
            checks.refuse("refunds", format_args!("must not give back more of charges[{index}] than it took"));
        }
        if charge.status == ChargeStatus::Refunded && back > 0 && back < charge.amount {
            checks.refuse(&format!("charges[{index}].status"), "must be paid while only a part of it went back");
        }
        if charge.status == ChargeStatus::Paid && back == charge.amount && back > 0 {
            charge.status = ChargeStatus::Refunded;
        }
        charge.changed_at = last.map_or(charge.changed_at, |at| at.max(charge.changed_at));
    }
    charges
}
