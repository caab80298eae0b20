//! Documents: receipts of what was paid, credit notes of what went back, for their buyer alone.

use crate::harness::{ANA, buy, code, each_world, line, order, paid_order, place, producer, sign_in};
use crate::money::billing::plan;
use crate::money::card::{overdue, swapped};
use portal::Producer;
use portal::catalogue::offer::{Offer, put_offer};
use portal::catalogue::product::{Product, put_product};
use portal::document::{NewBilling, billing, credit_note, of_year, receipt, terms, write_billing};
use portal::intake::Sold;
use portal::refund::new_request_id;
use portal::testing::{World, order_of};
use portal::{Buyer, on};
use std::time::Duration;
use types::view::{DocumentKind, OrderView, TimelineEvent};
use types::{ChargeId, Currency, IntervalUnit, MailKind, Method, Money, TaxId};

async fn bought(world: &World) -> Buyer {
    let producer = producer(world, "luz").await;
    buy(world, &producer, ANA, "P-1", &[("photo", 29_700), ("ebook", 1_990)]).await;
    world.settle().await;
    sign_in(world, ANA).await
}

/// Two monthly plans of two products, the first of which Ana has.
async fn subscribed(world: &World) -> (Producer, Buyer) {
    let producer = producer(world, "luz").await;
    for (name, product, price, targets) in [("club", "photo", 4_990, vec!["gold"]), ("gold", "ebook", 9_990, vec![])] {
        let offer = Offer {
            code: code(name),
            product: code(product),
            name: line(&format!("Plano {name}")),
            price: Money::new(price, Currency::BRL),
            interval: Some((IntervalUnit::Month, 1)),
            installments_max: 1,
            change_targets: targets.into_iter().map(code).collect(),
        };
        put_offer(&world.portal, &producer, &offer).await.unwrap();
    }
    let mut sold = plan(world, ANA, "S-1", Method::Card, 4_990);
    sold.items[0].sold = Sold::Known { product: code("photo"), offer: code("club") };
    place(world, &producer, sold).await;
    world.settle().await;
    (producer, sign_in(world, ANA).await)
}

#[tokio::test]
async fn the_sale_and_earlier_receipts_stay_as_they_were_when_the_plan_changes() {
    each_world(async |world| {
        let (producer, buyer) = subscribed(world).await;
        let sold = terms(&buyer, "S-1").await.unwrap().unwrap();
        let first = order(&buyer, "S-1").await.charges[0].id;
        let paper = receipt(&buyer, "S-1", first).await.unwrap().unwrap();
        assert_eq!(paper.items, [("Curso photo · Plano club".to_owned(), Some(Money::new(4_990, Currency::BRL)))]);

        world.clock.forward(Duration::from_secs(86_400));
        let subscription = order(&buyer, "S-1").await.subscription.unwrap().id;
        let quote = portal::plan::quote(&buyer, subscription, "gold").await.unwrap();
        portal::plan::confirm(&buyer, subscription, quote, 1, true).await.unwrap();
        world.settle().await;
        let product = Product {
            code: code("photo"),
            name: line("Curso com outro nome"),
            refund_window_days: 30,
            access_days: None,
            access_cycles: None,
        };
        put_product(&world.portal, &producer, &product).await.unwrap();
        let now = order(&buyer, "S-1").await;
        assert_eq!((now.items[0].name.as_str(), now.total.amount), ("Curso ebook", 9_990), "the plan changed");

        assert_eq!(terms(&buyer, "S-1").await.unwrap().unwrap(), sold);
        let plan = sold.plan.unwrap();
        assert_eq!((plan.name.as_str(), plan.price.amount.amount), ("Plano club", 4_990));
        assert_eq!(sold.total.amount, 4_990);
        assert_eq!(sold.items[0].window_days, 7);
        assert_eq!(receipt(&buyer, "S-1", first).await.unwrap().unwrap().items, paper.items);
        let second = now.charges.iter().find(|charge| charge.id != first).unwrap();
        let paper = receipt(&buyer, "S-1", second.id).await.unwrap().unwrap();
        assert_eq!(paper.items, [("Curso ebook · Plano gold".to_owned(), Some(Money::new(9_990, Currency::BRL)))]);
        let off = paper.taken_off.unwrap().amount;
        assert!(off > 4_990 && paper.amount.amount == 9_990 - off, "days of a plan are not its price: {off}");
        let plan = order(&buyer, "S-1").await.subscription.unwrap();
        assert_eq!(paper.period, Some((plan.period_start, plan.period_end)), "what the new plan was paid for");
    })
    .await;
}

#[tokio::test]
async fn a_receipt_names_the_card_that_was_charged_or_none() {
    each_world(async |world| {
        let (buyer, place) = overdue(world).await;
        let paid = |view: &OrderView| -> Vec<ChargeId> {
            view.charges.iter().filter(|charge| charge.paid_at.is_some()).map(|charge| charge.id).collect()
        };
        let card = async |charge| receipt(&buyer, "P-1", charge).await.unwrap().unwrap().payment.card;
        let first = paid(&order(&buyer, "P-1").await)[0];
        swapped(world, &buyer, &place).await;
        world.settle().await;
        let both = paid(&order(&buyer, "P-1").await);
        assert_eq!((both.len(), both[1]), (2, first));
        assert_eq!(card(both[0]).await.unwrap().last4, "1881");
        assert_eq!(card(first).await, None, "the new card did not pay that");
    })
    .await;
}

#[tokio::test]
async fn the_time_for_a_refund_that_was_sold_is_kept_to() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let product = |refund_window_days| Product {
            code: code("photo"),
            name: line("Curso photo"),
            refund_window_days,
            access_days: None,
            access_cycles: None,
        };
        put_product(&world.portal, &producer, &product(30)).await.unwrap();
        buy(world, &producer, ANA, "P-1", &[("photo", 29_700)]).await;
        put_product(&world.portal, &producer, &product(7)).await.unwrap();
        world.settle().await;
        world.clock.forward(Duration::from_secs(20 * 86_400));
        let buyer = sign_in(world, ANA).await;
        assert_eq!(terms(&buyer, "P-1").await.unwrap().unwrap().items[0].window_days, 30);
        portal::refund::request(&buyer, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_change_of_plan_is_told_once_and_each_mail_by_what_it_says() {
    each_world(async |world| {
        let (_, buyer) = subscribed(world).await;
        let subscription = order(&buyer, "S-1").await.subscription.unwrap().id;
        let quote = portal::plan::quote(&buyer, subscription, "gold").await.unwrap();
        portal::plan::confirm(&buyer, subscription, quote, 1, true).await.unwrap();
        world.settle().await;
        let form = new_request_id(&world.portal);
        portal::subscription::cancel(&buyer, subscription, form, "", "").await.unwrap();
        world.settle().await;
        let told = order(&buyer, "S-1").await.timeline.into_iter().map(|entry| entry.event).collect::<Vec<_>>();
        for happened in [TimelineEvent::PlanAsked, TimelineEvent::PlanChanged, TimelineEvent::SubscriptionCanceled] {
            let count = told.iter().filter(|event| **event == happened).count();
            assert_eq!(count, 1, "{happened:?}: {told:?}");
        }
        for kind in [MailKind::Purchase, MailKind::PlanChanged, MailKind::Canceled] {
            let count = told.iter().filter(|event| **event == TimelineEvent::MailSent(kind)).count();
            assert_eq!(count, 1, "{kind}: {told:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn every_paper_of_a_year_is_there_however_many_there_are() {
    each_world(async |world| {
        let buyer = bought(world).await;
        let other = producer(world, "sol").await;
        place(world, &other, paid_order(world, ANA, "P-2", &[("photo", 500)])).await;
        let id = order_of(&buyer, "P-1").await;
        let paid = world.portal.now().micros();
        let sql =
            "insert into charges (id, producer_id, order_id, amount, currency, status, method, installments, gateway,
                reference, created_at, paid_at, source_version)
            select $2, c.producer_id, c.order_id, 100, c.currency, 'paid', c.method, 1, c.gateway, $3, $4, $4, 0
            from charges c where c.order_id = $1 and c.reference = 'ch_P-1'";
        let mut tx = world.portal.db.begin().await.unwrap();
        for number in 0..600_i64 {
            let new = world.portal.new_id();
            on!(tx.conn(), c => {
                let insert = sqlx::query(sql).bind(id.0).bind(new).bind(format!("more-{number}")).bind(paid + number);
                insert.execute(c).await.unwrap();
            });
        }
        tx.commit().await.unwrap();
        let mut papers = of_year(&buyer, 2026).await.unwrap();
        assert_eq!(papers.len(), 602);
        let mut seen = Vec::new();
        while let Some(paper) = papers.next().await.unwrap() {
            seen.push((paper.at, paper.code.to_string()));
        }
        assert_eq!(seen.len(), 602);
        assert!(seen.is_sorted_by_key(|(at, _)| *at) && seen.iter().any(|(_, code)| code == "P-2"));
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn a_payment_has_a_receipt_whose_lines_add_up() {
    each_world(async |world| {
        let buyer = bought(world).await;
        let charge = order(&buyer, "P-1").await.charges[0].id;
        let paper = receipt(&buyer, "P-1", charge).await.unwrap().unwrap();
        assert_eq!((paper.amount.amount, paper.reference.as_str()), (31_690, "ch_P-1"));
        let sum: i64 = paper.items.iter().map(|(_, price)| price.unwrap().amount).sum();
        assert_eq!(sum, paper.amount.amount);
        let sold = terms(&buyer, "P-1").await.unwrap().unwrap();
        assert_eq!((sold.items.len(), sold.items[0].offer.as_deref()), (2, Some("À vista")));
        assert!(terms(&buyer, "P-2").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn what_went_back_has_a_credit_note_once_it_was_sent() {
    each_world(async |world| {
        let buyer = bought(world).await;
        let view = order(&buyer, "P-1").await;
        let item = [view.items[1].id];
        let protocol = portal::refund::request(&buyer, "P-1", new_request_id(&world.portal), &item).await.unwrap();
        assert!(credit_note(&buyer, "P-1", protocol.as_str()).await.unwrap().is_none(), "not sent yet");
        world.settle().await;
        let note = credit_note(&buyer, "P-1", protocol.as_str()).await.unwrap().unwrap();
        assert_eq!((note.amount.amount, note.items[0].0.as_str()), (1_990, "Curso ebook"));
        assert!(matches!(note.kind, DocumentKind::CreditNote { is_settled: false, .. }));
        let paper = receipt(&buyer, "P-1", view.charges[0].id).await.unwrap().unwrap();
        assert!(matches!(paper.kind, DocumentKind::Receipt { refunded, .. } if refunded.amount == 1_990));
        world.gateway.progress(&portal::ports::RefundProgress::Succeeded);
        world.clock.forward(Duration::from_secs(10));
        world.settle().await;
        let note = credit_note(&buyer, "P-1", protocol.as_str()).await.unwrap().unwrap();
        assert!(matches!(note.kind, DocumentKind::CreditNote { is_settled: true, .. }));
        assert_eq!(of_year(&buyer, 2026).await.unwrap().len(), 2);
        assert!(of_year(&buyer, 2025).await.unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn corrected_details_are_printed_from_then_on_and_told_in_the_log() {
    each_world(async |world| {
        let buyer = bought(world).await;
        let charge = order(&buyer, "P-1").await.charges[0].id;
        let new = NewBilling {
            name: line("Estúdio Ana Ltda."),
            tax_id: TaxId::parse("11.222.333/0001-81").ok(),
            address: Some(line("Rua das Flores, 1, São Paulo")),
        };
        assert!(write_billing(&buyer, "P-1", &new).await.unwrap());
        assert!(!write_billing(&buyer, "P-2", &new).await.unwrap());
        let data = receipt(&buyer, "P-1", charge).await.unwrap().unwrap().billing;
        assert_eq!(data.name.as_str(), "Estúdio Ana Ltda.");
        assert_eq!(data.tax_id.as_deref(), Some("11.222.333/0001-81"));
        // An empty number leaves what is on file.
        assert!(write_billing(&buyer, "P-1", &NewBilling { tax_id: None, address: None, ..new }).await.unwrap());
        let (data, _) = billing(&buyer, "P-1").await.unwrap().unwrap();
        assert_eq!(data.tax_id.as_deref(), Some("11.222.333/0001-81"));
        assert_eq!(data.address, None);
        let sql = "select after from events where name = 'document.billing_written' order by at, id";
        let rows: Vec<(String,)> =
            on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
        assert_eq!(rows.len(), 2);
        assert!(rows.iter().all(|(after,)| !after.contains("11.222")), "{rows:?}");
    })
    .await;
}

#[tokio::test]
async fn somebody_elses_documents_are_absent_documents() {
    each_world(async |world| {
        let buyer = bought(world).await;
        let charge = order(&buyer, "P-1").await.charges[0].id;
        let other = producer(world, "sol").await;
        buy(world, &other, "bob@example.com", "P-9", &[("photo", 100)]).await;
        world.settle().await;
        let bob = sign_in(world, "bob@example.com").await;
        for handle in ["P-1", "P-1~luz", "P-9"] {
            assert!(receipt(&bob, handle, charge).await.unwrap().is_none(), "{handle}");
        }
        assert!(billing(&bob, "P-1").await.unwrap().is_none());
        assert_eq!(of_year(&bob, 2026).await.unwrap().len(), 1);
    })
    .await;
}
