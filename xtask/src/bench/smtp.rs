//! A mail server that takes everything and keeps nothing but whom it was for and when.

use anyhow::Result;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Instant;

/// A mail that was accepted.
pub(super) struct Mail {
    pub to: String,
    pub accepted: Instant,
}

/// Starts the server; returns its address and what it accepts. It lives as long as this program.
pub(super) fn start() -> Result<(String, Receiver<Mail>)> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?.to_string();
    let (sender, mails) = channel();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let sender = sender.clone();
            // A client that hangs up in the middle takes only its own conversation along.
            thread::spawn(move || talk(stream, &sender));
        }
    });
    Ok((address, mails))
}

fn talk(stream: TcpStream, mails: &Sender<Mail>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut answers = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    let mut to = String::new();
    answers.write_all(b"220 bench\r\n")?;
    while let Some(line) = lines.next() {
        let line = line?;
        let answer = match line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase().as_str() {
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                "250 ok\r\n"
            }
            "DATA" => {
                answers.write_all(b"354 go on\r\n")?;
                while lines.next().transpose()?.is_some_and(|line| line != ".") {}
                let _ = mails.send(Mail { to: to.clone(), accepted: Instant::now() });
                "250 accepted\r\n"
            }
            "QUIT" => return answers.write_all(b"221 bye\r\n"),
            _ => "250 ok\r\n",
        };
        answers.write_all(answer.as_bytes())?;
    }
    Ok(())
}
