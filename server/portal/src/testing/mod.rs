//! A portal over stateful fakes, for tests of this crate and its users. A test looks into what a fake keeps.

mod mail;

pub use ground::testing::{
    Fakes, Gates, GatewayFault, NOTHING, PersonAccess, TestArea, TestClock, TestGateway, TestGateways, TestMail,
    TestRandom, databases, databases_on, postgres_url, sqlite_url, sqlite_url_in_memory,
};
pub use mail::PlainWriter;

use crate::db::Db;
use crate::login::{Login, Who};
use crate::ports::Gateways;
use crate::{Keys, Options, Portal, outbox, session, work};
use std::sync::Arc;
use types::MemberRole;

/// A portal over fakes, and the fakes.
pub struct World {
    /// The portal.
    pub portal: Portal,
    /// Its clock: 2026-11-20 12:00 UTC at first.
    pub clock: Arc<TestClock>,
    /// Its mail server.
    pub mail: Arc<TestMail>,
    /// Its gateway, named `test`.
    pub gateway: Arc<TestGateway>,
    /// Its member area.
    pub area: Arc<TestArea>,
    /// Which engine it runs on.
    pub engine: &'static str,
}

impl World {
    /// A world over `db`.
    pub fn over(engine: &'static str, db: Db) -> Self {
        Self::reaching(engine, db, |_| None)
    }

    /// The same with other gateways, where some are given: they go by the world's clock.
    pub fn reaching(
        engine: &'static str,
        db: Db,
        gateways: impl FnOnce(Arc<TestClock>) -> Option<Arc<dyn Gateways>>,
    ) -> Self {
        let fakes = Fakes::default();
        let dispatcher = Arc::new(work::Table::new(Arc::new(PlainWriter)));
        let mut ports = fakes.ports();
        if let Some(gateways) = gateways(fakes.clock.clone()) {
            ports.gateways = gateways;
        }
        let portal = Portal::new(db, ports, dispatcher, Keys::new(&[42; 32]), Options::default());
        let Fakes { clock, mail, gateway, area } = fakes;
        Self { portal, clock, mail, gateway, area, engine }
    }

    /// Runs every job that is due now.
    pub async fn settle(&self) -> usize {
        self.settle_at_once(1).await
    }

    /// The same, so many jobs at once.
    pub async fn settle_at_once(&self, at_once: usize) -> usize {
        let drained = outbox::drain_at_once(&self.portal, self.portal.now(), at_once).await;
        drained.unwrap_or_else(|error| panic!("{error}"))
    }
}

/// The buyer of this address as if signed in: for rules, which do not ask for the session.
pub fn buyer(portal: &Portal, person: types::PersonId, email: types::Email) -> crate::Buyer {
    let origin = crate::Origin {
        address: "198.51.100.7".to_owned(),
        browser: "Firefox".to_owned(),
        language: types::Language::Portuguese,
    };
    let session = types::SessionId(portal.new_id());
    crate::Buyer::new(portal.clone(), (person, email), session, None, origin)
}

/// The token of a session that begins, by whatever way this holder comes in.
pub async fn session_of(portal: &Portal, holder: session::Holder, origin: &crate::Origin) -> String {
    let begun = async {
        let mut tx = portal.db.begin().await?;
        let token = session::begin(portal, &mut tx, holder, None, origin).await?;
        portal.commit(tx).await?;
        Ok::<_, crate::db::Error>(token)
    };
    begun.await.unwrap_or_else(|error| panic!("{error}"))
}

/// The owner of a producer, as whose holder sessions begin.
pub async fn owner_of(portal: &Portal, producer: types::ProducerId) -> session::Holder {
    let logins = crate::login::producers(portal).await.unwrap_or_else(|error| panic!("{error}"));
    let is_owner = |login: &Login| matches!(login.who, Who::Producer(id, _, MemberRole::Owner) if id == producer);
    let owner = logins.into_iter().find(is_owner).unwrap_or_else(|| panic!("a producer has an owner"));
    session::Holder::Producer(owner.id, producer)
}

/// The code that an authenticator with this secret, in groups or not, shows at this moment.
pub fn second_step_code(secret: &str, at: types::Instant) -> String {
    let letters: String = secret.chars().filter(|letter| !letter.is_whitespace()).collect();
    crate::login::code_of(&letters, at).unwrap_or_else(|| panic!("no secret: {secret}"))
}

/// The id of the buyer's own order, which no view has.
pub async fn order_of(buyer: &crate::Buyer, handle: &str) -> types::OrderId {
    let mut reader = buyer.portal().db.read().await.unwrap_or_else(|error| panic!("{error}"));
    let record = crate::order::OrderRecord::of_buyer(reader.conn(), buyer.person(), handle).await;
    record.ok().flatten().unwrap_or_else(|| panic!("no order {handle}")).id
}

/// A world on each engine at hand.
pub async fn worlds() -> Vec<World> {
    databases().await.into_iter().map(|(engine, db)| World::over(engine, db)).collect()
}
