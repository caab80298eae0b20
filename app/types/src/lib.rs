//! What every other crate speaks: ids, money, instants, e-mails, codes, states and the views that a screen or the API
//! may see. No I/O, no clock, no randomness; compiles to WebAssembly.

mod accent;
pub mod cleaning;
mod code;
mod cursor;
mod email;
mod event;
mod id;
mod instant;
mod language;
mod line;
pub mod money;
mod particulars;
mod payee;
pub mod phone;
pub mod place;
pub mod plan;
mod protocol;
mod sale;
mod state;
mod tax_id;
pub mod view;
pub mod web_page;

pub use accent::{Accent, InvalidAccent, ON_DARK, ON_LIGHT, contrast};
pub use code::{Code, InvalidCode, OrderRef, Slug};
pub use cursor::{Cursor, InvalidCursor};
pub use email::{Email, InvalidEmail};
pub use event::{EventName, MailKind};
pub use id::{
    AccessNoticeId, AccessRuleId, ApiKeyId, CancellationId, CardUpdateId, ChargeId, ConnectionId, DeliveryId,
    EmailChangeId, ErasureId, EventId, InvitationId, InvoiceId, ItemId, JobId, LinkCampaignId, LinkId, LoginId,
    MemberAreaId, OfferId, OrderId, OrderViewId, PasswordResetId, PersonId, PortalLinkId, ProducerId, ProductId,
    QuoteId, RefundId, RefundPartId, RequestId, RetentionId, SessionId, SourceId, StaffId, SubscriptionId,
};
pub use instant::Instant;
pub use language::Language;
pub use line::{InvalidLine, Line};
pub use money::{Currency, InvalidMoney, Money};
pub use particulars::{Contacts, InvalidPictureName, Legal, Look, Particulars, PictureName, Sending};
pub use payee::{Payee, PayeeAccount, PayeeFault, PayeeField, PayeeFields};
pub use protocol::Protocol;
pub use sale::{PostalAddress, SaleDetails};
pub use state::{
    AccessNoticeKind, CancellationState, ChargeStatus, ConnectionBills, ConnectionState, DeclineReason, DeliveryState,
    IntervalUnit, InvalidWord, InvoiceState, LinkPlace, MemberRole, Method, OrderKind, OrderRisk, OrderStatus,
    PlanChangeState, RefundPartState, RefundState, RetentionKind, StaffRole, SubscriptionCourse, SubscriptionStatus,
};
pub use tax_id::{InvalidTaxId, TaxId};
