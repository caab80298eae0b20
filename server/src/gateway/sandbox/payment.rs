//! What the sandbox does when it is told to take money, as pure functions of its books, the instruction and the time.

use super::card::{Answer, Behaviour};
use super::state::{OUTAGE, Stand, hex};
use jiff::civil::{Date, Weekday};
use portal::ports::{ChargeInstruction, ChargeProgress, ChargeReport};
use portal::time::Zone;
use sha2::{Digest, Sha256};
use std::time::Duration;
use types::{DeclineReason, Instant, Method, Money};

/// How long a boleto can be paid, if no later day is wished.
const BOLETO: Duration = Duration::from_secs(3 * 86_400);
/// How long a Pix can be paid, if no later day is wished, and a charge be confirmed with the bank.
const DAY: Duration = Duration::from_secs(86_400);
/// How long after a charge its holder goes to the bank, for the card that does.
const DISPUTED_AFTER: Duration = Duration::from_secs(60);

/// Money to be taken, in the sandbox's books.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Payment {
    pub(super) reference: String,
    /// The unguessable end of its page's address.
    pub(super) page: String,
    pub(super) key: String,
    pub(super) request_hash: String,
    pub(super) account: String,
    pub(super) amount: Money,
    pub(super) method: Method,
    pub(super) card_token: Option<String>,
    pub(super) card_last4: Option<String>,
    pub(super) email: String,
    pub(super) description: String,
    /// Where the buyer goes on.
    pub(super) return_url: String,
    pub(super) state: State,
    pub(super) created_at: Instant,
}

/// Where a payment stands.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum State {
    /// The instruction got lost on its way: only its key is remembered.
    Unheard,
    /// The holder has to confirm with the bank.
    Confirming {
        until: Instant,
    },
    /// A boleto or Pix to be paid.
    Waiting {
        code: String,
        until: Instant,
    },
    /// The money is there; the holder of some cards goes to the bank later.
    Paid {
        disputed_at: Option<Instant>,
    },
    Declined(DeclineReason),
    /// The holder wants the money back from the bank.
    Disputed,
}

const PAID: State = State::Paid { disputed_at: None };

impl State {
    fn paid(behaviour: Behaviour, now: Instant) -> Self {
        Self::Paid { disputed_at: (behaviour == Behaviour::Disputed).then(|| now.plus(DISPUTED_AFTER)) }
    }
}

/// What happens to a payment from outside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Event {
    /// The buyer paid the boleto or Pix.
    Pay,
    /// The holder confirmed with the bank.
    Confirm,
    /// The holder said no to the bank.
    Refuse,
    /// The bank heard of the boleto by itself.
    Settle,
    /// Nobody did anything in time.
    Expire,
    /// The holder went to the bank.
    Dispute,
}

/// Why the sandbox does not take an instruction, for good.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub(super) enum Refusal {
    #[error("the idempotency key was used for another request")]
    KeyReused,
    #[error("the amount must be more than nothing")]
    InvalidAmount,
    #[error("a card payment needs a card of this account")]
    UnknownCard,
    #[error("this way to pay is unknown here")]
    UnknownMethod,
}

/// A step that does not fit where the payment stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("that is not possible any more")]
pub(super) struct NotPossible;

/// What an instruction means before it is known how it ends.
pub(super) struct NewPayment<'a> {
    pub(super) instruction: &'a ChargeInstruction,
    pub(super) page: String,
    /// None where no card is involved.
    pub(super) behaviour: Option<Behaviour>,
    /// Whether the operator asked for the next charge to fail.
    pub(super) fails: bool,
    /// What a boleto or Pix is paid with.
    pub(super) code: String,
    pub(super) now: Instant,
}

impl NewPayment<'_> {
    /// A boleto or Pix that is for something due later can be paid until then.
    fn payable_until(&self, life: Duration) -> Instant {
        let by_itself = self.now.plus(life);
        self.instruction.pay_until.map_or(by_itself, |wished| wished.max(by_itself))
    }

    /// The payment as it is at first.
    pub(super) fn begin(self) -> Result<Payment, Refusal> {
        let instruction = self.instruction;
        if instruction.amount.amount <= 0 {
            return Err(Refusal::InvalidAmount);
        }
        let state = match (instruction.method, self.behaviour) {
            (Method::Card, None) => return Err(Refusal::UnknownCard),
            (Method::Other, _) => return Err(Refusal::UnknownMethod),
            (Method::Card, Some(_)) if self.fails => State::Declined(DeclineReason::Generic),
            (Method::Card, Some(behaviour)) => match behaviour.charge() {
                Answer::Yes => State::paid(behaviour, self.now),
                Answer::No(reason) => State::Declined(reason),
                Answer::Confirm => State::Confirming { until: self.now.plus(DAY) },
            },
            (Method::Boleto, _) => State::Waiting { until: self.payable_until(BOLETO), code: self.code },
            (Method::Pix, _) => State::Waiting { until: self.payable_until(DAY), code: self.code },
        };
        let card = instruction.card.as_ref();
        Ok(Payment {
            reference: format!("sbx_ch_{}", &hex(&instruction.key)[..24]),
            page: self.page,
            key: instruction.key.clone(),
            request_hash: request_hash(instruction),
            account: instruction.account.clone(),
            amount: instruction.amount,
            method: instruction.method,
            card_token: card.and_then(|card| card.token.clone()),
            card_last4: card.map(|card| card.last4.clone()),
            email: instruction.email.clone(),
            description: instruction.description.clone(),
            return_url: instruction.return_url.clone(),
            state,
            created_at: self.now,
        })
    }
}

impl Payment {
    /// The same key must come with the same request.
    pub(super) fn answers(&self, instruction: &ChargeInstruction) -> Result<(), Refusal> {
        if self.request_hash == request_hash(instruction) { Ok(()) } else { Err(Refusal::KeyReused) }
    }

    /// Until when it can be paid or confirmed.
    pub(super) fn until(&self) -> Option<Instant> {
        match self.state {
            State::Waiting { until, .. } | State::Confirming { until } => Some(until),
            _ => None,
        }
    }

    /// When the bank says by itself that a boleto was paid: with the next business day. Whoever is `expire+…@` never
    /// pays.
    pub(super) fn settles_at(&self) -> Option<Instant> {
        let pays = self.method == Method::Boleto && !self.email.starts_with("expire+");
        if pays && matches!(self.state, State::Waiting { .. }) { next_business_day(self.created_at) } else { None }
    }

    /// What time does to it by itself by `now`.
    pub(super) fn due(&self, now: Instant) -> Option<Event> {
        let is_over = self.until().is_some_and(|until| until <= now);
        match self.state {
            State::Waiting { .. } if self.settles_at().is_some_and(|at| at <= now) => Some(Event::Settle),
            State::Waiting { .. } | State::Confirming { .. } if is_over => Some(Event::Expire),
            State::Paid { disputed_at: Some(at) } if at <= now => Some(Event::Dispute),
            _ => None,
        }
    }

    /// Where it stands after `event`.
    pub(super) fn after(&self, event: Event, behaviour: Behaviour, now: Instant) -> Result<State, NotPossible> {
        let in_time = self.until().is_none_or(|until| now < until);
        Ok(match (&self.state, event) {
            (State::Waiting { .. }, Event::Pay) if in_time => PAID,
            (State::Waiting { .. }, Event::Settle) if self.settles_at().is_some_and(|at| at <= now) => PAID,
            (State::Waiting { .. }, Event::Expire) => State::Declined(DeclineReason::Expired),
            (State::Confirming { .. }, Event::Confirm) if in_time => match behaviour.confirmed() {
                Ok(()) => PAID,
                Err(reason) => State::Declined(reason),
            },
            (State::Confirming { .. }, Event::Refuse | Event::Expire) => {
                State::Declined(DeclineReason::AuthenticationFailed)
            }
            (State::Paid { .. }, Event::Dispute) => State::Disputed,
            _ => return Err(NotPossible),
        })
    }

    /// What the sandbox says of it; nothing of an instruction that it never got.
    pub(super) fn report(&self) -> Option<ChargeReport> {
        let state = match &self.state {
            State::Unheard => return None,
            State::Confirming { .. } => {
                ChargeProgress::ActionRequired { url: format!("/sandbox/confirm/{}", self.page) }
            }
            State::Waiting { code, until } => {
                let url = format!("/sandbox/{}/{}", self.method, self.page);
                ChargeProgress::Waiting { code: code.clone(), url, until: *until }
            }
            // Who disputes has paid before.
            State::Paid { .. } | State::Disputed => ChargeProgress::Paid,
            State::Declined(reason) => ChargeProgress::Declined(*reason),
        };
        Some(ChargeReport { reference: self.reference.clone(), state })
    }
}

/// The first instant of the next day on which Brazilian banks work; holidays are days like any other here.
fn next_business_day(after: Instant) -> Option<Instant> {
    let zone = Zone::named("America/Sao_Paulo").ok()?;
    let is_open = |day: &Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let day = (1..=3).filter_map(|days| zone.day_after(after, days)).find(is_open)?;
    zone.first_instant(day)
}

/// What an outage does to the instruction with `key`, first heard of at `since`: the key alone decides whether it takes
/// effect.
pub(super) fn outage(behaviour: Option<Behaviour>, key: &str, since: Instant, now: Instant) -> Stand {
    let is_out = behaviour == Some(Behaviour::Outage) && now < since.plus(OUTAGE);
    match (is_out, Sha256::digest(key)[0] % 2) {
        (false, _) => Stand::Works,
        (true, 0) => Stand::BreaksAfter,
        (true, _) => Stand::BreaksBefore,
    }
}

fn request_hash(instruction: &ChargeInstruction) -> String {
    let card = instruction.card.as_ref().map(|card| (card.token.as_deref().unwrap_or_default(), card.last4.as_str()));
    let (token, last4) = card.unwrap_or_default();
    // In one part, as most are, it is what it was before parts counted.
    let count = if instruction.installments > 1 { format!("\n{}", instruction.installments) } else { String::new() };
    let parts = [&instruction.account, instruction.amount.currency.as_str(), instruction.method.as_str(), token, last4];
    hex(&format!("{}\n{}{count}", instruction.amount.amount, parts.join("\n")))
}
