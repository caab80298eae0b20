//! Mails about access: to the producer, that a member area refuses a call or cannot be reached; to the buyer, that
//! access ends (`notice.rs` reads what those say).

use super::notice::mail_notice;
use super::store;
use crate::Portal;
use crate::db::Error;
use crate::mails;
use ground::letter::Draft;
use types::{AccessNoticeId, DeliveryId, Email, Instant, MailKind};

mails! {
    /// A mail to the producer: a member area does not take a call.
    DeliveryStopped("mail_delivery_stopped") about delivery, read by mail_delivery_stopped {
        /// The delivery.
        delivery: DeliveryId,
    }

    /// A mail about the end of access.
    Notice("mail_access_notice") about notice, read by mail_notice {
        /// The notice.
        notice: AccessNoticeId,
    }
}

/// What a mail about access says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// To the buyer: access ends soon.
    Expiring(AccessLetter),
    /// To the buyer: access has ended.
    Expired(AccessLetter),
    /// To the producer: the member area refuses a call or could not be reached for two weeks.
    ProducerDeliveryStopped {
        /// Code of the member area.
        member_area: String,
        /// Whose access.
        buyer: Email,
        /// Whether access was to be given (else: taken away).
        is_grant: bool,
        /// What the area answered last.
        answer: String,
    },
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::Expiring(_) => MailKind::AccessExpiring,
            Self::Expired(_) => MailKind::AccessExpired,
            Self::ProducerDeliveryStopped { .. } => MailKind::ProducerDeliveryStopped,
        }
    }
}

/// What a mail about the end of access knows.
#[derive(Clone, PartialEq, Debug)]
pub struct AccessLetter {
    /// Producer's name.
    pub producer: String,
    /// What access was given to.
    pub item: String,
    /// Code of the order.
    pub code: String,
    /// When it ends, or ended.
    pub at: Instant,
    /// The order link.
    pub order_link: String,
}

/// What the mail says about a delivery that was refused or given up.
async fn mail_delivery_stopped(portal: &Portal, delivery: DeliveryId) -> Result<Option<Draft<Content>>, Error> {
    let Some(stopped) = store::stopped(&portal.db, delivery).await? else { return Ok(None) };
    let answer = match (stopped.status, stopped.error) {
        (Some(status), _) => {
            format!("{status} {}", stopped.answer.unwrap_or_default().chars().take(500).collect::<String>())
        }
        (None, error) => error.unwrap_or_default(),
    };
    let content = Content::ProducerDeliveryStopped {
        member_area: stopped.area,
        buyer: stopped.buyer,
        is_grant: !stopped.is_revocation,
        answer,
    };
    Ok(Some(Draft::new(delivery.to_string(), stopped.producer, stopped.language, stopped.time_zone, content)))
}
