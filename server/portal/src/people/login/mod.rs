//! Logins: people who sign in with an e-mail and a password, for producers or as support staff.
//!
//! One login works for several producers; what it may do for each is a membership ([`types::MemberRole`]). A second
//! step (TOTP, RFC 6238) stands behind the password of whoever has set one up, and always behind that of the staff.
//! Whoever does not know the password learns nothing: the same answer after the same time for an address that nobody
//! has. Nobody is locked out by somebody else's wrong passwords: they slow down only those who come from the same
//! network for the same address.

mod account;
mod assign_member;
mod assignment;
mod code;
mod enter;
mod invite;
mod mail;
mod member;
mod operator;
mod password;
mod producer;
mod reset;
mod second_step;
mod staff;
mod state;
mod store;
mod ticket;
mod traces;
mod who;

pub use account::{Changed, LoginView, NotProved, change_password, is_fresh, prove, renew_session, view};
pub use assign_member::{Assigned, NewMember, NotAssigned, assign_member, is_known};
pub use assignment::assign;
pub use code::{CodeRefused, enter_code, enter_set_up};
pub use enter::{Door, Entered, Refused, enter};
pub use invite::{AcceptError, Acceptance, InvitationView, InviteError, accept, invitation_of_token, invite, withdraw};
pub(crate) use mail::draft;
pub use mail::{Content, Mail};
pub use member::{MemberView, Members, NotRemoved, employers, members, remove, set_role, switch};
pub use operator::{NotChanged, disable, forget_second_step, set_password};
pub use producer::{NewProducer, create_producer};
pub use reset::{ResetError, ask_reset, reset, reset_of_token};
#[cfg(any(test, feature = "testing"))]
pub(crate) use second_step::code_of;
pub use second_step::{NotSetUp, SetUp, begin_set_up, confirm_set_up, pending_set_up, remove_second_step, renew_codes};
pub use staff::{NewStaff, create_staff};
pub use ticket::Ticket;
pub(crate) use traces::TRACES;
pub use who::{Login, Who, of_email, producers, staff};

use crate::db::{self, Error as DatabaseError, Statement, Tx};
use crate::event::{self, Login as Event, Record};
use crate::{Actor, Portal, session};
use session::Holder;
use std::time::Duration;
use types::{LoginId, ProducerId};

/// Why somebody could not be set up to sign in.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another producer has this slug.
    #[error("this slug is taken")]
    SlugTaken,
    /// Somebody signs in with this e-mail already.
    #[error("this e-mail is taken")]
    EmailTaken,
    /// The person signs in already, with another password.
    #[error("somebody signs in with this e-mail already, and the password is another one")]
    OtherPassword,
    /// The person signs in no more.
    #[error("whoever has this e-mail was disabled")]
    Disabled,
    /// The zone is not known.
    #[error("not the IANA name of a time zone, such as America/Sao_Paulo")]
    UnknownZone,
    /// The password is too short or too long.
    #[error("a password has 12 to 200 characters")]
    WeakPassword,
    /// A password could not be hashed, or a secret not sealed.
    #[error("the secret could not be protected")]
    Unprotected,
    /// The database.
    #[error(transparent)]
    Database(#[from] DatabaseError),
}

/// Begins a session of this holder in the transaction that let them in, and says so in the log.
async fn begin(portal: &Portal, tx: &mut Tx, holder: Holder, origin: &crate::Origin) -> Result<String, db::Error> {
    let (login, actor, producer) = match holder {
        Holder::Producer(login, producer) => (login, Actor::Member(login), Some(producer)),
        Holder::Staff(staff) => (LoginId(staff.0), Actor::Staff(staff), None),
        Holder::Buyer(_) => unreachable!("buyers have no login"),
    };
    if let Some(producer) = producer {
        store::member::touch(tx, producer, login, portal.wall()).await?;
    }
    store::login::speak(tx, login, origin.language).await?;
    let entry = Record { origin: &origin.address, producer, ..Record::new(actor, Event::Entered { login }) };
    event::record(portal, tx, entry).await?;
    session::begin(portal, tx, holder, None, origin).await
}

/// The holder of the sessions of this login: for a producer's person, with the one they work for.
async fn holder(tx: &mut Tx, door: Door, login: LoginId) -> Result<Option<Holder>, db::Error> {
    match door {
        Door::Staff => Ok(Some(Holder::Staff(types::StaffId(login.0)))),
        Door::Producer => {
            let producer: Option<ProducerId> = store::member::home(tx.conn(), login).await?;
            Ok(producer.map(|producer| Holder::Producer(login, producer)))
        }
    }
}

/// Forgets wishes for another password that ended long ago.
pub(crate) async fn tidy(portal: &Portal, tx: &mut Tx) -> Result<u64, db::Error> {
    store::reset::delete_old(tx, portal.wall().minus(Duration::from_secs(30 * 86_400))).await
}

pub(crate) fn statements() -> &'static [Statement] {
    &store::ALL
}
