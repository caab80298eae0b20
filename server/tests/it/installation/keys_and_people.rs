//! Keys and people by the command line: listed, checked, changed, ended, each answer a line, exit status 0, 1 or 2.

use crate::harness::http::Request;
use crate::harness::producers::{post_from, signed_in};
use crate::harness::site::{ENGINES, Site};
use std::process::Output;

const OLD: &str = "correct horse battery\n";
const NEW: &str = "another long password\n";

/// Exit status, what was said, and what was complained of.
fn said(output: Output) -> (i32, String, String) {
    let text = |bytes| String::from_utf8(bytes).unwrap().trim_end().to_owned();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// A command's status and its one line, wherever it stands.
async fn line(site: &Site, arguments: &[&str], input: &str) -> (i32, String) {
    let (status, out, err) = said(site.run(arguments, input).await);
    let line = if status == 0 { out } else { err };
    assert_eq!(line.lines().count(), 1, "{arguments:?}: {line}");
    (status, line)
}

#[tokio::test]
async fn keys_and_people_are_listed_checked_changed_and_ended_by_the_command_line() {
    for engine in ENGINES {
        let site = Site::start(engine).await;
        let luz = site.producer("luz", "Escola Luz").await;
        let rui = ["create-staff", "--email", "luz@example.com", "--name", "Rui", "--role", "admin"];
        assert!(site.run(&rui, OLD).await.status.success());
        keys(&site, &luz.key).await;
        people(&site).await;
        let verified = said(site.run(&["verify"], "").await);
        assert_eq!(verified, (0, String::new(), String::new()), "{engine}");
    }
}

#[tokio::test]
async fn a_producer_whose_only_owner_is_disabled_gets_another_one() {
    for engine in ENGINES {
        let site = Site::start(engine).await;
        for (slug, name) in [("luz", "Escola Luz"), ("sol", "Escola Sol")] {
            site.producer(slug, name).await;
        }
        let assign = async |email: &str, more: &[&str], input: &str| {
            line(&site, &[&["assign-member", "--producer", "luz", "--email", email], more].concat(), input).await
        };
        assert_eq!(line(&site, &["disable", "--email", "luz@example.com"], "").await.0, 0);
        let disabled = "aftersale: luz@example.com was disabled, which is for ever: assign another address";
        assert_eq!(assign("luz@example.com", &[], OLD).await, (1, disabled.to_owned()));
        // Whoever signs in already needs no password, and is the only owner by now.
        let owner = "sol@example.com works for luz as owner";
        assert_eq!(assign("sol@example.com", &[], "").await, (0, owner.to_owned()));
        assert_eq!(assign("sol@example.com", &[], "").await, (0, format!("{owner}, as before")));
        let last = "aftersale: sol@example.com is the last owner of luz";
        assert_eq!(assign("sol@example.com", &["--role", "agent"], "").await, (1, last.to_owned()));
        let nothing = "aftersale: no password on standard input";
        assert_eq!(assign("rui@example.com", &[], "").await, (1, nothing.to_owned()));
        let weak = "aftersale: a password has 12 to 200 characters";
        assert_eq!(assign("rui@example.com", &[], "short\n").await, (1, weak.to_owned()));
        let new = "rui@example.com works for luz as owner";
        assert_eq!(assign("rui@example.com", &["--name", "Rui Prado"], OLD).await, (0, new.to_owned()));
        let agent = "sol@example.com works for luz as agent, before as owner; their sessions there have ended";
        assert_eq!(assign("sol@example.com", &["--role", "agent"], "").await, (0, agent.to_owned()));
        let people = signed_in(&site, "rui").await.get("/producer/people").await.expect(200).text();
        assert!(people.contains("Rui Prado") && !people.contains("luz@example.com"), "{engine}: {people}");
        let nobodys = ["assign-member", "--producer", "nobody", "--email", "rui@example.com"];
        assert_eq!(line(&site, &nobodys, "").await, (1, "aftersale: there is no producer nobody".to_owned()));
        site.assert_sound().await;
    }
}

#[tokio::test]
async fn an_invitation_gives_no_other_role_to_whom_the_operator_assigned() {
    for engine in ENGINES {
        let site = Site::start(engine).await;
        site.producer("luz", "Escola Luz").await;
        let mut owner = signed_in(&site, "luz").await;
        let bia = [("email", "bia@example.com"), ("role", "agent")];
        post_from(&mut owner, "/producer/people", "/producer/people", &bia).await;
        let link = site.mail.wait("bia@example.com", "/producer/invitations/").await.link("/producer/invitations/");
        let assign = ["assign-member", "--producer", "luz", "--email", "bia@example.com"];
        assert_eq!(line(&site, &assign, OLD).await.0, 0);
        let gone = site.browser().visit(&link).await.expect(410).text();
        assert!(gone.contains("Este convite não vale mais"), "{engine}: {gone}");
        site.assert_sound().await;
    }
}

async fn keys(site: &Site, key: &str) {
    let asks = async || {
        let request = Request::new("GET", "/api/v1/orders").with("authorization", format!("Bearer {key}"));
        site.browser().send(request).await.status
    };
    let (status, all) = line(site, &["list-api-keys", "--producer", "luz"], "").await;
    assert!(status == 0 && all.contains("\tluz\tAPI\tmade ") && all.ends_with("\tnever used\tvalid"), "{all}");
    let id = all.split('\t').next().unwrap();
    assert_eq!(asks().await, 200);
    let (_, used) = line(site, &["list-api-keys"], "").await;
    assert!(used.contains("\tused 20"), "{used}");
    assert_eq!(line(site, &["check-api-key"], key).await, (0, format!("{id} API of luz is valid")));
    assert_eq!(line(site, &["check-api-key"], "ask_other").await.0, 1);
    assert_eq!(line(site, &["revoke-api-key", id], "").await, (0, "the key API of luz is revoked".to_owned()));
    assert_eq!(asks().await, 401, "a server that runs knows at once");
    let (status, revoked) = line(site, &["check-api-key"], key).await;
    assert!(status == 1 && revoked.contains("was revoked 20"), "{revoked}");
    let (status, before) = line(site, &["revoke-api-key", id], "").await;
    assert!(status == 0 && before.contains("was revoked before, 20"), "{before}");
    assert_eq!(line(site, &["revoke-api-key", "00000000-0000-0000-0000-000000000001"], "").await.0, 1);
    assert_eq!(said(site.run(&["revoke-api-key", "no-id"], "").await).0, 2);
    assert_eq!(line(site, &["list-api-keys", "--producer", "nobody"], "").await.0, 1);
}

async fn people(site: &Site) {
    let (_, producers) = line(site, &["list-producers"], "").await;
    assert!(producers.starts_with("luz\tluz@example.com\tEscola Luz\tmade 20"), "{producers}");
    let (_, staff) = line(site, &["list-staff"], "").await;
    assert!(staff.starts_with("admin\tluz@example.com\tRui\tmade 20") && staff.ends_with("\tvalid"), "{staff}");
    // Both have one e-mail: which is meant must be said.
    for command in ["check-password", "set-password", "disable"] {
        let (status, refused) = line(site, &[command, "--email", "LUZ@example.com"], NEW).await;
        let names = "several sign in with luz@example.com: producer luz, staff (admin); say which by --staff or";
        assert!(status == 1 && refused.contains(names), "{refused}");
    }
    let both: [(&[&str], &str); 2] = [
        (&["--staff"], "luz@example.com of staff (admin)"),
        (&["--producer", "luz"], "luz@example.com of producer luz"),
    ];
    for (which, who) in both {
        let of = |command: &'static str| [&[command, "--email", "luz@example.com"], which].concat();
        assert_eq!(line(site, &of("check-password"), OLD).await, (0, format!("the password is valid for {who}")));
        let wrong = line(site, &of("check-password"), NEW).await;
        assert_eq!(wrong, (1, format!("aftersale: the password is not valid for {who}")));
        let weak = line(site, &of("set-password"), "short\n").await;
        assert_eq!(weak, (1, format!("aftersale: {who}: a password has 12 to 200 characters")));
        assert_eq!(
            line(site, &of("set-password"), "").await,
            (1, "aftersale: no password on standard input".to_owned())
        );
        let set = line(site, &of("set-password"), NEW).await;
        assert_eq!(set, (0, format!("{who} has another password; sessions ended: 0")));
        assert_eq!(line(site, &of("check-password"), NEW).await.0, 0);
        let (status, disabled) = line(site, &of("disable"), "").await;
        assert!(status == 0 && disabled.starts_with(&format!("{who} is disabled; sessions ended: 0")), "{disabled}");
        let (status, refused) = line(site, &of("check-password"), NEW).await;
        assert!(status == 1 && refused.contains("has been disabled since 20"), "{refused}");
        assert_eq!(line(site, &of("set-password"), OLD).await, (1, format!("aftersale: {who}: is disabled")));
        assert!(line(site, &of("disable"), "").await.1.contains("was disabled before"));
    }
    assert_eq!(line(site, &["disable", "--email", "nobody@example.com"], "").await.0, 1);
    assert_eq!(said(site.run(&["disable"], "").await).0, 2);
    let two = ["disable", "--email", "luz@example.com", "--staff", "--producer", "luz"];
    assert_eq!(said(site.run(&two, "").await).0, 2);
    assert!(line(site, &["list-staff"], "").await.1.contains("\tdisabled 20"));
}
