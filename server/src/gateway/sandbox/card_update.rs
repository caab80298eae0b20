//! A card update as pure functions of its books and the time: a page of the sandbox that takes a card.

use super::card::{Answer, Behaviour, day_of, has_expired};
use super::state::hex;
use portal::ports::{CardInstruction, CardProgress, SavedCard};
use std::time::Duration;
use types::{DeclineReason, Instant};

/// How long a page for a card is open.
const OPEN: Duration = Duration::from_secs(24 * 3600);

/// A card update in the sandbox's books.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct CardUpdate {
    pub(super) reference: String,
    /// The unguessable end of its address.
    pub(super) page: String,
    pub(super) key: String,
    pub(super) request_hash: String,
    pub(super) account: String,
    pub(super) return_url: String,
    pub(super) state: State,
    pub(super) created_at: Instant,
    pub(super) expires_at: Instant,
}

/// Where a card update stands. It brings one card.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum State {
    Open,
    /// The bank wants the holder of this card to confirm.
    Confirming(KeptCard),
    Saved(KeptCard),
    /// Refused; another card may be typed.
    Declined(DeclineReason),
    Closed,
}

/// A card in the sandbox's books.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct KeptCard {
    pub(super) card: SavedCard,
    pub(super) behaviour: Behaviour,
}

impl KeptCard {
    /// What it does now: past its month it is refused, whatever its number says.
    pub(super) fn behaviour_at(&self, now: Instant) -> Behaviour {
        if has_expired((self.card.exp_year, self.card.exp_month), day_of(now)) {
            Behaviour::Declines(DeclineReason::ExpiredCard)
        } else {
            self.behaviour
        }
    }
}

/// What somebody does on the page.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Event {
    /// A card was typed.
    Type(KeptCard),
    Confirm,
    Refuse,
    /// The page was left without a card.
    Close,
}

/// The page does not take that any more.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the page has ended")]
pub(super) struct Ended;

impl CardUpdate {
    /// A new card update.
    pub(super) fn begin(instruction: &CardInstruction, page: String, now: Instant) -> Self {
        Self {
            reference: format!("sbx_cs_{}", &hex(&instruction.key)[..24]),
            page,
            key: instruction.key.clone(),
            request_hash: request_hash(instruction),
            account: instruction.account.clone(),
            return_url: instruction.return_url.clone(),
            state: State::Open,
            created_at: now,
            expires_at: now.plus(OPEN),
        }
    }

    /// Whether the same key came with the same request.
    pub(super) fn answers(&self, instruction: &CardInstruction) -> bool {
        self.request_hash == request_hash(instruction)
    }

    /// Where it stands after `event`.
    pub(super) fn after(&self, event: Event, now: Instant) -> Result<State, Ended> {
        if now >= self.expires_at {
            return Err(Ended);
        }
        Ok(match (&self.state, event) {
            (State::Open | State::Declined(_), Event::Type(kept)) => match kept.behaviour.save() {
                Answer::Yes => State::Saved(kept),
                Answer::No(reason) => State::Declined(reason),
                Answer::Confirm => State::Confirming(kept),
            },
            (State::Confirming(kept), Event::Confirm) => match kept.behaviour.confirmed() {
                Ok(()) => State::Saved(kept.clone()),
                Err(reason) => State::Declined(reason),
            },
            (State::Confirming(_), Event::Refuse) => State::Declined(DeclineReason::AuthenticationFailed),
            (State::Open | State::Declined(_) | State::Confirming(_), Event::Close) => State::Closed,
            _ => return Err(Ended),
        })
    }

    /// What the sandbox says of it. A page that nobody used in time is closed.
    pub(super) fn report(&self, now: Instant) -> CardProgress {
        match &self.state {
            State::Saved(kept) => CardProgress::Saved(kept.card.clone()),
            State::Closed => CardProgress::Closed,
            _ if now >= self.expires_at => CardProgress::Closed,
            State::Open | State::Confirming(_) => CardProgress::Open,
            State::Declined(reason) => CardProgress::Declined(*reason),
        }
    }
}

fn request_hash(instruction: &CardInstruction) -> String {
    hex(&format!("{}\n{}\n{}", instruction.account, instruction.email, instruction.return_url))
}
