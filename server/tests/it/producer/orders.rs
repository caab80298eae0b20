//! The list of orders as a page and as a file, and the look-up of the staff.

use super::Desk;
use crate::desk::search::{sale, sell};
use crate::desk::staff_search::staff;
use crate::harness::{ANA, each_world, paid_order, place, producer};
use http::header;
use std::time::Duration;
use types::StaffRole;

#[tokio::test]
async fn the_page_finds_filters_and_says_what_it_did_not_find() {
    each_world(async |world| {
        let (luz, mar) = (producer(world, "luz").await, producer(world, "mar").await);
        let desk = Desk::of(world, &luz).await;
        let empty = desk.get("/producer/orders").await.expect(200).text;
        assert!(empty.contains("Nenhum pedido ainda"), "{empty}");
        let new = sale(world, "L-1", ("<b>Ana</b> Souza", ANA), ("52998224725", "11999990001", "4242"));
        sell(world, &luz, new).await;
        let new = sale(world, "M-1", ("Ana Souza", ANA), ("52998224725", "11999990001", "4242"));
        sell(world, &mar, new).await;
        world.settle().await;

        let all = desk.get("/producer/orders").await.text;
        for part in ["href=\"/producer/orders/L-1\"", "&lt;b&gt;Ana&lt;/b&gt; Souza", ANA, "R$\u{a0}49,90", "Pago"] {
            assert!(all.contains(part), "{part}: {all}");
        }
        assert!(!all.contains("M-1") && !all.contains("<b>Ana"), "{all}");
        let found = desk.get("/producer/orders?q=souza&status=paid&risk=").await.text;
        assert!(found.contains("/producer/orders/L-1") && found.contains("value=\"souza\""), "{found}");
        let nothing = desk.get("/producer/orders?q=%3Cscript%3E&status=disputed").await.text;
        assert!(nothing.contains("Nenhum pedido encontrado") && nothing.contains("&lt;script&gt;"), "{nothing}");
        assert!(nothing.contains("Em disputa") && !nothing.contains("<script>alert"), "{nothing}");
        let long = desk.get(&format!("/producer/orders?q={}", "a".repeat(300))).await.expect(422).text;
        assert!(long.contains("até 200 caracteres"), "{long}");
        let wrong = desk.get("/producer/orders?from=2026-02-30").await.expect(422).text;
        assert!(wrong.contains("from-error"), "{wrong}");
    })
    .await;
}

#[tokio::test]
async fn a_search_is_kept_shown_and_forgotten() {
    each_world(async |world| {
        let (luz, mar) = (producer(world, "luz").await, producer(world, "mar").await);
        let (desk, other) = (Desk::of(world, &luz).await, Desk::of(world, &mar).await);
        for shop in [&luz, &mar] {
            sell(world, shop, paid_order(world, ANA, "P-1", &[("photo", 1_000)])).await;
        }
        world.settle().await;
        let named = [("name", "Da Ana"), ("q", "ana souza"), ("status", "paid")];
        let kept = desk.post("/producer/views", &named).await.expect(303);
        assert_eq!(kept.location.as_deref(), Some("/producer/orders?q=ana%20souza&status=paid"));
        let page = desk.get("/producer/orders?q=ana%20souza&status=paid").await.text;
        assert!(page.contains("Da Ana") && page.contains("Apagar a visão “Da Ana”"), "{page}");
        assert!(!other.get("/producer/orders").await.text.contains("Da Ana"));
        let remove = page.split("/producer/views/").nth(1).unwrap().split('"').next().unwrap();
        let remove = format!("/producer/views/{remove}");
        other.post(&remove, &[]).await.expect(404);
        desk.post(&remove, &[]).await.expect(303);
        assert!(!desk.get("/producer/orders").await.text.contains("Da Ana"));
        let nameless = desk.post("/producer/views", &[("name", ""), ("q", "ana")]).await.expect(422).text;
        assert!(nameless.contains("view-name-error"), "{nameless}");
        desk.post("/producer/views", &[("name", "x")]).await.expect(422);
    })
    .await;
}

#[tokio::test]
async fn the_file_is_the_same_list_and_safe_to_open() {
    each_world(async |world| {
        let (luz, mar) = (producer(world, "luz").await, producer(world, "mar").await);
        let new = sale(world, "M-1", ("De Outro", ANA), ("52998224725", "11999990001", "4242"));
        sell(world, &mar, new).await;
        let names = ["=HYPERLINK(\"http://x\")", "+1+1", "-2", "@SUM(A1)", "José; \"Zé\""];
        for (number, name) in names.iter().enumerate() {
            let digits = ("00000000191", "+5511999990001", "0005");
            sell(world, &luz, sale(world, &format!("F-{number}"), (name, ANA), digits)).await;
        }
        world.settle().await;
        let desk = Desk::of(world, &luz).await;
        let file = desk.get("/producer/orders.csv").await.expect(200);
        assert_eq!(file.kind, "text/csv; charset=utf-8");
        assert_eq!(file.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"pedidos-2026-11-20.csv\"");
        assert_eq!(file.headers[header::CACHE_CONTROL], "no-store");
        let text = file.text.strip_prefix("\u{feff}").expect("the mark of UTF-8");
        let mut lines = text.split("\r\n");
        assert!(lines.next().unwrap().starts_with("Pedido;Nome;E-mail;CPF ou CNPJ;Telefone;Produto;"), "{text}");
        let first = "F-4;\"José; \"\"Zé\"\"\";ana@example.com;000.000.001-91;55 11 99999-0001;Curso photo;\
            Compra única;Pago;49,90;BRL;20/11/2026 09:00;20/11/2026 09:00;Cartão;0005";
        assert_eq!(lines.next().unwrap(), first);
        for guarded in ["\"'=HYPERLINK(\"\"http://x\"\")\"", ";'+1+1;", ";'-2;", ";'@SUM(A1);"] {
            assert!(text.contains(guarded), "{guarded}: {text}");
        }
        assert!(!text.contains("M-1"), "{text}");
        assert_eq!(text.split("\r\n").count(), names.len() + 2);
        let filtered = desk.get("/producer/orders.csv?q=jose").await.text;
        assert_eq!(filtered.split("\r\n").count(), 3, "{filtered}");
        desk.get("/producer/orders.csv?to=x").await.expect(422);
    })
    .await;
}

#[tokio::test]
async fn a_file_of_many_batches_has_every_order_once() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        let now = world.portal.now();
        for number in 0..1_100_u64 {
            let mut new = paid_order(world, ANA, &format!("P-{number:04}"), &[("photo", 1_000)]);
            // Many at one instant, around the end of a batch too.
            new.ordered_at = now.minus(Duration::from_secs(number / 300));
            place(world, &luz, new).await;
        }
        world.settle().await;
        let desk = Desk::of(world, &luz).await;
        let file = desk.get("/producer/orders.csv?q=ana").await.text;
        let mut codes: Vec<&str> = file.split("\r\n").skip(1).filter_map(|line| line.split(';').next()).collect();
        codes.retain(|code| !code.is_empty());
        assert_eq!(codes.len(), 1_100);
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), 1_100);
    })
    .await;
}

#[tokio::test]
async fn the_staff_see_masked_people_and_strangers_nothing() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        let new = sale(world, "L-1", ("Ana Maria Souza", ANA), ("52998224725", "11999990001", "4242"));
        sell(world, &luz, new).await;
        world.settle().await;
        let admin = Desk::of_staff(world, &staff(world, "rui@example.com", StaffRole::Admin).await).await;
        let empty = admin.get("/admin").await.expect(200).text;
        assert!(empty.contains("Encontrar um pedido"), "{empty}");
        let found = admin.get("/admin?q=529.982.247-25").await.text;
        for part in
            ["L-1", "Escola luz", "Ana M*** S***", "a***@example.com", "***.982.247-**", "/admin/orders/", "Pago"]
        {
            assert!(found.contains(part), "{part}: {found}");
        }
        assert!(!found.contains(ANA) && !found.contains("Souza"), "{found}");
        let nothing = admin.get("/admin?q=%22%3E%3Cscript%3E").await.text;
        assert!(nothing.contains("Nada encontrado") && !nothing.contains("><script>"), "{nothing}");
        admin.get(&format!("/admin?q={}", "a".repeat(600))).await.expect(422);
        // A producer is nobody there, nor the staff in a producer's list.
        let producer = Desk::of(world, &luz).await;
        let strangers = [
            producer.get("/admin?q=ana").await,
            admin.get("/producer/orders").await,
            admin.get("/producer/orders.csv").await,
            admin.post("/producer/views", &[("name", "x"), ("q", "a")]).await,
        ];
        for answer in strangers.map(|answer| answer.expect(303)) {
            assert!(answer.location.as_ref().is_some_and(|leads| leads.contains("/sign-in")), "{answer:?}");
        }
    })
    .await;
}
