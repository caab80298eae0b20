//! The producer's list: everything that an order is found by, filters, pages, views, and what is nobody's business.

use crate::harness::hostile_texts::MARKUP;
use crate::harness::{ANA, buy, charge, code, each_world, email, line, paid_order, place, producer, sign_in};
use crate::money::billing::plan as monthly;
use portal::intake::{Card, NewOrder, put};
use portal::ledger::WholeOrder;
use portal::search::{Filter, Found, MOST_VIEWS, Question, SaveRefusal, Wrong, list, remove_view, save_view, views};
use portal::testing::World;
use portal::{Producer, on};
use std::time::Duration;
use types::{ChargeStatus, EventName, Instant, Method, OrderKind, OrderStatus};

/// What is asked by a text.
pub fn text(q: &str) -> Question {
    Question { q: q.to_owned(), ..Question::default() }
}

pub fn filter(question: &Question) -> Filter {
    question.filter().unwrap_or_else(|wrong| panic!("{question:?}: {wrong:?}"))
}

/// The codes on the first page of what is asked.
/// What is asked, by field, and what is found of it.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a [&'a str]);

async fn codes(producer: &Producer, question: &Question) -> Vec<String> {
    let found = list(producer, &filter(question), None).await.unwrap();
    codes_of(&found)
}

fn codes_of(found: &Found) -> Vec<String> {
    found.orders.iter().map(|order| order.code.to_string()).collect()
}

/// Somebody's order, with all that people say of it.
pub fn sale(world: &World, number: &str, who: (&str, &str), digits: (&str, &str, &str)) -> NewOrder {
    let (name, address) = who;
    let (tax_id, phone, last4) = digits;
    let mut new = paid_order(world, address, number, &[("photo", 4_990)]);
    new.buyer.name = line(name);
    new.buyer.tax_id = Some(line(tax_id));
    new.buyer.phone = Some(line(phone));
    new.payment.card = Some(Card { brand: line("visa"), last4: last4.to_owned(), exp_month: 8, exp_year: 2099 });
    new
}

pub async fn sell(world: &World, producer: &Producer, new: NewOrder) {
    place(world, producer, new).await;
    world.clock.forward(Duration::from_secs(1));
}

/// The order as its source sees it now, in the place of what was reported before.
async fn whole(world: &World, producer: &Producer, mut order: NewOrder) {
    let charges = order.charge.take().into_iter().collect();
    let whole = WholeOrder { order, charges, lists_charges: true, refunds: Vec::new(), version: 2 };
    put(&world.portal, producer, whole).await.unwrap();
}

/// Two producers with the same buyers; each has an order of each.
async fn shops(world: &World) -> [Producer; 2] {
    let shops = [producer(world, "luz").await, producer(world, "mar").await];
    let joao = (("João D'Ávila Souza", "joao.souza@example.com"), ("529.982.247-25", "(11) 99999-0001", "4242"));
    let maria = (("MARIA  José", "maria@exemplo.com.br"), ("11222333000181", "+55 21 98888-7777", "0005"));
    for (shop, letter) in shops.iter().zip(["L", "M"]) {
        sell(world, shop, sale(world, &format!("{letter}-1001"), joao.0, joao.1)).await;
        sell(world, shop, sale(world, &format!("{letter}-1002"), maria.0, maria.1)).await;
    }
    world.settle().await;
    shops
}

#[tokio::test]
async fn an_order_is_found_by_whatever_somebody_says_of_it() {
    each_world(async |world| {
        let [luz, mar] = shops(world).await;
        for said in [
            "L-1001",
            "l-1001",
            " L-1001 ",
            "joao.souza@example.com",
            "JOAO.SOUZA@EXAMPLE.COM",
            "joao.sou",
            "joao@",
            "joao.souza@",
            "João",
            "joao",
            "JOÃO souza",
            "souza joão",
            "avila",
            "D'Ávila",
            "sou",
            "j",
            "529.982.247-25",
            "52998224725",
            "529 982 247 25",
            "(11) 99999-0001",
            "11999990001",
            "+55 11 99999-0001",
            "5511999990001",
            "99999-0001",
            "11 9999-0001",
            "4242",
            "ch_L-1001",
        ] {
            let found = codes(&luz, &text(said)).await;
            let expected: &[&str] = match said {
                // Another one's name begins like this too; of these no address begins with `joao@`.
                "j" => &["L-1002", "L-1001"],
                "joao@" => &[],
                _ => &["L-1001"],
            };
            assert_eq!(found, expected, "{said}");
        }
        for said in ["maria jose", "11.222.333/0001-81", "21988887777", "maria@", "0005", "ch_L-1002"] {
            assert_eq!(codes(&luz, &text(said)).await, ["L-1002"], "{said}");
        }
        // The other seller's orders are not there by anything, and its own are.
        for said in ["M-1001", "ch_M-1001"] {
            assert_eq!(codes(&luz, &text(said)).await, [""; 0], "{said}");
            assert_eq!(codes(&mar, &text(said)).await, ["M-1001"], "{said}");
        }
        for said in ["21 99999-0001", "joao maria", "souza@example.com", "1111", "ch_L", "L-100", "982.247", "ouza"] {
            assert_eq!(codes(&luz, &text(said)).await, [""; 0], "{said}");
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_that_is_typed_is_a_pattern_or_a_statement() {
    each_world(async |world| {
        let [luz, _] = shops(world).await;
        for said in MARKUP.into_iter().chain([
            "%",
            "_",
            "%%%%",
            "L-100_",
            "jo%o",
            "joao%@",
            "\\",
            "'",
            "\"",
            "a\0b",
            "\u{10ffff}",
            "L-1001' or '1'='1",
            "*",
            "?",
            "\u{202e}",
            "------",
            "+",
            "()()()()",
            "🙂",
            "@@",
            "@",
        ]) {
            let found = codes(&luz, &text(said)).await;
            // What asks nothing shows the list; of the others nothing is found.
            let expected: &[&str] = if filter(&text(said)).text.is_none() { &["L-1002", "L-1001"] } else { &[] };
            assert_eq!(found, expected, "{said:?}");
        }
        let long = text(&"a".repeat(201));
        assert_eq!(long.filter(), Err(Wrong::TextTooLong));
        assert_eq!(codes(&luz, &text(&"a".repeat(200))).await, [""; 0]);
        assert_eq!(codes(&luz, &text(&"a b ".repeat(50))).await, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn words_follow_what_is_on_file() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        let mut new = sale(world, "L-1", ("Ana Souza", ANA), ("52998224725", "11999990001", "4242"));
        sell(world, &luz, new.clone()).await;
        world.settle().await;
        // Its source corrects it: name, phone and product.
        new.buyer.name = line("Ana Pereira");
        new.buyer.phone = Some(line("11988887777"));
        whole(world, &luz, new).await;
        world.settle().await;
        for (said, is_there) in [("pereira", true), ("souza", false), ("11988887777", true), ("11999990001", false)] {
            assert_eq!(!codes(&luz, &text(said)).await.is_empty(), is_there, "{said}");
        }
        // The words of what was on file before there were any are written by the job of the migration.
        let mut tx = world.portal.db.begin().await.unwrap();
        on!(tx.conn(), c => { sqlx::query("delete from order_words").execute(c).await.unwrap(); });
        portal::outbox::put(&world.portal, &mut tx, portal::ledger::Job::WriteWords).await.unwrap();
        world.portal.commit(tx).await.unwrap();
        assert_eq!(codes(&luz, &text("pereira")).await, [""; 0]);
        world.settle().await;
        assert_eq!(codes(&luz, &text("pereira")).await, ["L-1"]);
    })
    .await;
}

#[tokio::test]
async fn filters_take_what_they_say_alone_and_together() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        buy(world, &luz, ANA, "P-1", &[("photo", 29_700)]).await;
        world.clock.forward(Duration::from_secs(86_400));
        buy(world, &luz, "bia@example.com", "P-2", &[("ebook", 1_990)]).await;
        world.clock.forward(Duration::from_secs(86_400));
        let mut pending = paid_order(world, ANA, "P-3", &[("photo", 29_700), ("ebook", 1_990)]);
        pending.charge.as_mut().unwrap().status = ChargeStatus::Pending;
        place(world, &luz, pending).await;
        world.clock.forward(Duration::from_secs(1));
        let mut plan = monthly(world, ANA, "S-1", Method::Card, 4_990);
        plan.items[0].sold = portal::intake::Sold::Known { product: code("photo"), offer: code("photo") };
        place(world, &luz, plan).await;
        world.settle().await;
        let asked = |pairs: &[(&str, &str)]| {
            let mut question = Question::default();
            for (name, value) in pairs {
                let field = match *name {
                    "q" => &mut question.q,
                    "status" => &mut question.status,
                    "product" => &mut question.product,
                    "kind" => &mut question.kind,
                    "from" => &mut question.from,
                    "to" => &mut question.to,
                    _ => &mut question.risk,
                };
                *field = (*value).to_owned();
            }
            question
        };
        let cases: [Case; 13] = [
            (&[], &["S-1", "P-3", "P-2", "P-1"]),
            (&[("status", "pending")], &["P-3"]),
            (&[("status", "disputed")], &[]),
            (&[("product", "ebook")], &["P-3", "P-2"]),
            (&[("product", "ebook"), ("status", "paid")], &["P-2"]),
            (&[("product", "absent")], &[]),
            (&[("kind", "subscription")], &["S-1"]),
            (&[("kind", "one_off"), ("q", "ana@example.com")], &["P-3", "P-1"]),
            // The first day is the 20th of November.
            (&[("from", "2026-11-21"), ("to", "2026-11-21")], &["P-2"]),
            (&[("to", "2026-11-20")], &["P-1"]),
            (&[("from", "2026-11-22"), ("q", "ana")], &["S-1", "P-3"]),
            (&[("risk", "money")], &[]),
            (&[("status", "x"), ("kind", ""), ("risk", "y")], &["S-1", "P-3", "P-2", "P-1"]),
        ];
        for (pairs, expected) in cases {
            let all = list(&luz, &Filter::default(), None).await.unwrap().orders;
            let all: Vec<_> = all.iter().map(|order| (&order.code, order.status)).collect();
            assert_eq!(codes(&luz, &asked(pairs)).await, expected, "{pairs:?} of {all:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn money_at_risk_is_disputed_overdue_or_on_a_card_that_ends() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        let asked = |risk: &str| Question { risk: risk.to_owned(), ..Question::default() };
        buy(world, &luz, ANA, "P-1", &[("photo", 29_700)]).await;
        buy(world, &luz, ANA, "P-2", &[("photo", 29_700)]).await;
        let mut plan = monthly(world, ANA, "S-1", Method::Card, 4_990);
        plan.items[0].sold = portal::intake::Sold::Known { product: code("photo"), offer: code("photo") };
        // It is November.
        plan.payment.card = Some(Card { brand: line("visa"), last4: "4242".to_owned(), exp_month: 12, exp_year: 2026 });
        let mut late = plan.clone();
        late.code = code("S-2");
        late.charge = Some(charge("S-2", 4_990, world.portal.now()));
        late.payment.card = Some(Card { brand: line("visa"), last4: "4242".to_owned(), exp_month: 12, exp_year: 2030 });
        late.gateway = line("elsewhere");
        if let Some(subscription) = &mut late.subscription {
            subscription.status = types::SubscriptionStatus::PastDue;
        }
        place(world, &luz, plan).await;
        whole(world, &luz, late).await;
        let mut tx = world.portal.db.begin().await.unwrap();
        portal::ledger::dispute(&world.portal, &mut tx, luz.id(), "test", "ch_P-2").await.unwrap();
        world.portal.commit(tx).await.unwrap();
        world.settle().await;
        assert_eq!(codes(&luz, &asked("overdue")).await, ["S-2"]);
        assert_eq!(codes(&luz, &asked("card")).await, ["S-1"]);
        let mut at_risk = codes(&luz, &asked("money")).await;
        at_risk.sort();
        assert_eq!(at_risk, ["P-2", "S-1", "S-2"]);
        let disputed = Question { status: OrderStatus::Disputed.to_string(), ..asked("money") };
        assert_eq!(codes(&luz, &disputed).await, ["P-2"]);
    })
    .await;
}

#[tokio::test]
async fn a_refund_that_was_asked_for_is_there_until_it_is_answered() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        buy(world, &luz, ANA, "P-1", &[("photo", 29_700)]).await;
        buy(world, &luz, ANA, "P-2", &[("photo", 29_700)]).await;
        world.settle().await;
        world.clock.forward(Duration::from_secs(30 * 86_400));
        let ana = sign_in(world, ANA).await;
        let asked = Question { risk: "refund".to_owned(), ..Question::default() };
        assert_eq!(codes(&luz, &asked).await, [""; 0]);
        let request = portal::refund::new_request_id(&world.portal);
        let protocol = portal::refund::ask_for(&ana, "P-1", request, &[], "Não gostei").await.unwrap();
        assert_eq!(codes(&luz, &asked).await, ["P-1"]);
        portal::refund::withdraw(&ana, "P-1", protocol.as_str()).await.unwrap();
        assert_eq!(codes(&luz, &asked).await, [""; 0]);
        world.settle().await;
    })
    .await;
}

#[tokio::test]
async fn pages_leave_nothing_out_and_show_nothing_twice() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        let now = world.portal.now();
        for number in 0..47 {
            let mut new = paid_order(world, ANA, &format!("P-{number:02}"), &[("photo", 1_000)]);
            // A half of them bear one instant, as orders do that were imported by day.
            new.ordered_at = if number % 2 == 0 { now } else { now.minus(Duration::from_secs(number)) };
            new.buyer.name = line(if number % 3 == 0 { "Ana Lima" } else { "Anabela Souza" });
            place(world, &luz, new).await;
        }
        world.settle().await;
        let paid = Question { status: "paid".into(), ..text("ana") };
        for (question, expected) in [(Question::default(), 47), (text("ana"), 47), (paid, 47), (text("ana lima"), 16)] {
            let (mut cursor, mut seen): (Option<String>, Vec<(Instant, String)>) = (None, Vec::new());
            loop {
                let found = list(&luz, &filter(&question), cursor.as_deref()).await.unwrap();
                seen.extend(found.orders.iter().map(|order| (order.ordered_at, order.code.to_string())));
                cursor = found.next_cursor;
                if cursor.is_none() {
                    break;
                }
            }
            let mut sorted = seen.clone();
            sorted.sort_by(|one, other| other.cmp(one));
            sorted.dedup();
            assert_eq!(seen, sorted, "{question:?}");
            assert_eq!(seen.len(), expected, "{question:?}");
        }
        for cursor in ["", "x", "%%%", "AAAAAAAAAAA"] {
            assert_eq!(list(&luz, &Filter::default(), Some(cursor)).await.unwrap().orders.len(), 20, "{cursor}");
        }
    })
    .await;
}

#[tokio::test]
async fn views_are_the_producers_own() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        let mar = producer(world, "mar").await;
        let asked = Question { status: "pending".into(), ..Question::default() };
        let saved = save_view(&luz, " Boletos abertos ", &asked, "status=pending".into()).await.unwrap();
        assert_eq!(saved.name, "Boletos abertos");
        let again = save_view(&luz, "Boletos abertos", &asked, "status=pending&q=a".into()).await.unwrap();
        assert_eq!(views(&luz).await.unwrap(), std::slice::from_ref(&again));
        assert_eq!((again.id, views(&mar).await.unwrap().len()), (saved.id, 0));
        assert!(!remove_view(&mar, saved.id).await.unwrap());
        for name in ["", " \u{200b} ", &"a".repeat(61)] {
            let refused = save_view(&luz, name, &asked, "status=pending".into()).await;
            assert!(matches!(refused, Err(SaveRefusal::Name)), "{name:?}");
        }
        let nothing = save_view(&luz, "x", &Question::default(), String::new()).await;
        assert!(matches!(nothing, Err(SaveRefusal::Nothing)));
        world.clock.forward(Duration::from_secs(1));
        assert!(remove_view(&luz, saved.id).await.unwrap());
        assert!(!remove_view(&luz, saved.id).await.unwrap());
        world.clock.forward(Duration::from_secs(1));
        for number in 0..MOST_VIEWS {
            save_view(&luz, &format!("v{number}"), &asked, "status=pending".into()).await.unwrap();
        }
        let full = save_view(&luz, "one more", &asked, "status=pending".into()).await;
        assert!(matches!(full, Err(SaveRefusal::Full)));
        let sql = "select name from events where name in ('order_view.saved', 'order_view.removed') order by at, id";
        let events: Vec<(String,)> =
            on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
        assert_eq!(events.len(), MOST_VIEWS + 3);
        assert_eq!(events[2].0, EventName::OrderViewRemoved.as_str());
    })
    .await;
}

#[tokio::test]
async fn another_address_is_found_and_an_erased_one_is_not() {
    each_world(async |world| {
        let luz = producer(world, "luz").await;
        let new = sale(world, "L-1", ("Ana Souza", ANA), ("52998224725", "11999990001", "4242"));
        sell(world, &luz, new).await;
        world.settle().await;
        let found = list(&luz, &filter(&text(ANA)), None).await.unwrap();
        assert_eq!((found.orders[0].kind, &found.orders[0].email), (OrderKind::OneOff, &email(ANA)));
        // What an erasure and a change of address do to the words is in the statements of the ledger's traces.
        let person = on!(world.portal.db.read().await.unwrap().conn(), c => {
            let (id,): (uuid::Uuid,) =
                sqlx::query_as("select person_id from orders where code = 'L-1'").fetch_one(c).await.unwrap();
            types::PersonId(id)
        });
        let mut tx = world.portal.db.begin().await.unwrap();
        let who = portal::traces::Forgotten { person, email: ANA, before: i64::MAX };
        let traces = portal::work::traces().iter().find(|traces| traces.feature == "ledger").unwrap();
        traces.forget(&mut tx, who).await.unwrap();
        tx.commit().await.unwrap();
        for (said, is_there) in
            [(ANA, false), ("11999990001", false), ("4242", false), ("souza", true), ("52998224725", true)]
        {
            assert_eq!(!codes(&luz, &text(said)).await.is_empty(), is_there, "{said}");
        }
    })
    .await;
}
