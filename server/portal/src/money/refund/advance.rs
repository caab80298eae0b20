//! Carries a refund one step on. Runs as a job, one runner at a time, safe to run twice and after a crash at any line.
//!
//! The parts of a refund are sent one after the other, each under its own id as idempotency key: the job records that a
//! call begins, makes the call, and records its outcome. When an outcome is unclear, the gateway is asked about it
//! before anything is sent again, and before the next part is sent.

use super::case::{CasePart, RefundCase};
use super::mail::{Mail, RefundMoment};
use super::part::{InvalidStep, PartState};
use super::payee;
use super::settle;
use super::state::State;
use super::store;
use super::watch::{look_back, watch, watched_from_now};
use crate::Portal;
use crate::connection;
use crate::db::{Error, Tx};
use crate::outbox::{self, Outcome, Run};
use crate::ports::{Gateway, GatewayError, GatewayRefusal, NamedGateway, RefundInstruction, Refunds};
use ground::inquiry::{self, Doubt};
use std::time::Duration;
use types::{ChargeStatus, Money, RefundId, RefundPartId};

/// How many days after the producer was told to pay by hand they are told again, while nobody reports it done.
const REMINDED_AFTER: [u64; 2] = [3, 7];

/// Sends what is approved, asks about what is unclear, watches what is on its way.
pub async fn advance(portal: &Portal, refund: RefundId, run: Run<'_>) -> Result<Outcome, Error> {
    let Some(mut case) = read(portal, refund).await? else { return Ok(Outcome::Done) };
    if let Some(ended_at) = case.rests_since() {
        return look_back(portal, &case, ended_at, run).await;
    }
    if !matches!(case.state, State::Approved | State::Reconciling | State::Sent { .. } | State::Failed { .. }) {
        return Ok(Outcome::Done);
    }
    if case.parts.iter().any(|part| is_out_of_reach(portal, part)) {
        hand_over(portal, refund).await?;
        let Some(now) = read(portal, refund).await? else { return Ok(Outcome::Done) };
        case = now;
    }
    let mut has_called = false;
    for part in case.parts.iter().filter(|part| is_to_be_sent(&case, part)) {
        let gateway = connection::gateway(portal, case.producer(), &part.gateway).await?;
        // Out of use since a call whose outcome is not known: it is asked about when it is used again.
        let Some(refunds) = gateway.as_deref().and_then(Gateway::refunds) else {
            return Ok(Outcome::At(inquiry::seldom(portal.now())));
        };
        let at_gateway = PartAtGateway { portal, case: &case, part, refunds, run };
        if let Some(outcome) = at_gateway.carry().await? {
            return Ok(outcome);
        }
        has_called = true;
    }
    match has_called {
        true => watched_from_now(portal, refund).await,
        false => watch(portal, &case, run).await,
    }
}

pub(super) async fn read(portal: &Portal, refund: RefundId) -> Result<Option<RefundCase>, Error> {
    RefundCase::read(portal.db.read().await?.conn(), refund).await
}

fn is_to_be_sent(case: &RefundCase, part: &CasePart) -> bool {
    match part.state {
        PartState::Waiting => !(case.waits_for_payee() && part.is_slip()),
        PartState::Reconciling { .. } => true,
        _ => false,
    }
}

/// A part at its gateway.
struct PartAtGateway<'a> {
    portal: &'a Portal,
    case: &'a RefundCase,
    part: &'a CasePart,
    refunds: &'a dyn Refunds,
    run: Run<'a>,
}

impl PartAtGateway<'_> {
    /// Brings the part to an outcome. None when the next one may follow; else when to come again.
    async fn carry(&self) -> Result<Option<Outcome>, Error> {
        // Asked before anything is sent again: an earlier call may have had its effect.
        if let PartState::Reconciling { .. } = self.part.state {
            match self.refunds.find_refund(&instruction(self.portal, self.case, self.part).await?).await {
                Ok(Some(report)) => {
                    settle::took(self.portal, self.case.id(), self.part.id(), &report).await?;
                    return Ok(None);
                }
                Ok(None) => {}
                Err(error) => return Ok(Some(self.again(&error))),
            }
        }
        self.send().await
    }

    async fn send(&self) -> Result<Option<Outcome>, Error> {
        let (portal, refund, part) = (self.portal, self.case.id(), self.part.id());
        let instruction = instruction(portal, self.case, self.part).await?;
        if !self.step(|state| state.begin(portal.now())).await? {
            return Ok(Some(Outcome::At(portal.now())));
        }
        match self.refunds.refund(&instruction).await {
            Ok(report) => settle::took(portal, refund, part, &report).await?,
            Err(GatewayError::Refused(GatewayRefusal::NeedsPayee)) => self.ask_for_payee().await?,
            // After a call whose outcome is not known, "no" may mean "done already": the next runs ask again before it
            // counts.
            Err(error @ GatewayError::Refused(_)) if !self.believes_no() => {
                return Ok(Some(self.again(&error)));
            }
            // Whoever paid it back: the buyer has it.
            Err(GatewayError::Refused(GatewayRefusal::AlreadyRefunded)) => {
                settle::settled(portal, refund, part).await?
            }
            Err(GatewayError::Refused(refusal)) => {
                settle::failed(portal, refund, part, &refusal.to_string()).await?;
            }
            Err(error @ GatewayError::Unavailable(_)) => {
                if self.part.state == PartState::Waiting {
                    self.step(PartState::take_back).await?;
                }
                return Ok(Some(self.again(&error)));
            }
            Err(error @ GatewayError::OutcomeUnknown(_)) => return Ok(Some(self.again(&error))),
        }
        Ok(None)
    }

    /// Writes a step that nobody else needs to hear of; false when the part is not where the step begins any more.
    async fn step(&self, step: impl FnOnce(PartState) -> Result<PartState, InvalidStep>) -> Result<bool, Error> {
        let mut tx = self.portal.db.begin().await?;
        let is_written = self.write(&mut tx, step).await?;
        self.portal.commit(tx).await?;
        Ok(is_written)
    }

    async fn write(
        &self,
        tx: &mut Tx,
        step: impl FnOnce(PartState) -> Result<PartState, InvalidStep>,
    ) -> Result<bool, Error> {
        let Some(mut case) = RefundCase::lock(tx, self.case.id()).await? else { return Ok(false) };
        // Withdrawn meanwhile, the part is released; what waits for a word is not sent.
        if !case.move_part(tx, self.part.id(), step).await? {
            return Ok(false);
        }
        let next = case.state.clone().of_parts(&case.states(), self.portal.now());
        store::write(tx, &case.row, &next, false).await?;
        Ok(true)
    }

    /// The gateway does not know where the money of a boleto is to go: the buyer is asked, and the part waits.
    async fn ask_for_payee(&self) -> Result<(), Error> {
        let (portal, refund) = (self.portal, self.case.id());
        let mut tx = portal.db.begin().await?;
        if self.write(&mut tx, PartState::take_back).await? && store::ask_payee(&mut tx, refund, portal.now()).await? {
            outbox::put(portal, &mut tx, Mail::Buyer { refund, moment: RefundMoment::PayeeNeeded }).await?;
        }
        portal.commit(tx).await
    }

    /// Whether no earlier call may still turn out to have had its effect.
    fn believes_no(&self) -> bool {
        let begun_at = match self.part.state {
            PartState::Reconciling { since } => Some(since),
            _ => None,
        };
        Doubt::EFFECT.is_over(self.portal.now(), begun_at)
    }

    /// Money is owed until it is known to be back.
    fn again(&self, error: &GatewayError) -> Outcome {
        inquiry::again(self.portal.now(), self.run, error)
    }
}

/// What a gateway is asked to do for a part, or was asked to do before.
pub(super) async fn instruction(
    portal: &Portal,
    case: &RefundCase,
    part: &CasePart,
) -> Result<RefundInstruction, Error> {
    let (row, currency) = (&part.row, case.currency);
    let method = row.method.parse().map_err(|error| Error::inconsistent("charges", &row.charge_reference, error))?;
    let account = connection::account_of(portal.db.read().await?.conn(), case.producer(), &row.gateway).await?;
    Ok(RefundInstruction {
        key: part.id().to_string(),
        account,
        charge_reference: row.charge_reference.clone(),
        charge_total: Money::new(row.charge_amount, currency),
        method,
        card_last4: row.card_last4.clone(),
        amount: Money::new(row.amount, currency),
        payee: payee::open(portal, &case.row)?.filter(|_| part.is_slip()),
    })
}

fn is_out_of_reach(portal: &Portal, part: &CasePart) -> bool {
    part.state == PartState::Waiting && is_by_hand(portal, &part.gateway)
}

/// Whether what was taken by this gateway is paid back by the producer: it cannot be reached from here, or pays nothing
/// back when it is asked.
pub(crate) fn is_by_hand(portal: &Portal, gateway: &NamedGateway) -> bool {
    !portal.ports.gateways.abilities(gateway).refunds
}

/// Some gateway cannot be reached from here, or pays nothing back when it is asked: the producer is told, once, what to
/// pay back there; the source will report when it is done. What went back meanwhile, or is with the bank, nobody is
/// told to pay.
async fn hand_over(portal: &Portal, refund: RefundId) -> Result<(), Error> {
    let (mut tx, now) = (portal.db.begin().await?, portal.now());
    let Some(mut case) = RefundCase::lock(&mut tx, refund).await? else { return Ok(()) };
    let parts: Vec<(RefundPartId, String)> = case
        .parts
        .iter()
        .filter(|part| is_out_of_reach(portal, part))
        .map(|part| (part.id(), part.row.charge_status.clone()))
        .collect();
    for (part, status) in parts {
        let (paid, refunded) = (ChargeStatus::Paid.as_str(), ChargeStatus::Refunded.as_str());
        let step = |state: PartState| match status {
            _ if status == paid => state.hand_over(now),
            _ if status == refunded => state.settle(now),
            _ => state.fail(format!("the charge is {status}"), now),
        };
        case.move_part(&mut tx, part, step).await?;
    }
    if case.parts.iter().any(|part| matches!(part.state, PartState::ByHand { .. })) {
        outbox::put(portal, &mut tx, Mail::ProducerByHand { refund }).await?;
        for days in REMINDED_AFTER {
            let due = now.plus(Duration::from_secs(days * 86_400));
            outbox::put_at(portal, &mut tx, Mail::ProducerNotDone { refund, days }, due).await?;
        }
    }
    settle::follow(portal, &mut tx, case).await?;
    portal.commit(tx).await
}
