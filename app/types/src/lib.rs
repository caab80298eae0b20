//! What every other crate speaks: ids, money, instants, e-mails, codes, states and the views that a screen or the API may see.
//! No I/O, no clock, no randomness; compiles to WebAssembly.

mod code;
mod email;
mod id;
mod instant;
mod language;
mod line;
mod money;
mod protocol;
mod state;
pub mod view;

pub use code::{Code, InvalidCode, OrderRef, Slug};
pub use email::{Email, InvalidEmail};
pub use id::{
    AccessRuleId, ApiKeyId, CancellationId, CardUpdateId, ChargeId, DeliveryId, InvoiceId, ItemId, JobId, LinkId,
    MemberAreaId, OfferId, OrderId, PersonId, ProducerId, ProductId, QuoteId, RefundId, RequestId, RetentionId,
    SessionId, SourceId, SubscriptionId,
};
pub use instant::Instant;
pub use language::Language;
pub use line::{InvalidLine, Line};
pub use money::{Currency, InvalidMoney, Money};
pub use protocol::Protocol;
pub use state::{
    CancellationState, ChargeStatus, DeclineReason, IntervalUnit, InvalidWord, InvoiceState, LinkPlace, Method,
    OrderKind, OrderStatus, RefundState, RetentionKind, StaffRole, SubscriptionStatus,
};
