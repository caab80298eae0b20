//! The states of an invoice, what exists in each, and how an invoice moves on.

use types::{DeclineReason, Instant, InvoiceId, InvoiceState, Method, Money};

/// What one cycle or instalment owes.
#[derive(Clone, PartialEq, Debug)]
pub struct Invoice {
    /// Its id.
    pub id: InvoiceId,
    /// 1 is the first of its order.
    pub number: i64,
    /// Start of what it pays for.
    pub period_start: Instant,
    /// End of what it pays for.
    pub period_end: Instant,
    /// When it is due.
    pub due_at: Instant,
    /// What is owed; a discount is taken off already.
    pub amount: Money,
    /// What was taken off, minor units.
    pub discount: i64,
    /// How often it was tried.
    pub tries: i64,
    /// Since when its tries have failed.
    pub failing_since: Option<Instant>,
    /// Why the last try failed.
    pub failure: Option<DeclineReason>,
    /// Until when access is left while it is tried again.
    pub grace_until: Option<Instant>,
    /// Where it stands.
    pub state: State,
}

/// Where an invoice stands, with what exists there.
#[derive(Clone, PartialEq, Debug)]
pub enum State {
    /// To be paid; tried by the calendar.
    Open {
        /// When it is tried next.
        next_try_at: Instant,
        /// The try that is under way.
        attempt: Option<ChargeAttempt>,
    },
    /// Every try failed: access is suspended until the invoice is paid.
    Overdue {
        /// When it is tried once more, if it is.
        next_try_at: Option<Instant>,
        /// The try that is under way.
        attempt: Option<ChargeAttempt>,
    },
    /// Paid.
    Paid {
        /// When.
        at: Instant,
        /// Another try whose outcome is unknown: an older charge was paid while this one was under way.
        attempt: Option<ChargeAttempt>,
    },
    /// Not owed any more.
    Void {
        /// A try whose outcome is unknown.
        attempt: Option<ChargeAttempt>,
    },
}

/// A try that is under way.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChargeAttempt {
    /// Idempotency key at the gateway.
    pub key: String,
    /// When it began.
    pub at: Instant,
    /// The payment method it was made with, which may not be the one on file any more.
    pub with: Instrument,
    /// Whether the buyer chose it for this invoice only: what is on file stays there.
    pub is_once: bool,
    /// Where it stands.
    pub standing: AttemptStanding,
}

/// Where a try that is under way stands. A try that *counts as failed* is one that the bank asks the buyer to confirm:
/// when the next one comes was decided without waiting for the buyer's word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AttemptStanding {
    /// It is the charge that the order came with, which our calendar did not make. Whoever made it says what becomes of
    /// it, however late: the gateway is never asked.
    OfCheckout,
    /// Its outcome is not known: the gateway is asked before anything else is tried.
    Doubted {
        /// Whether it counts as failed.
        counts_as_failed: bool,
    },
    /// The buyer has to do something: pay a boleto or Pix, or confirm at the bank.
    Waiting {
        /// Until when we wait for that. Then the gateway is asked.
        until: Instant,
        /// Whether it counts as failed.
        counts_as_failed: bool,
    },
}

/// What a try is made with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Instrument {
    /// The method.
    pub method: Method,
    /// The gateway's name of the card; none for a card that came with the order, and without a card.
    pub token: Option<String>,
}

/// The invoice cannot take this step from its current state.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("no step leads from {from} to {to}")]
pub struct InvalidTransition {
    /// Where it stands.
    pub from: InvoiceState,
    /// Where it should have gone.
    pub to: InvoiceState,
}

/// What follows a try that failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Next {
    /// It is tried again.
    Again { at: Instant, grace_until: Instant },
    /// The invoice stays owed, and access is suspended.
    Suspended { next_try_at: Option<Instant> },
    /// The subscription ends with it.
    End,
}

impl ChargeAttempt {
    /// Returns whether this is the charge that the order came with, which our calendar did not make.
    pub(super) fn is_of_checkout(&self) -> bool {
        self.standing == AttemptStanding::OfCheckout
    }

    /// Returns whether it is made as the buyer wants it now, who has this on file.
    pub(super) fn is_wanted(&self, on_file: &Instrument) -> bool {
        self.is_once || self.with == *on_file
    }

    /// Returns whether its outcome is not known.
    pub fn is_doubted(&self) -> bool {
        matches!(self.standing, AttemptStanding::Doubted { .. })
    }

    /// Returns whether it counts as failed.
    pub(super) fn counts_as_failed(&self) -> bool {
        match self.standing {
            AttemptStanding::OfCheckout => false,
            AttemptStanding::Doubted { counts_as_failed } | AttemptStanding::Waiting { counts_as_failed, .. } => {
                counts_as_failed
            }
        }
    }

    /// Until when we wait for the buyer. None where we wait for nobody, or for the checkout, which gives no day.
    pub fn waits_until(&self) -> Option<Instant> {
        match self.standing {
            AttemptStanding::Waiting { until, .. } => Some(until),
            AttemptStanding::OfCheckout | AttemptStanding::Doubted { .. } => None,
        }
    }
}

impl State {
    /// The public name of the state.
    pub fn name(&self) -> InvoiceState {
        match self {
            Self::Open { .. } => InvoiceState::Open,
            Self::Overdue { .. } => InvoiceState::Overdue,
            Self::Paid { .. } => InvoiceState::Paid,
            Self::Void { .. } => InvoiceState::Void,
        }
    }
}

impl Invoice {
    /// Whether it is to be paid.
    pub fn is_owed(&self) -> bool {
        matches!(self.state.name(), InvoiceState::Open | InvoiceState::Overdue)
    }

    /// Where it stands for its buyer: what was tried in vain is late, also while it is tried again.
    pub fn seen_as(&self) -> InvoiceState {
        if self.is_owed() && self.failing_since.is_some() { InvoiceState::Overdue } else { self.state.name() }
    }

    /// Whether the boleto or Pix that is open takes the place of one that is over.
    pub(crate) fn is_replaced(&self) -> bool {
        self.failure == Some(DeclineReason::Expired) && !self.attempt().is_some_and(|attempt| attempt.is_once)
    }

    /// When the calendar tries it next.
    pub fn next_try_at(&self) -> Option<Instant> {
        match self.state {
            State::Open { next_try_at, .. } => Some(next_try_at),
            State::Overdue { next_try_at, .. } => next_try_at,
            State::Paid { .. } | State::Void { .. } => None,
        }
    }

    /// The try that is under way.
    pub fn attempt(&self) -> Option<&ChargeAttempt> {
        match &self.state {
            State::Open { attempt, .. }
            | State::Overdue { attempt, .. }
            | State::Paid { attempt, .. }
            | State::Void { attempt } => attempt.as_ref(),
        }
    }

    /// The current try, when its outcome is unknown: the gateway decides, also on a boleto or Pix that was open until
    /// now, which nobody wants for once any more. The charge that the order came with is never asked about.
    fn doubt(&self) -> Option<ChargeAttempt> {
        let attempt = self.attempt().filter(|attempt| !attempt.is_of_checkout())?;
        let standing = AttemptStanding::Doubted { counts_as_failed: attempt.counts_as_failed() };
        Some(ChargeAttempt { standing, is_once: false, ..attempt.clone() })
    }

    fn with_attempt(mut self, new: Option<ChargeAttempt>) -> Self {
        match &mut self.state {
            State::Open { attempt, .. }
            | State::Overdue { attempt, .. }
            | State::Paid { attempt, .. }
            | State::Void { attempt } => *attempt = new,
        }
        self
    }

    /// What the try under way is made with is on file by now.
    pub(super) fn keep_to_way(self) -> Self {
        let attempt = self.attempt().map(|attempt| ChargeAttempt { is_once: false, ..attempt.clone() });
        self.with_attempt(attempt)
    }

    /// A try begins, with what is on file or with what was chosen for once; each has a key of its own.
    pub(super) fn begin(self, now: Instant, with: Instrument, is_once: bool) -> Result<Self, InvalidTransition> {
        let word = self.state.name();
        if !self.is_owed() || self.attempt().is_some() {
            return Err(InvalidTransition { from: word, to: word });
        }
        let (id, tries) = (self.id, self.tries + 1);
        let key = format!("{id}-{tries}");
        let standing = AttemptStanding::Doubted { counts_as_failed: false };
        let attempt = ChargeAttempt { key, at: now, with, is_once, standing };
        Ok(Self { tries, ..self }.with_attempt(Some(attempt)))
    }

    /// The try under way waits for the buyer. That of the checkout stays the checkout's, whatever is said of its time.
    pub(super) fn wait(self, until: Instant) -> Self {
        let Some(attempt) = self.attempt().filter(|attempt| !attempt.is_of_checkout()) else { return self };
        let standing = AttemptStanding::Waiting { until, counts_as_failed: attempt.counts_as_failed() };
        let attempt = ChargeAttempt { standing, ..attempt.clone() };
        self.with_attempt(Some(attempt))
    }

    /// Waits for the try until then, although it counts as failed already.
    pub(super) fn wait_as_failed(self, attempt: ChargeAttempt, until: Instant) -> Self {
        let standing = AttemptStanding::Waiting { until, counts_as_failed: true };
        self.with_attempt(Some(ChargeAttempt { standing, ..attempt }))
    }

    /// The try under way is not waited for any more, and asked about before anything else is tried.
    pub(super) fn question(self) -> Self {
        let attempt = self.doubt();
        self.with_attempt(attempt)
    }

    /// A try that counted as failed is over: when the next one comes was decided then.
    pub(super) fn end_failed_try(self, reason: DeclineReason) -> Self {
        Self { failure: Some(reason), ..self.forget() }
    }

    /// The try under way is not waited for any more.
    pub(super) fn forget(self) -> Self {
        self.with_attempt(None)
    }

    /// It is tried at once.
    pub(super) fn hurry(mut self, now: Instant) -> Self {
        match &mut self.state {
            State::Open { next_try_at, .. } => *next_try_at = now,
            State::Overdue { next_try_at, .. } => *next_try_at = Some(now),
            State::Paid { .. } | State::Void { .. } => {}
        }
        self
    }

    /// The try failed. `since` is from when on it counts as owed in vain.
    pub(super) fn fail(self, reason: DeclineReason, since: Instant, next: Next) -> Self {
        let failed = Self {
            failure: Some(reason),
            failing_since: self.failing_since.or(Some(since)),
            grace_until: None,
            ..self.forget()
        };
        match next {
            Next::Again { at, grace_until } => {
                Self { grace_until: Some(grace_until), state: State::Open { next_try_at: at, attempt: None }, ..failed }
            }
            Next::Suspended { next_try_at } => Self { state: State::Overdue { next_try_at, attempt: None }, ..failed },
            Next::End => Self { state: State::Void { attempt: None }, ..failed },
        }
    }

    /// The money is there. Also for what was not owed any more: it was taken all the same. A try whose outcome is not
    /// known is still asked about.
    pub(super) fn pay(self, now: Instant) -> Result<Self, InvalidTransition> {
        if self.state.name() == InvoiceState::Paid {
            return Err(InvalidTransition { from: InvoiceState::Paid, to: InvoiceState::Paid });
        }
        let attempt = self.doubt();
        Ok(Self { grace_until: None, state: State::Paid { at: now, attempt }, ..self })
    }

    /// It is not owed any more. A try whose outcome is not known is still asked about.
    pub(super) fn void(self) -> Result<Self, InvalidTransition> {
        if !self.is_owed() {
            return Err(InvalidTransition { from: self.state.name(), to: InvoiceState::Void });
        }
        let attempt = self.doubt();
        Ok(Self { grace_until: None, state: State::Void { attempt }, ..self })
    }
}
