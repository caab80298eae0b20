//! A disk that fills up, a database that somebody else holds: nothing that was acknowledged is lost, whoever comes
//! meanwhile is told to come again, and no restart is needed afterwards.
#![cfg(target_os = "linux")]

use crate::harness::browserless::form;
use crate::harness::http::Answer;
use crate::harness::member_areas::Area;
use crate::harness::shop::{catalogue, order};
use crate::harness::site::{Api, Site, eventually};
use portal::on;
use std::fs;

/// Sells an order; its code when it was acknowledged.
async fn sell(api: &Api, number: usize) -> Result<String, Answer> {
    let code = format!("D-{number}");
    let answer = api.post("orders", &order(&code, &format!("buyer-{number}@example.com"), &[("foto", 29_700)])).await;
    if answer.status == 201 { Ok(code) } else { Err(answer) }
}

fn assert_unavailable(answer: &Answer) {
    assert_eq!(answer.status, 503, "{}", answer.text());
    assert!(answer.header("retry-after").is_some());
    assert_eq!(answer.json()["code"], "unavailable");
}

async fn shop(engine: &'static str) -> (Site, Api, Area) {
    let mut site = Site::start(engine).await;
    let api = site.producer("luz", "Escola Luz").await;
    let area = Area::own().await;
    catalogue(&api, &area).await;
    site.bear_limits().await;
    (site, api, area)
}

async fn assert_all_there(site: &Site, api: &Api, codes: &[String]) {
    for code in codes {
        assert_eq!(api.order(code).await["status"], "paid", "{code}");
    }
    let output = site.run(&["verify"], "").await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&[output.stdout, output.stderr].concat()));
}

#[tokio::test]
async fn a_disk_that_fills_up_and_has_room_again_needs_no_restart() {
    let (site, api, _area) = shop("sqlite").await;
    let path = site.file().to_owned();
    let mut taken = vec![sell(&api, 0).await.ok().unwrap()];
    for round in 1..=3 {
        let largest = ["", "-wal"].map(|end| fs::metadata(format!("{path}{end}")).map_or(0, |file| file.len()));
        site.limit_files(Some(largest.into_iter().max().unwrap() + 96 * 1024));
        let mut refused = 0;
        for number in round * 1000.. {
            match sell(&api, number).await {
                Ok(code) => taken.push(code),
                Err(answer) => {
                    assert_unavailable(&answer);
                    refused += 1;
                }
            }
            if refused == 10 {
                break;
            }
            assert!(number < round * 1000 + 900, "nothing was ever refused");
        }
        // What is only looked at is there; a form is told to come again, as a page.
        api.get("orders/D-0").await.expect(200);
        let mut browser = site.browser();
        browser.visit("/sign-in").await.expect(200);
        site.limit_files(None);
        taken.push(sell(&api, round * 1000 + 999).await.unwrap_or_else(|answer| panic!("{}", answer.text())));
    }
    assert_all_there(&site, &api, &taken).await;
}

#[tokio::test]
async fn a_database_that_is_locked_for_a_while_is_waited_for_and_then_said_to_be_unavailable() {
    let (site, api, _area) = shop("sqlite").await;
    let db = site.db().await;
    let lock = db.begin().await.unwrap();
    assert_unavailable(&sell(&api, 1).await.unwrap_err());
    let mut browser = site.browser();
    let sign_in = form(&browser.visit("/sign-in").await.expect(200), "/sign-in");
    let page = browser.press(&sign_in, &[("email", "ana@example.com")]).await;
    assert_eq!((page.status, page.header("retry-after")), (503, Some("5")));
    assert!(page.text().contains("Um momento"), "{}", page.text());
    drop(lock);
    let code = sell(&api, 2).await.unwrap_or_else(|answer| panic!("{}", answer.text()));
    assert_all_there(&site, &api, &[code]).await;
}

/// As a replica does that is not the first yet, or a server whose disk is nearly full.
#[tokio::test]
async fn a_database_that_is_read_only_for_a_while_is_said_to_be_unavailable_and_needs_no_restart() {
    let (site, api, _area) = shop("postgres").await;
    let first = sell(&api, 1).await.ok().unwrap();
    let db = site.db().await;
    let mut held = db.read().await.unwrap();
    for (read_only, number) in [("on", 2), ("off", 3)] {
        // Sessions that begin from now on; all but this one begin anew.
        let sql = format!(
            "do $$ begin
                execute format('alter database %I set default_transaction_read_only = {read_only}', current_database());
                perform pg_terminate_backend(pid)
                from pg_stat_activity
                where datname = current_database()
                    and pid <> pg_backend_pid();
            end $$"
        );
        on!(held.conn(), c => sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(c).await.map(drop)).unwrap();
        if read_only == "on" {
            // Those that are cut off are passing too.
            for _ in 0..10 {
                assert_unavailable(&sell(&api, number).await.unwrap_err());
            }
            eventually("orders to be read", async || api.get("orders/D-1").await.status.eq(&200).then_some(())).await;
        }
    }
    let last = eventually("an order to be taken", async || sell(&api, 3).await.ok()).await;
    drop(held);
    assert_all_there(&site, &api, &[first, last]).await;
}
