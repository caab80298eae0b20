//! The connector of Memberkit against member areas that nobody tells what we think they should do: our own example, and
//! a stand-in written by somebody else where that is at hand.

use crate::harness::ANA;
use portal::ports::{AreaAddress, DeliveryAttempt, MemberArea, Telling, TellingPerson, Verdict};
use server::clock::SystemClock;
use server::example_area::{Class, ExampleArea, Fault, Level};
use server::guard::{Guard, Times};
use server::member_area::memberkit::{Memberkit, Target};
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

const KEY: &str = "test-key";

fn guard() -> Arc<Guard> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let times = Times { connect: Duration::from_secs(1), total: Duration::from_millis(700) };
    Arc::new(Guard::new(&["127.0.0.0/8".parse().unwrap()], times))
}

/// One side of a conversation with an area.
struct Teller {
    connector: Memberkit,
    area: AreaAddress,
}

impl Teller {
    fn new(base_url: String) -> Self {
        let area = AreaAddress { base_url, api_key: KEY.to_owned() };
        Self { connector: Memberkit::new(guard(), Arc::new(SystemClock)), area }
    }

    async fn tell(&self, is_active: bool, target: Target, until: Option<&str>) -> DeliveryAttempt {
        let person = TellingPerson { email: ANA.to_owned(), name: String::new(), tax_id: None, phone: None };
        let target = self.connector.read_target(&target.to_string()).unwrap();
        let (targets, until) = (vec![target], until.map(str::to_owned));
        self.connector
            .tell(&self.area, &Telling { id: "d".to_owned(), person, is_active, targets, until, clears_end: false })
            .await
    }

    async fn verdict(&self, is_active: bool, target: Target) -> Verdict {
        self.tell(is_active, target, None).await.verdict
    }
}

/// What every member area of this kind must answer.
async fn converse(teller: &Teller) {
    let (class, level) = (Target::Classroom(111), Target::Level(4420));
    assert_eq!(teller.verdict(true, class).await, Verdict::Confirmed);
    assert_eq!(teller.tell(true, level, Some("2027-01-31")).await.verdict, Verdict::Confirmed);
    assert_eq!(teller.verdict(true, level).await, Verdict::Confirmed);
    assert_eq!(teller.verdict(true, Target::Unlimited).await, Verdict::Confirmed);
    assert_eq!(teller.verdict(false, Target::Unlimited).await, Verdict::Confirmed);
    assert_eq!(teller.verdict(false, level).await, Verdict::Confirmed);
    let unknown = teller.tell(true, Target::Classroom(999), None).await;
    assert_eq!((unknown.verdict, unknown.status), (Verdict::Refused, Some(422)));
    let stranger = Teller {
        area: AreaAddress { api_key: "wrong-key".to_owned(), ..teller.area.clone() },
        connector: Memberkit::new(guard(), Arc::new(SystemClock)),
    };
    let refused = stranger.tell(true, class, None).await;
    assert_eq!((refused.verdict, refused.status), (Verdict::Refused, Some(401)));
    assert!(refused.request.contains("?api_key=***") && !refused.request.contains("wrong-key"), "{}", refused.request);
}

#[tokio::test]
async fn the_example_area_understands_every_call() {
    let area = ExampleArea::start(([127, 0, 0, 1], 0).into(), KEY).await.unwrap();
    area.offer(&[Class { id: 111, name: "Turma".to_owned() }], &[Level { id: 4420, name: "Clube".to_owned() }]);
    converse(&Teller::new(area.base_url())).await;
    let ana = area.member(ANA).unwrap();
    assert!(ana.has_class(111) && !ana.has_level(4420) && !ana.is_unlimited);
    assert_eq!(ana.name, "ana");
}

#[tokio::test]
async fn faults_of_the_area_come_again_and_say_for_how_long() {
    let area = ExampleArea::start(([127, 0, 0, 1], 0).into(), KEY).await.unwrap();
    let teller = Teller::new(area.base_url());
    let second = Verdict::Again(Some(Duration::from_secs(1)));
    let faults = [
        (Fault::Status(500), Verdict::Again(None), false),
        (Fault::Status(429), second, false),
        (Fault::Hang, Verdict::Again(None), false),
        (Fault::Reset, Verdict::Again(None), false),
        (Fault::Lost, Verdict::Again(None), true),
    ];
    for (fault, expected, has_effect) in faults {
        area.fail([fault]);
        let attempt = teller.tell(true, Target::Classroom(7), None).await;
        assert_eq!(attempt.verdict, expected, "{fault:?}: {attempt:?}");
        assert_eq!(area.member(ANA).is_some(), has_effect, "{fault:?}");
    }
}

/// The stand-in of somebody else, if it lies beside the project and there is a Python to run it.
async fn peer() -> Option<(Child, Teller)> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/peers/memberkit.py");
    if !script.is_file() {
        println!("skipped: there is no {}", script.display());
        return None;
    }
    let port = std::net::TcpListener::bind("127.0.0.1:0").ok()?.local_addr().ok()?.port();
    let mut command = Command::new("python3");
    command.arg(script).args(["--port", &port.to_string(), "--key", KEY]).stdout(Stdio::piped()).kill_on_drop(true);
    let Ok(mut child) = command.spawn() else {
        println!("skipped: there is no python3");
        return None;
    };
    let greeting = BufReader::new(child.stdout.take()?).lines().next_line().await.ok()??;
    assert!(greeting.contains("http://"), "{greeting}");
    Some((child, Teller::new(format!("http://127.0.0.1:{port}/api/v1"))))
}

#[tokio::test]
async fn somebody_elses_stand_in_understands_every_call() {
    let Some((_child, teller)) = peer().await else { return };
    converse(&teller).await;
    let control = teller.area.base_url.replace("/api/v1", "/_faults").parse().unwrap();
    guard().post_json(&control, r#"[500, 429, "reset", "lost", "hang"]"#.to_owned()).await.unwrap();
    for expected in [None, Some(1), None, None, None] {
        let verdict = teller.verdict(false, Target::Classroom(111)).await;
        assert_eq!(verdict, Verdict::Again(expected.map(Duration::from_secs)));
    }
    assert_eq!(teller.verdict(false, Target::Classroom(111)).await, Verdict::Confirmed);
}
