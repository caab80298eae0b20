//! What somebody changes about their own login, and the proof that it is them.

use super::{Door, Refused, begin, code, enter, password, store};
use crate::db;
use crate::event::{self, Login as Event, Record};
use crate::outbox;
use crate::session::{self, Holder};
use crate::{Actor, Origin, Portal, Producer, Staff};
use code::CodeRefused;
use std::time::Duration;
use types::{Email, Instant, LoginId, SessionId};

/// For how long after the password was typed sensitive acts go without it.
const FRESH: Duration = Duration::from_secs(15 * 60);

/// Whether the password was typed lately enough for acts that open or move much.
pub fn is_fresh(portal: &Portal, since: Instant) -> bool {
    portal.wall().since(since) <= FRESH
}

/// Somebody's login, as they see it themselves.
#[derive(Clone, Debug)]
pub struct LoginView {
    /// Who.
    pub login: LoginId,
    /// The address that they sign in with.
    pub email: Email,
    /// Their name.
    pub name: String,
    /// Whether a second step stands behind the password.
    pub has_second_step: bool,
    /// Codes for the day on which the authenticator is lost that were not used.
    pub codes_left: i64,
}

/// The login of whoever asks; none that is gone.
pub async fn view(portal: &Portal, login: LoginId) -> Result<Option<LoginView>, db::Error> {
    let Some(row) = store::login::find(&portal.db, login).await? else { return Ok(None) };
    Ok(Some(LoginView {
        login,
        email: row.email,
        has_second_step: row.totp_sealed.is_some(),
        codes_left: store::second_step::codes_left(&portal.db, login).await?,
        name: row.name,
    }))
}

/// Why a proof is none, or what was to be changed with it was not.
#[derive(Debug, thiserror::Error)]
pub enum NotProved {
    /// The password is another one, or the code.
    #[error("password or code is wrong")]
    Wrong,
    /// Too many wrong ones.
    #[error("too many wrong ones")]
    Limited {
        /// When the next is looked at.
        retry_after: Duration,
    },
    /// Too many at once.
    #[error("too many at once")]
    Busy,
    /// The new password is too short or too long.
    #[error("a password has 12 to 200 characters")]
    Weak,
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

impl From<Refused> for NotProved {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Wrong | Refused::NoProducer => Self::Wrong,
            Refused::Limited { retry_after } => Self::Limited { retry_after },
            Refused::Busy => Self::Busy,
            Refused::Database(error) => Self::Database(error),
        }
    }
}

impl From<CodeRefused> for NotProved {
    fn from(refused: CodeRefused) -> Self {
        match refused {
            CodeRefused::Wrong | CodeRefused::Ended => Self::Wrong,
            CodeRefused::Limited { retry_after } => Self::Limited { retry_after },
            CodeRefused::Database(error) => Self::Database(error),
        }
    }
}

/// Somebody signed in who may prove themselves: who, where, and in which session.
#[derive(Clone, Debug)]
pub struct Changed {
    door: Door,
    holder: Holder,
    login: LoginId,
    email: Email,
    session: SessionId,
    origin: Origin,
}

impl Changed {
    /// Of a person who works for a producer; none for a program.
    pub fn of_producer(producer: &Producer) -> Option<Self> {
        let member = producer.member()?;
        Some(Self {
            door: Door::Producer,
            holder: Holder::Producer(member.login, producer.id()),
            login: member.login,
            email: member.email.clone(),
            session: member.session,
            origin: member.origin.clone(),
        })
    }

    /// Of somebody of the staff.
    pub fn of_staff(staff: &Staff) -> Self {
        Self {
            door: Door::Staff,
            holder: Holder::Staff(staff.id()),
            login: LoginId(staff.id().0),
            email: staff.email().clone(),
            session: staff.session(),
            origin: staff.origin().clone(),
        }
    }

    pub(super) fn holder(&self) -> Holder {
        self.holder
    }

    pub(super) fn origin(&self) -> &Origin {
        &self.origin
    }

    fn actor(&self) -> Actor {
        match self.door {
            Door::Producer => Actor::Member(self.login),
            Door::Staff => Actor::Staff(types::StaffId(self.login.0)),
        }
    }
}

/// Proves that it is them once more, by the password and, where there is one, the second step: the token of a new
/// session in place of the old one.
pub async fn prove(portal: &Portal, who: &Changed, typed: &str, code: &str) -> Result<String, NotProved> {
    let row = enter::known(portal, who.door, (&who.email, typed), &who.origin).await?;
    let mut tx = match row.totp_sealed {
        Some(_) => code::taken(portal, who.door, who.login, code, &who.origin).await?,
        None => portal.db.begin().await?,
    };
    session::end_this(portal, &mut tx, who.session).await?;
    let token = begin(portal, &mut tx, who.holder, &who.origin).await?;
    portal.commit(tx).await?;
    Ok(token)
}

/// Another password. Every session of the login ends, and a new one begins: its token. The person hears of it by mail.
pub async fn change_password(portal: &Portal, who: &Changed, old: &str, new: &str) -> Result<String, NotProved> {
    enter::known(portal, who.door, (&who.email, old), &who.origin).await?;
    let hash = match password::hash(portal, new).await {
        Ok(hash) => hash,
        Err(super::Error::Database(error)) => return Err(error.into()),
        Err(_) => return Err(NotProved::Weak),
    };
    let mut tx = portal.db.begin().await?;
    if !store::login::set_hash(&mut tx, who.login, &hash).await? {
        return Err(NotProved::Wrong);
    }
    let ended = session::end_of_login(portal, &mut tx, who.door.kind(), who.login).await?;
    let event = Event::PasswordChanged { login: who.login };
    let after = Some(serde_json::json!({ "sessions_ended": ended }));
    event::record(portal, &mut tx, Record { origin: &who.origin.address, after, ..Record::new(who.actor(), event) })
        .await?;
    outbox::put(portal, &mut tx, super::Mail::PasswordChanged { login: who.login, at: portal.wall() }).await?;
    let token = begin(portal, &mut tx, who.holder, &who.origin).await?;
    portal.commit(tx).await?;
    Ok(token)
}

/// A new session in place of the old one, because what stands behind the password changed: its token.
pub async fn renew_session(portal: &Portal, who: &Changed) -> Result<String, db::Error> {
    let mut tx = portal.db.begin().await?;
    session::end_this(portal, &mut tx, who.session).await?;
    let token = begin(portal, &mut tx, who.holder, &who.origin).await?;
    portal.commit(tx).await?;
    Ok(token)
}
