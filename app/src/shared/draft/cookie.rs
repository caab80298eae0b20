//! A draft in the cookies of the browser that typed it: compressed, sealed with a key of this installation, in pieces
//! that browsers take.

use super::Typed;
use crate::visitor::{cookie, host_name, set_cookie};
use axum::http::{HeaderMap, HeaderValue};
use data_encoding::BASE64URL_NOPAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use portal::Portal;
use serde::{Deserialize, Serialize};

/// How long it is kept, in seconds.
const KEPT: i64 = 30 * 60;
/// The largest cookie that every browser takes has 4,096 bytes with its name and attributes.
const PIECE: usize = 3_800;
/// In how many pieces at most: what is longer is not kept.
const PIECES: usize = 3;
/// The most that a draft can say: a form's limit.
const LARGEST: usize = 64 * 1024;
/// Where such a secret opens.
const PLACE: &[u8] = b"draft";

/// What somebody typed on a page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Draft {
    page: String,
    fields: Vec<(String, String)>,
    /// Who typed it, by the address they are signed in with; none where a session had ended.
    owner: Option<String>,
    /// Seconds since 1970.
    until: i64,
}

impl Draft {
    /// What was typed, from now on.
    pub(super) fn new(portal: &Portal, typed: Typed) -> Self {
        let Typed { page, fields, owner } = typed;
        Self { page, fields, owner, until: portal.wall().seconds() + KEPT }
    }

    /// What the browser keeps.
    pub(super) fn of(portal: &Portal, headers: &HeaderMap) -> Option<Self> {
        let sealed: String = (0..PIECES).map_while(|piece| cookie(headers, &name(portal, piece))).collect();
        if sealed.is_empty() {
            return None;
        }
        let packed = portal.keys.open(PLACE, &sealed).ok()?;
        let packed = BASE64URL_NOPAD.decode(packed.as_bytes()).ok()?;
        let json = decompress_to_vec_with_limit(&packed, LARGEST).ok()?;
        serde_json::from_slice::<Self>(&json).ok().filter(|draft| draft.until > portal.wall().seconds())
    }

    /// The headers that keep it; those that forget one when it is too long to be kept.
    pub(super) fn cookies(&self, portal: &Portal) -> Vec<HeaderValue> {
        let json = serde_json::to_vec(self).unwrap_or_default();
        let packed = BASE64URL_NOPAD.encode(&compress_to_vec(&json, 6));
        let sealed = portal.keys.seal(PLACE, portal.random(), &packed).unwrap_or_default();
        let pieces: Vec<&str> =
            sealed.as_bytes().chunks(PIECE).filter_map(|piece| str::from_utf8(piece).ok()).collect();
        if pieces.is_empty() || pieces.len() > PIECES {
            return Self::none(portal);
        }
        let piece = |at: usize| pieces.get(at).map_or(("", 0), |piece| (*piece, KEPT));
        let header = |at: usize, (value, seconds)| set_cookie(portal, &name(portal, at), value, seconds);
        (0..PIECES).filter_map(|at| header(at, piece(at))).collect()
    }

    /// The headers that forget it.
    pub(super) fn none(portal: &Portal) -> Vec<HeaderValue> {
        (0..PIECES).filter_map(|at| set_cookie(portal, &name(portal, at), "", 0)).collect()
    }

    /// Where it was typed.
    pub(super) fn page(&self) -> &str {
        &self.page
    }

    /// Names and values.
    pub(super) fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// Who typed it; none where a session had ended.
    pub(super) fn owner(&self) -> Option<&str> {
        self.owner.as_deref()
    }
}

fn name(portal: &Portal, piece: usize) -> String {
    host_name(portal, &format!("draft{piece}"))
}
