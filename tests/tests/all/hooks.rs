//! Addresses of ours: what programs of others send there, and what becomes of it.

mod door;
mod example;
mod rows;
mod subscriptions;
mod webhook;
mod websub;

use controller::features::sources::{self, Imported};
use harness::{Owner, Sender, TestController};

/// An owner with a webhook, and the program that sends to it.
struct House {
    wall: TestController,
    owner: Owner,
    sender: Sender,
}

impl House {
    async fn on_each() -> Vec<Self> {
        let mut all = Vec::new();
        for wall in TestController::on_each_with(|config| config.allow.push("127.0.0.0/8".to_owned())).await {
            let owner = Owner::new(wall.client(), "museum").await;
            let sender = Sender::new(&owner, wall.client(), "Rathaus").await;
            all.push(Self { wall, owner, sender });
        }
        all
    }

    fn now(&self) -> i64 {
        self.wall.app.clock.now()
    }

    /// Sends a message of this name now; the status of the answer.
    async fn send(&self, id: &str, body: &str) -> u16 {
        self.sender.send(id, self.now(), body).await.status
    }

    /// Visits whatever is due, as the job does.
    async fn visit(&self) -> Vec<Imported> {
        let now = self.now();
        let mut all = Vec::new();
        for source in self.wall.app.store.claim_due_sources(now, now + 60_000, 9).await.unwrap() {
            all.push(sources::visit(&self.wall.app, &source).await.unwrap());
        }
        all
    }

    async fn page(&self, leaf: &str) -> String {
        self.owner.client.get(&self.owner.path(leaf)).await.expect(200).text()
    }
}
