//! `aftersale demo --gateway`: the demo with an account at a stand-in of that gateway beside it. Each story clicks
//! through it as somebody who tries it out does: mails are in the mailbox, money moves in the books of the stand-in.

use crate::harness::browserless::{Browser, form, forms};
use crate::harness::http::{Answer, Request, call};
use crate::harness::shop::{cancel, subscription_of};
use crate::harness::site::{eventually, free_address};
use serde_json::Value;
use std::net::SocketAddr;
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

/// A running demo.
struct Demo {
    address: SocketAddr,
    /// Where its stand-in is.
    there: SocketAddr,
    guide: String,
    _process: Child,
    _words: Lines<BufReader<ChildStdout>>,
}

impl Demo {
    async fn start(gateway: &str) -> Self {
        let address = free_address();
        let mut process = command(&["--listen", &address.to_string(), "--gateway", gateway]);
        let mut process = process.stdout(Stdio::piped()).kill_on_drop(true).spawn().unwrap();
        let mut words = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut guide = String::new();
        // Who bought there stands at the end.
        while !guide.contains("caio.melo@example.com") {
            let line = words.next_line().await.unwrap().unwrap_or_else(|| panic!("it ended: {guide}"));
            guide.extend([&line, "\n"]);
        }
        let there = guide.split("Address").nth(1).and_then(|rest| rest.split("http://").nth(1));
        let there = there.and_then(|rest| rest.split(['/', '\n']).next()).unwrap().parse().unwrap();
        Self { address, there, guide, _process: process, _words: words }
    }

    /// Somebody signs in by the mail in the mailbox.
    async fn sign_in(&self, email: &str) -> Browser {
        let mut browser = Browser::new(self.address);
        let page = browser.visit("/sign-in").await;
        browser.submit(&form(&page, "/sign-in"), &[("email", email)]).await.expect(200);
        let link = eventually("the mail with the link", async || {
            let mails = call(self.address, &Request::new("GET", "/dev/mailbox.json")).await.unwrap().json();
            let mine = mails.as_array().unwrap().iter().filter(|mail| mail["to"] == email);
            let lines: Vec<String> =
                mine.flat_map(|mail| mail["text"].as_str().unwrap().lines().map(str::to_owned)).collect();
            lines.into_iter().find(|line| line.contains("/l/"))
        })
        .await;
        let page = browser.visit(&link).await.expect(200);
        browser.submit(&form(&page, "/l/"), &[]).await.expect(200);
        browser
    }

    /// The page of its books, which says what it is; it shows each of these words.
    async fn books(&self, vendor: &str, words: &[&str]) {
        let page = call(self.there, &Request::new("GET", "/")).await.unwrap().expect(200).text();
        assert!(page.contains(&format!("Stand-in of {vendor}: no real money")), "{page}");
        for word in words {
            assert!(page.contains(&format!("<td>{word}</td>")), "no {word}: {page}");
        }
    }

    /// What the stand-in answers to whoever holds the account.
    async fn ask(&self, path: &str, header: (&str, &str)) -> Value {
        let request = Request::new("GET", path).with(header.0, header.1).with("user-agent", "A test");
        call(self.there, &request).await.unwrap().expect(200).json()
    }
}

fn command(words: &[&str]) -> Command {
    let program = std::path::Path::new(env!("CARGO_BIN_EXE_aftersale"));
    let beside = program.with_file_name("standin");
    assert!(beside.is_file(), "the stand-in is not built: cargo build --package standin");
    let mut command = Command::new(program);
    command.arg("demo").args(words).env_clear().stdin(Stdio::null()).stderr(Stdio::null());
    command
}

/// Asks all money of an order back; the page that says what became of it.
async fn give_back(buyer: &mut Browser, order: &str) -> String {
    let path = format!("/orders/{order}/refund");
    let mut page = buyer.visit(&path).await.expect(200);
    // With several items one chooses first; all are chosen.
    if let Some(choice) = forms(&page.text()).into_iter().find(|form| form.action == format!("{path}/preview")) {
        page = buyer.submit(&choice, &[]).await.expect(200);
    }
    buyer.submit(&form(&page, &path), &[]).await.expect(200).text()
}

/// The page of the gateway that a form leads to.
async fn hosted(demo: &Demo, answer: &Answer) -> String {
    let url = answer.header("location").unwrap_or_else(|| panic!("it leads nowhere: {}", answer.text()));
    let path = url.split(&demo.there.to_string()).nth(1).unwrap_or_else(|| panic!("another place: {url}"));
    call(demo.there, &Request::new("GET", path)).await.unwrap().expect(200).text()
}

#[tokio::test]
async fn at_stripe_money_goes_back_a_subscription_ends_and_a_card_is_asked_for_on_a_page_that_says_what_it_is() {
    let demo = Demo::start("stripe").await;
    assert!(demo.guide.contains("Stand-in of Stripe: no real money"), "{}", demo.guide);
    let key = ("authorization", "Bearer sk_test_of_the_demo_000000000000");
    give_back(&mut demo.sign_in("sofia.reis@example.com").await, "STRIPE-1").await;
    eventually("the money to be back", async || {
        let refunds = demo.ask("/v1/refunds", key).await;
        (refunds["data"][0]["amount"] == 34_400).then_some(())
    })
    .await;
    let mut vera = demo.sign_in("vera.dias@example.com").await;
    let address = subscription_of(&mut vera).await;
    let card = vera.visit(&format!("{address}/card")).await.expect(200);
    let leads = vera.press(&form(&card, &format!("{address}/card")), &[]).await;
    assert!(hosted(&demo, &leads).await.contains("Stand-in of Stripe: no real money"));
    cancel(&mut vera).await;
    eventually("Stripe to have it end", async || {
        let all = demo.ask("/v1/subscriptions", key).await;
        all["data"].as_array().unwrap().iter().any(|one| one["cancel_at_period_end"] == true).then_some(())
    })
    .await;
    demo.books("Stripe", &["34400", "true", "active"]).await;
}

#[tokio::test]
async fn at_asaas_money_goes_back_and_a_subscription_ends() {
    let demo = Demo::start("asaas").await;
    let token = ("access_token", "$aact_hmlg_of_the_demo_000000000");
    give_back(&mut demo.sign_in("otto.braga@example.com").await, "ASAAS-3").await;
    eventually("the money to be back", async || {
        let back = demo.ask("/v3/payments?billingType=PIX&status=REFUNDED", token).await;
        (back["totalCount"] == 1).then_some(())
    })
    .await;
    cancel(&mut demo.sign_in("vera.dias@example.com").await).await;
    eventually("Asaas to have it end", async || {
        (demo.ask("/v3/subscriptions?status=INACTIVE", token).await["totalCount"] == 1).then_some(())
    })
    .await;
    demo.books("Asaas", &["REFUNDED", "INACTIVE"]).await;
}

#[tokio::test]
async fn at_guru_orders_come_by_its_webhooks_and_a_subscription_ends() {
    let demo = Demo::start("guru").await;
    let token = ("authorization", "Bearer user-token-of-the-demo-0000000000");
    cancel(&mut demo.sign_in("vera.dias@example.com").await).await;
    eventually("Guru to have it marked", async || {
        let marked = demo.ask("/api/v2/subscriptions?cancel_at_cycle_end=1", token).await;
        (!marked["data"].as_array().unwrap().is_empty()).then_some(())
    })
    .await;
    demo.books("Guru", &["approved", "1"]).await;
    let bought = demo.sign_in("sofia.reis@example.com").await.visit("/").await.expect(200).text();
    assert!(bought.contains("Fotografia de Retrato"), "{bought}");
}

#[tokio::test]
async fn its_books_are_kept_nowhere_so_the_demo_is_neither() {
    let refused = command(&["--data", "demo", "--gateway", "stripe"]).output().await.unwrap();
    assert_eq!(refused.status.code(), Some(2));
}
