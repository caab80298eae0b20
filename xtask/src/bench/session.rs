//! Signing in as people do: by the form, the mail and the button of the link.

use super::http::Connection;
use anyhow::{Context, Result, bail};
use serde_json::Value;
use std::thread::sleep;
use std::time::Duration;

/// The header lines of a browser in which `email` is signed in.
pub fn sign_in(address: &str, email: &str) -> Result<String> {
    let mut connection = Connection::open(address)?;
    connection.post_form("/sign-in", "", &format!("email={email}"))?.expect(303)?;
    let link = link(&mut connection, address, email)?;
    let path = link.strip_prefix(&format!("http://{address}")).context("the link leads elsewhere")?;
    let answer = connection.post_form(path, "", "")?.expect(303)?;
    let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next()).context("no session")?;
    Ok(format!("cookie: {cookie}\r\naccept-language: pt-BR\r\n"))
}

/// The link of the mail, which stands alone on its line. A server that another bench ran before has sent mails too, that lead to it.
fn link(connection: &mut Connection, address: &str, email: &str) -> Result<String> {
    let start = format!("http://{address}/l/");
    for _ in 0..500 {
        let answer = connection.get(&format!("/dev/mailbox.json?to={email}"), "")?.expect(200)?;
        let mails: Value = serde_json::from_str(&answer.body)?;
        let texts = mails.as_array().into_iter().flatten().filter_map(|mail| mail["text"].as_str());
        if let Some(link) = texts.flat_map(str::lines).find(|line| line.trim().starts_with(&start)) {
            return Ok(link.trim().to_owned());
        }
        sleep(Duration::from_millis(10));
    }
    bail!("no mail came to {email}")
}
