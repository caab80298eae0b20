//! Signing in as people do: by the form, the mail and the button of the link.

use super::http::Connection;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::thread::sleep;
use std::time::Duration;

/// The header lines of a browser in which `email` is signed in.
pub(super) fn sign_in(address: &str, email: &str) -> Result<String> {
    let mut connection = Connection::open(address)?;
    let link = link(&mut connection, address, email)?;
    let path = link.strip_prefix(&format!("http://{address}")).context("the link leads elsewhere")?;
    let answer = connection.post_form(path, "", "")?.expect(303)?;
    let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next()).context("no session")?;
    Ok(format!("cookie: {cookie}\r\naccept-language: pt-BR\r\n"))
}

/// The link of the mail. Whoever asked a minute ago, in another bench, gets no second one at once: it is asked for
/// until there is one.
fn link(connection: &mut Connection, address: &str, email: &str) -> Result<String> {
    for _ in 0..20 {
        connection.post_form("/sign-in", "", &format!("email={email}"))?.expect(303)?;
        for _ in 0..40 {
            if let Some(link) = mailed(connection, address, email)? {
                return Ok(link);
            }
            sleep(Duration::from_millis(100));
        }
    }
    bail!("no mail came to {email}")
}

/// It stands alone on its line. A server that another bench ran before has sent mails too, that lead to it.
fn mailed(connection: &mut Connection, address: &str, email: &str) -> Result<Option<String>> {
    let start = format!("http://{address}/l/");
    let answer = connection.get(&format!("/dev/mailbox.json?to={email}"), "")?.expect(200)?;
    let mails: Value = serde_json::from_str(&answer.body)?;
    let texts = mails.as_array().into_iter().flatten().filter_map(|mail| mail["text"].as_str());
    let link = texts.flat_map(str::lines).map(str::trim).find(|line| line.starts_with(&start));
    Ok(link.map(str::to_owned))
}
