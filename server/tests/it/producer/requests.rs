//! Refunds that wait for the producer: lists, answers, what is paid by hand, what failed.

use super::Desk;
use crate::harness::{ANA, DAY, buy, code, each_world, line, mails, order, paid_order, place, producer, sign_in};
use portal::intake::NewOrder;

use portal::refund::{
    Answer, AnswerError, WaitingFor, answer, ask, counted, new_request_id, of_producer, request, waiting,
};
use portal::testing::{GatewayFault, World};
use portal::{Buyer, Producer};
use types::{OrderStatus, Protocol, RefundState};

/// An order of two items whose window closed, and a request for all of it.
async fn asked(world: &World) -> (Producer, Buyer, Protocol) {
    let luz = producer(world, "luz").await;
    buy(world, &luz, ANA, "P-1", &[("photo", 29_700), ("ebook", 1_990)]).await;
    world.settle().await;
    world.clock.forward(DAY * 30);
    let ana = sign_in(world, ANA).await;
    let protocol = ask(&ana, "P-1", new_request_id(&world.portal), "Fiquei doente.").await.unwrap();
    world.settle().await;
    (luz, ana, protocol)
}

#[tokio::test]
async fn requests_are_listed_by_their_deadline_and_page_by_page() {
    each_world(async |world| {
        let (luz, ..) = asked(world).await;
        for number in 0..26 {
            let (who, name) = (format!("b{number}@example.com"), format!("Q-{number}"));
            buy(world, &luz, &who, &name, &[("ebook", 1_990)]).await;
        }
        world.settle().await;
        world.clock.forward(DAY * 30);
        for number in 0..26 {
            let buyer = sign_in(world, &format!("b{number}@example.com")).await;
            ask(&buyer, &format!("Q-{number}"), new_request_id(&world.portal), "x").await.unwrap();
        }
        let first = waiting(&luz, WaitingFor::Answer, None).await.unwrap();
        assert_eq!((first.refunds.len(), first.refunds[0].code.as_str()), (25, "P-1"));
        assert!(first.refunds.is_sorted_by_key(|waiting| waiting.at));
        let second = waiting(&luz, WaitingFor::Answer, first.next).await.unwrap();
        assert_eq!((second.refunds.len(), second.next), (2, None));
        assert_eq!(counted(&luz).await.unwrap().asked, 10, "as many as are counted");
        let desk = Desk::of(world, &luz).await;
        let page = desk.get("/producer/requests").await.expect(200);
        assert!(page.text.contains("Para responder (9+)") && page.text.contains("Prazo vencido"), "{}", page.text);
        let next = format!("/producer/requests?cursor={}", first.next.unwrap());
        assert!(page.text.contains(&next), "{}", page.text);
        assert!(desk.get(&next).await.expect(200).text.contains(second.refunds[1].code.as_str()));
        desk.get("/producer/requests?cursor=x&show=y").await.expect(200);
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn the_producer_approves_all_of_it_and_reads_so_once() {
    each_world(async |world| {
        let (luz, ana, protocol) = asked(world).await;
        let desk = Desk::of(world, &luz).await;
        let list = desk.get("/producer/requests").await.expect(200).text;
        assert!(list.contains("Fiquei doente.") && list.contains("R$\u{a0}316,90"), "{list}");
        let path = format!("/producer/requests/{protocol}");
        assert!(list.contains(&path), "{list}");
        let page = desk.get(&path).await.expect(200);
        let done = desk.press(&page.form(&path, ("answer", "approve")), &[]).await.expect(303);
        assert!(done.says("said-approved") && done.location.as_deref() == Some("/producer/requests"), "{done:?}");
        world.settle().await;
        assert_eq!(order(&ana, "P-1").await.status, OrderStatus::Refunded);
        // Pressed again, it is answered already: the same answer is no other one.
        desk.press(&page.form(&path, ("answer", "approve")), &[]).await.expect(303);
        let no = desk.press(&page.form(&path, ("answer", "decline")), &[]).await.expect(303);
        assert!(no.says("said-answered-before") && no.location == Some(path.clone()), "{no:?}");
        assert!(!desk.get(&path).await.expect(200).text.contains("name=\"answer\""));
        let empty = desk.get("/producer/requests").await.expect(200).text;
        assert!(empty.contains("Nenhuma solicitação espera resposta"), "{empty}");
    })
    .await;
}

#[tokio::test]
async fn a_part_is_approved_and_the_rest_stays_with_the_buyer() {
    each_world(async |world| {
        let (luz, ana, protocol) = asked(world).await;
        let seen = of_producer(&luz, protocol.as_str()).await.unwrap().unwrap();
        let amounts: Vec<i64> = seen.items.iter().map(|(.., amount)| amount.amount).collect();
        assert_eq!(amounts, [29_700, 1_990]);
        let desk = Desk::of(world, &luz).await;
        let path = format!("/producer/requests/{protocol}");
        let page = desk.get(&path).await.expect(200);
        let form = page.form(&path, ("answer", "approve-items"));
        let none = desk.press(&form, &[("reason", "x")]).await.expect(422);
        assert!(none.text.contains("Escolha ao menos um item"), "{}", none.text);
        let ebook = seen.items[1].0.to_string();
        let typed = [("item", ebook.as_str()), ("reason", "O curso foi concluído.")];
        let done = desk.press(&form, &typed).await.expect(303);
        assert!(done.says("said-approved-part"), "{done:?}");
        world.settle().await;
        let view = order(&ana, "P-1").await;
        let refund = &view.refunds[0];
        assert_eq!((view.status, refund.amount.amount), (OrderStatus::PartlyRefunded, 1_990));
        assert_eq!((refund.items.len(), refund.answer.as_deref()), (1, Some("O curso foi concluído.")));
        assert_eq!(world.gateway.refunds().iter().map(|refund| refund.amount.amount).sum::<i64>(), 1_990);
        assert_eq!(world.area.access_of(ANA).len(), 2, "the course gives both classrooms");
        assert_eq!(mails(world, "RefundApproved"), 1);
        // What was not approved may be asked for again.
        ask(&ana, "P-1", new_request_id(&world.portal), "E o curso?").await.unwrap();
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn only_what_was_asked_for_is_approved() {
    each_world(async |world| {
        let (luz, _, protocol) = asked(world).await;
        for items in [vec![], vec![types::ItemId(uuid::Uuid::nil())]] {
            let part = Answer::ApproveItems { items, reason: None };
            let told = answer(&world.portal, &luz, &code("P-1"), &protocol, part).await;
            assert!(matches!(told, Err(AnswerError::UnknownItem)), "{told:?}");
        }
        assert_eq!(
            of_producer(&luz, protocol.as_str()).await.unwrap().unwrap().view.refund.state,
            RefundState::Requested
        );
    })
    .await;
}

#[tokio::test]
async fn the_producer_declines_with_words() {
    each_world(async |world| {
        let (luz, ana, protocol) = asked(world).await;
        let desk = Desk::of(world, &luz).await;
        let path = format!("/producer/requests/{protocol}");
        let form = desk.get(&path).await.expect(200).form(&path, ("answer", "decline"));
        let long = "x".repeat(201);
        let wrong = desk.press(&form, &[("reason", &long)]).await.expect(422);
        assert!(wrong.text.contains(&long) && wrong.text.contains("em uma linha"), "{}", wrong.text);
        assert!(desk.press(&form, &[("reason", "Curso concluído.")]).await.expect(303).says("said-declined"));
        world.settle().await;
        assert_eq!(order(&ana, "P-1").await.refunds[0].answer.as_deref(), Some("Curso concluído."));
    })
    .await;
}

#[tokio::test]
async fn what_was_paid_by_hand_is_said_with_its_day_and_number() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        let sold = paid_order(world, ANA, "P-1", &[("photo", 29_700)]);
        place(world, &luz, NewOrder { gateway: line("elsewhere"), ..sold }).await;
        world.settle().await;
        let ana = sign_in(world, ANA).await;
        let protocol = request(&ana, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        let desk = Desk::of(world, &luz).await;
        let list = desk.get("/producer/requests?show=hand").await.expect(200).text;
        assert!(list.contains("Para reembolsar por fora (1)") && list.contains("R$\u{a0}297,00"), "{list}");
        let (path, done) = (format!("/producer/requests/{protocol}"), format!("/producer/requests/{protocol}/done"));
        let page = desk.get(&path).await.expect(200);
        let form = page.form(&done, ("day", ""));
        for day in ["2020-01-01", "2099-01-01", "ontem"] {
            let wrong = desk.press(&form, &[("day", day)]).await.expect(422);
            assert!(wrong.text.contains("Informe um dia"), "{day}: {}", wrong.text);
        }
        let told = desk.press(&form, &[("day", ""), ("reference", "E2E-77")]).await.expect(303);
        assert!(told.says("said-paid-by-hand"), "{told:?}");
        world.settle().await;
        assert_eq!(order(&ana, "P-1").await.status, OrderStatus::Refunded);
        assert!(waiting(&luz, WaitingFor::Hand, None).await.unwrap().refunds.is_empty());
    })
    .await;
}

#[tokio::test]
async fn what_the_gateway_could_not_pay_back_is_listed_until_it_is_asked_for_again() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        buy(world, &luz, ANA, "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        let ana = sign_in(world, ANA).await;
        world.gateway.fail_next(&[GatewayFault::Refuses]);
        request(&ana, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        let failed = order(&ana, "P-1").await.refunds[0].state;
        assert_eq!(failed, RefundState::Failed);
        let listed = waiting(&luz, WaitingFor::Again, None).await.unwrap().refunds;
        assert_eq!((listed.len(), listed[0].amount.amount), (1, 29_700));
        let desk = Desk::of(world, &luz).await;
        let list = desk.get("/producer/requests?show=again").await.expect(200).text;
        assert!(list.contains("P-1"), "{list}");
        let page = desk.get(&format!("/producer/requests/{}", listed[0].protocol)).await.expect(200).text;
        assert!(page.contains("mailto:ana@example.com") && !page.contains("name=\"answer\""), "{page}");
        request(&ana, "P-1", new_request_id(&world.portal), &[]).await.unwrap();
        world.settle().await;
        assert!(waiting(&luz, WaitingFor::Again, None).await.unwrap().refunds.is_empty());
    })
    .await;
}

#[tokio::test]
async fn another_producers_request_is_an_absent_one() {
    each_world(async |world| {
        let (_, _, protocol) = asked(world).await;
        let sol = producer(world, "sol").await;
        let desk = Desk::of(world, &sol).await;
        let foreign = desk.get(&format!("/producer/requests/{protocol}")).await.expect(404);
        let absent = desk.get("/producer/requests/R-2222-2222").await.expect(404);
        assert_eq!(foreign.text.replace(protocol.as_str(), ""), absent.text.replace("R-2222-2222", ""));
        let form = crate::harness::browserless::Form {
            method: "post".to_owned(),
            action: format!("/producer/requests/{protocol}"),
            fields: vec![("answer".to_owned(), "approve".to_owned())],
        };
        desk.press(&form, &[]).await.expect(404);
        Desk::of_nobody(world).get(&format!("/producer/requests/{protocol}")).await.expect_sign_in();
        assert!(waiting(&sol, WaitingFor::Answer, None).await.unwrap().refunds.is_empty());
    })
    .await;
}
