//! Limits on asking for links and trying codes (rule 3). They are counted in the database, so that all nodes count
//! together.

use super::store;
use crate::Portal;
use crate::db::{Error, Tx};
use crate::fingerprint;
use std::net::IpAddr;
use std::time::Duration;
use types::{Email, Instant};

const MINUTE: i64 = 60;
const HOUR: i64 = 3600;
const DAY: i64 = 86_400;
/// Links for one address: window in seconds, most in it.
const PER_ADDRESS: [(i64, i64); 3] = [(MINUTE, 1), (HOUR, 5), (DAY, 10)];
/// Asked for from one network.
const PER_NETWORK: [(i64, i64); 2] = [(MINUTE, 10), (HOUR, 60)];

/// Counts one request of this network; the wait, when it was one too many.
pub(crate) async fn network(
    portal: &Portal,
    tx: &mut Tx,
    use_: &str,
    address: &str,
) -> Result<Option<Duration>, Error> {
    subject(portal, tx, &format!("{use_}:{}", network_of(address)), &PER_NETWORK).await
}

/// Counts one request of `subject` in windows of so many seconds; the wait, when one of them had its most already.
pub(crate) async fn subject(
    portal: &Portal,
    tx: &mut Tx,
    subject: &str,
    limits: &[(i64, i64)],
) -> Result<Option<Duration>, Error> {
    let now = portal.wall().seconds();
    let mut wait = None;
    for &(window, most) in limits {
        let start = now - now.rem_euclid(window);
        if store::count(tx, subject, window, start).await? > most {
            wait = wait.max(Some(Duration::from_secs((start + window - now).unsigned_abs())));
        }
    }
    Ok(wait)
}

/// The wait until `subject` may be counted again, when one of its windows has its most; counts nothing.
pub(crate) async fn wait_of(portal: &Portal, subject: &str, limits: &[(i64, i64)]) -> Result<Option<Duration>, Error> {
    let now = portal.wall().seconds();
    let mut wait = None;
    for &(window, most) in limits {
        let start = now - now.rem_euclid(window);
        if store::counted(&portal.db, subject, window, start).await? >= most {
            wait = wait.max(Some(Duration::from_secs((start + window - now).unsigned_abs())));
        }
    }
    Ok(wait)
}

/// How long it is until this address may be written to again; zero when it may be now. Sliding windows over the links
/// themselves.
pub(super) async fn address(portal: &Portal, tx: &mut Tx, email: &Email) -> Result<Duration, Error> {
    // Of two requests at the same time one sees the other's link.
    let subject = format!("address:{}", fingerprint(email.as_str().as_bytes()));
    store::lock_address(tx, &subject, portal.wall()).await?;
    let asked = store::asked_since(tx.conn(), email, portal.wall().minus(Duration::from_secs(DAY as u64))).await?;
    Ok(wait(&asked, portal.wall()))
}

/// `asked`: when links were asked for, newest first.
pub(super) fn wait(asked: &[Instant], now: Instant) -> Duration {
    let waits = PER_ADDRESS.iter().filter_map(|(window, most)| {
        let oldest_that_counts = asked.get(usize::try_from(most - 1).ok()?)?;
        Some(oldest_that_counts.plus(Duration::from_secs(window.unsigned_abs())).since(now))
    });
    waits.max().unwrap_or(Duration::ZERO)
}

/// The network an address belongs to: itself for IPv4, its /64 for IPv6.
pub(crate) fn network_of(address: &str) -> String {
    match address.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(IpAddr::V4(address)) => address.to_string(),
        Err(_) => "unknown".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_gets_one_a_minute_five_an_hour_and_ten_a_day() {
        let now = Instant::from_seconds(1_000_000);
        let ago = |seconds: i64| Instant::from_seconds(1_000_000 - seconds);
        assert_eq!(wait(&[], now), Duration::ZERO);
        assert_eq!(wait(&[ago(10)], now), Duration::from_secs(50));
        assert_eq!(wait(&[ago(60)], now), Duration::ZERO);
        let five = [ago(100), ago(200), ago(300), ago(400), ago(600)];
        assert_eq!(wait(&five, now), Duration::from_secs(3000));
        let ten: Vec<Instant> = (1..=10).map(|n| ago(n * 3700)).collect();
        assert_eq!(wait(&ten, now), Duration::from_secs(86_400 - 37_000));
    }

    #[test]
    fn addresses_of_one_ipv6_network_count_together() {
        assert_eq!(network_of("2001:db8:1:2:3:4:5:6"), network_of("2001:db8:1:2:ffff::1"));
        assert_ne!(network_of("2001:db8:1:2::1"), network_of("2001:db8:1:3::1"));
        assert_eq!(network_of("::ffff:192.0.2.1"), "192.0.2.1");
        assert_eq!(network_of("192.0.2.1"), "192.0.2.1");
    }
}
