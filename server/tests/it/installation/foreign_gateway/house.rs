//! An installation of production whose orders are kept by a gateway that it does not reach: the real router, gateways
//! and words. Clock, mail server and member area are fakes, so that days can pass and a test can look into them.

use super::words::assert_kept;
use crate::door::hooks;
use crate::harness::browserless::{Browser, form, path_of};
use crate::harness::http::{Answer, Request};
use crate::harness::site::Api;
use crate::harness::{ANA, DAY, TestDatabase, assert_sound, end, line, place, producer};
use crate::money::subscription;
use portal::catalogue::api_key::create_api_key;
use portal::intake::NewOrder;
use portal::ports::Ports;
use portal::testing::{Fakes, World};
use portal::time::format_instant;
use portal::{Keys, Options, Portal, Producer, work};
use serde_json::{Value, json};
use server::config::{Config, Flags, Given};
use server::gateway::Configured;
use server::gateway::connected::Connected;
use server::listener::{Limits, serve};
use server::state::Installation;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;
use types::SubscriptionStatus;

/// The name of the producer, as buyers read it.
pub const SELLER: &str = "Escola luz";
/// Where the producer reads mail.
pub const SELLER_MAIL: &str = "luz@example.com";

/// The installation.
pub struct House {
    pub world: World,
    pub api: Api,
    luz: Producer,
    site: SocketAddr,
    _stop: watch::Sender<bool>,
}

/// Runs a story in an empty installation on each engine; afterwards its data is sound.
pub async fn each_house(story: impl AsyncFn(&House)) {
    for engine in ["sqlite", "postgres"] {
        let database = TestDatabase::new(engine).await;
        let house = House::over(engine, database.open().await).await;
        story(&house).await;
        house.world.settle().await;
        assert_sound(&house.world).await;
        end((house.world, database)).await;
    }
}

impl House {
    async fn over(engine: &'static str, db: portal::db::Db) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let site = listener.local_addr().unwrap();
        let config = config(site);
        let fakes = Fakes::default();
        let connected = Connected::new(&[], fakes.clock.clone(), true);
        let ports = Ports { gateways: Arc::new(Configured::new(None, connected)), ..fakes.ports() };
        let options = Options { base_url: config.base_url.as_str().to_owned(), ..Options::default() };
        let table = Arc::new(work::Table::new(Arc::new(app::mail::Letters)));
        let portal = Portal::new(db, ports, table, Keys::new(&[42; 32]), options);
        let installation = Installation { portal: portal.clone(), sandbox: None };
        let (stop, stopped) = watch::channel(false);
        let router = server::router::router(&installation, &config, site);
        tokio::spawn(serve(listener, router, Limits::new(config.trusted_proxies.clone()), stopped));
        let Fakes { clock, mail, gateway, area } = fakes;
        let world = World { portal, clock, mail, gateway, area, engine };
        let luz = producer(&world, "luz").await;
        let key = create_api_key(&world.portal, &luz, &line("shop")).await.unwrap();
        Self { world, api: Api { site, key }, luz, site, _stop: stop }
    }

    /// So many days from now, as the API writes it.
    pub fn day(&self, days: i64) -> String {
        let now = self.world.portal.now();
        format_instant(types::Instant::from_seconds(now.seconds() + days * 86_400))
    }

    /// An order of this kind at the foreign gateway, paid by card a day ago.
    pub fn order(&self, code: &str, kind: &str) -> Value {
        let mut order = json!({
            "code": code, "kind": kind, "buyer": {"email": ANA, "name": "Ana Souza"},
            "items": [{"product": "photo", "offer": "photo", "amount": 29_700}],
            "currency": "BRL", "ordered_at": self.day(-1), "paid_at": self.day(-1),
            "payment": {"method": "card", "card": {"brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2026}},
            "gateway": {"name": "guru", "reference": format!("ch_{code}")},
        });
        if kind == "subscription" {
            order["subscription"] = json!({
                "plan": "Clube Luz", "amount": 29_700, "interval": {"unit": "month", "count": 1}, "status": "active",
                "period_start": self.day(-1), "period_end": self.day(29), "next_charge_at": self.day(29),
            });
        }
        order
    }

    /// The order comes in, and what follows is done.
    pub async fn sell(&self, order: &Value) {
        self.api.post("orders", order).await.expect(201);
        self.world.settle().await;
    }

    /// The same, by an order that is sent whole, with its only charge as it is now.
    pub async fn tell(&self, order: &Value, charge: &str) {
        let (mut order, path) = (order.clone(), format!("orders/{}", order["code"].as_str().unwrap()));
        order["version"] = json!(1);
        order["charges"] = json!([{
            "reference": order["gateway"]["reference"], "amount": 29_700, "status": charge, "method": "card",
            "created_at": order["paid_at"], "paid_at": order["paid_at"],
        }]);
        self.api.put(&path, &order).await.expect(200);
        self.world.settle().await;
    }

    /// A course, a boleto that waits and a yearly plan, as Guru's webhooks report them.
    pub async fn report_by_guru(&self) {
        let path = hooks::source(&self.world, &self.luz).await;
        for name in ["transaction_approved_course", "transaction_boleto_printed", "subscription_active_yearly"] {
            let body = hooks::fixture(name).replace("Ana.Souza@Example.com", ANA).replace("ana.souza@example.com", ANA);
            assert_eq!(hooks::send(&self.world, &path, body).await, hooks::taken("applied"), "{name}");
        }
        self.world.settle().await;
    }

    /// A subscription that its source reports on.
    pub async fn subscribe(&self, code: &str) -> NewOrder {
        let plan = subscription::plan(&self.world, code, SubscriptionStatus::Active);
        let order = NewOrder { gateway: line("guru"), ..plan };
        place(&self.world, &self.luz, order.clone()).await;
        self.world.settle().await;
        order
    }

    /// The source says how it stands now.
    pub async fn reports(&self, order: NewOrder, status: SubscriptionStatus) {
        subscription::report(&self.world, &self.luz, order, status, self.world.portal.now()).await;
        self.world.settle().await;
    }

    /// So many days pass, one by one.
    pub async fn days(&self, days: u32) {
        for _ in 0..days {
            self.world.clock.forward(DAY);
            self.world.settle().await;
        }
    }

    pub fn browser(&self) -> Browser {
        Browser::new(self.site)
    }

    /// Ana, signed in by the link of her mail.
    pub async fn ana(&self) -> Browser {
        self.ana_in("pt-BR").await
    }

    /// The same, with a browser of this language.
    pub async fn ana_in(&self, language: &str) -> Browser {
        let mut browser = self.browser();
        // Within a minute of the last link no other is sent.
        self.world.clock.forward(Duration::from_mins(2));
        let page = read(&mut browser, "/sign-in", language).await.expect(200);
        let asked = form(&page, "/sign-in").request(&[("email", ANA)]).with("accept-language", language);
        browser.send(asked).await.expect(303);
        self.world.settle().await;
        let mails = self.mails(ANA);
        let link = mails.iter().rev().flat_map(|mail| mail.lines()).find(|line| line.contains("/l/")).unwrap();
        let page = read(&mut browser, path_of(link), language).await.expect(200);
        let pressed = form(&page, "/l/").request(&[]).with("accept-language", language);
        browser.send(pressed).await.expect(303);
        browser
    }

    /// What every mail to this address says, subject first, oldest first.
    pub fn mails(&self, to: &str) -> Vec<String> {
        let taken = self.world.mail.taken().into_iter().filter(|letter| letter.to.as_str() == to);
        taken.map(|letter| format!("{}\n{}", letter.subject, letter.text)).collect()
    }

    /// The mails that remind the producer of what is not done yet.
    pub fn late(&self) -> Vec<String> {
        self.mails(SELLER_MAIL).into_iter().filter(|mail| mail.contains("Ainda em aberto")).collect()
    }

    /// No mail to Ana promises what nobody keeps.
    #[track_caller]
    pub fn assert_mails_kept(&self) {
        self.mails(ANA).iter().for_each(|mail| assert_kept("a mail", mail));
    }
}

fn config(site: SocketAddr) -> Config {
    let settings = [
        ("ENV", "production".to_owned()),
        ("LISTEN", site.to_string()),
        ("BASE_URL", format!("https://{site}")),
        ("SECRET_KEY", "a key for tests, of thirty-two bytes or more".to_owned()),
        ("SMTP_URL", "smtp://127.0.0.1:1".to_owned()),
        ("MAIL_FROM", "Portal <portal@portal.test>".to_owned()),
        ("TRUSTED_PROXIES", "127.0.0.1/32".to_owned()),
    ];
    let variables = settings.map(|(name, value)| (format!("AFTERSALE_{name}"), value.into()));
    Config::read(&Given::new(&Flags::default(), variables)).unwrap()
}

/// A page in a language.
pub async fn read(browser: &mut Browser, path: &str, language: &str) -> Answer {
    browser.send(Request::new("GET", path).with("accept-language", language)).await
}
