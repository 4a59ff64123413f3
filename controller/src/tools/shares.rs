//! Places of which everybody gets so many at a time, and nobody those of others.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

/// Places that are taken, by whose they are.
#[derive(Clone, Debug)]
pub struct Shares {
    most: usize,
    taken: Arc<Mutex<HashMap<String, usize>>>,
}

/// One of somebody's places; given back when dropped.
#[derive(Debug)]
pub struct Share {
    of: Shares,
    whose: String,
}

impl Shares {
    /// So many for each.
    pub fn new(most: usize) -> Self {
        Self { most, taken: Arc::default() }
    }

    /// Takes one of somebody's places; `None` while all are taken.
    pub fn take(&self, whose: &str) -> Option<Share> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let count = taken.entry(whose.to_owned()).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Share { of: self.clone(), whose: whose.to_owned() })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = self.of.taken.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = taken.get_mut(&self.whose) {
            *count -= 1;
            if *count == 0 {
                taken.remove(&self.whose);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Shares;

    #[test]
    fn everybody_has_their_own_and_gets_them_back() {
        let shares = Shares::new(2);
        let held = [shares.take("a"), shares.take("a")];
        assert!(held.iter().all(Option::is_some) && shares.take("a").is_none());
        assert!(shares.take("b").is_some(), "nobody takes those of others");

        drop(held);

        assert!(shares.take("a").is_some());
        assert!(shares.taken.lock().unwrap().is_empty(), "nothing is remembered of who has none");
    }
}
