//! Carries a change of plan that is paid first one step on. Runs as a job, one runner at a time, safe to run twice and
//! after a crash at any line.
//!
//! A charge that could not be made within an hour, or before its subscription was cancelled or paid back, is not made
//! any more.

use super::apply;
use super::job::Job;
use super::mail::Mail;
use super::quote::Quote;
use super::state::{InvalidTransition, Slip, State};
use super::store::{self, ChangeRow};
use super::subject::Subject;
use super::there::ChangeThere;
use crate::Portal;
use crate::connection;
use crate::db::{Error, Tx};
use crate::ledger;
use crate::outbox::{self, Outcome, Run};
use crate::ports::{
    ChargeInstruction, ChargeProgress, ChargeReport, Charges, GatewayError, RefundInstruction, RefundProgress,
    RefundReport, Refunds,
};
use ground::inquiry::{self, Doubt, Watch};
use std::time::Duration;
use types::place::BACK;
use types::place::buyer::Place;
use types::{DeclineReason, Instant, Money, ProducerId, QuoteId};

/// A charge that was not made by then is not made any more: nobody expects it an hour after they pressed.
const PATIENCE: Duration = Duration::from_secs(3600);

/// A change and its figures, at the gateway that takes its money.
struct ChangeAtGateway<'a> {
    portal: &'a Portal,
    row: ChangeRow,
    quote: Quote,
    charges: &'a dyn Charges,
    refunds: Option<&'a dyn Refunds>,
    run: Run<'a>,
}

/// Whether a call was written down.
enum Begun {
    Yes,
    /// The change is not where it was.
    Moved,
    /// Nothing may be taken any more.
    Over,
}

/// Takes the money of a change, asks about what is unclear, watches what waits for the buyer.
pub async fn advance(portal: &Portal, change: QuoteId, run: Run<'_>) -> Result<Outcome, Error> {
    let mut reader = portal.db.read().await?;
    let Some(row) = store::change(reader.conn(), change).await? else { return Ok(Outcome::Done) };
    let Some(quote) = store::quote_by_id(reader.conn(), change).await? else { return Ok(Outcome::Done) };
    let Some(subject) = Subject::of_order(reader.conn(), quote.order).await? else { return Ok(Outcome::Done) };
    drop(reader);
    if subject.is_reckoned_there(portal) {
        return ChangeThere { portal, row, quote, run }.advance(&subject).await;
    }
    let Some(gateway) = connection::gateway(portal, quote.producer, &subject.record.gateway).await? else {
        return Ok(Outcome::Again { after: None, reason: format!("no gateway {}", subject.record.gateway) });
    };
    let Some(charges) = gateway.charges() else {
        let reason = format!("the gateway {} takes nothing when it is asked", subject.record.gateway);
        return Ok(Outcome::Again { after: None, reason });
    };
    let state = State::try_from(&row)?;
    let refunds = gateway.refunds();
    let at_gateway = ChangeAtGateway { portal, row, quote, charges, refunds, run };
    match state {
        State::Asked | State::Reconciling { .. } => at_gateway.charge(&subject).await,
        State::Waiting { .. } => at_gateway.watch().await,
        State::Declined { .. } => at_gateway.look_back().await,
        State::Returning { reference, since } => at_gateway.pay_back(&subject, reference, since).await,
        _ => Ok(Outcome::Done),
    }
}

impl ChangeAtGateway<'_> {
    fn key(&self) -> String {
        self.quote.id.to_string()
    }

    fn asked_at(&self) -> Instant {
        Instant::from_micros(self.row.asked_at)
    }

    async fn charge(&self, subject: &Subject) -> Result<Outcome, Error> {
        // Asked before anything is sent again: an earlier call may have had its effect.
        if self.row.first_sent_at.is_some() {
            match self.charges.find_charge(&self.key()).await {
                Ok(Some(report)) => return self.take_report(report).await,
                Ok(None) => {}
                Err(error) => return Ok(self.again(&error)),
            }
        }
        // The gateway knows of no charge, and the buyer is long gone.
        if self.portal.now().since(self.asked_at()) >= PATIENCE {
            return self.give_up().await;
        }
        let instruction = self.instruction(subject).await?;
        match self.begin(&instruction).await? {
            Begun::Yes => {}
            Begun::Moved => return Ok(Outcome::At(self.portal.now())),
            Begun::Over => return self.give_up().await,
        }
        match self.charges.charge(&instruction).await {
            Ok(report) => self.take_report(report).await,
            // After a call whose outcome is not known, "no" may mean "done already": the next runs ask again before it
            // counts.
            Err(error @ GatewayError::Refused(_)) if self.row.first_sent_at.is_some() => Ok(self.again(&error)),
            Err(GatewayError::Refused(_)) => self.declined(DeclineReason::ProcessingError).await,
            Err(error @ GatewayError::Unavailable(_)) => {
                if self.row.first_sent_at.is_none() {
                    self.step(State::take_back).await?;
                }
                Ok(self.again(&error))
            }
            Err(error @ GatewayError::OutcomeUnknown(_)) => Ok(self.again(&error)),
        }
    }

    /// Written down before the gateway is called: not for a subscription that is over by now.
    async fn begin(&self, instruction: &ChargeInstruction) -> Result<Begun, Error> {
        let mut tx = self.portal.db.begin().await?;
        let Some((row, state)) = apply::lock(&mut tx, &self.quote).await? else { return Ok(Begun::Moved) };
        let subject = Subject::of_order(tx.conn(), self.quote.order).await?;
        if subject.is_none_or(|subject| subject.is_over()) {
            return Ok(Begun::Over);
        }
        let Ok(next) = state.begin_charging(self.portal.now()) else { return Ok(Begun::Moved) };
        store::write(&mut tx, &row, &next).await?;
        let last4 = instruction.card.as_ref().map(|card| card.last4.as_str());
        store::set_instrument(&mut tx, self.quote.id, instruction.method, last4).await?;
        self.portal.commit(tx).await?;
        Ok(Begun::Yes)
    }

    /// Declines the change: at once when no call was ever made, otherwise when a call that was made cannot arrive any
    /// more.
    async fn give_up(&self) -> Result<Outcome, Error> {
        let sent_at = self.row.first_sent_at.map(Instant::from_micros);
        if !self.believes_no(sent_at) {
            return Ok(self.again(&GatewayError::OutcomeUnknown("a call that was made may still arrive".to_owned())));
        }
        self.declined(DeclineReason::ProcessingError).await
    }

    async fn instruction(&self, subject: &Subject) -> Result<ChargeInstruction, Error> {
        let payment = &subject.record.payment;
        let page = Place::PlanChange { id: self.quote.subscription, change: self.quote.id };
        let mut reader = self.portal.db.read().await?;
        let on_file = ledger::method_of(reader.conn(), self.quote.order).await?;
        let card = match on_file {
            Some(method) => method.stored_card(reader.conn(), self.quote.order).await?,
            None => None,
        };
        let account =
            connection::account_of(reader.conn(), self.quote.producer, subject.record.gateway.as_str()).await?;
        drop(reader);
        Ok(ChargeInstruction {
            key: self.key(),
            account,
            amount: Money::new(self.quote.figures.due, self.quote.currency),
            method: payment.method,
            card,
            installments: self.row.installments,
            pay_until: None,
            email: subject.record.email.to_string(),
            payer: Some(subject.record.payer()),
            description: self.quote.plan.to_string(),
            return_url: self.portal.url(format!("{page}?{BACK}")),
        })
    }

    /// What the gateway says of the charge.
    async fn take_report(&self, report: ChargeReport) -> Result<Outcome, Error> {
        match report.state {
            ChargeProgress::Paid => self.paid(report.reference).await,
            ChargeProgress::Declined(reason) => self.declined(reason).await,
            ChargeProgress::ActionRequired { url } => self.wait(report.reference, url, None).await,
            ChargeProgress::Waiting { code, url, until } => {
                self.wait(report.reference, url, Some(Slip { code, until })).await
            }
        }
    }

    /// The buyer has something to do first.
    async fn wait(&self, reference: String, url: String, slip: Option<Slip>) -> Result<Outcome, Error> {
        self.step(|state| state.wait(reference, url, slip)).await?;
        Ok(Outcome::At(self.next_look(self.asked_at())))
    }

    async fn watch(&self) -> Result<Outcome, Error> {
        match self.charges.find_charge(&self.key()).await {
            Ok(Some(report)) => self.take_report(report).await,
            Ok(None) => {
                tracing::error!(change = %self.quote.id, "the gateway took this charge and does not know it any more");
                Ok(Outcome::At(self.next_look(self.asked_at())))
            }
            Err(error) => Ok(self.again(&error)),
        }
    }

    /// The gateway reports once more on a charge that was declined: only an arrived payment counts now.
    async fn look_back(&self) -> Result<Outcome, Error> {
        match self.charges.find_charge(&self.key()).await {
            Ok(Some(report)) if report.state == ChargeProgress::Paid => self.paid(report.reference).await,
            Ok(_) => Ok(Outcome::Done),
            Err(error) => Ok(self.again(&error)),
        }
    }

    fn next_look(&self, since: Instant) -> Instant {
        Watch::MONEY.next_look(self.portal.now(), since)
    }

    async fn paid(&self, reference: String) -> Result<Outcome, Error> {
        let mut tx = self.portal.db.begin().await?;
        if let Some((row, state)) = apply::lock(&mut tx, &self.quote).await? {
            apply::paid(self.portal, &mut tx, &self.quote, &row, state, reference).await?;
        }
        self.portal.commit(tx).await?;
        // Money that came too late for its subscription goes back by the next run.
        let row = store::change(self.portal.db.read().await?.conn(), self.quote.id).await?;
        let goes_back = row.is_some_and(|row| row.state == types::PlanChangeState::Returning.as_str());
        Ok(if goes_back { Outcome::At(self.portal.now()) } else { Outcome::Done })
    }

    async fn declined(&self, reason: DeclineReason) -> Result<Outcome, Error> {
        apply::decline(self.portal, &self.quote, reason).await?;
        Ok(Outcome::Done)
    }

    /// Asks about the refund, asks for it, and watches it until the money is back.
    async fn pay_back(&self, subject: &Subject, reference: String, since: Option<Instant>) -> Result<Outcome, Error> {
        let Some(refunds) = self.refunds else {
            return self.not_returned("the gateway pays nothing back when it is asked".to_owned()).await;
        };
        let instruction = self.refund(subject, reference).await?;
        let report = match refunds.find_refund(&instruction).await {
            Ok(Some(report)) => report,
            Ok(None) => match self.send_back(refunds, &instruction).await? {
                Ok(report) => report,
                // After a call whose outcome is not known, "no" may mean "done already".
                Err(GatewayError::Refused(reason)) if self.believes_no(since) => {
                    return self.not_returned(reason.to_string()).await;
                }
                Err(error) => return Ok(self.again(&error)),
            },
            Err(error) => return Ok(self.again(&error)),
        };
        match report.state {
            RefundProgress::Succeeded => self.returned(&report.reference).await,
            RefundProgress::Failed { reason } => self.not_returned(reason).await,
            RefundProgress::Pending | RefundProgress::WaitsForBuyer { .. } => {
                Ok(Outcome::At(self.next_look(since.unwrap_or(self.portal.now()))))
            }
        }
    }

    async fn refund(&self, subject: &Subject, reference: String) -> Result<RefundInstruction, Error> {
        let (producer, gateway) = (self.quote.producer, &subject.record.gateway);
        let account = connection::account_of(self.portal.db.read().await?.conn(), producer, gateway.as_str()).await?;
        let amount = Money::new(self.quote.figures.due, self.quote.currency);
        Ok(RefundInstruction {
            key: self.key(),
            account,
            charge_reference: reference,
            charge_total: amount,
            method: apply::method_of(&self.row, subject)?,
            card_last4: self.row.card_last4.clone(),
            amount,
            payee: None,
        })
    }

    async fn send_back(
        &self,
        refunds: &dyn Refunds,
        instruction: &RefundInstruction,
    ) -> Result<Result<RefundReport, GatewayError>, Error> {
        if !self.step(|state| state.begin_returning(self.portal.now())).await? {
            return Ok(Err(GatewayError::Unavailable("the change has moved on".to_owned())));
        }
        Ok(refunds.refund(instruction).await)
    }

    /// Whether no call that was begun then may still turn out to have had its effect.
    fn believes_no(&self, begun_at: Option<Instant>) -> bool {
        Doubt::EFFECT.is_over(self.portal.now(), begun_at)
    }

    async fn returned(&self, refund: &str) -> Result<Outcome, Error> {
        let mut tx = self.portal.db.begin().await?;
        if let Some((row, state)) = apply::lock(&mut tx, &self.quote).await?
            && let Ok(returned) = state.gave_back(self.portal.now())
        {
            tracing::info!(change = %self.quote.id, refund, "the money of a change of plan is back");
            apply::returned(self.portal, &mut tx, &self.quote, &row, &returned).await?;
        }
        self.portal.commit(tx).await?;
        Ok(Outcome::Done)
    }

    /// The gateway will not pay it back: the producer is told, once, and does.
    async fn not_returned(&self, reason: String) -> Result<Outcome, Error> {
        let mut tx = self.portal.db.begin().await?;
        if let Some((row, state)) = apply::lock(&mut tx, &self.quote).await?
            && let Ok(kept) = state.keep(reason, self.portal.now())
        {
            store::write(&mut tx, &row, &kept).await?;
            apply::record(self.portal, &mut tx, &self.quote, &kept).await?;
            outbox::put(self.portal, &mut tx, Mail::ProducerReturn { change: self.quote.id }).await?;
        }
        self.portal.commit(tx).await?;
        Ok(Outcome::Done)
    }

    /// Writes a step that nobody else needs to hear of; false when the change is not where the step begins any more.
    async fn step(&self, step: impl FnOnce(State) -> Result<State, InvalidTransition>) -> Result<bool, Error> {
        let mut tx = self.portal.db.begin().await?;
        let Some((row, state)) = apply::lock(&mut tx, &self.quote).await? else { return Ok(false) };
        let Ok(next) = step(state) else { return Ok(false) };
        store::write(&mut tx, &row, &next).await?;
        self.portal.commit(tx).await?;
        Ok(true)
    }

    /// Money may have moved until we know that it did not.
    fn again(&self, error: &GatewayError) -> Outcome {
        inquiry::again(self.portal.now(), self.run, error)
    }
}

/// Something happened to the charge of this change: it is looked at again at once. Whether there is such a change.
pub(crate) async fn look_at_change(portal: &Portal, tx: &mut Tx, change: QuoteId) -> Result<bool, Error> {
    if store::change(tx.conn(), change).await?.is_none() {
        return Ok(false);
    }
    outbox::put_afresh(portal, tx, Job::Advance { change }).await?;
    Ok(true)
}

/// Who reports something: a gateway by the name that orders have for it, and whose account there it came by, where a
/// producer connected one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reporter<'a> {
    /// The name.
    pub gateway: &'a str,
    /// Whose account.
    pub producer: Option<ProducerId>,
}

/// Takes a gateway's report about a charge. Returns whether the charge is one of a change of plan: then the change is
/// looked at again at once.
pub async fn take_report(portal: &Portal, tx: &mut Tx, by: Reporter<'_>, reference: &str) -> Result<bool, Error> {
    let Some(change) = store::by_charge(tx.conn(), by, reference).await? else { return Ok(false) };
    outbox::put_afresh(portal, tx, Job::Advance { change }).await?;
    Ok(true)
}
