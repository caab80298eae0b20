//! Worlds to test in, and short words for what tests do often.

pub mod browserless;
mod cut;
mod database;
pub mod dice;
mod each_world;
pub mod foreign_programs;
pub mod hostile_texts;
pub mod http;
pub mod mail_server;
pub mod member_areas;
#[cfg(target_os = "linux")]
pub mod memory;
pub mod pgbouncer;
pub mod postgres;
pub mod producers;
pub mod rows;
pub mod shop;
pub mod site;
pub mod smtp_receiver;
pub mod vendor;

pub use cut::{Cut, wait_for_the_dead};
pub use database::TestDatabase;
pub use each_world::{Story, each_world};

use portal::catalogue::access_rule::{AccessRule, put_access_rule};
use portal::catalogue::member_area::{MemberArea, put_member_area};
use portal::catalogue::offer::{Offer, put_offer};
use portal::catalogue::product::{Product, put_product};
use portal::intake::{NewBuyer, NewCharge, NewItem, NewOrder, NewPayment, Sold, Told, Version, create};
use portal::login::{NewProducer, create_producer};
use portal::ports::AccessTarget;
use portal::sign_in::{SignedIn, enter_code, request_purchases_link};
use portal::testing::World;
use portal::{Buyer, Origin, Producer, session};
use server::gateway::sandbox;
use server::state::Installation;
use std::time::Duration;
use types::view::{OrderView, RefundOffer, Target};
use types::{
    ChargeStatus, Code, Currency, Email, Instant, Language, Line, Method, Money, OrderKind, PostalAddress, SaleDetails,
    Slug,
};

/// A buyer of many stories.
pub const ANA: &str = "ana@example.com";
pub const DAY: Duration = Duration::from_secs(86_400);

/// A world for tests that write much. Ends with [`end`].
pub async fn swift_world(engine: &'static str) -> (World, TestDatabase) {
    let database = TestDatabase::new(engine).await;
    (World::over(engine, database.open_with_few_connections().await), database)
}

/// Closes a world and removes its database.
pub async fn end((world, database): (World, TestDatabase)) {
    world.portal.db.close().await;
    database.remove().await;
}

pub fn code(text: &str) -> Code {
    Code::parse(text).unwrap()
}

pub fn email(text: &str) -> Email {
    Email::parse(text).unwrap()
}

pub fn line(text: &str) -> Line {
    Line::parse(text).unwrap()
}

/// A browser at some address.
pub fn origin(address: &str) -> Origin {
    Origin { address: address.to_owned(), browser: "Firefox".to_owned(), language: Language::Portuguese }
}

/// A producer with two products in one member area: `photo` gives the classrooms 111 and 222, `ebook` gives 222 only.
pub async fn producer(world: &World, slug: &str) -> Producer {
    let portal = &world.portal;
    let new = NewProducer {
        slug: Slug::parse(slug).unwrap(),
        name: line(&format!("Escola {slug}")),
        email: email(&format!("{slug}@example.com")),
        language: Language::Portuguese,
        time_zone: "America/Sao_Paulo".to_owned(),
        password: "correct horse battery".to_owned(),
    };
    let producer = create_producer(portal, new).await.unwrap();
    put_area(world, &producer).await;
    for (product, rooms) in [("photo", vec![111, 222]), ("ebook", vec![222])] {
        put_product_with_days(world, &producer, product, None).await;
        let offer = Offer {
            code: code(product),
            product: code(product),
            name: line("À vista"),
            price: Money::new(29_700, Currency::BRL),
            interval: None,
            installments_max: 12,
            change_targets: vec![],
        };
        put_offer(portal, &producer, &offer).await.unwrap();
        put_access_rule(portal, &producer, &rule(product, product, &rooms)).await.unwrap();
    }
    producer
}

/// A one-off order paid by card now: the products, each at its amount.
pub async fn buy(world: &World, producer: &Producer, who: &str, order: &str, products: &[(&str, i64)]) {
    place(world, producer, paid_order(world, who, order, products)).await;
}

pub async fn place(world: &World, producer: &Producer, order: NewOrder) {
    let hash = format!("{order:?}");
    create(&world.portal, producer, None, &hash, order, "api").await.unwrap();
}

pub fn paid_order(world: &World, who: &str, order: &str, products: &[(&str, i64)]) -> NewOrder {
    let now = world.portal.now();
    let item = |(position, (product, amount)): (usize, &(&str, i64))| NewItem {
        sold: Sold::Known { product: code(product), offer: code(product) },
        amount: *amount,
        is_bump: position > 0,
    };
    NewOrder {
        code: code(order),
        kind: OrderKind::OneOff,
        buyer: NewBuyer {
            email: email(who),
            name: line("Ana Souza"),
            tax_id: None,
            phone: None,
            address: PostalAddress::default(),
        },
        items: products.iter().enumerate().map(item).collect(),
        currency: Currency::BRL,
        ordered_at: now,
        payment: NewPayment { method: Method::Card, card: None },
        installments: None,
        gateway: line("test"),
        charge: Some(charge(order, products.iter().map(|(_, amount)| amount).sum(), now)),
        details: SaleDetails::default(),
        subscription: None,
        version: Version::of_charge(now),
    }
}

/// The charge of a sale as its source reports it.
pub fn charge(order: &str, amount: i64, now: Instant) -> NewCharge {
    NewCharge {
        reference: format!("ch_{order}"),
        amount,
        status: ChargeStatus::Paid,
        method: Method::Card,
        installments: 1,
        created_at: now,
        paid_at: Some(now),
        payment_code: None,
        payment_url: None,
        due_on: None,
        changed_at: now,
        told: Told::default(),
    }
}

/// Link and code of the newest mail to this address: each alone on a line.
pub fn link_and_code(world: &World, who: &str) -> (String, String) {
    let letters = world.mail.taken();
    let newest = letters.iter().rev().find(|letter| letter.to.as_str() == who && letter.subject == "SignInLink");
    let text = &newest.expect("a mail with a link").text;
    let mut lines = text.lines();
    let url = lines.next().unwrap();
    (url.rsplit('/').next().unwrap().to_owned(), lines.next().unwrap().to_owned())
}

/// Signs somebody in by the code from the mail.
pub async fn sign_in(world: &World, who: &str) -> Buyer {
    let from = origin(&format!("198.51.100.{}", world.mail.taken().len() % 250));
    let request = request_purchases_link(&world.portal, &from, email(who), Target::Home).await.unwrap().request;
    world.settle().await;
    let (_, code) = link_and_code(world, who);
    let code_for = portal::sign_in::CodeFor::Request(request);
    let SignedIn { token, .. } = enter_code(&world.portal, &from, code_for, &code).await.unwrap();
    session::resume_buyer(&world.portal, &token, from).await.unwrap().unwrap()
}

pub async fn order(buyer: &Buyer, handle: &str) -> OrderView {
    portal::purchases::for_buyer(buyer, handle).await.unwrap().expect("the buyer's own order")
}

/// How many mails with this subject were taken.
pub fn mails(world: &World, subject: &str) -> usize {
    world.mail.taken().iter().filter(|letter| letter.subject == subject).count()
}

/// So many mails of each subject were taken.
#[track_caller]
pub fn assert_mails(world: &World, expected: &[(&str, usize)]) {
    let taken: Vec<_> = expected.iter().map(|(subject, _)| (*subject, mails(world, subject))).collect();
    assert_eq!(taken, expected);
}

/// Half a minute passes, and what is due then is done.
pub async fn later(world: &World) {
    world.clock.forward(Duration::from_secs(30));
    world.settle().await;
}

/// What the order's page offers to pay back.
pub fn offered(view: &OrderView) -> i64 {
    match view.refund_offer {
        RefundOffer::Open { amount, .. } => amount.amount,
        ref other => panic!("{other:?}"),
    }
}

/// Every invariant of the data holds.
pub async fn assert_sound(world: &World) {
    let violations = portal::verify::check(&world.portal, sandbox::INVARIANTS).await.unwrap();
    assert!(violations.is_empty(), "{}: {violations:?}", world.engine);
}

/// The producer writes the member area again, as one does who mends its key.
pub async fn put_area(world: &World, producer: &Producer) {
    put_member_area(&world.portal, producer, &area()).await.unwrap();
}

/// The member area of every producer.
pub fn area() -> MemberArea {
    MemberArea {
        code: code("area"),
        kind: "memberkit".to_owned(),
        base_url: "https://area.example/api".to_owned(),
        content_url: Some("https://area.example".to_owned()),
        api_key: Some("key-of-the-area".to_owned()),
    }
}

/// A rule by which a product gives these classrooms in the member area.
pub fn rule(name: &str, product: &str, rooms: &[i64]) -> AccessRule {
    let targets = rooms.iter().map(|room| classroom(*room).as_str().to_owned()).collect();
    AccessRule { code: code(name), product: code(product), member_area: code("area"), targets }
}

/// A classroom as the member area knows it.
pub fn classroom(number: i64) -> AccessTarget {
    AccessTarget::parse(&format!("classroom:{number}")).unwrap()
}

/// The producer writes a product whose access ends after so many days, if it does.
pub async fn put_product_with_days(world: &World, producer: &Producer, product: &str, days: impl Into<Option<i64>>) {
    let name = line(&format!("Curso {product}"));
    let access_days = days.into();
    let entry = Product { code: code(product), name, refund_window_days: 7, access_days, access_cycles: None };
    put_product(&world.portal, producer, &entry).await.unwrap();
}

/// A producer's call of the API: status and answer.
pub async fn api(
    world: &World,
    key: &str,
    method: &str,
    path: &str,
    body: Option<&serde_json::Value>,
) -> (u16, serde_json::Value) {
    let request = axum::http::Request::builder().method(method).uri(format!("/api/v1/{path}"));
    let request = request.header("authorization", format!("Bearer {key}")).header("content-type", "application/json");
    let body = body.map_or_else(axum::body::Body::empty, |body| axum::body::Body::from(body.to_string()));
    let (status, _, answer) = call(world, request.body(body).unwrap()).await;
    (status, answer)
}

/// Sends a JSON body to a router of machines; status, content type and answer.
pub async fn call(world: &World, request: axum::http::Request<axum::body::Body>) -> (u16, String, serde_json::Value) {
    use tower::ServiceExt;
    let installation = Installation { portal: world.portal.clone(), sandbox: None };
    let hooks = server::hooks::routes().with_state(installation);
    let routes = server::api::routes().merge(hooks).with_state(world.portal.clone());
    let response = routes.oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let kind = response.headers().get("content-type").map_or("", |kind| kind.to_str().unwrap()).to_owned();
    let bytes = axum::body::to_bytes(response.into_body(), 1 << 20).await.unwrap();
    (status, kind, serde_json::from_slice(&bytes).unwrap_or_default())
}
