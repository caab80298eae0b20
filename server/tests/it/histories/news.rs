//! What the gateway says by itself, as it happens and as it arrives.

use super::DAY;
use super::life::{Arrival, Life};
use portal::gateway_inbox::{Event, Report, take};
use portal::ports::{CardProgress, ChargeProgress, RefundProgress, SavedCard};
use portal::testing::World;
use types::{CardUpdateId, DeclineReason};

/// What happens at the gateway to what is open there, in order.
pub fn happens(life: &mut Life, world: &World) -> Vec<Report> {
    let mut reports = Vec::new();
    for (charge, progress) in world.gateway.charges_of(&life.who) {
        let end = match (&progress, life.dice.below(4)) {
            (ChargeProgress::Paid, _) => ChargeProgress::Paid,
            (ChargeProgress::Waiting { .. } | ChargeProgress::ActionRequired { .. }, 0) => {
                ChargeProgress::Declined(DeclineReason::Expired)
            }
            (ChargeProgress::Waiting { .. } | ChargeProgress::ActionRequired { .. }, 1 | 2) => ChargeProgress::Paid,
            // Paid after its last day: the bank took it all the same.
            (ChargeProgress::Declined(DeclineReason::Expired), 0) => ChargeProgress::Paid,
            _ => continue,
        };
        let is_news = end != progress;
        if is_news && life.dice.once_in(2) && matches!(progress, ChargeProgress::Waiting { .. }) {
            reports.push(of_charge(&charge.key, another_slip(world)));
        }
        if is_news || life.dice.once_in(6) {
            world.gateway.charge_progress(&charge.key, end.clone());
            reports.push(of_charge(&charge.key, end.clone()));
        }
        if end == ChargeProgress::Paid && life.dice.once_in(16) {
            reports.extend(dispute(life, format!("test-charge-{}", charge.key)));
        }
    }
    if life.dice.once_in(40) {
        let first = format!("ch_{}", life.code);
        reports.extend(dispute(life, first));
    }
    reports.extend(refunds(life, world));
    reports.extend(card_updates(life, world));
    reports
}

/// All that is open comes to its end: what waits is paid or runs out, what goes back has arrived.
pub fn ends(life: &mut Life, world: &World) -> Vec<Report> {
    let mut reports = Vec::new();
    for (charge, progress) in world.gateway.charges_of(&life.who) {
        let is_open = matches!(progress, ChargeProgress::Waiting { .. } | ChargeProgress::ActionRequired { .. });
        if is_open {
            let runs_out = ChargeProgress::Declined(DeclineReason::Expired);
            let end = if life.dice.once_in(2) { ChargeProgress::Paid } else { runs_out };
            world.gateway.charge_progress(&charge.key, end.clone());
            reports.push(of_charge(&charge.key, end));
        }
    }
    reports.extend(refunds(life, world));
    reports.extend(card_updates(life, world));
    reports
}

fn of_charge(key: &str, progress: ChargeProgress) -> Report {
    Report::Charge { reference: format!("test-charge-{key}"), progress }
}

fn another_slip(world: &World) -> ChargeProgress {
    let (code, url) = ("00191".to_owned(), "https://gateway.test/slip/2".to_owned());
    ChargeProgress::Waiting { code, url, until: world.portal.now().plus(DAY * 2) }
}

/// A bank takes a payment back once.
fn dispute(life: &mut Life, reference: String) -> Option<Report> {
    let is_new = life.disputed.insert(reference.clone());
    is_new.then(|| Report::Disputed { account: life.producer.id(), reference })
}

fn refunds(life: &mut Life, world: &World) -> Vec<Report> {
    let mut references = vec![format!("ch_{}", life.code)];
    references.extend(world.gateway.charges_of(&life.who).into_iter().map(|(it, _)| format!("test-charge-{}", it.key)));
    let refunds = references.iter().flat_map(|reference| world.gateway.refunds_of(reference));
    let mut reports = Vec::new();
    for (order, _) in refunds.filter(|(_, progress)| *progress == RefundProgress::Pending) {
        let fails = RefundProgress::Failed { reason: "account closed".to_owned() };
        let end = if life.dice.once_in(5) { fails } else { RefundProgress::Succeeded };
        world.gateway.refund_progress(&order.key, end);
        reports.push(Report::Refund(order.key.parse().unwrap()));
    }
    reports
}

fn card_updates(life: &mut Life, world: &World) -> Vec<Report> {
    let card_updates = std::mem::take(&mut life.card_updates);
    card_updates.into_iter().map(|update| ended(life, world, update)).collect()
}

fn ended(life: &mut Life, world: &World, update: CardUpdateId) -> Report {
    let (token, brand, last4) = ("tok".to_owned(), "visa".to_owned(), "1881".to_owned());
    let saved = CardProgress::Saved(SavedCard { token, brand, last4, exp_month: 8, exp_year: 2031 });
    world.gateway.end_card(&update.to_string(), if life.dice.once_in(4) { CardProgress::Closed } else { saved });
    Report::Card(update)
}

impl Life {
    /// The events reach the product: as they happened, or as they may arrive.
    pub async fn receive(&mut self, world: &World, reports: Vec<Report>) {
        self.script.extend(reports.iter().map(|report| format!("reported: {report:?}")));
        let mut events: Vec<Event> = reports.into_iter().map(|report| self.event(report)).collect();
        if self.arrival == Arrival::Disordered {
            let repeated: Vec<Event> = events.iter().filter(|_| self.disorder.once_in(2)).cloned().collect();
            // Some gateways send the same news under a new number.
            let again: Vec<Event> = events.clone().into_iter().map(|event| self.event(event.report)).collect();
            self.stale.extend(again.iter().filter(|_| self.disorder.once_in(3)).cloned());
            events.extend(repeated);
            events.extend(again.into_iter().filter(|_| self.disorder.once_in(2)));
            self.disorder.shuffle(&mut events);
        }
        for event in events {
            take(&world.portal, &event).await.unwrap_or_else(|error| panic!("{error}: {}", self.name(world)));
        }
    }

    /// What was reported before arrives once more, long after.
    pub async fn receive_again(&mut self, world: &World) {
        if !self.stale.is_empty() && self.disorder.once_in(3) {
            for event in std::mem::take(&mut self.stale) {
                take(&world.portal, &event).await.unwrap_or_else(|error| panic!("{error}: {}", self.name(world)));
            }
        }
    }

    fn event(&mut self, report: Report) -> Event {
        self.events += 1;
        let id = format!("{}-{}", self.who, self.events);
        Event {
            sender: "test".to_owned(),
            gateway: "test".to_owned(),
            connection: None,
            id,
            kind: "test".to_owned(),
            body: String::new(),
            report,
        }
    }
}
