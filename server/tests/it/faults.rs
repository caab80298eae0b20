//! A disk on which now and then a write or a sync fails, in the middle of sales, sign-ins and looks. Whoever is refused
//! is told to come again, whoever only looks is served, nothing that was acknowledged is lost, and no restart is
//! needed.
//! `AFTERSALE_TEST_FAULTS=25` goes through all faults so often.
#![cfg(target_os = "linux")]

use crate::harness::browserless::{Browser, Form, form};
use crate::harness::http::Answer;
use crate::harness::member_areas::Area;
use crate::harness::shop::{ask_for_link, catalogue, order, sell};
use crate::harness::site::{Api, Site};
use futures::future::{join, join_all};
use std::cell::RefCell;
use std::fs;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::Write;
use std::path::Path;
use std::time::Duration;

/// Unless told otherwise.
const ROUNDS: u32 = 2;
const SELLERS: usize = 4;
const BUYERS: usize = 4;
const SALES: usize = 15;
/// Far longer than a load takes: one that is refused for ever is not waited for.
const PATIENCE: Duration = Duration::from_secs(300);

/// The calls by which a database writes and syncs, what a full and a broken disk answer, and how many of a connection's
/// calls go well at least before one fails: an order is some sixty writes and one sync.
const FAULTS: [(&str, &str, u32); 4] = [
    ("write,pwrite64", "ENOSPC", 80),
    ("write,pwrite64", "EIO", 80),
    ("fsync,fdatasync", "ENOSPC", 3),
    ("fsync,fdatasync", "EIO", 3),
];

/// What was asked for while the disk failed.
#[derive(Default)]
struct Told {
    /// Orders that were taken.
    orders: Vec<String>,
    /// Who was promised a mail with a link.
    mails: Vec<String>,
    /// Who was signed in.
    sessions: Vec<Browser>,
    refused: usize,
}

#[tokio::test]
#[ignore = "needs strace: `cargo xtask soak` brings it and runs this"]
async fn a_disk_on_which_calls_fail_loses_nothing_that_was_acknowledged() {
    let mut site = Site::start("sqlite").await;
    let api = site.producer("luz", "Escola Luz").await;
    let area = Area::own().await;
    catalogue(&api, &area).await;
    let (mut orders, mut failed, mut refused) = (Vec::new(), [0; FAULTS.len()], 0);
    for round in 0..rounds() {
        for (number, (calls, error, least)) in FAULTS.into_iter().enumerate() {
            let name = format!("F{round}-{number}");
            let (first, step) = (least + chance(2 * least + 10), 1 + chance(least));
            let fault = format!("{error} at {calls} {first}+{step}");
            let buyers = wait_for_links(&site, &api, &name).await;
            let log = site.suffer(calls, error, first, step).await;
            let told = load(&site, &api, &name, buyers).await;
            site.recover().await;
            let failures = fs::read_to_string(log).unwrap().lines().filter(|line| line.ends_with("(INJECTED)")).count();
            println!(
                "{fault}: {failures} failures, {} orders, {} links, {} sessions, {} times told to come again",
                told.orders.len(),
                told.mails.len(),
                told.sessions.len(),
                told.refused
            );
            failed[number] += failures;
            refused += told.refused;
            let code = format!("{name}-after");
            sell(&api, &order(&code, "after@example.com", &[("foto", 29_700)])).await;
            orders.extend(told.orders.iter().cloned().chain([code]));
            check(&site, &api, &told, &orders).await;
            site.assert_runs();
        }
    }
    let is_enough = failed.iter().all(|failures| *failures > 0) && refused > 0;
    assert!(is_enough, "too little went wrong: {failed:?} failures of each fault, {refused} refusals");
    println!("{failed:?} failures, {refused} refusals, {} orders acknowledged and there", orders.len());
}

/// A disk of its own, filled to the last byte from outside, as a log or a backup does it.
#[tokio::test]
#[ignore = "mounts a disk of its own: `cargo xtask soak` runs this"]
async fn a_small_disk_that_is_filled_and_emptied_again_needs_no_restart() {
    let mut site = Site::start("sqlite").await;
    let api = site.producer("luz", "Escola Luz").await;
    let area = Area::own().await;
    catalogue(&api, &area).await;
    let disk = site.on_small_disk(24 * 1024 * 1024).await;
    let ballast = disk.join("ballast");
    let mut orders = Vec::new();
    for round in 0..rounds() {
        let name = format!("T{round}");
        let buyers = wait_for_links(&site, &api, &name).await;
        fill(&ballast);
        // Only what needs no room: whoever writes is told to come again until there is some.
        let (told, ()) = join(load(&site, &api, &name, buyers), async {
            tokio::time::sleep(Duration::from_secs(2)).await;
            fs::remove_file(&ballast).unwrap();
        })
        .await;
        println!("full: {} orders, {} times told to come again", told.orders.len(), told.refused);
        assert!(told.refused > 0, "nothing was ever refused");
        let code = format!("{name}-after");
        sell(&api, &order(&code, "after@example.com", &[("foto", 29_700)])).await;
        orders.extend(told.orders.iter().cloned().chain([code]));
        check(&site, &api, &told, &orders).await;
    }
    site.assert_runs();
}

/// Writes to a file until nothing more fits.
fn fill(file: &Path) {
    let mut file = fs::File::create(file).unwrap();
    let mut part = 64 * 1024;
    while part > 0 {
        if file.write_all(&vec![0; part]).is_err() {
            part /= 2;
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the test's own setting: how long to go on")]
fn rounds() -> u32 {
    std::env::var("AFTERSALE_TEST_FAULTS").map_or(ROUNDS, |text| text.parse().expect("a number"))
}

/// Buyers before the form that signs them in, and as many who are to ask for a link.
async fn wait_for_links(site: &Site, api: &Api, name: &str) -> Vec<(Browser, Form)> {
    let mut buyers = Vec::new();
    for number in 0..BUYERS {
        for what in ["buyer", "ask"] {
            let code = format!("{name}-{what}-{number}");
            sell(api, &order(&code, &address(&code), &[("foto", 29_700)])).await;
        }
        let email = address(&format!("{name}-buyer-{number}"));
        let mut browser = site.browser();
        ask_for_link(&mut browser, &email).await;
        let link = site.mail.wait(&email, "/l/").await.link("/l/");
        let page = browser.visit(&link).await.expect(200);
        buyers.push((browser, form(&page, "/l/")));
    }
    buyers
}

fn address(code: &str) -> String {
    format!("{code}@example.com").to_lowercase()
}

/// Sales, sign-ins and looks at once.
async fn load(site: &Site, api: &Api, name: &str, buyers: Vec<(Browser, Form)>) -> Told {
    let told = RefCell::default();
    let sellers = (0..SELLERS).map(|number| sell_on(api, format!("{name}-{number}"), &told));
    let buyers = buyers.into_iter().map(|(browser, form)| press_and_look(browser, form, &told));
    let strangers = (0..BUYERS).map(|number| ask(site, address(&format!("{name}-ask-{number}")), &told));
    let all = join(join(join_all(sellers), join_all(buyers)), join_all(strangers));
    tokio::time::timeout(PATIENCE, all).await.expect("whoever comes again is served at last");
    told.into_inner()
}

/// Whether it was done. Else whoever asked was told to come again.
fn is_done(answer: &Answer, done: u16, told: &RefCell<Told>) -> bool {
    if answer.status != done {
        assert_eq!(answer.status, 503, "{}", answer.text());
        assert!(answer.header("retry-after").is_some(), "{}", answer.text());
        told.borrow_mut().refused += 1;
    }
    answer.status == done
}

async fn sell_on(api: &Api, name: String, told: &RefCell<Told>) {
    for number in 0..SALES {
        let code = format!("{name}-{number}");
        let body = order(&code, &address(&code), &[("foto", 29_700), ("ebook", 1_990)]);
        if is_done(&api.post("orders", &body).await, 201, told) {
            // Looking is no writing.
            assert_eq!(api.order(&code).await["status"], "paid", "{code}");
            told.borrow_mut().orders.push(code);
        }
    }
}

/// Signs in, as often as it takes: what was refused was not spent.
async fn press_and_look(mut browser: Browser, form: Form, told: &RefCell<Told>) {
    while !is_done(&browser.press(&form, &[]).await, 303, told) {}
    for _ in 0..10 {
        browser.get("/").await.expect(200);
    }
    told.borrow_mut().sessions.push(browser);
}

async fn ask(site: &Site, email: String, told: &RefCell<Told>) {
    let mut browser = site.browser();
    let sign_in = form(&browser.get("/sign-in").await.expect(200), "/sign-in");
    while !is_done(&browser.press(&sign_in, &[("email", &email)]).await, 303, told) {}
    told.borrow_mut().mails.push(email);
}

/// Everything that was acknowledged is true.
async fn check(site: &Site, api: &Api, told: &Told, orders: &[String]) {
    for code in orders {
        assert_eq!(api.order(code).await["status"], "paid", "{code}");
    }
    for session in &told.sessions {
        session.clone().get("/").await.expect(200);
    }
    for code in &told.orders {
        site.mail.wait(&address(code), "/o/").await;
    }
    for email in &told.mails {
        site.mail.wait(email, "/l/").await;
    }
    let output = site.run(&["verify"], "").await;
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert!(output.status.success() && said.is_empty(), "{said}");
}

/// A number below `bound`, new each time.
fn chance(bound: u32) -> u32 {
    u32::try_from(RandomState::new().build_hasher().finish() % u64::from(bound)).unwrap()
}
