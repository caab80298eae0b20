//! Setting the second step up: a secret that an authenticator keeps (TOTP, RFC 6238: SHA-1, six figures, half a
//! minute), and ten codes for the day on which it is lost.

use super::{Door, store};
use crate::db;
use crate::event::{self, Login as Event, Record};
use crate::{Actor, Origin, Portal};
use data_encoding::BASE32_NOPAD;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use totp_rs::{Builder, Totp};
use types::{Email, LoginId, StaffId};

/// How many codes are made for the day on which the authenticator is lost.
const RECOVERY_CODES: usize = 10;
/// Their letters: none that is taken for another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A secret that waits to be confirmed by its first code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SetUp {
    /// The secret as people type it: base32, in groups of four.
    pub secret: String,
    /// The same as an authenticator reads it from a picture.
    pub address: String,
}

/// Why the second step was not set up.
#[derive(Debug, thiserror::Error)]
pub enum NotSetUp {
    /// Nothing waits to be confirmed.
    #[error("nothing is being set up")]
    Nothing,
    /// Not the code of this half minute.
    #[error("the code is wrong")]
    Wrong,
    /// The database.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// Makes a secret for whoever has none that waits; it counts when its first code is typed.
pub async fn begin_set_up(portal: &Portal, login: LoginId) -> Result<(), db::Error> {
    begin_of(portal, login).await
}

pub(super) async fn begin_of(portal: &Portal, login: LoginId) -> Result<(), db::Error> {
    let secret = BASE32_NOPAD.encode(&portal.random::<20>());
    let sealed = portal.keys.seal(login.0.as_bytes(), portal.random::<12>(), &secret);
    let sealed = sealed.map_err(|error| db::Error::inconsistent("logins", login, error))?;
    let mut tx = portal.db.begin().await?;
    store::second_step::begin(&mut tx, login, &sealed).await?;
    portal.commit(tx).await
}

/// What waits to be confirmed, for the page that shows it.
pub async fn pending_set_up(portal: &Portal, login: LoginId) -> Result<Option<SetUp>, db::Error> {
    let Some(row) = store::login::find(&portal.db, login).await? else { return Ok(None) };
    let Some(sealed) = row.totp_new_sealed else { return Ok(None) };
    let Some(secret) = opened(portal, login, &sealed) else { return Ok(None) };
    Ok(Some(SetUp { address: address(&row.email, &secret), secret: in_groups(&secret) }))
}

/// Confirms the secret that waits by its first code; the codes for the day on which it is lost, which are seen this
/// once.
pub async fn confirm_set_up(
    portal: &Portal,
    door: Door,
    login: LoginId,
    typed: &str,
    origin: &Origin,
) -> Result<Vec<String>, NotSetUp> {
    let row = store::login::find(&portal.db, login).await?;
    let sealed = row.and_then(|row| row.totp_new_sealed).ok_or(NotSetUp::Nothing)?;
    let typed: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    let step = step_of(portal, login, &sealed, &typed).ok_or(NotSetUp::Wrong)?;
    let mut tx = portal.db.begin().await?;
    if !store::second_step::confirm(&mut tx, login, &sealed, step).await? {
        return Err(NotSetUp::Nothing);
    }
    let codes = write_codes(portal, &mut tx, login).await?;
    let event = Event::SecondStepSet { login };
    note(portal, &mut tx, (door, login), event, origin).await?;
    portal.commit(tx).await?;
    Ok(codes)
}

/// Takes the second step away; false when there was none. The staff cannot be without.
pub async fn remove_second_step(portal: &Portal, login: LoginId, origin: &Origin) -> Result<bool, db::Error> {
    let mut tx = portal.db.begin().await?;
    if !store::second_step::remove(&mut tx, login).await? {
        return Ok(false);
    }
    note(portal, &mut tx, (Door::Producer, login), Event::SecondStepRemoved { login }, origin).await?;
    portal.commit(tx).await?;
    Ok(true)
}

/// Other codes in place of those there were.
pub async fn renew_codes(
    portal: &Portal,
    door: Door,
    login: LoginId,
    origin: &Origin,
) -> Result<Vec<String>, db::Error> {
    let mut tx = portal.db.begin().await?;
    let codes = write_codes(portal, &mut tx, login).await?;
    note(portal, &mut tx, (door, login), Event::RecoveryCodesMade { login }, origin).await?;
    portal.commit(tx).await?;
    Ok(codes)
}

async fn write_codes(portal: &Portal, tx: &mut db::Tx, login: LoginId) -> Result<Vec<String>, db::Error> {
    store::second_step::forget_codes(tx, login).await?;
    let codes: Vec<String> = (0..RECOVERY_CODES).map(|_| recovery_code(portal)).collect();
    for code in &codes {
        store::second_step::insert_code(tx, login, &recovery_hash(portal, login, &code.replace('-', ""))).await?;
    }
    Ok(codes)
}

async fn note(
    portal: &Portal,
    tx: &mut db::Tx,
    (door, login): (Door, LoginId),
    event: Event,
    origin: &Origin,
) -> Result<(), db::Error> {
    let actor = match door {
        Door::Producer => Actor::Member(login),
        Door::Staff => Actor::Staff(StaffId(login.0)),
    };
    event::record(portal, tx, Record { origin: &origin.address, ..Record::new(actor, event) }).await
}

/// The step of time whose code this is: the one of now, or of half a minute before or after.
pub(super) fn step_of(portal: &Portal, login: LoginId, sealed: &str, code: &str) -> Option<i64> {
    let secret = opened(portal, login, sealed)?;
    let step = totp(&secret)?.check(code, u64::try_from(portal.wall().seconds()).ok()?)?;
    i64::try_from(step).ok()
}

/// The code of this secret at a moment; none of what is no secret.
#[cfg(any(test, feature = "testing"))]
pub(crate) fn code_of(secret: &str, at: types::Instant) -> Option<String> {
    Some(totp(secret)?.generate(u64::try_from(at.seconds()).ok()?).to_string())
}

fn totp(secret: &str) -> Option<Totp> {
    let bytes = BASE32_NOPAD.decode(secret.as_bytes()).ok()?;
    Builder::new().with_secret(bytes).build().ok()
}

fn opened(portal: &Portal, login: LoginId, sealed: &str) -> Option<String> {
    let opened = portal.keys.open(login.0.as_bytes(), sealed);
    if let Err(error) = &opened {
        tracing::error!(%login, %error, "the secret of a second step");
    }
    opened.ok()
}

/// As authenticators read it.
fn address(email: &Email, secret: &str) -> String {
    let label = utf8_percent_encode(email.as_str(), NON_ALPHANUMERIC);
    format!("otpauth://totp/Aftersale:{label}?secret={secret}&issuer=Aftersale")
}

fn in_groups(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(String::from_iter).collect::<Vec<String>>().join(" ")
}

/// Ten letters, of 50 bits.
fn recovery_code(portal: &Portal) -> String {
    let letters: String = portal.random::<10>().iter().map(|byte| LETTERS[usize::from(byte % 32)] as char).collect();
    format!("{}-{}", &letters[..5], &letters[5..])
}

/// How a recovery code is kept: only with the installation's key it can be tried.
pub(super) fn recovery_hash(portal: &Portal, login: LoginId, code: &str) -> String {
    portal.keys.name("recovery code", format!("{login}:{}", code.to_lowercase()).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vectors of RFC 6238, appendix B, with six figures.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = BASE32_NOPAD.encode(b"12345678901234567890");
        let totp = totp(&secret).unwrap();
        for (at, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(totp.check(code, at), Some(at / 30), "{at}");
            assert_eq!(totp.check(code, at + 90), None, "{at}");
        }
    }

    #[test]
    fn a_secret_is_typed_in_groups_and_read_from_an_address() {
        assert_eq!(in_groups("ABCDEFGHIJ"), "ABCD EFGH IJ");
        let email = Email::parse("ana+x@example.com").unwrap();
        let wanted = "otpauth://totp/Aftersale:ana%2Bx%40example%2Ecom?secret=ABCD&issuer=Aftersale";
        assert_eq!(address(&email, "ABCD"), wanted);
    }
}
