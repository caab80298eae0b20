//! What the rules need from outside, in our words. What is real stands in the server; the stateful fakes of the tests
//! live in `ground::testing`.

mod clock;
mod gateway;
mod mail;
mod member_area;

pub use clock::{Clock, Random};
pub use gateway::{
    Abilities, CancelAt, CardInstruction, CardPage, CardPages, CardProgress, Cards, ChargeInstruction, ChargeProgress,
    ChargeReport, Charges, Checked, Checks, ConnectedAccount, Gateway, GatewayError, GatewayRefusal, Gateways,
    NamedGateway, NextPlan, NextPlans, Payer, PlanChange, PlanPreview, RecordedCharge, RecordedRefund,
    RefundInstruction, RefundProgress, RefundReport, Refunds, SavedCard, StoredCard, SubscriptionAbilities,
    SubscriptionInstruction, SubscriptionRecord, Subscriptions, UnreadableConnection, UnreadableSecrets,
};
pub use mail::{Mail, MailError};
pub use member_area::{
    AccessTarget, AreaAddress, DeliveryAttempt, MemberArea, MemberAreas, NotATarget, Telling, TellingPerson, Verdict,
};

use std::sync::Arc;

/// Everything from outside that the rules were given, by name.
#[derive(Clone)]
pub struct Ports {
    /// What time it is, for the calendar and on the wall.
    pub clock: Arc<dyn Clock>,
    /// Where ids and secrets come from.
    pub random: Arc<dyn Random>,
    /// Where mails go.
    pub mail: Arc<dyn Mail>,
    /// Gateways by name, as orders name them.
    pub gateways: Arc<dyn Gateways>,
    /// Member areas by kind, as producers set them up.
    pub member_areas: Arc<dyn MemberAreas>,
}
