//! The server is killed again and again at any moment, while buyers, producers' programs and Guru go on. Whatever was
//! acknowledged is there afterwards, and nothing is there twice. `AFTERSALE_TEST_KILLS=500` kills it so often.

mod there;

use crate::harness::browserless::{Browser, Form, form, path_of};
use crate::harness::http::{Answer, Request};
use crate::harness::mail_server::{Mail, MailServer};
use crate::harness::member_areas::Area;
use crate::harness::shop::{access, access_is, catalogue, guru, guru_source, order};
use crate::harness::site::{Api, Site, eventually};
use futures::future::{LocalBoxFuture, join, join_all};
use portal::on;
use serde_json::{Value, json};
use std::cell::{Cell, RefCell};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;
use tokio::time::sleep;

/// Unless told otherwise.
const KILLS: u32 = 50;

/// What the server has acknowledged.
#[derive(Default)]
struct Acknowledged {
    orders: Vec<Value>,
    sales: Vec<Value>,
    sessions: Vec<Browser>,
    refunds: Vec<Refund>,
}

#[derive(Clone)]
struct Refund {
    order: String,
    email: String,
    protocol: String,
}

/// Those who go on whatever happens to the server.
struct Crowd {
    api: Api,
    hook: String,
    mail: MailServer,
    known: RefCell<Acknowledged>,
    is_over: Cell<bool>,
}

#[tokio::test]
async fn kills_at_any_moment_lose_and_double_nothing_on_sqlite() {
    many_kills("sqlite").await;
}

#[tokio::test]
async fn kills_at_any_moment_lose_and_double_nothing_on_postgres() {
    many_kills("postgres").await;
}

async fn many_kills(engine: &'static str) {
    let mut site = Site::start(engine).await;
    let api = site.producer("luz", "Escola Luz").await;
    let area = Area::own().await;
    catalogue(&api, &area).await;
    let crowd = Crowd {
        hook: guru_source(&api).await,
        api,
        mail: site.mail.clone(),
        known: RefCell::default(),
        is_over: Cell::new(false),
    };
    let mut work: Vec<LocalBoxFuture<'_, ()>> = vec![Box::pin(crowd.send_orders()), Box::pin(crowd.send_sales())];
    for number in 0..4 {
        work.push(Box::pin(crowd.buy_and_return(number)));
    }
    join(join_all(work), async {
        for _ in 0..kills() {
            // Most times it gets to work; sometimes it is killed while it starts.
            if chance(4) > 0 {
                site.ready().await;
            }
            sleep(Duration::from_millis(chance(1000))).await;
            site.kill().await;
            site.serve();
        }
        site.ready().await;
        crowd.is_over.set(true);
    })
    .await;
    crowd.check(&site, &area).await;
    site.assert_sound().await;
}

#[expect(clippy::disallowed_methods, reason = "the test's own setting: how long to go on")]
fn kills() -> u32 {
    std::env::var("AFTERSALE_TEST_KILLS").map_or(KILLS, |text| text.parse().expect("a number"))
}

impl Crowd {
    fn note(&self, what: impl FnOnce(&mut Acknowledged)) {
        what(&mut self.known.borrow_mut());
    }

    /// Orders, comes in by the link, takes the money back, as one person after the other.
    async fn buy_and_return(&self, number: u32) {
        for round in 0.. {
            if self.is_over.get() {
                return;
            }
            let code = format!("B{number}-{round}");
            let email = format!("b{number}-{round}@example.com");
            self.order(order(&code, &email, &[("foto", 29_700)])).await;
            let Some(mut buyer) = self.sign_in(&email).await else { continue };
            self.note(|known| known.sessions.push(buyer.clone()));
            let preview = insist(&mut buyer, &Request::new("GET", &format!("/orders/{code}/refund"))).await;
            let preview = match preview.header("location").map(str::to_owned) {
                Some(next) => insist(&mut buyer, &Request::new("GET", &next)).await,
                None => preview,
            };
            let confirm = form(&preview.expect(200), &format!("/orders/{code}/refund"));
            let taken = insist(&mut buyer, &confirm.request(&[])).await.expect(303);
            let protocol = taken.header("location").unwrap().rsplit('/').next().unwrap().to_owned();
            self.note(|known| known.refunds.push(Refund { order: code, email, protocol }));
        }
    }

    /// None when the answer to the press was lost with the server: then the link is spent, and nobody promised a
    /// session.
    async fn sign_in(&self, email: &str) -> Option<Browser> {
        let mut buyer = Browser::new(self.api.site);
        let ask = Form { method: "post".to_owned(), action: "/sign-in".to_owned(), fields: vec![] };
        insist(&mut buyer, &ask.request(&[("email", email)])).await.expect(303);
        let link = self.mail_with_link(email).await.link("/l/");
        let page = insist(&mut buyer, &Request::new("GET", path_of(&link))).await.expect(200);
        let pressed = insist(&mut buyer, &form(&page, "/l/").request(&[])).await;
        (pressed.status == 303).then_some(buyer)
    }

    /// A mail whose worker is killed waits for the end of its lease, and may be so unlucky more than once: as long as
    /// the server is killed, nobody's patience ends. Afterwards it does.
    async fn mail_with_link(&self, email: &str) -> Mail {
        while !self.is_over.get() {
            if let Some(mail) = self.mail.to(email).into_iter().rev().find(|mail| mail.text.contains("/l/")) {
                return mail;
            }
            sleep(Duration::from_millis(50)).await;
        }
        self.mail.wait(email, "/l/").await
    }

    async fn order(&self, body: Value) -> Answer {
        let taken = self.send_order(&body).await;
        self.note(|known| known.orders.push(body));
        taken
    }

    async fn send_order(&self, body: &Value) -> Answer {
        let request = Request::new("POST", "/api/v1/orders").with("idempotency-key", body["code"].as_str().unwrap());
        let request = request.json(body);
        until_answered(async || self.api.send(request.clone()).await).await.expect(201)
    }

    async fn send_orders(&self) {
        for round in 0.. {
            if self.is_over.get() {
                return;
            }
            let body =
                order(&format!("P-{round}"), &format!("p-{round}@example.com"), &[("foto", 29_700), ("ebook", 1_990)]);
            let first = self.order(body.clone()).await;
            assert_eq!(self.send_order(&body).await.json(), first.json(), "the same again gets the same answer");
            sleep(Duration::from_millis(150)).await;
        }
    }

    async fn send_sales(&self) {
        let mut guru_itself = Browser::new(self.api.site);
        for round in 0.. {
            if self.is_over.get() {
                return;
            }
            let mut sale = guru("transaction_approved_course");
            sale["id"] = json!(format!("tx-{round}"));
            sale["contact"]["email"] = json!(format!("G-{round}@Example.com "));
            insist(&mut guru_itself, &Request::new("POST", &self.hook).json(&sale)).await.expect(200);
            self.note(|known| known.sales.push(sale));
            sleep(Duration::from_millis(150)).await;
        }
    }

    /// Everything that was acknowledged is true, once.
    async fn check(&self, site: &Site, area: &Area) {
        let known = self.known.take();
        let Acknowledged { orders, sales, sessions, refunds } = known;
        println!(
            "{}: {} orders, {} sales, {} sessions, {} refunds",
            site.engine,
            orders.len(),
            sales.len(),
            sessions.len(),
            refunds.len()
        );
        assert!(
            orders.len() > 50 && sales.len() > 20 && sessions.len() > 3 && refunds.len() > 3,
            "too little happened"
        );
        for mut session in sessions {
            session.get("/").await.expect(200);
        }
        self.check_refunds(&refunds, area).await;
        self.check_orders(&orders, &refunds, site, area).await;
        self.check_sales(&sales, site).await;
        let paid_back =
            "select cast(count(*) as bigint), cast(count(distinct charge_reference) as bigint) from sandbox_refunds";
        let db = site.db().await;
        let (all, charges): (i64, i64) =
            on!(db.read().await.unwrap().conn(), c => sqlx::query_as(paid_back).fetch_one(c).await.unwrap());
        assert_eq!((all, charges), (refunds.len() as i64, refunds.len() as i64), "one gateway refund for each refund");
        db.close().await;
    }

    /// Each came back once, and took the access with it.
    async fn check_refunds(&self, refunds: &[Refund], area: &Area) {
        for refund in refunds {
            let seen = eventually(&format!("refund of {}", refund.order), async || {
                let seen = self.api.order(&refund.order).await;
                (seen["refunds"][0]["state"] == "settled" && seen["status"] == "refunded").then_some(seen)
            })
            .await;
            assert_eq!(seen["refunds"].as_array().unwrap().len(), 1, "{seen}");
            assert_eq!(seen["refunds"][0]["protocol"], refund.protocol, "{seen}");
            eventually(&format!("access of {} to be gone", refund.order), async || {
                let seen = self.api.order(&refund.order).await;
                // Refunded before anything was told, it was never there.
                let is_told = access(&seen).iter().all(|state| matches!(&**state, "removed" | "none"));
                let is_done = seen["deliveries"].as_array().unwrap().iter().all(|one| one["state"] != "sending");
                (is_told && is_done).then_some(())
            })
            .await;
            assert!(area.classes(&refund.email).await.is_empty(), "{}", refund.email);
        }
    }

    /// Each is there, told once, and gives access unless its money went back.
    async fn check_orders(&self, orders: &[Value], refunds: &[Refund], site: &Site, area: &Area) {
        for body in orders {
            let (code, email) = (body["code"].as_str().unwrap(), body["buyer"]["email"].as_str().unwrap());
            assert_eq!(self.api.order(code).await["buyer"]["email"], email);
            if refunds.iter().all(|refund| refund.order != code) {
                access_is(&self.api, code, "confirmed").await;
                assert_eq!(area.classes(email).await, [111, 222], "{email}");
            }
            eventually(&format!("the mail of {code}"), async || {
                let mails = site.mail.to(email);
                let purchases =
                    mails.iter().filter(|mail| mail.text.contains("/o/") && !mail.text.contains("R-")).count();
                assert!(purchases < 2, "{code} is told twice");
                (purchases == 1).then_some(())
            })
            .await;
        }
    }

    async fn check_sales(&self, sales: &[Value], site: &Site) {
        for sale in sales {
            assert_eq!(self.api.order(sale["id"].as_str().unwrap()).await["total"]["amount"], 31_690);
            let again = site.browser().send(Request::new("POST", &self.hook).json(sale)).await.expect(200).json();
            assert_eq!(again["outcome"], "repeated");
        }
    }
}

/// Asks until there is an answer: what a person does who presses again.
async fn insist(browser: &mut Browser, request: &Request) -> Answer {
    until_answered(async || browser.try_send(request.clone()).await).await
}

async fn until_answered(mut ask: impl AsyncFnMut() -> std::io::Result<Answer>) -> Answer {
    loop {
        match ask().await {
            Ok(answer) if answer.status < 500 => return answer,
            Ok(_) | Err(_) => sleep(Duration::from_millis(30)).await,
        }
    }
}

/// A number below `bound`, new each time.
fn chance(bound: u64) -> u64 {
    RandomState::new().build_hasher().finish() % bound
}
