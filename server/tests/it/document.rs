//! Documents: receipts of what was paid, credit notes of what went back, for their buyer alone.

use crate::harness::{assert_sound, buy, line, order, seller, sign_in, worlds};
use portal::document::{NewBilling, billing, credit_note, of_year, receipt, terms, write_billing};
use portal::refund::new_request_id;
use portal::testing::World;
use portal::{Buyer, on};
use std::time::Duration;
use types::TaxId;
use types::view::DocumentKind;

const ANA: &str = "ana@example.com";

async fn bought(world: &World) -> Buyer {
    let producer = seller(world, "luz").await;
    buy(world, &producer, ANA, "P-1", &[("photo", 29_700), ("ebook", 1_990)]).await;
    world.settle().await;
    sign_in(world, ANA).await
}

#[tokio::test]
async fn a_payment_has_a_receipt_whose_lines_add_up() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        let charge = order(&buyer, "P-1").await.charges[0].id;
        let paper = receipt(&buyer, "P-1", charge).await.unwrap().unwrap();
        assert_eq!((paper.amount.amount, paper.reference.as_str()), (31_690, "ch_P-1"));
        let sum: i64 = paper.items.iter().map(|(_, price)| price.unwrap().amount).sum();
        assert_eq!(sum, paper.amount.amount, "{}", world.engine);
        let sold = terms(&buyer, "P-1").await.unwrap().unwrap();
        assert_eq!((sold.items.len(), sold.items[0].offer.as_deref()), (2, Some("À vista")));
        assert!(terms(&buyer, "P-2").await.unwrap().is_none());
    }
}

#[tokio::test]
async fn what_went_back_has_a_credit_note_once_it_was_sent() {
    for world in worlds().await {
        let buyer = bought(&world).await;
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
        assert_eq!(of_year(&buyer, 2026).await.unwrap().len(), 2, "{}", world.engine);
        assert!(of_year(&buyer, 2025).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn corrected_details_are_printed_from_then_on_and_told_in_the_log() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        let charge = order(&buyer, "P-1").await.charges[0].id;
        let new = NewBilling {
            name: line("Estúdio Ana Ltda."),
            tax_id: TaxId::parse("11.222.333/0001-81").ok(),
            address: Some(line("Rua das Flores, 1, São Paulo")),
        };
        assert!(write_billing(&buyer, "P-1", &new).await.unwrap());
        assert!(!write_billing(&buyer, "P-2", &new).await.unwrap());
        let data = receipt(&buyer, "P-1", charge).await.unwrap().unwrap().billing;
        assert_eq!((data.name.as_str(), data.tax_id.as_deref()), ("Estúdio Ana Ltda.", Some("11.222.333/0001-81")));
        // An empty number leaves what is on file.
        assert!(write_billing(&buyer, "P-1", &NewBilling { tax_id: None, address: None, ..new }).await.unwrap());
        let (data, _) = billing(&buyer, "P-1").await.unwrap().unwrap();
        assert_eq!((data.tax_id.as_deref(), data.address), (Some("11.222.333/0001-81"), None));
        let sql = "select after from audit_entries where action = 'document.billing' order by at, id";
        let rows: Vec<(String,)> = on!(world.portal.db.reader(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
        assert_eq!(rows.len(), 2, "{}", world.engine);
        assert!(rows.iter().all(|(after,)| !after.contains("11.222")), "{rows:?}");
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn somebody_elses_documents_are_absent_documents() {
    for world in worlds().await {
        let buyer = bought(&world).await;
        let charge = order(&buyer, "P-1").await.charges[0].id;
        let other = seller(&world, "sol").await;
        buy(&world, &other, "bob@example.com", "P-9", &[("photo", 100)]).await;
        world.settle().await;
        let bob = sign_in(&world, "bob@example.com").await;
        for handle in ["P-1", "P-1~luz", "P-9"] {
            assert!(receipt(&bob, handle, charge).await.unwrap().is_none(), "{} {handle}", world.engine);
        }
        assert!(billing(&bob, "P-1").await.unwrap().is_none());
        assert_eq!(of_year(&bob, 2026).await.unwrap().len(), 1);
    }
}
