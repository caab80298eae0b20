//! Sources: systems that send us orders, each at an address of its own.

use super::{Error, record, store};
use crate::event::Catalogue;
use crate::{Portal, Producer, db, fingerprint};
use serde_json::json;
use subtle::ConstantTimeEq;
use types::{Code, Instant, SourceId};

/// The words of the kinds of sources that this program has a door for.
pub const KINDS: [&str; 1] = [GURU];
/// Digital Manager Guru.
pub const GURU: &str = "guru";

/// A source that has just proved to be itself.
#[derive(Clone, Debug)]
pub struct Source {
    pub(crate) id: SourceId,
    /// The word of the door that takes what it sends.
    pub(crate) kind: String,
    pub(crate) code: String,
    pub(crate) producer: Producer,
}

/// Sets up a source of this kind, or gives it another token. Returns the key of its address, the same for the same
/// code: the door of the kind knows the address.
pub async fn put_source(
    portal: &Portal,
    producer: &Producer,
    code: &Code,
    kind: &str,
    token: &str,
) -> Result<String, Error> {
    let mut tx = portal.db.begin().await?;
    let before = store::source::by_code(&mut tx, producer.id(), code).await?;
    let id = before.unwrap_or_else(|| SourceId(portal.new_id()));
    let key = address_key(portal, id);
    let hashes = (fingerprint(key.as_bytes()), fingerprint(token.as_bytes()));
    let written = store::source::Written { id, kind, address_hash: &hashes.0, token_hash: &hashes.1 };
    store::source::upsert(&mut tx, producer.id(), code, &written, portal.now().micros()).await?;
    let known = before.map(|_| json!({"code": code, "kind": kind}));
    record(
        portal,
        &mut tx,
        producer,
        Catalogue::SourceWritten { source: id.0 },
        known,
        json!({"code": code, "kind": kind, "has_new_token": true}),
    )
    .await?;
    portal.commit(tx).await?;
    Ok(key)
}

/// A source as its producer sees it: never its token, of which only the SHA-256 is kept.
#[derive(Clone, Debug)]
pub struct KnownSource {
    /// The producer's code.
    pub code: Code,
    /// The word of its kind.
    pub kind: String,
    /// The key of its address.
    pub key: String,
    /// When it was written last.
    pub updated_at: Instant,
}

/// Where a source of this kind is to send.
pub fn address(portal: &Portal, kind: &str, key: &str) -> String {
    portal.url(format!("/hooks/{kind}/{key}"))
}

/// The producer's sources, by their codes.
pub async fn of_producer(portal: &Portal, producer: &Producer) -> Result<Vec<KnownSource>, db::Error> {
    store::source::of_producer(portal, producer.id()).await
}

/// The key of a source's address, which follows from its id.
pub(super) fn address_key(portal: &Portal, id: SourceId) -> String {
    portal.keys.name("source", id.0.as_bytes())
}

/// The source at this address, if `token` is its token. The comparison takes the same time whatever the token; an
/// unknown address and a wrong token look alike.
pub async fn authenticate(portal: &Portal, address_key: &str, token: &str) -> Result<Option<Source>, db::Error> {
    let found = store::source::by_address(portal, &fingerprint(address_key.as_bytes())).await?;
    let sent = fingerprint(token.as_bytes());
    let kept = found.as_ref().map_or("", |(_, token_hash)| token_hash.as_str());
    let is_right = bool::from(sent.as_bytes().ct_eq(kept.as_bytes()));
    Ok(found.filter(|_| is_right).map(|(source, _)| source))
}

impl Source {
    /// Whose source it is.
    pub fn producer(&self) -> &Producer {
        &self.producer
    }
}
