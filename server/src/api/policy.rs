//! What buyers may do: one policy for all products, and one for each product that differs.

use super::problem::{FieldError, Problem, Refused};
use super::request::{Body, Caller, Named};
use axum::Json;
use axum::extract::State;
use portal::Portal;
use portal::policy::{self, Policy, PolicyError};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Write the policy.
///
/// What buyers of any product may do, unless a product has a policy of its own. Replaces what was there; everything is
/// optional, and what is absent has its default. What the law gives cannot be switched off and has no field:
/// cancelling, and seven days in which money comes back.
#[utoipa::path(
    put, path = "/api/v1/policy", tag = "policy", security(("key" = [])), request_body = PolicyShape,
    responses(
        (status = 200, body = PolicyShape),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put(
    State(portal): State<Portal>,
    Caller(producer): Caller,
    body: Body<Policy>,
) -> Result<Json<Policy>, Refused> {
    policy::put(&portal, &producer, None, &body.value).await?;
    Ok(Json(body.value))
}

/// Read the policy.
#[utoipa::path(
    get, path = "/api/v1/policy", tag = "policy", security(("key" = [])),
    responses(
        (status = 200, body = PolicyShape),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn get(State(portal): State<Portal>, Caller(producer): Caller) -> Result<Json<Policy>, Refused> {
    Ok(Json(policy::get(&portal, &producer, None).await?))
}

/// Write the policy of one product.
///
/// Counts instead of the one for all products, whole.
#[utoipa::path(
    put, path = "/api/v1/products/{code}/policy", tag = "policy", security(("key" = [])), request_body = PolicyShape,
    params(("code" = String, Path, description = "Your code of the product")),
    responses(
        (status = 200, body = PolicyShape),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn put_of_product(
    State(portal): State<Portal>,
    Caller(producer): Caller,
    Named(code): Named,
    body: Body<Policy>,
) -> Result<Json<Policy>, Refused> {
    policy::put(&portal, &producer, Some(&code), &body.value).await?;
    Ok(Json(body.value))
}

/// Read the policy of one product.
///
/// The one that counts for it: its own, else the one for all products.
#[utoipa::path(
    get, path = "/api/v1/products/{code}/policy", tag = "policy", security(("key" = [])),
    params(("code" = String, Path, description = "Your code of the product")),
    responses(
        (status = 200, body = PolicyShape),
        (status = "default", body = Problem, content_type = "application/problem+json")
    )
)]
pub(super) async fn get_of_product(
    State(portal): State<Portal>,
    Caller(producer): Caller,
    Named(code): Named,
) -> Result<Json<Policy>, Refused> {
    Ok(Json(policy::get(&portal, &producer, Some(&code)).await?))
}

impl From<PolicyError> for Refused {
    fn from(error: PolicyError) -> Self {
        match error {
            PolicyError::UnknownProduct => Self::NotFound,
            PolicyError::Faults(faults) => Self::Invalid(
                faults.into_iter().map(|fault| FieldError { field: fault.field, reason: fault.reason }).collect(),
            ),
            PolicyError::Database(error) => error.into(),
        }
    }
}

macro_rules! shapes {
    ($($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$meta])*
        #[derive(ToSchema)]
        #[expect(dead_code, reason = "describes what the rules read and write")]
        pub(super) struct $name { $($(#[$field_meta])* $field: $type,)* }
    )*};
}

shapes! {
    /// What buyers may do.
    PolicyShape {
        /// Ending a subscription.
        cancel: Option<CancelShape>,
        /// Money back after the days that the law and the product give.
        refund: Option<RefundShape>,
        /// Cards and other ways to pay.
        payment: Option<PaymentShape>,
        /// Change of plan.
        plan: Option<PlanShape>,
        /// Charges that failed.
        dunning: Option<DunningShape>,
        /// Mails ahead of something.
        notice: Option<NoticeShape>,
        /// Links by which buyers come in. Counts from the policy for all products only.
        sign_in: Option<SignInShape>,
    }

    /// Links by which buyers come in.
    SignInShape {
        /// Minutes that the link after an order link lives, 10 to 360; as the installation has it when absent.
        order_link_minutes: Option<i64>,
    }

    /// How a subscription ends.
    CancelShape {
        /// `period_end` (default) or `now`. What is overdue ends at once in any case.
        effect: Option<EffectShape>,
        /// Reasons to choose from, 20 at most; none is demanded. A built-in list when empty: `too-expensive`,
        /// `no-time`, `not-as-expected`, `not-using`, `technical-problem`, `other`.
        reasons: Option<Vec<ReasonShape>>,
        /// What may be offered instead, 20 at most: the first that fits the reason is offered, once for each
        /// subscription.
        retention: Option<Vec<RetentionShape>>,
    }

    /// A reason to cancel.
    ReasonShape {
        /// Short name, as reports show it.
        code: String,
        /// Words for buyers by language: `pt-BR`, `en`.
        text: BTreeMap<String, String>,
    }

    /// Something offered instead of ending.
    RetentionShape {
        /// Only after this reason; after any when absent.
        reason: Option<String>,
        /// What.
        offer: OfferShape,
    }

    /// The offer.
    OfferShape {
        /// `discount` (with `percent` and `cycles`), `pause` (with `cycles`), `plan` (with `offer`), `message`.
        kind: OfferKindShape,
        /// How much less.
        #[schema(minimum = 1, maximum = 100)]
        percent: Option<i64>,
        /// For how many cycles.
        #[schema(minimum = 1, maximum = 24)]
        cycles: Option<i64>,
        /// Code of the offer to change to.
        offer: Option<String>,
    }

    /// After the window.
    RefundShape {
        /// Within how many days you answer a request after the window; 5 when absent.
        #[schema(minimum = 1, maximum = 30)]
        answer_days: Option<i64>,
    }

    /// Ways to pay.
    PaymentShape {
        /// Whether a card may be swapped; yes when absent.
        card_swap: Option<bool>,
        /// Whether the method may be changed, where the gateway can; yes when absent.
        method_change: Option<bool>,
    }

    /// Changes of plan.
    PlanShape {
        /// Whether plans may be changed at all; yes when absent.
        change: Option<bool>,
        /// When a dearer plan begins; `now` when absent.
        upgrade: Option<EffectShape>,
        /// When a cheaper plan begins; `period_end` when absent.
        downgrade: Option<EffectShape>,
    }

    /// Charges that failed.
    DunningShape {
        /// Days after the due day on which it is tried again, rising, 1 to 60; 1, 3, 5 and 7 when absent.
        retry_days: Option<Vec<i64>>,
        /// What follows the last try: `end` (default), or `keep` it overdue and without access.
        then: Option<ThenShape>,
    }

    /// Mails ahead.
    NoticeShape {
        /// Days before a renewal, 0 for none; 3 when absent.
        #[schema(minimum = 0, maximum = 60)]
        renewal_days: Option<i64>,
        /// Days before access ends, 0 for none; 3 when absent.
        #[schema(minimum = 0, maximum = 60)]
        access_days: Option<i64>,
    }
}

macro_rules! word_shapes {
    ($($(#[$meta:meta])* $name:ident { $($case:ident),* })*) => {$(
        $(#[$meta])*
        #[derive(ToSchema)]
        #[schema(rename_all = "snake_case")]
        #[expect(dead_code, reason = "describes what the rules read and write")]
        enum $name { $($case),* }
    )*};
}

word_shapes! {
    /// When something takes effect.
    EffectShape { Now, PeriodEnd }
    /// What is offered.
    OfferKindShape { Discount, Pause, Plan, Message }
    /// What follows the last try.
    ThenShape { End, Keep }
}

#[cfg(test)]
mod tests {
    use portal::policy::Policy;
    use serde_json::Value;
    use std::collections::BTreeSet;

    fn names(value: &Value) -> BTreeSet<&str> {
        value.as_object().unwrap().keys().map(String::as_str).collect()
    }

    #[test]
    fn the_description_has_every_field_of_a_policy_and_no_other() {
        let described = serde_json::to_value(crate::api::openapi()).unwrap();
        let shape = |name: &str| described["components"]["schemas"][name]["properties"].clone();
        let policy = serde_json::to_value(Policy::default()).unwrap();
        assert_eq!(names(&policy), names(&shape("PolicyShape")));
        for (part, name) in [
            ("cancel", "CancelShape"),
            ("refund", "RefundShape"),
            ("payment", "PaymentShape"),
            ("plan", "PlanShape"),
            ("dunning", "DunningShape"),
            ("notice", "NoticeShape"),
        ] {
            assert_eq!(names(&policy[part]), names(&shape(name)), "{part}");
        }
    }
}
