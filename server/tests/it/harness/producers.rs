//! Somebody of a producer with a browser. What makes their session stands here and nowhere else.

use crate::harness::browserless::Browser;
use crate::harness::site::Site;
use portal::ports::Clock;
use portal::{fingerprint, on};
use server::clock::SystemClock;
use std::time::Duration;
use uuid::Uuid;

const SESSION: &str = "insert into sessions (id, token_hash, kind, producer_id, address, browser, created_at,
        last_seen_at, expires_at)
    select $1, $2, 'producer', id, '192.0.2.1', 'Firefox', $3, $3, $4 from producers where slug = $5";

/// A browser in which this producer is signed in.
pub async fn signed_in(site: &Site, slug: &str) -> Browser {
    let id = Uuid::now_v7();
    let token = id.simple().to_string();
    let now = SystemClock.now();
    let until = now.plus(Duration::from_secs(86_400)).micros();
    let mut tx = site.db().await.begin().await.unwrap();
    on!(tx.conn(), c => {
        sqlx::query(SESSION)
            .bind(id)
            .bind(fingerprint(token.as_bytes()))
            .bind(now.micros())
            .bind(until)
            .bind(slug)
            .execute(c)
            .await
            .unwrap();
    });
    tx.commit().await.unwrap();
    let mut browser = site.browser();
    browser.cookies.insert("aftersale-producer".to_owned(), token);
    browser
}
