//! What follows from what: the jobs of other features that an event asks for. A feature asks for its own next step, and
//! its own mails, by itself.

use super::Job;
use crate::event::{Account, Catalogue, Cause, Event, Order, Plan, PlanEvent};
use crate::{access, account, billing, purchases, subscription};

/// The jobs that follow from an event. Pure: it knows nothing but the event.
pub fn follow(event: &Event) -> Vec<Job> {
    match event {
        Event::Order(order) => of_order(order),
        Event::Catalogue(catalogue) => of_catalogue(catalogue),
        Event::Plan(plan) => of_plan(plan),
        // The address belongs to somebody new: the erasure of the one before goes on, so that access can be given anew.
        Event::Account(Account::AddressTaken { erasure }) => {
            vec![account::Job::AdvanceErasure { erasure: *erasure }.into()]
        }
        Event::Account(Account::ProfileChanged { person }) => {
            vec![access::Job::TellAgain { person: *person }.into()]
        }
        Event::Account(_)
        | Event::Billing(_)
        | Event::Card(_)
        | Event::Connection(_)
        | Event::Document(_)
        | Event::Login(_)
        | Event::PortalLink(_)
        | Event::OrderView(_)
        | Event::Refund(_)
        | Event::Session(_)
        | Event::SignIn(_)
        | Event::Subscription(_) => Vec::new(),
    }
}

fn of_order(event: &Order) -> Vec<Job> {
    let Order::Changed { cause, order, producer, person, former, is_news, is_ended_here, .. } = event else {
        return Vec::new();
    };
    let (producer, order) = (*producer, *order);
    let mut jobs: Vec<Job> = Vec::new();
    if *is_news {
        jobs.push(purchases::Mail::Purchase { order }.into());
    }
    jobs.push(access::Job::Look { producer, person: *person }.into());
    if let Some(former) = *former {
        jobs.push(access::Job::Look { producer, person: former }.into());
    }
    // What is not owed any more is not charged, and what is owed again is. The calendar itself looks again in any case,
    // and what comes from a source is not ours to charge.
    if *cause == Cause::Decision {
        jobs.push(billing::Job::Bill { order }.into());
    }
    // Whoever charges it by a calendar of its own is to end it too.
    if *is_ended_here {
        jobs.push(subscription::Job::Tell { order }.into());
    }
    jobs
}

fn of_catalogue(event: &Catalogue) -> Vec<Job> {
    let at_product = |product| Job::from(access::Job::LookAtProduct { product });
    match *event {
        Catalogue::ProductWritten { product, gives_otherwise: true } => vec![at_product(product)],
        Catalogue::AccessRuleWritten { product, former, .. } => {
            former.into_iter().chain([product]).map(at_product).collect()
        }
        Catalogue::MemberAreaWritten { area } => vec![access::Job::Wake { area }.into()],
        Catalogue::ProductWritten { gives_otherwise: false, .. }
        | Catalogue::PolicyWritten { .. }
        | Catalogue::OfferWritten { .. }
        | Catalogue::SourceWritten { .. }
        | Catalogue::ApiKeyCreated { .. }
        | Catalogue::ApiKeyRevoked { .. }
        | Catalogue::ProducerCreated { .. }
        | Catalogue::ProducerPasswordSet { .. }
        | Catalogue::ProducerDisabled { .. }
        | Catalogue::ProducerWritten { .. }
        | Catalogue::StaffCreated { .. }
        | Catalogue::StaffPasswordSet { .. }
        | Catalogue::StaffDisabled { .. }
        | Catalogue::StaffAssigned { .. }
        | Catalogue::StaffRevealed { .. } => Vec::new(),
    }
}

fn of_plan(event: &Plan) -> Vec<Job> {
    match event.what {
        // The calendar goes on with the new plan, and whoever was offered it instead of cancelling has stayed.
        PlanEvent::Changed | PlanEvent::Applied => vec![
            subscription::Job::StayWithPlan { subscription: event.subscription }.into(),
            billing::Job::Bill { order: event.order }.into(),
            // Whoever charges it by a calendar of its own has charged what was due.
            subscription::Job::Read { order: event.order }.into(),
        ],
        PlanEvent::Asked
        | PlanEvent::Scheduled
        | PlanEvent::Undone
        | PlanEvent::Declined
        | PlanEvent::GoesBack
        | PlanEvent::Returned
        | PlanEvent::NotReturned => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use types::{
        ErasureId, MemberAreaId, OrderId, OrderStatus, PersonId, ProducerId, ProductId, QuoteId, SubscriptionId,
    };
    use uuid::Uuid;

    const ID: Uuid = Uuid::from_u128(1);
    const OTHER: Uuid = Uuid::from_u128(2);

    fn changed(cause: Cause, former: Option<PersonId>, is_news: bool) -> Event {
        Event::Order(Order::Changed {
            cause,
            order: OrderId(ID),
            producer: ProducerId(ID),
            person: PersonId(ID),
            former,
            before: None,
            status: OrderStatus::Paid,
            is_paid_now: true,
            is_news,
            is_ended_here: false,
        })
    }

    fn ended() -> Event {
        let mut event = changed(Cause::Reported, None, false);
        if let Event::Order(Order::Changed { is_ended_here, .. }) = &mut event {
            *is_ended_here = true;
        }
        event
    }

    fn look(person: Uuid) -> Job {
        access::Job::Look { producer: ProducerId(ID), person: PersonId(person) }.into()
    }

    fn at_product(product: Uuid) -> Job {
        access::Job::LookAtProduct { product: ProductId(product) }.into()
    }

    fn bill() -> Job {
        billing::Job::Bill { order: OrderId(ID) }.into()
    }

    fn plan(what: PlanEvent) -> Event {
        let (change, order, subscription) = (QuoteId(ID), OrderId(ID), SubscriptionId(ID));
        Event::Plan(Plan { what, change, order, subscription, amount: 100 })
    }

    #[test]
    fn what_follows_from_what_is_this_table() {
        let purchase: Job = purchases::Mail::Purchase { order: OrderId(ID) }.into();
        let stays: Job = subscription::Job::StayWithPlan { subscription: SubscriptionId(ID) }.into();
        let read: Job = subscription::Job::Read { order: OrderId(ID) }.into();
        let rule = |former| Event::Catalogue(Catalogue::AccessRuleWritten { rule: ID, product: ProductId(ID), former });
        let product =
            |gives_otherwise| Event::Catalogue(Catalogue::ProductWritten { product: ProductId(ID), gives_otherwise });
        let area = Event::Catalogue(Catalogue::MemberAreaWritten { area: MemberAreaId(ID) });
        let erasure = ErasureId(ID);
        let table: Vec<(Event, Vec<Job>)> = vec![
            (changed(Cause::Created, None, true), vec![purchase.clone(), look(ID)]),
            (changed(Cause::Reported, None, false), vec![look(ID)]),
            (changed(Cause::Reported, Some(PersonId(OTHER)), false), vec![look(ID), look(OTHER)]),
            (changed(Cause::Calendar, None, true), vec![purchase, look(ID)]),
            (changed(Cause::Decision, None, false), vec![look(ID), bill()]),
            (ended(), vec![look(ID), subscription::Job::Tell { order: OrderId(ID) }.into()]),
            (product(true), vec![at_product(ID)]),
            (product(false), vec![]),
            (rule(None), vec![at_product(ID)]),
            (rule(Some(ProductId(OTHER))), vec![at_product(OTHER), at_product(ID)]),
            (area, vec![access::Job::Wake { area: MemberAreaId(ID) }.into()]),
            (plan(PlanEvent::Applied), vec![stays.clone(), bill(), read.clone()]),
            (plan(PlanEvent::Changed), vec![stays, bill(), read]),
            (plan(PlanEvent::Declined), vec![]),
            (Event::Account(Account::AddressTaken { erasure }), vec![account::Job::AdvanceErasure { erasure }.into()]),
            (Event::Account(Account::Erased { erasure }), vec![]),
        ];
        for (event, jobs) in table {
            assert_eq!(follow(&event), jobs, "{event:?}");
        }
    }
}
