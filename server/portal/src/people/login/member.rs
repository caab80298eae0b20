//! The people of a producer: who they are and what they may do, and for whom somebody works.

use super::account::Changed;
use super::{begin, invite, store};
use crate::db;
use crate::event::Login as Event;
use crate::session::{self, Holder};
use crate::{Member, Portal, Producer};
use serde_json::json;
use types::{Email, Instant, InvitationId, LoginId, MemberRole, ProducerId, Slug};

/// Somebody who works for a producer.
#[derive(Clone, Debug)]
pub struct MemberView {
    /// Who.
    pub login: LoginId,
    /// The address that they sign in with.
    pub email: Email,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: MemberRole,
    /// Since when.
    pub since: Instant,
    /// When they last came in; never, for most who are new.
    pub entered_at: Option<Instant>,
    /// Whether a second step stands behind their password.
    pub has_second_step: bool,
}

/// Those who work for a producer, and those who are invited.
#[derive(Clone, Debug, Default)]
pub struct Members {
    /// By name.
    pub members: Vec<MemberView>,
    /// Invitations that wait: id, address, role, until when.
    pub invited: Vec<(InvitationId, Email, MemberRole, Instant)>,
}

/// Why somebody is not removed or changed.
#[derive(Debug, thiserror::Error)]
pub enum NotRemoved {
    /// There is nobody such here.
    #[error("not found")]
    NotFound,
    /// Somebody must be able to do everything.
    #[error("a producer has an owner")]
    LastOwner,
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// The people of a producer.
pub async fn members(portal: &Portal, producer: &Producer) -> Result<Members, db::Error> {
    let members = store::member::of_producer(&portal.db, producer.id()).await?;
    let invited = store::invitation::waiting(&portal.db, producer.id(), portal.wall()).await?;
    Ok(Members { members, invited })
}

/// Another role for somebody.
pub async fn set_role(
    portal: &Portal,
    producer: &Producer,
    login: LoginId,
    role: MemberRole,
) -> Result<(), NotRemoved> {
    let mut tx = portal.db.begin().await?;
    let before = member_of(&mut tx, producer.id(), login).await?;
    if before == role {
        return Ok(());
    }
    store::member::set_role(&mut tx, producer.id(), login, role).await?;
    has_owner(&mut tx, producer.id()).await?;
    let event = Event::MemberRoleChanged { login, producer: producer.id() };
    invite::record(portal, &mut tx, producer, event, Some(json!({ "role": before })), json!({ "role": role })).await?;
    // What they may do changes with a new session.
    session::end_at(portal, &mut tx, login, producer.id()).await?;
    Ok(portal.commit(tx).await?)
}

/// Somebody works for the producer no more: their sessions there end.
pub async fn remove(portal: &Portal, producer: &Producer, login: LoginId) -> Result<(), NotRemoved> {
    let mut tx = portal.db.begin().await?;
    let before = member_of(&mut tx, producer.id(), login).await?;
    store::member::delete(&mut tx, producer.id(), login).await?;
    has_owner(&mut tx, producer.id()).await?;
    let event = Event::MemberRemoved { login, producer: producer.id() };
    invite::record(portal, &mut tx, producer, event, Some(json!({ "role": before })), json!({ "removed": true }))
        .await?;
    session::end_at(portal, &mut tx, login, producer.id()).await?;
    Ok(portal.commit(tx).await?)
}

/// The producer's people are changed one at a time: of two owners who remove each other, one stays.
async fn member_of(tx: &mut db::Tx, producer: ProducerId, login: LoginId) -> Result<MemberRole, NotRemoved> {
    store::member::lock(tx, producer).await?;
    store::member::role_of(tx.conn(), producer, login).await?.ok_or(NotRemoved::NotFound)
}

async fn has_owner(tx: &mut db::Tx, producer: ProducerId) -> Result<(), NotRemoved> {
    if store::member::has_owner(tx.conn(), producer).await? { Ok(()) } else { Err(NotRemoved::LastOwner) }
}

/// Whom somebody works for, by name: id, short name, name.
pub async fn employers(portal: &Portal, member: &Member) -> Result<Vec<(ProducerId, Slug, String)>, db::Error> {
    store::member::employers(&portal.db, member.login).await
}

/// Goes on for another producer that the person works for: the token of a new session in place of the old one. None
/// when they do not work for that one.
pub async fn switch(portal: &Portal, producer: &Producer, to: &Slug) -> Result<Option<String>, db::Error> {
    let Some((who, member)) = Changed::of_producer(producer).zip(producer.member()) else { return Ok(None) };
    let all = employers(portal, member).await?;
    let Some((to, ..)) = all.into_iter().find(|(_, slug, _)| slug == to) else { return Ok(None) };
    let mut tx = portal.db.begin().await?;
    session::end_this(portal, &mut tx, member.session).await?;
    let Holder::Producer(login, _) = who.holder() else { return Ok(None) };
    let token = begin(portal, &mut tx, Holder::Producer(login, to), who.origin()).await?;
    portal.commit(tx).await?;
    Ok(Some(token))
}
