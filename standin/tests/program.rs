//! The program of the stand-ins: what it says of itself, and what it refuses.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_standin");

/// What it says before it goes on.
fn says(vendor: &str) -> String {
    let mut command = Command::new(PROGRAM);
    let mut program = command.arg(vendor).stdin(Stdio::null()).stdout(Stdio::piped()).spawn().expect("it starts");
    let lines = BufReader::new(program.stdout.take().expect("its words")).lines().map_while(Result::ok);
    // It has said all with its address.
    let mut said = Vec::new();
    for line in lines {
        said.push(line);
        if said.last().is_some_and(|line| line.contains("Address")) {
            break;
        }
    }
    program.kill().expect("it runs");
    program.wait().expect("it ends");
    said.join("\n")
}

#[test]
fn each_says_where_it_is_and_that_no_money_is_real() {
    for (word, name) in [("stripe", "Stripe"), ("asaas", "Asaas"), ("guru", "Guru")] {
        let said = says(word);
        assert!(said.contains(&format!("Stand-in of {name}: no real money")), "{said}");
        assert!(said.contains("http://127.0.0.1:"), "{said}");
    }
}

#[test]
fn a_gateway_that_there_is_no_stand_in_of_is_refused() {
    let output = Command::new(PROGRAM).arg("paypal").output().expect("it starts");
    assert_eq!(output.status.code(), Some(2));
    let keyless = Command::new(PROGRAM).args(["stripe", "--portal", "http://127.0.0.1:1"]).output().expect("it starts");
    assert_eq!(keyless.status.code(), Some(2), "a portal takes nothing without a key");
}
