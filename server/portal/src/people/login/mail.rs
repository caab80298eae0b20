//! Mails about signing in with a password.

use super::{Door, invite, reset, store};
use crate::Portal;
use crate::db::Error;
use crate::mails;
use ground::letter::Draft;
use types::place::{producer, staff};
use types::{Instant, InvitationId, LoginId, MailKind, MemberRole, PasswordResetId};

mails! {
    /// The mail with the link to another password, if anybody signs in with the address.
    Reset("mail_password_reset") about reset, read by mail_reset {
        /// The wish.
        reset: PasswordResetId,
    }

    /// The mail that invites somebody to work for a producer.
    Invitation("mail_member_invitation") about invitation, read by mail_invitation {
        /// The invitation.
        invitation: InvitationId,
    }

    /// The mail that tells somebody of their new password.
    PasswordChanged("mail_password_changed") about login, read by mail_password_changed {
        /// Whose.
        login: LoginId,
        /// When.
        at: Instant,
    }
}

/// What a mail about signing in with a password says.
#[derive(Clone, PartialEq, Debug)]
pub enum Content {
    /// To whoever forgot the password: the link.
    Reset {
        /// Address of the page.
        url: String,
        /// When the link ends.
        expires_at: Instant,
    },
    /// To somebody who is to work for a producer.
    Invitation {
        /// The producer's name.
        producer: String,
        /// Who invites.
        inviter: String,
        /// As what.
        role: MemberRole,
        /// Address of the page.
        url: String,
        /// When the invitation ends.
        expires_at: Instant,
    },
    /// To somebody whose password is another one now.
    PasswordChanged {
        /// When.
        at: Instant,
        /// Where a password is asked for by whoever did not change it.
        forgotten: String,
    },
}

impl Content {
    /// What kind of mail it is, for those who list mails.
    pub fn kind(&self) -> MailKind {
        match self {
            Self::Reset { .. } => MailKind::PasswordReset,
            Self::Invitation { .. } => MailKind::MemberInvitation,
            Self::PasswordChanged { .. } => MailKind::PasswordChanged,
        }
    }
}

/// The zone in which hours are written that belong to no producer.
const TIME_ZONE: &str = "America/Sao_Paulo";

async fn mail_reset(portal: &Portal, reset: PasswordResetId) -> Result<Option<Draft<Content>>, Error> {
    let Some(wish) = store::reset::find(&portal.db, reset, portal.wall()).await? else { return Ok(None) };
    let login = store::login::of_email(&portal.db, wish.door, &wish.email).await?;
    if login.is_none_or(|login| login.is_disabled) {
        return Ok(None);
    }
    let token = &*reset::token(portal, reset);
    let url = match wish.door {
        Door::Producer => portal.url(producer::Place::PasswordLink { token }),
        Door::Staff => portal.url(staff::Place::PasswordLink { token }),
    };
    let content = Content::Reset { url, expires_at: wish.expires_at };
    Ok(Some(Draft::new(format!("password-reset-{reset}"), wish.email, wish.language, TIME_ZONE.to_owned(), content)))
}

async fn mail_invitation(portal: &Portal, invitation: InvitationId) -> Result<Option<Draft<Content>>, Error> {
    let Some(row) = store::invitation::find(&portal.db, invitation, portal.wall()).await? else { return Ok(None) };
    let token = &*invite::token(portal, invitation);
    let content = Content::Invitation {
        url: portal.url(producer::Place::Invitation { token }),
        role: row.role,
        expires_at: row.expires_at,
        producer: row.producer_name.clone(),
        inviter: row.inviter.clone(),
    };
    Ok(Some(Draft::new(format!("invitation-{invitation}"), row.email, row.language, TIME_ZONE.to_owned(), content)))
}

async fn mail_password_changed(portal: &Portal, login: LoginId, at: Instant) -> Result<Option<Draft<Content>>, Error> {
    let Some(row) = store::login::find(&portal.db, login).await? else { return Ok(None) };
    let forgotten = match row.door {
        Door::Producer => portal.url(producer::Place::Password),
        Door::Staff => portal.url(staff::Place::Password),
    };
    let content = Content::PasswordChanged { at, forgotten };
    let id = format!("password-changed-{login}-{}", at.micros());
    Ok(Some(Draft::new(id, row.email, row.language, TIME_ZONE.to_owned(), content)))
}
