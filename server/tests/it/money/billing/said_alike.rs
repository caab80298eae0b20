//! What home, order and subscription page say of what is paid and what is owed: the same, whatever day it is.

use super::{BROKE, installments, on, reference, report, slip, subscribed, zone};
use crate::harness::browserless::plain;
use crate::harness::{ANA, DAY, assert_sound, each_world, order, origin, place, producer, sign_in};
use axum::body::{Body, to_bytes};
use http::{Request, StatusCode, header};
use portal::Buyer;
use portal::ports::ChargeProgress;
use portal::session::Holder;
use portal::testing::{GatewayFault, World, session_of};
use server::config::{Config, Given};
use server::router::router;
use server::state::Installation;
use tower::ServiceExt;
use types::{DeclineReason, IntervalUnit, Method};

const EXPIRED: ChargeProgress = ChargeProgress::Declined(DeclineReason::Expired);

#[tokio::test]
async fn the_day_of_the_last_payment_is_said_and_not_that_of_the_first() {
    each_world(async |world| {
        let (_, due) = subscribed(world, Method::Card).await;
        let buyer = sign_in(world, ANA).await;
        let Pages { order, subscription, .. } = pages(world, &buyer, "S-1").await;
        for page in [&order, &subscription] {
            assert_says(page, &["Pago em 20/11/2026, 09:00"], &["Último pagamento"]);
        }
        world.gateway.next_charges(&[BROKE]);
        on(world, due).await;
        let Pages { order, subscription, .. } = pages(world, &buyer, "S-1").await;
        for page in [&order, &subscription] {
            assert_says(page, &["Pago em 20/11/2026, 09:00"], &["Último pagamento"]);
        }
        on(world, due.plus(DAY)).await;
        let Pages { order, subscription, .. } = pages(world, &buyer, "S-1").await;
        for page in [&order, &subscription] {
            assert_says(page, &["Último pagamento em 21/12/2026, 09:00"], &["Pago em 20/11/2026"]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_renewal_by_pix_that_is_due_is_said_alike_on_every_page_until_it_is_paid() {
    each_world(async |world| {
        let (producer, due) = subscribed(world, Method::Pix).await;
        let buyer = sign_in(world, ANA).await;
        world.clock.jump(due.minus(DAY * 3));
        world.gateway.next_charges(&[slip(world, 5)]);
        world.settle().await;
        on(world, due.plus(DAY)).await;
        let Pages { home, order, subscription } = pages(world, &buyer, "S-1").await;
        let ways = ["Pague até terça-feira, 22/12/2026", "Pagar R$ 49,90 com Pix", "Ativa"];
        assert_says(&home, &ways, &["Próxima cobrança"]);
        assert_says(&home, &["falta pagar R$ 49,90 (Pix)", "em aberto, com vencimento em 20/12/2026"], &[]);
        for page in [&order, &subscription] {
            assert_says(page, &ways, &["Próxima cobrança domingo"]);
            let next = "Próxima cobrança Depois de pagar o que está em aberto";
            assert_says(page, &["Falta pagar R$ 49,90 (Pix)", next], &[]);
        }

        let first = reference(world, &producer, "S-1").await;
        world.gateway.next_charges(&[slip(world, 3)]);
        assert!(report(world, &first, EXPIRED).await);
        let Pages { home, order, subscription } = pages(world, &buyer, "S-1").await;
        assert_says(&home, &["R$ 49,90 em atraso desde 20/12/2026"], &[]);
        for page in [&order, &subscription] {
            assert_says(page, &["R$ 49,90 em atraso desde domingo, 20/12"], &["Próxima cobrança domingo"]);
        }
        for page in [&home, &order, &subscription] {
            let ways = ["Pagamento atrasado", "Pagar R$ 49,90 com Pix", "o acesso vai até segunda-feira, 28/12"];
            assert_says(page, &ways, &["Ativa"]);
        }

        let second = reference(world, &producer, "S-1").await;
        assert!(report(world, &second, ChargeProgress::Paid).await);
        let Pages { home, order, subscription } = pages(world, &buyer, "S-1").await;
        assert_says(&home, &["Próxima cobrança em 20/01/2027: R$ 49,90"], &[]);
        for page in [&order, &subscription] {
            assert_says(page, &["Próxima cobrança quarta-feira, 20/01/2027: R$ 49,90"], &[]);
        }
        for page in [&home, &order, &subscription] {
            assert_says(page, &["Ativa"], &["em atraso", "em aberto", "Precisa da sua atenção", "alta pagar"]);
        }
        assert_sound(world).await;
    })
    .await;
}

#[tokio::test]
async fn a_charge_whose_day_is_over_and_of_which_nothing_is_known_is_not_said_to_be_ahead() {
    each_world(async |world| {
        let (_, due) = subscribed(world, Method::Pix).await;
        let buyer = sign_in(world, ANA).await;
        world.gateway.fail_next_charges_of(ANA, &[GatewayFault::Unavailable; 200]);
        on(world, due).await;
        let Pages { home, order, subscription } = pages(world, &buyer, "S-1").await;
        assert_says(&home, &["Próxima cobrança em 20/12/2026: R$ 49,90"], &[]);
        for page in [&order, &subscription] {
            assert_says(page, &["Próxima cobrança domingo, 20/12: R$ 49,90"], &[]);
        }
        on(world, due.plus(DAY)).await;
        let Pages { home, order, subscription } = pages(world, &buyer, "S-1").await;
        let said = "Cobrança de R$ 49,90 prevista para 20/12/2026, ainda sem confirmação";
        assert_says(&home, &[said], &["Próxima cobrança"]);
        for page in [&order, &subscription] {
            assert_says(page, &["Prevista para domingo, 20/12: R$ 49,90, ainda sem confirmação"], &[]);
        }
        world.gateway.be_kind_to(ANA);
        on(world, due.plus(DAY * 2)).await;
        let Pages { home, .. } = pages(world, &buyer, "S-1").await;
        assert_says(&home, &["Próxima cobrança em 20/01/2027: R$ 49,90"], &["sem confirmação"]);
    })
    .await;
}

#[tokio::test]
async fn of_boletos_in_arrears_the_head_and_the_row_say_the_same() {
    each_world(async |world| {
        let producer = producer(world, "luz").await;
        let start = world.portal.now();
        place(world, &producer, installments(world, ANA, "P-1", Method::Boleto, 12_000, 12)).await;
        world.settle().await;
        let buyer = sign_in(world, ANA).await;
        let due = zone().intervals_after(start, IntervalUnit::Month, 1);
        world.clock.jump(due.minus(DAY * 3));
        world.gateway.next_charges(&[slip(world, 5)]);
        world.settle().await;
        let Pages { home, order, .. } = pages(world, &buyer, "P-1").await;
        for page in [&home, &order] {
            assert_says(page, &["Em dia · 1 de 12", "alta pagar R$ 10,00 (Boleto)"], &["atraso"]);
        }
        assert_says(&order, &["2 de 12 20/12/2026 Em aberto R$ 10,00"], &[]);

        let first = reference(world, &producer, "P-1").await;
        world.clock.jump(due.plus(DAY * 2));
        world.gateway.next_charges(&[slip(world, 3)]);
        assert!(report(world, &first, EXPIRED).await);
        let Pages { home, order, .. } = pages(world, &buyer, "P-1").await;
        for page in [&home, &order] {
            assert_says(page, &["Parcela em atraso"], &["Em dia"]);
        }
        assert_says(&order, &["2 de 12 20/12/2026 Em atraso R$ 10,00", "3 de 12 20/01/2027 A vencer"], &["Em aberto"]);

        let second = reference(world, &producer, "P-1").await;
        assert!(report(world, &second, ChargeProgress::Paid).await);
        let Pages { home, order, .. } = pages(world, &buyer, "P-1").await;
        for page in [&home, &order] {
            assert_says(page, &["Em dia · 2 de 12"], &["atraso"]);
        }
        let paid = ["2 de 12 20/12/2026 Paga R$ 10,00", "Último pagamento em 22/12/2026, 09:00"];
        assert_says(&order, &paid, &["Pago em 20/11/2026"]);
        assert_sound(world).await;
    })
    .await;
}

/// What the pages say that show an order.
struct Pages {
    home: String,
    order: String,
    /// Empty for what is no subscription.
    subscription: String,
}

/// The pages as Ana reads them now.
async fn pages(world: &World, buyer: &Buyer, code: &str) -> Pages {
    let token = session_of(&world.portal, Holder::Buyer(buyer.person()), &origin("192.0.2.1")).await;
    let config = Config::read(&Given::default()).unwrap();
    let web = router(&Installation { portal: world.portal.clone(), sandbox: None }, &config, config.listen);
    let read = async |path: String| {
        let request = Request::get(&path)
            .header(header::HOST, "127.0.0.1:3000")
            .header(header::ACCEPT_LANGUAGE, "pt-BR")
            .header(header::COOKIE, format!("aftersale={token}"));
        let answer = web.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        let body = to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        plain(std::str::from_utf8(&body).unwrap())
    };
    let subscription = match order(buyer, code).await.subscription {
        Some(plan) => read(format!("/subscriptions/{}", plan.id)).await,
        None => String::new(),
    };
    Pages { home: read("/".to_owned()).await, order: read(format!("/orders/{code}")).await, subscription }
}

/// The page says each of these, and none of those.
#[track_caller]
fn assert_says(page: &str, these: &[&str], none: &[&str]) {
    // Each receipt has a day of its own.
    let page = page.split("Documentos").next().unwrap().replace('\u{a0}', " ");
    let missing: Vec<&&str> = these.iter().filter(|words| !page.contains(**words)).collect();
    let wrong: Vec<&&str> = none.iter().filter(|words| page.contains(**words)).collect();
    assert!(missing.is_empty() && wrong.is_empty(), "without {missing:?}, with {wrong:?}: {page}");
}
