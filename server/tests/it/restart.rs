//! PostgreSQL goes away under load and comes back: whoever comes meanwhile is told to come again, nothing that was
//! acknowledged is lost, and the server needs no restart of its own.

use crate::harness::http::Request;
use crate::harness::member_areas::Area;
use crate::harness::postgres::Server;
use crate::harness::shop::{access_is, catalogue, order};
use crate::harness::site::{Api, Site};
use futures::future::{join, join_all};
use portal::testing::postgres_url;
use std::cell::{Cell, RefCell};
use std::time::Duration;
use tokio::time::sleep;

/// What the answers to a crowd of programs were.
#[derive(Default)]
struct Seen {
    taken: RefCell<Vec<String>>,
    put_off: Cell<u32>,
    is_over: Cell<bool>,
}

impl Seen {
    /// Sends one order after the other, each until it is taken.
    async fn sell(&self, api: &Api, number: usize) {
        for round in 0.. {
            let code = format!("R-{number}-{round}");
            let body = order(&code, &format!("r-{number}-{round}@example.com"), &[("foto", 29_700)]);
            let request = Request::new("POST", "/api/v1/orders").with("idempotency-key", &code).json(&body);
            loop {
                let answer = api.send(request.clone()).await.unwrap();
                match answer.status {
                    201 => break self.taken.borrow_mut().push(code),
                    503 => {
                        assert!(answer.header("retry-after").is_some() && answer.json()["code"] == "unavailable");
                        self.put_off.set(self.put_off.get() + 1);
                    }
                    _ => panic!("{}: {}", answer.status, answer.text()),
                }
                sleep(Duration::from_millis(20)).await;
            }
            if self.is_over.get() {
                return;
            }
        }
    }
}

#[tokio::test]
async fn a_postgres_that_is_restarted_under_load_needs_no_restart_of_ours() {
    let server = Server::start().unwrap();
    let mut site = Site::start_on("postgres", postgres_url(&server.url).await).await;
    let luz = site.producer("luz", "Escola Luz").await;
    let area = Area::own().await;
    catalogue(&luz, &area).await;
    let seen = Seen::default();
    let crowd = join_all((0..4).map(|number| seen.sell(&luz, number)));
    let faults = async {
        for _ in 0..2 {
            sleep(Duration::from_millis(700)).await;
            server.restart().unwrap();
        }
        sleep(Duration::from_millis(500)).await;
        server.stop().unwrap();
        let mut browser = site.browser();
        let page = browser.get("/").await;
        // Nobody is signed in and nothing is asked of the database, or the database is asked and away.
        assert!(matches!(page.status, 303 | 503), "{}", page.status);
        sleep(Duration::from_secs(2)).await;
        server.go_on().unwrap();
        sleep(Duration::from_secs(1)).await;
        seen.is_over.set(true);
    };
    join(crowd, faults).await;
    let taken = seen.taken.take();
    assert!(taken.len() > 10 && seen.put_off.get() > 0, "{} taken, {} put off", taken.len(), seen.put_off.get());
    for code in &taken {
        access_is(&luz, code, "confirmed").await;
    }
    let output = site.run(&["verify"], "").await;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&[output.stdout, output.stderr].concat()));
    site.assert_runs();
}
