//! Every address there is, and who may call it.

use http::Method;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use types::place;

/// Who may call an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Who {
    /// Everybody.
    Anyone,
    /// A signed-in buyer, for their own things.
    Buyer,
    /// Somebody who works for a producer, signed in, for the producer's own things.
    Producer,
    /// The same, if they may do everything for it.
    Owner,
    /// Somebody of the support staff, signed in.
    Staff,
    /// A producer's program with its key, for the producer's own things.
    Program,
    /// Another system that knows the address and its token.
    Source,
    /// Whoever reaches an installation that has no mail server, which only a development has; nobody in others.
    Development,
}

use Who::{Anyone, Buyer, Development, Owner, Producer, Program, Source, Staff};

/// What is no page of the portal. An address that is not here must be thought about before it is let in.
const OTHERS: &[(&str, &str, Who)] = &[
    ("GET", "/favicon.ico", Anyone),
    // The sandbox's own pages: for whoever has their address, where the sandbox is the gateway; and its operators'
    // page, in development.
    ("GET", "/sandbox/pay/{page}", Anyone),
    ("POST", "/sandbox/pay/{page}", Anyone),
    ("GET", "/sandbox/confirm/{page}", Anyone),
    ("POST", "/sandbox/confirm/{page}", Anyone),
    ("GET", "/sandbox/boleto/{page}", Anyone),
    ("POST", "/sandbox/boleto/{page}", Anyone),
    ("GET", "/sandbox/pix/{page}", Anyone),
    ("POST", "/sandbox/pix/{page}", Anyone),
    ("GET", "/sandbox", Anyone),
    ("POST", "/sandbox/clock", Anyone),
    ("POST", "/sandbox/fail-next", Anyone),
    ("POST", "/sandbox/dispute", Anyone),
    ("POST", "/sandbox/fault", Anyone),
    ("POST", "/sandbox/redeliver", Anyone),
    ("POST", "/hooks/sandbox/{key}", Source),
    ("PUT", "/api/v1/products/{code}", Program),
    ("PUT", "/api/v1/products/{code}/policy", Program),
    ("GET", "/api/v1/products/{code}/policy", Program),
    ("GET", "/api/v1/producer", Program),
    ("PUT", "/api/v1/producer", Program),
    ("PUT", "/api/v1/policy", Program),
    ("GET", "/api/v1/policy", Program),
    ("PUT", "/api/v1/offers/{code}", Program),
    ("PUT", "/api/v1/member-areas/{code}", Program),
    ("PUT", "/api/v1/access-rules/{code}", Program),
    ("PUT", "/api/v1/sources/{code}", Program),
    ("GET", "/api/v1/connections", Program),
    // Before there is one of this code.
    ("POST", "/api/v1/connections/{code}/test", Program),
    ("PUT", "/api/v1/connections/{code}", Program),
    ("POST", "/api/v1/orders", Program),
    ("GET", "/api/v1/orders", Program),
    ("GET", "/api/v1/orders/{code}", Program),
    ("POST", "/api/v1/orders/{code}/links", Program),
    ("POST", "/api/v1/orders/{code}/refunds/{protocol}/answer", Program),
    ("POST", "/api/v1/orders/{code}/refunds/{protocol}/done", Program),
    // The last of them: by it another producer has an order of the same code.
    ("PUT", "/api/v1/orders/{code}", Program),
    ("GET", "/api/v1/openapi.json", Anyone),
    ("GET", "/api/docs", Anyone),
    ("GET", "/api/{*rest}", Anyone),
    ("GET", "/api", Anyone),
    ("POST", "/hooks/asaas/{key}", Source),
    ("POST", "/hooks/guru/{key}", Source),
    ("POST", "/hooks/guru/{key}/", Source),
    ("POST", "/hooks/stripe/{key}", Source),
    ("GET", "/healthz", Anyone),
    ("GET", "/readyz", Anyone),
    ("GET", "/dev/mailbox", Development),
    ("GET", "/dev/mailbox/{id}", Development),
    ("GET", "/dev/mailbox.json", Development),
];

/// The pages and forms of the portal that everybody may call: one more must be thought about before it is let in.
const FOR_ANYONE: &[(&str, &str)] = &[
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/sign-in/sent"),
    ("POST", "/sign-in/resend"),
    ("GET", "/sign-in/code"),
    ("POST", "/sign-in/code"),
    ("GET", "/l/{token}"),
    ("POST", "/l/{token}"),
    ("POST", "/l/{token}/resend"),
    ("GET", "/o/{order_ref}"),
    ("POST", "/o/{order_ref}"),
    ("POST", "/sign-out"),
    ("POST", "/language"),
    // What a seller's pages look like.
    ("GET", "/accent/{accent}"),
    ("GET", "/logo/{logo}"),
    ("GET", "/picture/{picture}"),
    // Whoever knows the token: only the producer's mailbox got it.
    ("GET", "/refund-requests/{token}"),
    ("POST", "/refund-requests/{token}"),
    // How those come in who have a password.
    ("GET", "/producer/sign-in"),
    ("POST", "/producer/sign-in"),
    ("GET", "/producer/sign-in/code"),
    ("POST", "/producer/sign-in/code"),
    ("GET", "/producer/password"),
    ("POST", "/producer/password"),
    ("GET", "/producer/password/{token}"),
    ("POST", "/producer/password/{token}"),
    ("GET", "/producer/invitations/{token}"),
    ("POST", "/producer/invitations/{token}"),
    ("POST", "/producer/sign-out"),
    ("GET", "/admin/sign-in"),
    ("POST", "/admin/sign-in"),
    ("GET", "/admin/sign-in/code"),
    ("POST", "/admin/sign-in/code"),
    ("GET", "/admin/totp"),
    ("POST", "/admin/totp"),
    ("GET", "/admin/password"),
    ("POST", "/admin/password"),
    ("GET", "/admin/password/{token}"),
    ("POST", "/admin/password/{token}"),
    ("POST", "/admin/sign-out"),
    ("GET", "/account/email/changed"),
    ("GET", "/e/{token}"),
    ("POST", "/e/{token}"),
];

/// Every address there is.
pub(super) fn table() -> Vec<(&'static str, &'static str, Who)> {
    let pages = app::all_routes().into_iter().map(|route| {
        let method = if route.verb == app::Verb::Get { "GET" } else { "POST" };
        let who = match route.address.who {
            place::Who::Anyone => Anyone,
            place::Who::Buyer => Buyer,
            place::Who::Producer => Producer,
            place::Who::Owner => Owner,
            place::Who::Staff => Staff,
        };
        (method, route.address.pattern, who)
    });
    pages.chain(OTHERS.iter().copied()).collect()
}

pub(super) fn paths_of(who: Who) -> impl Iterator<Item = (&'static str, &'static str)> {
    table().into_iter().filter(move |(.., of)| *of == who).map(|(method, path, _)| (method, path))
}

/// Every source file below a folder of the project.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            match entry.path() {
                // Tests of the sources have addresses that nobody can call.
                path if path.file_stem().is_some_and(|name| name == "tests") => {}
                path if path.is_dir() => folders.push(path),
                path if path.extension().is_some_and(|end| end == "rs") => {
                    found.push((path.clone(), fs::read_to_string(path).unwrap()));
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn every_address_is_in_the_table() {
    let table = table();
    let known: BTreeSet<(&str, &str)> = table.iter().map(|(method, path, _)| (*method, *path)).collect();
    let paths: BTreeSet<&str> = table.iter().map(|(_, path, _)| *path).collect();
    for address in place::addresses() {
        assert!(paths.contains(address.pattern), "nothing answers at {}", address.pattern);
    }
    let others: BTreeSet<(&str, &str)> = OTHERS.iter().map(|(method, path, _)| (*method, *path)).collect();
    let for_anyone: BTreeSet<(&str, &str)> = paths_of(Anyone).filter(|address| !others.contains(address)).collect();
    assert_eq!(for_anyone, FOR_ANYONE.iter().copied().collect::<BTreeSet<_>>());
    let described = serde_json::to_value(server::api::openapi()).unwrap();
    for (path, item) in described["paths"].as_object().unwrap() {
        for method in
            item.as_object().unwrap().keys().filter(|key| ["get", "put", "post", "patch", "delete"].contains(&&***key))
        {
            let address = (&*method.to_uppercase(), path.as_str());
            assert!(known.contains(&address), "{address:?} is not in the table");
        }
    }
    // What is put into a router by hand, wherever in the sources that is; what a file's own tests do is no address.
    let mut by_hand = 0;
    for (file, text) in sources("server/src").into_iter().chain(sources("app/src")) {
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let text: String = text.split_whitespace().collect();
        let routes = text.split(".route(\"").skip(1).filter_map(|rest| rest.split('"').next());
        for path in routes.filter(|_| !file.to_string_lossy().contains("example_area")) {
            assert!(paths.contains(path), "{path} of {} is not in the table", file.display());
            by_hand += 1;
        }
        assert!(
            !text.contains("nest_service(") && !text.contains(".nest("),
            "{}: a nested router hides its addresses",
            file.display()
        );
    }
    assert!(by_hand >= 10, "the search finds nothing any more: {by_hand}");
}

/// A server function is an address that everybody can call, unless it stands below that of its audience.
#[test]
fn every_server_function_stands_below_the_address_of_an_audience() {
    let below: Vec<&str> = table()
        .into_iter()
        .filter(|(_, _, who)| matches!(who, Buyer | Producer | Owner | Staff))
        .filter_map(|(_, path, _)| path.strip_suffix("{function}"))
        .collect();
    let all: Vec<_> = leptos::server_fn::axum::server_fn_paths().collect();
    assert!(!all.is_empty(), "not even that of the tests is found");
    for (path, method) in all {
        let name = below.iter().find_map(|start| path.strip_prefix(start));
        assert!(method == Method::POST && name.is_some_and(|name| !name.contains('/')), "{method} {path}");
    }
}

/// Parts of addresses that open something by themselves; an order's link and a buyer's handles open nothing.
const SECRET_PARTS: [&str; 3] = ["{token}", "{page}", "{key}"];

#[test]
fn no_address_that_holds_a_secret_is_logged_whole() {
    let mut starts = BTreeSet::new();
    for (method, path, _) in table() {
        let part = path.split('/').find(|part| SECRET_PARTS.contains(part));
        let Some(start) = part.and_then(|part| path.find(part)).map(|at| &path[..at]) else { continue };
        assert!(server::trace::SECRET_AFTER.contains(&start), "{method} {path} is in the log as it is");
        starts.insert(start);
    }
    let masked: BTreeSet<&str> = server::trace::SECRET_AFTER.iter().copied().collect();
    assert_eq!(starts, masked, "every one of them is an address");
}
