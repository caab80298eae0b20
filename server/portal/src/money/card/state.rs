//! The states of a card update, what exists in each, and how it moves on.

use crate::billing::Invoice;
use crate::ports::{CardPage, SavedCard};
use types::{DeclineReason, Instant, InvoiceId, Money};

/// Where a card update stands, with what exists there.
#[derive(Clone, PartialEq, Debug)]
pub enum State {
    /// Written down; the gateway may not know of it.
    Begun,
    /// The gateway's page waits for a card.
    Open(CardPage),
    /// The card is on file.
    Saved {
        /// The card.
        card: SavedCard,
        /// What was owed when it was saved, and what became of it.
        owed: Option<Owed>,
        /// When.
        at: Instant,
    },
    /// Over without a card.
    Closed {
        /// When.
        at: Instant,
    },
}

/// What was owed when a card was saved.
#[derive(Clone, PartialEq, Debug)]
pub struct Owed {
    /// Its invoice.
    pub invoice: InvoiceId,
    /// How much.
    pub amount: Money,
    /// How often the invoice had been tried by then: the card update makes the next try, and no other.
    pub tries: i64,
    /// What became of it; none until it was tried.
    pub outcome: Option<ChargeOutcome>,
}

/// What became of what was owed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ChargeOutcome {
    /// Paid, since the card was saved.
    Paid,
    /// Paid by what was tried before.
    PaidBefore,
    /// The bank refused it.
    Declined(DeclineReason),
    /// The bank wants the buyer to confirm, there.
    Action(String),
    /// Not known so far.
    Unknown,
    /// Not owed any more.
    Void,
}

/// The card update cannot take this step from its current state.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a card update does not go on like that")]
pub struct InvalidTransition;

impl State {
    /// The gateway has opened its page.
    pub fn open(self, page: CardPage) -> Result<Self, InvalidTransition> {
        if self == Self::Begun { Ok(Self::Open(page)) } else { Err(InvalidTransition) }
    }

    /// The gateway keeps a card.
    pub fn save(self, card: SavedCard, owed: Option<Owed>, at: Instant) -> Result<Self, InvalidTransition> {
        if matches!(self, Self::Open(_)) { Ok(Self::Saved { card, owed, at }) } else { Err(InvalidTransition) }
    }

    /// What was owed was tried. An outcome that is certain stays.
    pub fn tried(self, outcome: ChargeOutcome) -> Result<Self, InvalidTransition> {
        match self {
            Self::Saved { card, owed: Some(owed), at } if !owed.is_settled() => {
                Ok(Self::Saved { card, owed: Some(Owed { outcome: Some(outcome), ..owed }), at })
            }
            _ => Err(InvalidTransition),
        }
    }

    /// The card update is over without a card.
    pub fn close(self, at: Instant) -> Result<Self, InvalidTransition> {
        if matches!(self, Self::Begun | Self::Open(_)) { Ok(Self::Closed { at }) } else { Err(InvalidTransition) }
    }
}

impl Owed {
    /// What an invoice owes that was not tried since.
    pub fn of(invoice: &Invoice) -> Self {
        Self { invoice: invoice.id, amount: invoice.amount, tries: invoice.tries, outcome: None }
    }

    /// Whether what became of it is certain.
    pub fn is_settled(&self) -> bool {
        matches!(
            self.outcome,
            Some(ChargeOutcome::Paid | ChargeOutcome::PaidBefore | ChargeOutcome::Declined(_) | ChargeOutcome::Void)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::Currency;

    const NOW: Instant = Instant::from_seconds(1);

    fn open() -> State {
        State::Begun.open(CardPage { reference: "r".into(), url: "/u".into() }).unwrap()
    }

    fn card() -> SavedCard {
        SavedCard { token: "t".into(), brand: "visa".into(), last4: "4242".into(), exp_month: 8, exp_year: 2031 }
    }

    #[test]
    fn a_card_is_kept_once_and_only_from_an_open_page() {
        let saved = open().save(card(), None, NOW).unwrap();
        assert!(State::Begun.save(card(), None, NOW).is_err());
        assert!(saved.clone().save(card(), None, NOW).is_err() && saved.clone().close(NOW).is_err());
        assert!(saved.tried(ChargeOutcome::Paid).is_err(), "nothing was owed");
        assert!(open().close(NOW).unwrap().save(card(), None, NOW).is_err());
    }

    #[test]
    fn what_is_certain_of_a_charge_stays() {
        let (invoice, amount) = (InvoiceId(uuid::Uuid::nil()), Money::new(4_990, Currency::BRL));
        let owed = Owed { invoice, amount, tries: 1, outcome: None };
        let saved = open().save(card(), Some(owed), NOW).unwrap();
        let asked = saved.tried(ChargeOutcome::Action("/x".into())).unwrap().tried(ChargeOutcome::Unknown).unwrap();
        let paid = asked.clone().tried(ChargeOutcome::Paid).unwrap();
        for end in [paid, asked.tried(ChargeOutcome::Void).unwrap()] {
            assert!(end.tried(ChargeOutcome::Declined(DeclineReason::Generic)).is_err());
        }
    }
}
