//! Processes that die.

use portal::on;
use portal::testing::World;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// A future that is dropped at its n-th wait, as the work of a process that dies there. None when it was.
pub struct Cut<F> {
    inner: Pin<Box<F>>,
    left: u32,
}

impl<F: Future> Cut<F> {
    pub fn at(step: u32, future: F) -> Self {
        Self { inner: Box::pin(future), left: step }
    }
}

impl<F: Future> Future for Cut<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        self.inner.as_mut().poll(context).map(Some)
    }
}

/// Waits until PostgreSQL has ended what the dead one was in: until then it holds its rows, which a worker passes over
/// and looks at again a second later. Who drains the outbox once does not look again.
pub async fn wait_for_the_dead(world: &World) {
    if world.engine != "postgres" {
        return;
    }
    let sql = "select coalesce(state, ''), coalesce(query, '') from pg_stat_activity
        where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
            and state <> 'idle'";
    let mut busy: Vec<(String, String)> = Vec::new();
    for _ in 0..6_000 {
        busy = on!(world.portal.db.read().await.unwrap().conn(), c => {
            sqlx::query_as(sql).fetch_all(c).await.unwrap()
        });
        if busy.is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("connections that nobody uses have not come to rest in a minute: {busy:?}");
}
