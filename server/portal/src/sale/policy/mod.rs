//! The policy: what a producer lets buyers do. What the law gives to buyers is not part of it and cannot be switched
//! off.

mod check;
mod flat;
mod history;
mod object;
mod put;
mod store;
mod traces;

pub use check::{BUILT_IN_REASONS, Fault, LINK_MINUTES, faults};
pub use history::{CHANGES_A_PAGE, Change, UndoError, changes, undo};
pub use put::{PolicyError, change, follow, get, products_with_own, put};
pub use store::write;
pub(crate) use traces::TRACES;

use crate::db::{Conn, Error, Statement};
use object::object;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use types::{Code, ProducerId};

/// Everything a producer may decide; what is not said has the default.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// Ending a subscription (rule 6).
    #[serde(deserialize_with = "object")]
    pub cancel: CancelPolicy,
    /// Money back after the window (rule 7).
    #[serde(deserialize_with = "object")]
    pub refund: RefundPolicy,
    /// Cards and other ways to pay (rule 10).
    #[serde(deserialize_with = "object")]
    pub payment: PaymentPolicy,
    /// Change of plan (rule 11).
    #[serde(deserialize_with = "object")]
    pub plan: PlanPolicy,
    /// Charges that failed.
    #[serde(deserialize_with = "object")]
    pub dunning: DunningPolicy,
    /// Mails ahead of something.
    #[serde(deserialize_with = "object")]
    pub notice: NoticePolicy,
    /// Links by which buyers come in (rule 1).
    #[serde(deserialize_with = "object")]
    pub sign_in: SignInPolicy,
}

/// When something takes effect.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// At once.
    Now,
    /// When the paid period ends.
    PeriodEnd,
}

/// Text by language: `pt-BR`, `en`.
pub type Texts = BTreeMap<String, String>;

/// How a subscription ends.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CancelPolicy {
    /// When; what is overdue ends at once in any case.
    pub effect: Effect,
    /// Reasons to choose from; none demanded. Empty: the built-in list.
    pub reasons: Vec<CancelReason>,
    /// What may be offered instead; the first that fits the reason is, once a subscription.
    pub retention: Vec<Retention>,
}

/// A reason a buyer may give.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancelReason {
    /// Short name, as reports show it.
    pub code: Code,
    /// Words for buyers.
    pub text: Texts,
}

/// What is offered instead of ending.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Only after this reason; any when absent.
    #[serde(default)]
    pub reason: Option<Code>,
    /// What is offered instead of cancelling.
    pub offer: RetentionOffer,
}

/// The kinds of offers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", try_from = "flat::FlatOffer")]
pub enum RetentionOffer {
    /// Less to pay for some cycles.
    Discount {
        /// 1 to 100.
        percent: i64,
        /// How many cycles, 1 or more.
        cycles: i64,
    },
    /// A pause of some cycles.
    Pause {
        /// How many cycles, 1 or more.
        cycles: i64,
    },
    /// Another plan.
    Plan {
        /// The offer's code.
        offer: Code,
    },
    /// A word with the producer.
    Message,
}

/// Money back outside the window.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RefundPolicy {
    /// Within how many days the producer answers a request after the window.
    pub answer_days: i64,
}

/// Ways to pay.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PaymentPolicy {
    /// Whether a card may be swapped.
    pub card_swap: bool,
    /// Whether the method may be changed, where the gateway can.
    pub method_change: bool,
}

/// Changes of plan.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PlanPolicy {
    /// Whether plans may be changed at all.
    pub change: bool,
    /// When a dearer plan begins.
    pub upgrade: Effect,
    /// When a cheaper plan begins.
    pub downgrade: Effect,
}

/// What happens to charges that failed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DunningPolicy {
    /// Days after the due day on which it is tried again.
    pub retry_days: Vec<i64>,
    /// What follows the last try.
    pub then: AfterDunning,
}

/// What follows the last try.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterDunning {
    /// The subscription ends.
    End,
    /// It stays overdue, without access, until somebody pays or cancels.
    Keep,
}

/// Mails ahead of something.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NoticePolicy {
    /// Days before a renewal; 0 for none.
    pub renewal_days: i64,
    /// Days before access ends; 0 for none (rule 14).
    pub access_days: i64,
}

/// Links by which buyers come in. Only the policy for all products is asked: a link opens all that a buyer has.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SignInPolicy {
    /// How many minutes the link after an order link lives, 10 to 360; as the installation has it when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_link_minutes: Option<i64>,
}

impl Default for CancelPolicy {
    fn default() -> Self {
        Self { effect: Effect::PeriodEnd, reasons: Vec::new(), retention: Vec::new() }
    }
}

impl Default for RefundPolicy {
    fn default() -> Self {
        Self { answer_days: 5 }
    }
}

impl Default for PaymentPolicy {
    fn default() -> Self {
        Self { card_swap: true, method_change: true }
    }
}

impl Default for PlanPolicy {
    fn default() -> Self {
        Self { change: true, upgrade: Effect::Now, downgrade: Effect::PeriodEnd }
    }
}

impl Default for DunningPolicy {
    fn default() -> Self {
        Self { retry_days: vec![1, 3, 5, 7], then: AfterDunning::End }
    }
}

impl Default for NoticePolicy {
    fn default() -> Self {
        Self { renewal_days: 3, access_days: 3 }
    }
}

/// The policy with this content, read along with something else; the default where nothing was said.
pub(crate) fn read(producer: ProducerId, content: Option<&str>) -> Result<Policy, Error> {
    let read =
        |content| serde_json::from_str(content).map_err(|error| Error::inconsistent("policies", producer, error));
    content.map_or_else(|| Ok(Policy::default()), read)
}

/// The policy for one product: what was said for it, else what was said for all, else the default.
pub async fn of_product(conn: Conn<'_>, producer: ProducerId, product: Option<&Code>) -> Result<Policy, Error> {
    let content = store::find(conn, producer, product).await?;
    read(producer, content.as_deref())
}

pub(crate) fn statements() -> &'static [Statement] {
    store::STATEMENTS
}
