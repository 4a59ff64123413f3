//! The domains under which newsrooms are found, in memory: every request asks.

use std::{
    collections::HashMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::sync::Mutex;

use super::{LONGEST_MS, Result};
use crate::store::ActiveDomain;

/// Which stage has which domain.
#[derive(Debug, Default)]
pub struct ActiveDomains {
    all: Vec<ActiveDomain>,
    by_host: HashMap<String, usize>,
    by_stage: HashMap<String, usize>,
    by_handle: HashMap<String, usize>,
}

impl ActiveDomains {
    /// Puts what was read in order.
    pub fn new(all: Vec<ActiveDomain>) -> Self {
        let by = |key: fn(&ActiveDomain) -> &String| {
            all.iter().enumerate().map(|(at, domain)| (key(domain).clone(), at)).collect()
        };
        Self {
            by_host: by(|domain| &domain.host),
            by_stage: by(|domain| &domain.stage_id),
            by_handle: by(|domain| &domain.handle),
            all,
        }
    }

    /// Whether no stage has one.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The domain of this name.
    pub fn of_host(&self, host: &str) -> Option<&ActiveDomain> {
        self.by_host.get(host).and_then(|at| self.all.get(*at))
    }

    /// The domain of a stage.
    pub fn of_stage(&self, stage_id: &str) -> Option<&ActiveDomain> {
        self.by_stage.get(stage_id).and_then(|at| self.all.get(*at))
    }

    /// The domain of the stage with a handle, in small letters.
    pub fn of_handle(&self, handle: &str) -> Option<&ActiveDomain> {
        self.by_handle.get(handle).and_then(|at| self.all.get(*at))
    }
}

/// What was read a moment ago.
struct Held {
    domains: Arc<ActiveDomains>,
    /// How often anything had changed here.
    number: u64,
    /// By the clock, to be read anew from then on: other controllers do not tell.
    until: i64,
}

/// The domains as they were a moment ago.
pub struct Domains {
    held: RwLock<Held>,
    number: AtomicU64,
    reading: Mutex<()>,
}

impl Default for Domains {
    fn default() -> Self {
        let held = Held { domains: Arc::default(), number: 0, until: i64::MIN };
        Self { held: RwLock::new(held), number: AtomicU64::new(0), reading: Mutex::new(()) }
    }
}

impl Domains {
    /// What is known, without a look at the database.
    pub fn known(&self) -> Arc<ActiveDomains> {
        Arc::clone(&self.held.read().unwrap_or_else(PoisonError::into_inner).domains)
    }

    /// Has it read anew, should anything have changed or some time gone by; one request reads for all.
    pub async fn refresh<F: Future<Output = Result<Vec<ActiveDomain>>>>(
        &self,
        now: i64,
        read: impl FnOnce() -> F,
    ) -> Result<()> {
        if self.is_good(now) {
            return Ok(());
        }
        let _reading = self.reading.lock().await;
        if self.is_good(now) {
            return Ok(());
        }
        // Counted before anything is read.
        let number = self.number.load(Ordering::SeqCst);
        let domains = Arc::new(ActiveDomains::new(Box::pin(read()).await?));
        let fresh = Held { domains, number, until: now + LONGEST_MS };
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// Tells that a domain has come or gone.
    pub fn changed(&self) {
        self.number.fetch_add(1, Ordering::SeqCst);
    }

    fn is_good(&self, now: i64) -> bool {
        let held = self.held.read().unwrap_or_else(PoisonError::into_inner);
        held.until > now && held.number == self.number.load(Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::Domains;
    use crate::store::ActiveDomain;

    #[tokio::test]
    async fn it_is_read_again_when_something_has_changed_or_its_time_is_over() {
        let domains = Domains::default();
        let at = async |now, host: &str| {
            let one = ActiveDomain { host: host.to_owned(), stage_id: "s".to_owned(), handle: "h".to_owned() };
            domains.refresh(now, async || Ok(vec![one])).await.unwrap();
            let known = domains.known();
            assert_eq!(known.of_handle("h"), known.of_stage("s"));
            known.of_stage("s").map(|one| one.host.clone()).unwrap_or_default()
        };

        assert_eq!([at(0, "a").await, at(899, "b").await, at(900, "c").await], ["a", "a", "c"]);
        domains.changed();
        assert_eq!(at(900, "d").await, "d");
        assert!(domains.known().of_host("a").is_none());
    }
}
