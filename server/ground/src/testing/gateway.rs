//! A gateway that keeps what was paid and what went back.

use super::lock;
use crate::ports::{
    Abilities, CardInstruction, CardPage, CardProgress, Cards, ChargeInstruction, ChargeProgress, ChargeReport,
    Charges, ConnectedAccount, Gateway, GatewayError, GatewayRefusal, Gateways, NamedGateway, RefundInstruction,
    RefundProgress, RefundReport, Refunds, UnreadableSecrets,
};
use futures::future::BoxFuture;
use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use types::{ConnectionBills, Method};

/// What the test gateway does with the next call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GatewayFault {
    /// Does nothing and says so.
    Unavailable,
    /// Does nothing, and nobody knows.
    LostBefore,
    /// Does its work, and nobody knows.
    LostAfter,
    /// Does its work and never answers: whoever called is cut off.
    Hangs,
    /// Says no.
    Refuses,
    /// Says that everything went back before.
    AlreadyRefunded,
}

/// A gateway that keeps its refunds by key.
#[derive(Default)]
pub struct TestGateway {
    refunds: Mutex<BTreeMap<String, (RefundInstruction, RefundProgress)>>,
    faults: Mutex<VecDeque<GatewayFault>>,
    calls: AtomicU64,
    charges: Mutex<BTreeMap<String, (ChargeInstruction, ChargeProgress)>>,
    charge_faults: Mutex<VecDeque<GatewayFault>>,
    next_charges: Mutex<VecDeque<ChargeProgress>>,
    payers: Mutex<BTreeMap<String, Payer>>,
    cards: Mutex<BTreeMap<String, CardProgress>>,
    needs_payee: AtomicBool,
    opened: Mutex<Vec<String>>,
    says_so: AtomicBool,
}

/// What awaits the next charges of one payer, and the keys of those that had their effect, oldest first.
#[derive(Default)]
struct Payer {
    outcomes: VecDeque<ChargeProgress>,
    faults: VecDeque<GatewayFault>,
    keys: Vec<String>,
}

impl TestGateway {
    /// The secrets of connections that it was reached with, each as often as that was.
    pub fn opened(&self) -> Vec<String> {
        lock(&self.opened).clone()
    }

    /// The next new charges of this payer end like this, one by one, before anything that is said for all.
    pub fn next_charges_of(&self, email: &str, outcomes: &[ChargeProgress]) {
        self.of_payer(email, |payer| payer.outcomes.extend(outcomes.iter().cloned()));
    }

    /// The next calls of `charge` for this payer meet these faults, one by one.
    pub fn fail_next_charges_of(&self, email: &str, faults: &[GatewayFault]) {
        self.of_payer(email, |payer| payer.faults.extend(faults));
    }

    /// Nothing awaits this payer's charges any more: they are paid.
    pub fn be_kind_to(&self, email: &str) {
        self.of_payer(email, |payer| {
            payer.outcomes.clear();
            payer.faults.clear();
        });
    }

    /// This payer's charges that had their effect, oldest first.
    pub fn charges_of(&self, email: &str) -> Vec<(ChargeInstruction, ChargeProgress)> {
        let keys = self.of_payer(email, |payer| payer.keys.clone());
        let charges = lock(&self.charges);
        keys.iter().filter_map(|key| charges.get(key).cloned()).collect()
    }

    fn of_payer<T>(&self, email: &str, change: impl FnOnce(&mut Payer) -> T) -> T {
        change(lock(&self.payers).entry(email.to_owned()).or_default())
    }

    fn charge_fault(&self, email: &str) -> Option<GatewayFault> {
        self.of_payer(email, |payer| payer.faults.pop_front()).or_else(|| lock(&self.charge_faults).pop_front())
    }

    fn new_charge(&self, instruction: &ChargeInstruction) -> ChargeProgress {
        let of_payer = self.of_payer(&instruction.email, |payer| {
            payer.keys.push(instruction.key.clone());
            payer.outcomes.pop_front()
        });
        of_payer.or_else(|| lock(&self.next_charges).pop_front()).unwrap_or(ChargeProgress::Paid)
    }

    /// The refunds of this charge that had their effect, with where they stand.
    pub fn refunds_of(&self, charge: &str) -> Vec<(RefundInstruction, RefundProgress)> {
        lock(&self.refunds)
            .values()
            .filter(|(instruction, _)| instruction.charge_reference == charge)
            .cloned()
            .collect()
    }

    /// The refund with this key is now at this point.
    pub fn refund_progress(&self, key: &str, progress: RefundProgress) {
        if let Some(entry) = lock(&self.refunds).get_mut(key) {
            entry.1 = progress;
        }
    }

    /// The next calls of `charge` meet these faults, one by one.
    pub fn fail_next_charges(&self, faults: &[GatewayFault]) {
        lock(&self.charge_faults).extend(faults);
    }

    /// The next new charges end like this, one by one; those after them are paid.
    pub fn next_charges(&self, outcomes: &[ChargeProgress]) {
        lock(&self.next_charges).extend(outcomes.iter().cloned());
    }

    /// Charges that had their effect, with how they ended.
    pub fn charges(&self) -> Vec<(ChargeInstruction, ChargeProgress)> {
        lock(&self.charges).values().cloned().collect()
    }

    /// The charge with this key is now at this point.
    pub fn charge_progress(&self, key: &str, progress: ChargeProgress) {
        if let Some(entry) = lock(&self.charges).get_mut(key) {
            entry.1 = progress;
        }
    }

    /// The card update with this reference ends like this.
    pub fn end_card(&self, reference: &str, progress: CardProgress) {
        lock(&self.cards).insert(reference.to_owned(), progress);
    }

    fn take_charge(&self, instruction: &ChargeInstruction) -> ChargeReport {
        let mut charges = lock(&self.charges);
        let entry = charges
            .entry(instruction.key.clone())
            .or_insert_with(|| (instruction.clone(), self.new_charge(instruction)));
        ChargeReport { reference: format!("test-charge-{}", instruction.key), state: entry.1.clone() }
    }

    /// The next calls of `refund` meet these faults, one by one.
    pub fn fail_next(&self, faults: &[GatewayFault]) {
        lock(&self.faults).extend(faults);
    }

    /// Refunds that had their effect.
    pub fn refunds(&self) -> Vec<RefundInstruction> {
        lock(&self.refunds).values().map(|(instruction, _)| instruction.clone()).collect()
    }

    /// How often `refund` was called.
    pub fn calls(&self) -> u64 {
        self.calls.load(Ordering::SeqCst)
    }

    /// From now on a boleto goes back only to an account. Whether it says so before it is asked is `says_so`.
    pub fn need_payee(&self, says_so: bool) {
        self.needs_payee.store(true, Ordering::SeqCst);
        self.says_so.store(says_so, Ordering::SeqCst);
    }

    /// The refund of this charge is now at this point.
    pub fn progress_of(&self, charge_reference: &str, progress: &RefundProgress) {
        for entry in lock(&self.refunds).values_mut().filter(|entry| entry.0.charge_reference == charge_reference) {
            entry.1 = progress.clone();
        }
    }

    /// Every refund is now at this point.
    pub fn progress(&self, progress: &RefundProgress) {
        for entry in lock(&self.refunds).values_mut() {
            entry.1 = progress.clone();
        }
    }

    fn take(&self, instruction: &RefundInstruction) -> RefundReport {
        let mut refunds = lock(&self.refunds);
        let entry =
            refunds.entry(instruction.key.clone()).or_insert_with(|| (instruction.clone(), RefundProgress::Pending));
        RefundReport { reference: format!("test-{}", instruction.key), state: entry.1.clone() }
    }
}

impl Gateway for TestGateway {
    fn refunds(&self) -> Option<&dyn Refunds> {
        Some(self)
    }

    fn charges(&self) -> Option<&dyn Charges> {
        Some(self)
    }

    fn cards(&self) -> Option<&dyn Cards> {
        Some(self)
    }
}

impl Refunds for TestGateway {
    fn refund<'a>(&'a self, instruction: &'a RefundInstruction) -> BoxFuture<'a, Result<RefundReport, GatewayError>> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        let fault = lock(&self.faults).pop_front();
        let is_stuck = self.needs_payee.load(Ordering::SeqCst)
            && instruction.method == Method::Boleto
            && instruction.payee.is_none();
        let answer = match fault {
            None if is_stuck => Err(GatewayError::Refused(GatewayRefusal::NeedsPayee)),
            None => Ok(self.take(instruction)),
            Some(GatewayFault::Unavailable) => Err(GatewayError::Unavailable("test".to_owned())),
            Some(GatewayFault::LostBefore) => Err(GatewayError::OutcomeUnknown("test".to_owned())),
            Some(GatewayFault::LostAfter) => {
                self.take(instruction);
                Err(GatewayError::OutcomeUnknown("test".to_owned()))
            }
            Some(GatewayFault::Hangs) => {
                self.take(instruction);
                return Box::pin(std::future::pending());
            }
            Some(GatewayFault::Refuses) => Err(GatewayError::Refused(GatewayRefusal::Other("test says no".to_owned()))),
            Some(GatewayFault::AlreadyRefunded) => Err(GatewayError::Refused(GatewayRefusal::AlreadyRefunded)),
        };
        Box::pin(async { answer })
    }

    fn asks_payee_for(&self) -> &'static [Method] {
        if self.says_so.load(Ordering::SeqCst) { &[Method::Boleto] } else { &[] }
    }

    fn find_refund<'a>(
        &'a self,
        instruction: &'a RefundInstruction,
    ) -> BoxFuture<'a, Result<Option<RefundReport>, GatewayError>> {
        let key = &instruction.key;
        let report = lock(&self.refunds)
            .get(key)
            .map(|(_, state)| RefundReport { reference: format!("test-{key}"), state: state.clone() });
        Box::pin(async { Ok(report) })
    }
}

impl Charges for TestGateway {
    fn charge<'a>(&'a self, instruction: &'a ChargeInstruction) -> BoxFuture<'a, Result<ChargeReport, GatewayError>> {
        let answer = match self.charge_fault(&instruction.email) {
            None => Ok(self.take_charge(instruction)),
            Some(GatewayFault::Unavailable) => Err(GatewayError::Unavailable("test".to_owned())),
            Some(GatewayFault::LostBefore) => Err(GatewayError::OutcomeUnknown("test".to_owned())),
            Some(GatewayFault::LostAfter) => {
                self.take_charge(instruction);
                Err(GatewayError::OutcomeUnknown("test".to_owned()))
            }
            Some(GatewayFault::Hangs) => {
                self.take_charge(instruction);
                return Box::pin(std::future::pending());
            }
            Some(GatewayFault::Refuses) => Err(GatewayError::Refused(GatewayRefusal::Other("test says no".to_owned()))),
            Some(GatewayFault::AlreadyRefunded) => Err(GatewayError::Refused(GatewayRefusal::AlreadyRefunded)),
        };
        Box::pin(async { answer })
    }

    fn find_charge<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<ChargeReport>, GatewayError>> {
        let report = lock(&self.charges)
            .get(key)
            .map(|(_, state)| ChargeReport { reference: format!("test-charge-{key}"), state: state.clone() });
        Box::pin(async { Ok(report) })
    }
}

impl Cards for TestGateway {
    fn begin_card<'a>(&'a self, instruction: &'a CardInstruction) -> BoxFuture<'a, Result<CardPage, GatewayError>> {
        lock(&self.cards).entry(instruction.key.clone()).or_insert(CardProgress::Open);
        let page = CardPage {
            reference: instruction.key.clone(),
            url: format!("https://gateway.test/card/{}", instruction.key),
        };
        Box::pin(async { Ok(page) })
    }

    fn find_card<'a>(&'a self, reference: &'a str) -> BoxFuture<'a, Result<CardProgress, GatewayError>> {
        let progress = lock(&self.cards).get(reference).cloned().unwrap_or(CardProgress::Closed);
        Box::pin(async { Ok(progress) })
    }
}

/// One gateway under the name `test`, which plays every account that a producer connected as well.
pub struct TestGateways(pub Arc<TestGateway>);

impl Gateways for TestGateways {
    fn abilities(&self, gateway: &NamedGateway) -> Abilities {
        let is_reached = gateway.kind().is_some() || (!gateway.is_connected() && gateway.as_str() == NAME);
        if is_reached { Abilities::of(self.0.as_ref()) } else { Abilities::default() }
    }

    fn own(&self, name: &str) -> Option<Arc<dyn Gateway>> {
        (name == NAME).then(|| self.0.clone() as Arc<dyn Gateway>)
    }

    fn connect(&self, account: ConnectedAccount) -> Option<Result<Arc<dyn Gateway>, UnreadableSecrets>> {
        lock(&self.0.opened).push(account.secrets);
        Some(Ok(self.0.clone()))
    }

    fn bills(&self, gateway: &NamedGateway) -> bool {
        gateway.bills().map_or(gateway.as_str() == NAME, |bills| bills == ConnectionBills::Calendar)
    }
}

/// The name of the gateway that is nobody's connection.
const NAME: &str = "test";
