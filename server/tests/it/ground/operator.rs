//! What the operator sees of the queue, and starts afresh.

use crate::harness::site::{ENGINES, Site, eventually};
use crate::harness::{ANA, buy, each_world, mails, producer};
use portal::on;
use portal::outbox::{self, JobOnFile, JobState};
use portal::ports::MailError;
use portal::testing::World;

async fn jobs(world: &World, state: JobState) -> Vec<JobOnFile> {
    let mut jobs = Vec::new();
    outbox::list(&world.portal, state, |job| jobs.push(job)).await.unwrap();
    jobs
}

async fn states_of_mails(world: &World) -> Vec<String> {
    let sql = "select state from mails order by id";
    let rows: Vec<(String,)> =
        on!(world.portal.db.read().await.unwrap().conn(), c => sqlx::query_as(sql).fetch_all(c).await.unwrap());
    rows.into_iter().map(|(state,)| state).collect()
}

#[tokio::test]
async fn a_mail_that_was_given_up_is_seen_with_its_reason_and_goes_out_when_it_starts_afresh() {
    each_world(async |world| {
        world.mail.fail_next(MailError::Refused("550 no such person".to_owned()));
        let luz = producer(world, "luz").await;
        buy(world, &luz, ANA, "P-1", &[("photo", 29_700)]).await;
        world.settle().await;
        let dead = jobs(world, JobState::Dead).await;
        let [job] = dead.as_slice() else { panic!("{dead:?}") };
        assert!(job.kind.contains("purchase") && job.attempts == 1 && !job.is_running, "{job:?}");
        assert!(job.reason.as_ref().is_some_and(|reason| reason.contains("550 no such person")), "{job:?}");
        assert_eq!(states_of_mails(world).await, ["refused"]);
        assert!(outbox::retry(&world.portal, job.id).await.unwrap());
        assert_eq!(states_of_mails(world).await, ["waiting"]);
        assert!(jobs(world, JobState::Ready).await.iter().any(|ready| ready.id == job.id && ready.attempts == 0));
        world.settle().await;
        assert_eq!((mails(world, "Purchase"), states_of_mails(world).await), (1, vec!["sent".to_owned()]));
        assert!(jobs(world, JobState::Dead).await.is_empty());
        assert!(!outbox::retry(&world.portal, job.id).await.unwrap(), "what is done is not there any more");
    })
    .await;
}

#[tokio::test]
async fn the_command_line_shows_what_waits_and_says_what_it_started() {
    for engine in ENGINES {
        let site = Site::start(engine).await;
        let said = async |arguments: &[&str]| {
            let output = site.run(arguments, "").await;
            let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
            (output.status.code().unwrap(), text.trim_end().to_owned())
        };
        // What recurs by itself always waits.
        let all = eventually("a job that waits", async || {
            let (status, all) = said(&["jobs"]).await;
            (status == 0 && all.contains("\twaits\t") && all.contains("\tdue 20")).then_some(all)
        })
        .await;
        assert_eq!(said(&["jobs", "--dead"]).await, (0, String::new()));
        assert_eq!(said(&["jobs", "retry", "--all"]).await, (0, "jobs that start afresh: 0".to_owned()));
        let waiting = all.lines().find(|line| line.contains("\twaits\t")).unwrap();
        let id = waiting.split('\t').next().unwrap();
        assert_eq!(said(&["jobs", "retry", id]).await, (0, "jobs that start afresh: 1".to_owned()));
        let nobody = "00000000-0000-0000-0000-000000000001";
        let (status, refused) = said(&["jobs", "retry", nobody]).await;
        assert_eq!((status, refused.lines().count()), (1, 1), "{refused}");
        for wrong in [vec!["jobs", "retry"], vec!["jobs", "retry", id, "--all"], vec!["jobs", "retry", "no-id"]] {
            assert_eq!(said(&wrong).await.0, 2, "{wrong:?}");
        }
    }
}
