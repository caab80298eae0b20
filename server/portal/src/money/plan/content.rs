//! What the mails about a change of plan say, as data. The words are the business of the screens.

use types::plan::PlanPrice;
use types::{Email, Instant, MailKind, Money};

/// What a mail about a change of plan says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// To the buyer: the new plan is there.
    Changed(PlanLetter),
    /// To the buyer: the new plan begins with the next period.
    Scheduled(PlanLetter),
    /// To the buyer: the plan stays as it is.
    Undone(PlanLetter),
    /// To the buyer: the money for the new plan came when the subscription was over, and goes back.
    PaidBack(PlanLetter),
    /// To the producer: money for a change of plan came when the subscription was over, and could not be paid back.
    ProducerNotReturned {
        /// Code of the order.
        code: String,
        /// Name of the plan.
        plan: String,
        /// What the gateway did not give back.
        amount: Money,
        /// Whom it belongs to.
        buyer: Email,
        /// What the gateway said.
        reason: String,
    },
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::Changed(_) => MailKind::PlanChanged,
            Self::Scheduled(_) => MailKind::PlanScheduled,
            Self::Undone(_) => MailKind::PlanUndone,
            Self::PaidBack(_) => MailKind::PlanPaidBack,
            Self::ProducerNotReturned { .. } => MailKind::ProducerPlanNotReturned,
        }
    }
}

/// What every mail about a change of plan knows.
#[derive(Clone, PartialEq, Debug)]
pub struct PlanLetter {
    /// Seller's name.
    pub seller: String,
    /// Code of the order.
    pub code: String,
    /// Name of the plan before.
    pub from: String,
    /// Name of the new plan.
    pub plan: String,
    /// Its price.
    pub price: PlanPrice,
    /// What was taken for it, if anything was.
    pub paid: Option<Money>,
    /// In how many instalments.
    pub installments: i64,
    /// When the new plan begins.
    pub begins_at: Instant,
    /// When it is charged next, where that was settled with the change.
    pub next_charge_at: Option<Instant>,
    /// The order link that leads to the plans.
    pub link: String,
}
