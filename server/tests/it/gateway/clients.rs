//! The stand-ins, driven by clients that are not ours: what those do not understand, a stand-in has wrong.

use crate::harness::foreign_programs::{self, FOLDER};
use serde_json::json;
use standin::asaas::Asaas;
use standin::stripe::Stripe;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;
use tokio::process::Command;

const ANYWHERE: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 0);
const KEY: &str = "sk_test_of_a_client_00000000000000";
const TOKEN: &str = "$aact_hmlg_of_a_client_0000000000";
/// A script takes a second or two.
const PATIENCE: Duration = Duration::from_secs(120);

/// Runs a script to its end; all that it wanted to see was so.
async fn drive(program: &Path, script: &str, settings: &[(&str, &str)]) {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut command = Command::new(program);
    command.arg(Path::new(FOLDER).join(script)).envs(settings.iter().copied()).kill_on_drop(true);
    // A script leaves nothing beside itself.
    command.env("PYTHONDONTWRITEBYTECODE", "1");
    let output = tokio::time::timeout(PATIENCE, command.output()).await.expect("it ends").unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}:\n{said}\n{complaint}");
    assert!(said.ends_with("everything is done\n"), "{script}: {said}");
}

/// What both clients of Stripe's leave in the books.
fn assert_books(stripe: &Stripe, refunds: usize) {
    let subscriptions = stripe.subscriptions();
    assert_eq!(subscriptions.len(), 1, "{subscriptions:?}");
    assert_eq!(subscriptions[0]["status"], "canceled");
    assert_eq!(stripe.refunds().len(), refunds);
    let (sent, events) = (stripe.hooks().sent(), stripe.events().len());
    assert!(sent.iter().all(|(_, status)| *status == Some(200)) && events > 20, "{sent:?}");
}

#[tokio::test]
async fn stripes_client_for_node_does_at_the_stand_in_what_the_portal_does() {
    let Some(modules) = foreign_programs::node_modules("Stripe's client for Node.js") else { return };
    let stripe = Stripe::start(ANYWHERE, KEY).unwrap();
    let modules = modules.display().to_string();
    let settings = [("STRIPE_ADDRESS", stripe.base_url()), ("STRIPE_KEY", KEY), ("NODE_PATH", &modules)];
    drive(Path::new("node"), "drive_stripe.mjs", &settings).await;
    assert_books(&stripe, 3);
}

#[tokio::test]
async fn stripes_client_for_python_does_at_the_stand_in_what_the_portal_does() {
    let Some(python) = foreign_programs::python("Stripe's client for Python") else { return };
    let stripe = Stripe::start(ANYWHERE, KEY).unwrap();
    drive(&python, "drive_stripe.py", &[("STRIPE_ADDRESS", stripe.base_url()), ("STRIPE_KEY", KEY)]).await;
    assert_books(&stripe, 2);
}

#[tokio::test]
async fn a_client_of_asaas_does_at_the_stand_in_what_the_portal_does() {
    let Some(python) = foreign_programs::python("a client of Asaas'") else { return };
    let asaas = Asaas::start(ANYWHERE, TOKEN).unwrap();
    drive(&python, "drive_asaas.py", &[("ASAAS_ADDRESS", &asaas.base_url()), ("ASAAS_TOKEN", TOKEN)]).await;
    let club = asaas.subscriptions().pop().unwrap();
    assert_eq!((&club["deleted"], &club["billingType"]), (&json!(true), &json!("PIX")));
    let payments = asaas.payments();
    let refunded = payments.iter().filter(|one| one["status"] == "REFUNDED").count();
    assert_eq!(refunded, 2, "{payments:?}");
}
