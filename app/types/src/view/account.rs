//! A person's account.

use crate::{Email, Instant, Language, Protocol, SessionId, TaxId};
use serde::{Deserialize, Serialize};

/// Who somebody is here, as their account page shows it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AccountView {
    /// The address in use.
    pub email: Email,
    /// Name to be called by.
    pub name: String,
    /// Phone, as it was typed.
    pub phone: Option<String>,
    /// CPF or CNPJ. To be shown masked.
    pub tax_id: Option<TaxId>,
    /// CPFs and CNPJs that the documents of their orders hold, the latest order's first. To be shown masked.
    pub document_tax_ids: Vec<TaxId>,
    /// The language that was chosen; none when pages follow the browser.
    pub language: Option<Language>,
    /// A new address that waits to be confirmed, and until when it can be.
    pub new_email: Option<(Email, Instant)>,
    /// Browsers that are signed in, the latest first.
    pub sessions: Vec<SessionView>,
    /// Years in which something was paid, the latest first.
    pub years: Vec<i64>,
    /// A request to erase that waits for its day.
    pub erasure: Option<ErasureView>,
}

/// A signed-in browser.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SessionView {
    /// Its id, as the form that ends it names it.
    pub id: SessionId,
    /// What the browser says of itself.
    pub browser: String,
    /// Network address it signed in from.
    pub address: String,
    /// When it signed in.
    pub since: Instant,
    /// When it was last seen.
    pub seen: Instant,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// A request to have one's data erased.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ErasureView {
    /// Receipt number.
    pub protocol: Protocol,
    /// When it was asked for.
    pub requested_at: Instant,
    /// When it is done, unless it is undone before.
    pub due_at: Instant,
}

/// What stands in the way of erasing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum OpenMatter {
    /// Money is on its way back.
    Refund,
    /// A subscription has not ended.
    Subscription,
    /// Something is still to be paid.
    Payment,
    /// Instalments of a price are not paid yet.
    Installments,
    /// A purchase is disputed at the bank.
    Dispute,
}

/// What the page about erasing says.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ErasureOffer {
    /// The address in use.
    pub email: Email,
    /// What is open, with the handle of its order.
    pub open: Vec<(OpenMatter, String)>,
    /// The day until which records of sales are kept, `YYYY-MM-DD`; none without any sale.
    pub kept_until: Option<String>,
    /// A request that waits for its day.
    pub waiting: Option<ErasureView>,
}

/// What a new address's confirmation page shows.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct EmailChangeView {
    /// The address so far, masked.
    pub from: String,
    /// The new one, whole: whoever reads this got the link there, and must see whether it is right.
    pub to: String,
    /// When the link ends.
    pub expires_at: Instant,
}
