//! Another card, another way to pay (rule 10): through the gateway's page and back, once, and no number anywhere.

use crate::browserless::{Browser, Form, form, forms, path_of};
use crate::harness::{assert_sound, buy, paid_order, place, seller, sign_in, worlds};
use crate::http::{Answer, Request};
use crate::member_areas::Area;
use crate::shop;
use crate::shop::{catalogue, club, order, sell};
use crate::site::{Api, Site, eventually};
use portal::card::{CardError, begin, page, update, use_for_others};
use portal::intake::NewSubscription;
use portal::on;
use portal::ports::{CardProgress, ChargeProgress, SavedCard};
use portal::refund::new_request_id;
use portal::testing::{GatewayFault, World};
use std::time::Duration;
use types::view::{CardPlace, CardRefusal, SwapOutcome, SwapState};
use types::{CardUpdateId, DeclineReason, IntervalUnit, OrderKind, SubscriptionStatus};

pub const ANA: &str = "ana@example.com";

/// A paid subscription at the gateway of the tests.
pub async fn subscribe(world: &World, producer: &portal::catalogue::producer::Producer, code: &str) {
    let now = world.portal.now();
    let end = now.plus(Duration::from_secs(30 * 86_400));
    let mut order = paid_order(world, ANA, code, &[("photo", 4_990)]);
    order.kind = OrderKind::Subscription;
    order.subscription = Some(NewSubscription {
        status: SubscriptionStatus::Active,
        plan: None,
        amount: 4_990,
        interval: (IntervalUnit::Month, 1),
        period_start: now,
        period_end: end,
        next_charge_at: Some(end),
        canceled_at: None,
        paid_at: Some(now),
    });
    place(world, producer, order).await;
}

pub async fn place_of(buyer: &portal::Buyer, code: &str) -> CardPlace {
    CardPlace::Subscription(crate::harness::order(buyer, code).await.subscription.unwrap().id)
}

pub fn saved(token: &str) -> CardProgress {
    let (token, brand, last4) = (token.to_owned(), "visa".to_owned(), "1881".to_owned());
    CardProgress::Saved(SavedCard { token, brand, last4, exp_month: 8, exp_year: 2031 })
}

pub fn mails(world: &World, subject: &str) -> usize {
    world.mail.taken().iter().filter(|letter| letter.subject == subject).count()
}

/// The id of the visit behind the address of the test gateway's page.
pub fn visit(url: &str) -> CardUpdateId {
    url.rsplit('/').next().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_card_is_kept_once_however_many_look_and_the_buyer_is_told_once() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        subscribe(&world, &producer, "P-1").await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let place = place_of(&buyer, "P-1").await;
        let form = new_request_id(&world.portal);
        let url = begin(&buyer, &place, form).await.unwrap();
        assert_eq!(begin(&buyer, &place, form).await.unwrap(), url, "the same form is the same visit");
        let id = visit(&url);
        assert!(matches!(update(&buyer, &place, id).await.unwrap().state, SwapState::Open { .. }));
        world.gateway.end_card(&id.to_string(), saved("tok"));
        let looks = futures::future::join_all((0..6).map(|_| update(&buyer, &place, id))).await;
        for look in looks {
            let SwapState::Saved { card, outcome } = look.unwrap().state else { panic!("not saved") };
            assert_eq!((card.last4.as_str(), outcome), ("1881", SwapOutcome::Nothing));
        }
        world.settle().await;
        assert_eq!(mails(&world, "CardChanged"), 1, "{}", world.engine);
        let seen = page(&buyer, &place).await.unwrap();
        assert_eq!(seen.payment.card.unwrap().last4, "1881");
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_buyer_who_never_comes_back_has_the_new_card_all_the_same() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        subscribe(&world, &producer, "P-1").await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let place = place_of(&buyer, "P-1").await;
        let url = begin(&buyer, &place, new_request_id(&world.portal)).await.unwrap();
        world.gateway.end_card(&visit(&url).to_string(), saved("tok"));
        world.clock.forward(Duration::from_secs(120));
        world.settle().await;
        world.settle().await;
        assert_eq!(page(&buyer, &place).await.unwrap().payment.card.unwrap().last4, "1881");
        assert_eq!(mails(&world, "CardChanged"), 1);
        // A visit that nobody ends is forgotten at last.
        let url = begin(&buyer, &place, new_request_id(&world.portal)).await.unwrap();
        for _ in 0..40 {
            world.clock.forward(Duration::from_secs(3600));
            world.settle().await;
        }
        // The session ended long ago: the state is looked at on disk.
        let rows = crate::rows::rows(&world.portal.db, &[]).await;
        let closed = rows["card_updates"].iter().any(|row| row.contains("'closed'"));
        assert!(closed, "{url}: {:?}", rows["card_updates"]);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn the_card_is_used_for_other_plans_only_where_that_was_chosen() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        let other = seller(&world, "sol").await;
        for (producer, code) in [(&producer, "P-1"), (&producer, "P-2"), (&producer, "P-3"), (&other, "S-1")] {
            subscribe(&world, producer, code).await;
        }
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let place = place_of(&buyer, "P-1").await;
        let id = visit(&begin(&buyer, &place, new_request_id(&world.portal)).await.unwrap());
        world.gateway.end_card(&id.to_string(), saved("tok"));
        let seen = update(&buyer, &place, id).await.unwrap();
        assert_eq!(seen.others.len(), 2, "those of another seller are not offered");
        let CardPlace::Subscription(foreign) = place_of(&buyer, "S-1").await else { unreachable!() };
        let chosen = [seen.others[0].id, foreign];
        for _ in 0..2 {
            use_for_others(&buyer, &place, id, &chosen).await.unwrap();
        }
        world.settle().await;
        let used: Vec<bool> =
            update(&buyer, &place, id).await.unwrap().others.iter().map(|one| one.is_changed).collect();
        assert_eq!(used, [true, false]);
        assert_eq!(mails(&world, "CardChanged"), 2, "{}", world.engine);
        let untouched = page(&buyer, &CardPlace::Subscription(foreign)).await.unwrap();
        assert_ne!(untouched.payment.card.map(|card| card.last4), Some("1881".to_owned()));
    }
}

#[tokio::test]
async fn what_has_no_card_to_change_says_why() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        buy(&world, &producer, ANA, "ONE", &[("photo", 29_700)]).await;
        let mut slips = paid_order(&world, ANA, "SLIP", &[("photo", 29_700)]);
        slips.kind = OrderKind::SlipInstallments;
        place(&world, &producer, slips).await;
        let mut smart = paid_order(&world, ANA, "SMART", &[("photo", 29_700)]);
        smart.kind = OrderKind::SmartInstallments;
        place(&world, &producer, smart).await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        for (code, expected) in
            [("ONE", Some(CardRefusal::OneOff)), ("SLIP", Some(CardRefusal::SlipInstallments)), ("SMART", None)]
        {
            let place = CardPlace::Order(code.to_owned());
            assert_eq!(page(&buyer, &place).await.unwrap().refusal, expected, "{code}");
            let begun = begin(&buyer, &place, new_request_id(&world.portal)).await;
            match (expected, begun) {
                (None, Ok(_)) => {}
                (Some(refusal), Err(CardError::Refused(said))) => assert_eq!(said, refusal),
                (_, begun) => panic!("{code}: {begun:?}"),
            }
        }
        let absent = CardPlace::Order("NOPE".to_owned());
        assert!(matches!(page(&buyer, &absent).await, Err(CardError::NotFound)));
    }
}

/// A subscription whose renewal failed: what is owed, the buyer, and where the card is changed.
pub async fn overdue(world: &World) -> (portal::Buyer, CardPlace) {
    let producer = seller(world, "luz").await;
    subscribe(world, &producer, "P-1").await;
    world.settle().await;
    let buyer = sign_in(world, ANA).await;
    let place = place_of(&buyer, "P-1").await;
    world.gateway.next_charges(&[ChargeProgress::Declined(DeclineReason::ExpiredCard)]);
    world.clock.forward(Duration::from_secs(31 * 86_400));
    world.settle().await;
    let owed = page(&buyer, &place).await.unwrap().owed.expect("the renewal is owed");
    assert_eq!((owed.amount.amount, owed.failure), (4_990, Some(DeclineReason::ExpiredCard)));
    (buyer, place)
}

pub async fn swapped(world: &World, buyer: &portal::Buyer, place: &CardPlace) -> (CardUpdateId, SwapOutcome) {
    let id = visit(&begin(buyer, place, new_request_id(&world.portal)).await.unwrap());
    world.gateway.end_card(&id.to_string(), saved("tok"));
    (id, outcome(buyer, place, id).await)
}

pub async fn outcome(buyer: &portal::Buyer, place: &CardPlace, id: CardUpdateId) -> SwapOutcome {
    let SwapState::Saved { outcome, .. } = update(buyer, place, id).await.unwrap().state else { panic!("not saved") };
    outcome
}

#[tokio::test]
async fn what_is_owed_is_charged_on_the_new_card_at_once_and_once() {
    for world in worlds().await {
        let (buyer, place) = overdue(&world).await;
        let (id, came) = swapped(&world, &buyer, &place).await;
        assert!(matches!(came, SwapOutcome::Paid(amount) if amount.amount == 4_990), "{}: {came:?}", world.engine);
        world.settle().await;
        assert!(matches!(outcome(&buyer, &place, id).await, SwapOutcome::Paid(_)));
        assert!(page(&buyer, &place).await.unwrap().owed.is_none());
        let charges = world.gateway.charges();
        let paid: Vec<_> = charges.iter().filter(|(_, state)| *state == ChargeProgress::Paid).collect();
        assert_eq!(paid.len(), 1, "{}", world.engine);
        assert_eq!(paid[0].0.card.as_ref().unwrap().token.as_deref(), Some("tok"));
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_bank_that_refuses_asks_or_does_not_answer_is_told_as_it_is() {
    for world in worlds().await {
        let (buyer, place) = overdue(&world).await;
        world.gateway.next_charges(&[ChargeProgress::Declined(DeclineReason::InsufficientFunds)]);
        let (_, came) = swapped(&world, &buyer, &place).await;
        assert!(matches!(came, SwapOutcome::Declined { reason: DeclineReason::InsufficientFunds, .. }), "{came:?}");
        let bank = "https://bank.test/confirm".to_owned();
        world.gateway.next_charges(&[ChargeProgress::ActionRequired { url: bank.clone() }]);
        let (id, came) = swapped(&world, &buyer, &place).await;
        assert_eq!(came, SwapOutcome::Action { url: bank });
        let charges = world.gateway.charges();
        let asked = charges.iter().find(|(_, state)| matches!(state, ChargeProgress::ActionRequired { .. })).unwrap();
        world.gateway.charge_progress(&asked.0.key, ChargeProgress::Paid);
        assert!(matches!(outcome(&buyer, &place, id).await, SwapOutcome::Paid(_)), "{}", world.engine);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_charge_whose_answer_was_lost_is_asked_about_and_not_made_again() {
    for world in worlds().await {
        let (buyer, place) = overdue(&world).await;
        world.gateway.fail_next_charges(&[GatewayFault::LostAfter]);
        let (id, came) = swapped(&world, &buyer, &place).await;
        assert_eq!(came, SwapOutcome::Unknown, "{}", world.engine);
        assert!(matches!(outcome(&buyer, &place, id).await, SwapOutcome::Paid(_)));
        world.clock.forward(Duration::from_secs(600));
        world.settle().await;
        let paid = world.gateway.charges().iter().filter(|(_, state)| *state == ChargeProgress::Paid).count();
        assert_eq!(paid, 1, "{}", world.engine);
        assert_sound(&world).await;
    }
}

#[tokio::test]
async fn a_card_that_expires_next_month_is_told_once() {
    for world in worlds().await {
        let producer = seller(&world, "luz").await;
        subscribe(&world, &producer, "P-1").await;
        world.settle().await;
        let buyer = sign_in(&world, ANA).await;
        let place = place_of(&buyer, "P-1").await;
        let id = visit(&begin(&buyer, &place, new_request_id(&world.portal)).await.unwrap());
        let card =
            SavedCard { token: "t".into(), brand: "visa".into(), last4: "4242".into(), exp_month: 12, exp_year: 2026 };
        world.gateway.end_card(&id.to_string(), CardProgress::Saved(card));
        update(&buyer, &place, id).await.unwrap();
        for _ in 0..2 {
            portal::card::remind(&world.portal).await.unwrap();
            world.settle().await;
        }
        assert_eq!(mails(&world, "CardExpiring"), 1, "{}", world.engine);
    }
}

async fn shop(engine: &'static str) -> (Site, Api, Browser, String) {
    let site = Site::start(engine).await;
    let luz = site.seller("luz", "Escola Luz").await;
    catalogue(&luz, &Area::own().await).await;
    sell(&luz, &club("A-2", ANA)).await;
    sell(&luz, &order("A-1", ANA, &[("foto", 29_700)])).await;
    let mut ana = shop::sign_in(&site, ANA).await;
    let page = ana.visit("/orders/A-2").await.expect(200).text();
    let id: String = page.split("/subscriptions/").nth(1).unwrap().chars().take(36).collect();
    (site, luz, ana, format!("/subscriptions/{id}/card"))
}

/// To the gateway's page for a card.
async fn to_gateway(ana: &mut Browser, address: &str) -> Answer {
    let page = ana.visit(address).await.expect(200);
    ana.submit(&form(&page, address), &[]).await.expect(200)
}

fn card_form(page: &Answer) -> Form {
    form(page, "/sandbox/pay/")
}

fn typed(number: &str) -> [(&str, &str); 3] {
    [("number", number), ("expiry", "12/31"), ("security_code", "123")]
}

#[tokio::test]
async fn a_card_is_swapped_on_the_gateways_page_and_its_number_is_nowhere() {
    for engine in crate::site::ENGINES {
        let (mut site, luz, mut ana, address) = shop(engine).await;
        site.log_everything().await;
        let hosted = to_gateway(&mut ana, &address).await;
        assert!(hosted.text().contains("Ambiente de teste"));
        let wrong = ana.press(&card_form(&hosted), &typed("4242 4242 4242 4241")).await.expect(422);
        assert!(wrong.text().contains("number-error") && !wrong.text().contains("4242 4242 4242 4241"));
        let refused = ana.press(&card_form(&hosted), &typed("4000000000009995")).await.expect(422);
        assert!(refused.text().contains("saldo ou limite"));
        // One that the bank asks about: refused there, and another is typed.
        let question = ana.submit(&card_form(&hosted), &typed("4000002500003155")).await.expect(200);
        ana.submit(&form(&question, "/sandbox/confirm/"), &[("action", "refuse")]).await;
        let back = ana.submit(&card_form(&hosted), &typed("5555 5555 5555 4444")).await.expect(200).text();
        assert!(back.contains("Cartão trocado") && back.contains("Mastercard final 4444"), "{back}");
        let mail = site.mail.wait(ANA, "/card").await;
        assert!(mail.text.contains("Mastercard final 4444"), "{}", mail.text);
        let shown = luz.order("A-2").await.to_string();
        assert!(shown.contains("4444"), "{shown}");
        // A second look at the gateway's page leads back to the portal.
        let again = ana.get(&card_form(&hosted).action).await.expect(303);
        assert!(path_of(again.header("location").unwrap()).starts_with(&address));
        let letters: String =
            site.mail.taken().iter().map(|mail| [&*mail.subject, &*mail.text, &*mail.html].join("\n")).collect();
        let places =
            [("database", site.db().await.dump().await.unwrap()), ("log", site.read_log()), ("mails", letters)];
        assert!(places.iter().all(|(_, text)| text.contains("card") || text.contains("4444")), "nothing was looked at");
        for (place, text) in places {
            for number in [
                "5555555555554444",
                "5555 5555 5555 4444",
                "4000000000009995",
                "4000002500003155",
                "4242 4242 4242 4241",
                "4242424242424241",
            ] {
                assert!(!text.contains(number), "{engine}: {number} is in the {place}");
            }
        }
        #[cfg(target_os = "linux")]
        is_forgotten(&site, &mut ana, &address).await;
        site.assert_sound().await;
    }
}

/// The server remembers who is shown, and not the number: neither in the outbox nor anywhere else, once what it came in was used again.
#[cfg(target_os = "linux")]
async fn is_forgotten(site: &Site, ana: &mut Browser, address: &str) {
    use crate::memory::holds;
    let numbers = ["5555555555554444", "5555 5555 5555 4444", "5555+5555+5555+4444"];
    assert!(holds(site.process(), &[ANA]).is_some(), "nothing was looked at");
    crate::site::eventually("a server that knows no number", async || {
        ana.visit(address).await.expect(200);
        holds(site.process(), &numbers).is_none().then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_bank_may_ask_and_a_buyer_may_refuse_or_turn_back() {
    for engine in crate::site::ENGINES {
        let (site, _luz, mut ana, address) = shop(engine).await;
        let hosted = to_gateway(&mut ana, &address).await;
        let question = ana.submit(&card_form(&hosted), &typed("4000002500003155")).await.expect(200);
        let asked = form(&question, "/sandbox/confirm/");
        let refused = ana.submit(&asked, &[("action", "refuse")]).await;
        assert!(refused.text().contains("não confirmou"), "{}", refused.text());
        let question = ana.submit(&card_form(&hosted), &typed("4000002500003155")).await.expect(200);
        let back = ana.submit(&form(&question, "/sandbox/confirm/"), &[("action", "approve")]).await.expect(200).text();
        assert!(back.contains("Visa final 3155"), "{back}");
        let hosted = to_gateway(&mut ana, &address).await;
        let leave = forms(&hosted.text()).pop().unwrap();
        let back = ana.submit(&leave, &[]).await.expect(200).text();
        assert!(back.contains("O cartão não foi trocado"), "{back}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn another_way_to_pay_is_chosen_and_refusals_say_why() {
    for engine in crate::site::ENGINES {
        let (site, _luz, mut ana, address) = shop(engine).await;
        let page = ana.visit(&address).await.expect(200);
        let method = form(&page, &format!("{address}/method"));
        let changed = ana.submit(&method, &[("method", "pix")]).await.expect(200).text();
        assert!(changed.contains("Pix") && changed.contains("Usar um cartão"), "{changed}");
        site.mail.wait(ANA, "/card").await;
        ana.press(&method, &[("method", "pix")]).await.expect(303);
        ana.press(&method, &[("method", "other")]).await.expect(409);
        ana.press(&method, &[("method", "gold")]).await.expect(409);
        let refused = ana.visit("/orders/A-1/card").await.expect(200).text();
        assert!(refused.contains("paga de uma vez") && !refused.contains("Trocar cartão<"), "{refused}");
        let request = [("request".to_owned(), "01890a5d-ac96-774b-bcce-b302099a8057".to_owned())];
        ana.send(Request::new("POST", "/orders/A-1/card").form(&request)).await.expect(409);
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn webhooks_are_signed_taken_once_and_refused_when_they_are_not() {
    for engine in crate::site::ENGINES {
        let (site, _luz, mut ana, address) = shop(engine).await;
        let admin = async |ana: &mut Browser, path: &str, fields: &[(&str, &str)]| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            ana.send(Request::new("POST", path).form(&fields)).await.expect(303)
        };
        // Twice, and each first try with a wrong signature: the hook takes each once.
        admin(&mut ana, "/sandbox/fault", &[("fault", "duplicate")]).await;
        let hosted = to_gateway(&mut ana, &address).await;
        ana.submit(&card_form(&hosted), &typed("4242424242424242")).await.expect(200);
        let sandbox = eventually("the webhook to be taken", async || {
            let page = site.browser().get("/sandbox").await.expect(200).text();
            page.contains("taken (2) 200").then_some(page)
        })
        .await;
        assert!(sandbox.contains("card.saved"));
        let id = sandbox.split("evt_").nth(1).unwrap().chars().take(24).collect::<String>();
        admin(&mut ana, "/sandbox/redeliver", &[("id", &format!("evt_{id}"))]).await;
        for (headers, body) in [(None, "{}"), (Some("t=1,v1=00"), "{}"), (Some("v1=zz"), "")] {
            let request = Request::new("POST", "/hooks/sandbox/aaaa").body("application/json", body);
            let request = headers.into_iter().fold(request, |request, value| request.with("sbx-signature", value));
            site.browser().send(request).await.expect(401);
        }
        eventually("the webhook to be taken again", async || {
            site.browser().get("/sandbox").await.expect(200).text().contains("taken (2) 200").then_some(())
        })
        .await;
        let rows = crate::rows::rows(&site.db().await, &[]).await;
        assert_eq!(rows["gateway_inbox"].len(), 1, "{:?}", rows["gateway_inbox"]);
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn the_clock_moves_on_and_nobody_is_signed_out() {
    for engine in crate::site::ENGINES {
        let (site, luz, mut ana, address) = shop(engine).await;
        sell(&luz, &order("B-1", "bia@example.com", &[("foto", 29_700)])).await;
        let fields = [("turn".to_owned(), "forward".to_owned()), ("days".to_owned(), "40".to_owned())];
        ana.send(Request::new("POST", "/sandbox/clock").form(&fields)).await.expect(303);
        let db = site.db().await;
        let mut number = 0;
        eventually("the portal to follow the clock", async || {
            number += 1;
            sell(&luz, &order(&format!("N-{number}"), "noa@example.com", &[("foto", 1)])).await;
            let sql = "select cast(max(created_at) - min(created_at) as bigint) from orders";
            let (apart,): (i64,) =
                on!(db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_one(c).await.unwrap());
            (apart > 39 * 86_400 * 1_000_000).then_some(())
        })
        .await;
        ana.visit(&address).await.expect(200);
        shop::sign_in(&site, "bia@example.com").await;
        site.assert_sound().await;
    }
}

type Sent = (String, String, i64, Option<String>);

/// Every webhook of the sandbox, oldest first: id, state, tries, last answer.
async fn webhooks(site: &Site) -> Vec<Sent> {
    let sql =
        "select id, state, attempts, last_answer from sandbox_webhooks where kind = 'card.saved' order by created_at";
    on!(site.db().await.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap())
}

/// The webhooks that the product took, in the order in which they came.
async fn taken(site: &Site) -> Vec<String> {
    let sql = "select event_id from gateway_inbox where kind = 'card.saved' order by received_at";
    let rows: Vec<(String,)> =
        on!(site.db().await.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
    rows.into_iter().map(|(id,)| id).collect()
}

async fn swap_with_fault(site: &Site, ana: &mut Browser, address: &str, fault: &str) -> Vec<Sent> {
    let fields = [("fault".to_owned(), fault.to_owned())];
    ana.send(Request::new("POST", "/sandbox/fault").form(&fields)).await.expect(303);
    let before = webhooks(site).await.len();
    let hosted = to_gateway(ana, address).await;
    ana.submit(&card_form(&hosted), &typed("4242424242424242")).await.expect(200);
    let all = eventually("the webhook", async || Some(webhooks(site).await).filter(|all| all.len() > before)).await;
    all[before..].to_vec()
}

async fn becomes(site: &Site, id: &str, state: &str, tries: i64) -> Sent {
    eventually(&format!("{id} to be {state} after {tries}"), async || {
        webhooks(site).await.into_iter().find(|sent| sent.0 == id && sent.1 == state && sent.2 == tries)
    })
    .await
}

#[tokio::test]
async fn each_thing_that_may_go_wrong_with_webhooks_does() {
    for engine in crate::site::ENGINES {
        let (site, _luz, mut ana, address) = shop(engine).await;
        let move_on = async |ana: &mut Browser| {
            let fields = [("turn".to_owned(), "forward".to_owned()), ("days".to_owned(), "1".to_owned())];
            ana.send(Request::new("POST", "/sandbox/clock").form(&fields)).await.expect(303);
        };
        let dropped = swap_with_fault(&site, &mut ana, &address, "drop").await.remove(0).0;
        becomes(&site, &dropped, "dropped", 0).await;
        assert!(taken(&site).await.is_empty(), "{engine}");

        let twice = swap_with_fault(&site, &mut ana, &address, "duplicate").await.remove(0).0;
        becomes(&site, &twice, "taken", 2).await;
        assert_eq!(taken(&site).await, [twice.as_str()], "{engine}: taken once all the same");

        let corrupt = swap_with_fault(&site, &mut ana, &address, "corrupt").await.remove(0).0;
        assert_eq!(becomes(&site, &corrupt, "waiting", 1).await.3.as_deref(), Some("401"), "{engine}");
        move_on(&mut ana).await;
        becomes(&site, &corrupt, "taken", 2).await;

        let late = swap_with_fault(&site, &mut ana, &address, "delay").await.remove(0).0;
        tokio::time::sleep(Duration::from_secs(2)).await;
        becomes(&site, &late, "waiting", 0).await;
        assert!(!taken(&site).await.contains(&late), "{engine}");
        move_on(&mut ana).await;
        becomes(&site, &late, "taken", 1).await;

        let first = swap_with_fault(&site, &mut ana, &address, "reorder").await.remove(0).0;
        tokio::time::sleep(Duration::from_secs(2)).await;
        becomes(&site, &first, "waiting", 0).await;
        let second = swap_with_fault(&site, &mut ana, &address, "reorder").await.remove(0).0;
        becomes(&site, &first, "taken", 1).await;
        let order = taken(&site).await;
        let place = |id: &String| order.iter().position(|taken| taken == id);
        assert!(place(&second) < place(&first) && place(&second).is_some(), "{engine}: {order:?}");
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn moving_the_clock_by_weeks_does_what_is_due_on_each_of_their_days() {
    for engine in crate::site::ENGINES {
        let (site, _luz, mut ana, _address) = shop(engine).await;
        let post = async |ana: &mut Browser, path: &str, fields: &[(&str, &str)]| {
            let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            ana.send(Request::new("POST", path).form(&fields)).await.expect(303);
        };
        post(&mut ana, "/sandbox/fail-next", &[("count", "20")]).await;
        post(&mut ana, "/sandbox/clock", &[("turn", "forward"), ("days", "42")]).await;
        let sql = "select count(distinct created_at / 86400000000) from charges where status = 'failed'";
        let (days,): (i64,) =
            on!(site.db().await.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_one(c).await.unwrap());
        assert!(days >= 3, "{engine}: tried on {days} days only");
        site.assert_sound().await;
    }
}
