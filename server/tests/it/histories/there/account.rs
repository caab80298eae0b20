//! The producer's account at the gateway: connected, and told of here.

use super::There;
use crate::harness::browserless::path_of;
use crate::harness::code;
use crate::harness::shop::GURU_TOKEN;
use crate::harness::vendor::Vendor;
use portal::catalogue::source::put_source;
use portal::connection::{self, NewConnection};
use server::state::Installation;
use std::net::SocketAddr;
use tokio::net::TcpListener;
use types::{ConnectionBills, ConnectionState};

impl<V: Vendor> There<V> {
    pub(super) async fn connect(&self, installation: Installation) {
        self.vendor.sell(self.shop.products).await;
        let door = listen(installation).await;
        self.put_connection(None).await;
        let path = match V::IS_SOURCE {
            true => {
                let (portal, producer) = (&self.world.portal, &self.shop.producer);
                let key = put_source(portal, producer, &code("source"), V::KIND, GURU_TOKEN).await.unwrap();
                format!("/hooks/{}/{key}", V::KIND)
            }
            false => {
                let known = connection::find(&self.world.portal, &self.shop.producer, &code(V::KIND)).await.unwrap();
                let url = known.unwrap().webhook_url(&self.world.portal).unwrap();
                path_of(&url).to_owned()
            }
        };
        if let Some(secret) = self.vendor.tell(&format!("http://{door}{path}")).await {
            self.put_connection(Some(secret)).await;
        }
    }

    async fn put_connection(&self, webhook_secret: Option<String>) {
        let secrets = self.vendor.secrets().into_iter();
        let new = NewConnection {
            code: code(V::KIND),
            gateway: V::KIND.to_owned(),
            account: None,
            bills: ConnectionBills::Gateway,
            state: ConnectionState::Active,
            secrets: secrets.map(|(name, value)| (name.to_owned(), value)).collect(),
            webhook_secret,
        };
        connection::put(&self.world.portal, &self.shop.producer, &new).await.unwrap();
    }
}

/// Takes webhooks.
async fn listen(installation: Installation) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let hooks = server::hooks::routes().with_state(installation);
    tokio::spawn(async move { axum::serve(listener, hooks).await });
    address
}
