//! Money in: instructions through the port, and what people do on the hosted pages.

use super::card::Behaviour;
use super::payment::{self, Event, NewPayment, Payment, State};
use super::payment_store::By;
use super::state::Stand;
use super::store::Books;
use super::webhook::Happened;
use super::{Failure, Sandbox, code};
use portal::db::Error;
use portal::ports::{ChargeInstruction, ChargeReport, StoredCard};
use serde_json::json;
use types::{Instant, Method};

impl Sandbox {
    /// Two first calls with one key at the same moment are one charge: the later one gets the answer of the earlier.
    pub(super) async fn take_charge(&self, instruction: &ChargeInstruction) -> Result<ChargeReport, Failure> {
        match self.try_charge(instruction).await {
            Err(Failure::Books(error)) if super::store::is_taken(&error) => self.try_charge(instruction).await,
            outcome => outcome,
        }
    }

    async fn try_charge(&self, instruction: &ChargeInstruction) -> Result<ChargeReport, Failure> {
        let now = self.clock.now();
        let mut books = self.books().await?;
        let known = books.payment(By::Key(&instruction.key)).await?;
        if let Some(known) = &known {
            known.answers(instruction)?;
            if let Some(report) = known.report() {
                return Ok(report);
            }
        }
        let behaviour = behaviour(&mut books, &instruction.account, instruction.card.as_ref(), now).await?;
        let since = known.as_ref().map_or(now, |known| known.created_at);
        let stand = payment::outage(behaviour, &instruction.key, since, now);
        // A call that is lost before it arrives is not the next one.
        let fails = stand != Stand::BreaksBefore && instruction.method == Method::Card && books.take_failure().await?;
        let mut payment = self.new_payment(instruction, behaviour, fails, now)?;
        if stand == Stand::BreaksBefore {
            payment.state = State::Unheard;
        }
        match known {
            Some(_) => books.write_payment(&payment.reference, &payment.state, now).await?,
            None => books.insert_payment(&payment).await?,
        }
        insert_webhook(&mut books, &payment, now).await?;
        self.close_and_ring(books).await?;
        match (stand, payment.report()) {
            (Stand::Works, Some(report)) => Ok(report),
            _ => Err(Failure::Lost),
        }
    }

    fn new_payment(
        &self,
        instruction: &ChargeInstruction,
        behaviour: Option<Behaviour>,
        fails: bool,
        now: Instant,
    ) -> Result<Payment, Failure> {
        let page = self.unguessable("payment", &instruction.key);
        let code = match instruction.method {
            Method::Pix => code::pix(&page, instruction.amount),
            _ => code::boleto(&page, instruction.amount),
        };
        Ok(NewPayment { instruction, page, behaviour, fails, code, now }.begin()?)
    }

    pub(super) async fn look_for_charge(&self, key: &str) -> Result<Option<ChargeReport>, Failure> {
        let mut books = self.books().await?;
        let payment = books.payment(By::Key(key)).await?;
        books.close().await?;
        Ok(payment.and_then(|payment| payment.report()))
    }

    /// What somebody does on the page of a payment. None when there is no such payment.
    pub(super) async fn happen(&self, by: By<'_>, event: Event) -> Result<Option<Result<Payment, Payment>>, Error> {
        let mut books = self.books().await?;
        let Some(payment) = books.payment(by).await? else { return Ok(None) };
        self.step(books, payment, event).await.map(Some)
    }

    /// Takes a payment, which the open books hold, one step further; or says that it stays where it is.
    async fn step(&self, mut books: Books, payment: Payment, event: Event) -> Result<Result<Payment, Payment>, Error> {
        let now = self.clock.now();
        let card = payment.card_last4.as_ref().map(|last4| StoredCard {
            token: payment.card_token.clone(),
            last4: last4.clone(),
            paid: None,
        });
        let behaviour = behaviour(&mut books, &payment.account, card.as_ref(), now).await?.unwrap_or(Behaviour::Works);
        let Ok(state) = payment.after(event, behaviour, now) else { return Ok(Err(payment)) };
        books.write_payment(&payment.reference, &state, now).await?;
        let payment = Payment { state, ..payment };
        insert_webhook(&mut books, &payment, now).await?;
        self.close_and_ring(books).await?;
        Ok(Ok(payment))
    }

    /// Lets time do what is due by `now`; to how many payments.
    pub(super) async fn let_time_pass(&self, now: Instant) -> Result<usize, Error> {
        let mut count = 0;
        loop {
            let mut books = self.books().await?;
            let due = books.due_payments(now).await?;
            books.close().await?;
            let before = count;
            for reference in &due {
                count += usize::from(self.let_time_do(reference, now).await?);
            }
            if count == before {
                return Ok(count);
            }
        }
    }

    /// Whether time did something to a payment. What it does is decided while the payment is locked: somebody may
    /// have changed it since it was found to be due.
    pub(super) async fn let_time_do(&self, reference: &str, now: Instant) -> Result<bool, Error> {
        let mut books = self.books().await?;
        let Some(payment) = books.payment(By::Reference(reference)).await? else { return Ok(false) };
        let Some(event) = payment.due(now) else { return Ok(false) };
        Ok(self.step(books, payment, event).await?.is_ok())
    }
}

/// What a card will do; none where there is no such card.
async fn behaviour(
    books: &mut Books,
    account: &str,
    card: Option<&StoredCard>,
    now: Instant,
) -> Result<Option<Behaviour>, Error> {
    Ok(match card {
        None => None,
        Some(StoredCard { token: None, last4, .. }) => Some(Behaviour::of_last4(last4)),
        Some(StoredCard { token: Some(token), .. }) => {
            books.card(account, token).await?.map(|kept| kept.behaviour_at(now))
        }
    })
}

/// Writes the webhook about where a payment stands now, if it is news to the product.
async fn insert_webhook(books: &mut Books, payment: &Payment, now: Instant) -> Result<(), Error> {
    let (kind, reason) = match &payment.state {
        State::Unheard | State::Confirming { .. } | State::Waiting { .. } => return Ok(()),
        State::Paid { .. } => ("charge.paid", None),
        State::Declined(reason) => ("charge.declined", Some(reason)),
        State::Disputed => ("charge.disputed", None),
    };
    let about = json!({ "reference": payment.reference, "key": payment.key, "reason": reason });
    let happened = Happened { kind, account: payment.account.clone(), about };
    books.insert_webhook(&happened.webhook(&payment.reference, now)).await
}
