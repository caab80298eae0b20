//! From asking for a link, form and all, to the mail accepted by a server beside us. Wall-clock: it is what somebody
//! waits.

use super::figure::{Figure, percentile};
use super::http::Connection;
use super::smtp;
use super::stage::Stage;
use anyhow::{Context, Result, ensure};
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(10);

pub(super) fn run(stage: &Stage) -> Result<Vec<Figure>> {
    let seeded = stage.seeded()?;
    let (server, mails) = smtp::start()?;
    let settings = [("SMTP_URL", format!("smtp://{server}")), ("TRUSTED_PROXIES", "127.0.0.1/32".to_owned())];
    let portal = stage.serve(&settings.each_ref().map(|(name, value)| (*name, value.as_str())))?;
    let mut connection = Connection::open(&portal.address)?;
    let people = stage.times(200, 20).min(seeded.others.len());
    let mut waits = Vec::with_capacity(people);
    for (number, email) in seeded.others.iter().take(people).enumerate() {
        waits.push(wait(&mut connection, &mails, number, email)?.as_secs_f64() * 1e3);
    }
    let (half, most) = (percentile(&waits, 50), percentile(&waits, 99));
    println!("{half:.1} ms for half, {most:.1} ms for 99 % of {people} buyers, one after the other");
    Ok(vec![Figure {
        what: "sign-in request to mail accepted, 99 %".to_owned(),
        measured: most,
        goal: 50.0,
        unit: "ms",
    }])
}

/// Each buyer asks from another network, as buyers do: the limits are per network.
fn wait(connection: &mut Connection, mails: &Receiver<smtp::Mail>, number: usize, email: &str) -> Result<Duration> {
    let from = format!("x-forwarded-for: 10.1.{}.{}\r\n", number / 250, number % 250 + 1);
    let started = Instant::now();
    connection.post_form("/sign-in", &from, &format!("email={email}"))?.expect(303)?;
    let mail = mails.recv_timeout(PATIENCE).with_context(|| format!("no mail to {email}"))?;
    ensure!(mail.to == email, "a mail to {} instead of {email}", mail.to);
    Ok(mail.accepted.duration_since(started))
}
