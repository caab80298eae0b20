//! An account, and the ways in which it can be erased.

use super::{HOSTILE, NOW, protocol};
use types::Email;
use types::view::{AccountView, ErasureOffer, ErasureView, OpenMatter, SessionView};

/// An account with everything in it.
pub(crate) fn account() -> AccountView {
    let session = |is_this| SessionView {
        id: types::SessionId(uuid::Uuid::nil()),
        browser: HOSTILE.to_owned(),
        address: HOSTILE.to_owned(),
        since: NOW,
        seen: NOW,
        is_this,
    };
    AccountView {
        email: Email::parse("ana@example.com").unwrap(),
        name: HOSTILE.to_owned(),
        phone: Some(HOSTILE.to_owned()),
        tax_id: types::TaxId::parse("12ABC34501DE35").ok(),
        document_tax_ids: types::TaxId::parse("52998224725").into_iter().collect(),
        language: None,
        new_email: Some((Email::parse("bia@example.com").unwrap(), NOW)),
        sessions: vec![session(true), session(false)],
        years: vec![2026, 2025],
        erasure: Some(erasure()),
    }
}

fn erasure() -> ErasureView {
    ErasureView { protocol: protocol(), requested_at: NOW, due_at: NOW }
}

/// Every way in which the page about erasing can stand.
pub(crate) fn erasures() -> Vec<ErasureOffer> {
    let free = ErasureOffer {
        email: Email::parse("ana@example.com").unwrap(),
        open: Vec::new(),
        kept_until: Some("2031-11-20".to_owned()),
        waiting: None,
    };
    let matters = [OpenMatter::Refund, OpenMatter::Subscription, OpenMatter::Payment, OpenMatter::Dispute];
    vec![
        ErasureOffer { kept_until: None, ..free.clone() },
        ErasureOffer { waiting: Some(erasure()), ..free.clone() },
        ErasureOffer { open: matters.map(|matter| (matter, "A-1~aurora".to_owned())).into(), ..free.clone() },
        free,
    ]
}
