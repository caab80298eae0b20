//! The list of orders as a page and as a file, and the look-up of the staff.

use crate::desk::search::{sale, sell};
use crate::harness::{ANA, each_world, email, line, origin, paid_order, place, producer};
use axum::Router;
use axum::body::{Body, to_bytes};
use http::{Request, StatusCode, header};
use portal::Producer;
use portal::login::{NewStaff, create_staff};
use portal::session::Holder;
use portal::testing::{World, owner_of, session_of};
use server::config::{Config, Given};
use server::router::router;
use server::state::Installation;
use std::time::Duration;
use tower::ServiceExt;
use types::StaffRole;

/// A browser in which somebody is signed in.
struct Tab {
    web: Router,
    cookie: String,
}

struct Answer {
    status: StatusCode,
    headers: http::HeaderMap,
    body: String,
}

impl Tab {
    /// Of a producer.
    async fn of(world: &World, producer: &Producer) -> Self {
        let token = session_of(&world.portal, owner_of(&world.portal, producer.id()).await, &origin("192.0.2.1")).await;
        Self { web: web(world), cookie: format!("aftersale-producer={token}") }
    }

    /// Of somebody of the staff.
    async fn of_staff(world: &World, role: StaffRole) -> Self {
        let new = NewStaff {
            email: email("rui@example.com"),
            name: line("Rui"),
            role,
            password: "correct horse battery".into(),
        };
        let staff = create_staff(&world.portal, new).await.unwrap();
        let token = session_of(&world.portal, Holder::Staff(staff), &origin("192.0.2.1")).await;
        Self { web: web(world), cookie: format!("aftersale-staff={token}") }
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    async fn post(&self, path: &str, fields: &str) -> Answer {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.send(request, Body::from(fields.to_owned())).await
    }

    async fn send(&self, request: http::request::Builder, body: Body) -> Answer {
        let request = request
            .header(header::HOST, "127.0.0.1:3000")
            .header(header::ACCEPT_LANGUAGE, "pt-BR")
            .header(header::COOKIE, &self.cookie);
        let answer = self.web.clone().oneshot(request.body(body).unwrap()).await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = to_bytes(answer.into_body(), 1 << 24).await.unwrap();
        Answer { status, headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }
}

fn web(world: &World) -> Router {
    let config = Config::read(&Given::default()).unwrap();
    let installation = Installation { portal: world.portal.clone(), sandbox: None };
    router(&installation, &config, config.listen)
}

#[tokio::test]
async fn the_page_finds_filters_and_says_what_it_did_not_find() {
    each_world(async |world| {
        let (luz, mar) = (producer(world, "luz").await, producer(world, "mar").await);
        let tab = Tab::of(world, &luz).await;
        let empty = tab.get("/producer/orders").await;
        assert!(empty.status == StatusCode::OK && empty.body.contains("Nenhum pedido ainda"), "{}", empty.body);
        let new = sale(world, "L-1", ("<b>Ana</b> Souza", ANA), ("52998224725", "11999990001", "4242"));
        sell(world, &luz, new).await;
        let new = sale(world, "M-1", ("Ana Souza", ANA), ("52998224725", "11999990001", "4242"));
        sell(world, &mar, new).await;
        world.settle().await;

        let all = tab.get("/producer/orders").await.body;
        for part in ["href=\"/producer/orders/L-1\"", "&lt;b&gt;Ana&lt;/b&gt; Souza", ANA, "R$\u{a0}49,90", "Pago"] {
            assert!(all.contains(part), "{part}: {all}");
        }
        assert!(!all.contains("M-1") && !all.contains("<b>Ana"), "{all}");
        let found = tab.get("/producer/orders?q=souza&status=paid&risk=").await.body;
        assert!(found.contains("/producer/orders/L-1") && found.contains("value=\"souza\""), "{found}");
        let nothing = tab.get("/producer/orders?q=%3Cscript%3E&status=disputed").await.body;
        assert!(nothing.contains("Nenhum pedido encontrado") && nothing.contains("&lt;script&gt;"), "{nothing}");
        assert!(nothing.contains("Em disputa") && !nothing.contains("<script>alert"), "{nothing}");
        let long = tab.get(&format!("/producer/orders?q={}", "a".repeat(300))).await;
        assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(long.body.contains("até 200 caracteres"), "{}", long.body);
        let wrong = tab.get("/producer/orders?from=2026-02-30").await;
        assert!(
            wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.body.contains("from-error"),
            "{}",
            wrong.body
        );
    })
    .await;
}

#[tokio::test]
async fn a_search_is_kept_shown_and_forgotten() {
    each_world(async |world| {
        let (luz, mar) = (producer(world, "luz").await, producer(world, "mar").await);
        let (tab, other) = (Tab::of(world, &luz).await, Tab::of(world, &mar).await);
        for shop in [&luz, &mar] {
            sell(world, shop, paid_order(world, ANA, "P-1", &[("photo", 1_000)])).await;
        }
        world.settle().await;
        let kept = tab.post("/producer/views", "name=Da+Ana&q=ana+souza&status=paid").await;
        assert_eq!(
            (kept.status, &kept.headers[header::LOCATION]),
            (StatusCode::SEE_OTHER, &header::HeaderValue::from_static("/producer/orders?q=ana%20souza&status=paid"))
        );
        let page = tab.get("/producer/orders?q=ana%20souza&status=paid").await.body;
        assert!(page.contains("Da Ana") && page.contains("Apagar a visão “Da Ana”"), "{page}");
        assert!(!other.get("/producer/orders").await.body.contains("Da Ana"));
        let remove = page.split("/producer/views/").nth(1).unwrap().split('"').next().unwrap();
        let remove = format!("/producer/views/{remove}");
        assert_eq!(other.post(&remove, "").await.status, StatusCode::NOT_FOUND);
        assert_eq!(tab.post(&remove, "").await.status, StatusCode::SEE_OTHER);
        assert!(!tab.get("/producer/orders").await.body.contains("Da Ana"));
        let nameless = tab.post("/producer/views", "name=&q=ana").await;
        assert!(nameless.status == StatusCode::UNPROCESSABLE_ENTITY && nameless.body.contains("view-name-error"));
        let nothing = tab.post("/producer/views", "name=x").await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
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
        let tab = Tab::of(world, &luz).await;
        let file = tab.get("/producer/orders.csv").await;
        assert_eq!(file.status, StatusCode::OK);
        assert_eq!(file.headers[header::CONTENT_TYPE], "text/csv; charset=utf-8");
        assert_eq!(file.headers[header::CONTENT_DISPOSITION], "attachment; filename=\"pedidos-2026-11-20.csv\"");
        assert_eq!(file.headers[header::CACHE_CONTROL], "no-store");
        let text = file.body.strip_prefix("\u{feff}").expect("the mark of UTF-8");
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
        let filtered = tab.get("/producer/orders.csv?q=jose").await.body;
        assert_eq!(filtered.split("\r\n").count(), 3, "{filtered}");
        assert_eq!(tab.get("/producer/orders.csv?to=x").await.status, StatusCode::UNPROCESSABLE_ENTITY);
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
        let tab = Tab::of(world, &luz).await;
        let file = tab.get("/producer/orders.csv?q=ana").await.body;
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
        let admin = Tab::of_staff(world, StaffRole::Admin).await;
        let empty = admin.get("/admin").await;
        assert!(empty.status == StatusCode::OK && empty.body.contains("Encontrar um pedido"), "{}", empty.body);
        let found = admin.get("/admin?q=529.982.247-25").await.body;
        for part in
            ["L-1", "Escola luz", "Ana M*** S***", "a***@example.com", "***.982.247-**", "/admin/orders/", "Pago"]
        {
            assert!(found.contains(part), "{part}: {found}");
        }
        assert!(!found.contains(ANA) && !found.contains("Souza"), "{found}");
        let nothing = admin.get("/admin?q=%22%3E%3Cscript%3E").await.body;
        assert!(nothing.contains("Nada encontrado") && !nothing.contains("><script>"), "{nothing}");
        let long = admin.get(&format!("/admin?q={}", "a".repeat(600))).await;
        assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
        // A producer is nobody there, nor the staff in a producer's list.
        let producer = Tab::of(world, &luz).await;
        let strangers = [
            producer.get("/admin?q=ana").await,
            admin.get("/producer/orders").await,
            admin.get("/producer/orders.csv").await,
            admin.post("/producer/views", "name=x&q=a").await,
        ];
        for answer in strangers {
            let leads = answer.headers[header::LOCATION].to_str().unwrap();
            assert!(answer.status == StatusCode::SEE_OTHER && leads.contains("/sign-in"), "{leads}");
        }
    })
    .await;
}
