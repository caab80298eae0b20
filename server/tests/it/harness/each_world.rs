//! Runs a story on both engines and looks at what it leaves behind.

use super::{TestDatabase, assert_sound, end};
use futures::FutureExt;
use futures::future::join;
use portal::on;
use portal::testing::World;
use std::any::Any;
use std::panic::AssertUnwindSafe;

/// Runs a story in an empty world on each engine. Afterwards the data must be sound and the outbox empty.
pub async fn each_world(story: impl AsyncFn(&World)) {
    Story::default().each(story).await;
}

/// A story that leaves more behind than others may, and why.
#[derive(Default)]
pub struct Story {
    dead_letters: Option<&'static str>,
}

impl Story {
    /// The story is about work that cannot be done: a job was given up.
    pub fn leaves_dead_letters(reason: &'static str) -> Self {
        Self { dead_letters: Some(reason) }
    }

    /// Runs the story in an empty world on each engine, both at the same time.
    pub async fn each(self, story: impl AsyncFn(&World)) {
        let (sqlite, postgres) = join(self.run("sqlite", &story), self.run("postgres", &story)).await;
        let failures: Vec<String> = [sqlite, postgres].into_iter().filter_map(Result::err).collect();
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    async fn run(&self, engine: &'static str, story: &impl AsyncFn(&World)) -> Result<(), String> {
        let database = TestDatabase::new(engine).await;
        let world = World::over(engine, database.open().await);
        let whole = async {
            story(&world).await;
            // What the last step asked for is done as well: it must leave everything sound, and nothing given up.
            world.settle().await;
            assert_sound(&world).await;
            self.assert_empty_outbox(&world).await;
        };
        let outcome = AssertUnwindSafe(whole).catch_unwind().await;
        end((world, database)).await;
        outcome.map_err(|cause| format!("on {engine}: {}", message(&*cause)))
    }

    async fn assert_empty_outbox(&self, world: &World) {
        let due = left(world, DUE).await;
        assert!(due.is_empty(), "the story leaves jobs that are due: {due:?}");
        let dead = left(world, DEAD).await;
        match self.dead_letters {
            None => assert!(dead.is_empty(), "the story leaves dead letters: {dead:?}"),
            // A reason that is not needed any more is refused as well.
            Some(reason) => assert!(!dead.is_empty(), "the story leaves no dead letter, and says why: {reason}"),
        }
    }
}

const DUE: &str = "select kind || coalesce(': ' || last_error, '') from jobs
    where state = 'ready'
        and due_at <= case clock when 'wall' then cast($2 as bigint) else cast($1 as bigint) end";
const DEAD: &str = "select kind || coalesce(': ' || last_error, '') from jobs
    where state = 'dead' and $1 + $2 > 0";

async fn left(world: &World, sql: &'static str) -> Vec<String> {
    let (calendar, wall) = (world.portal.now().micros(), world.portal.wall().micros());
    let rows: Vec<(String,)> = on!(world.portal.db.read().await.unwrap().conn(), c => {
        sqlx::query_as(sql).bind(calendar).bind(wall).fetch_all(c).await.unwrap()
    });
    rows.into_iter().map(|(row,)| row).collect()
}

fn message(cause: &(dyn Any + Send)) -> &str {
    cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref().copied()).unwrap_or("a panic")
}
