//! A profile that one signs in to, as a network: what is the same at all of them stands here once.

use futures_util::future::BoxFuture;

use super::{Listing, Memory, SignIn, at_host};
use crate::networks::{Doors, Facts, Likeness, Link, Network, PostRef, Settings, Standing, Trouble, Visit, Visited};

/// What a network that one signs in to brings of its own.
pub(in crate::networks) trait Profile: Send + Sync + 'static {
    /// Hosts at which its pages stand.
    const HOSTS: &'static [&'static str];

    /// Returns what the rest of the program knows about it.
    fn facts() -> &'static Facts;

    /// Returns how owners sign in.
    fn login(&self) -> &dyn SignIn;

    /// Reads its posts, page by page; what was read before something went wrong stays.
    fn collect(
        doors: &Doors<'_>,
        link: &Link,
        memory: &mut Memory,
        listing: &mut Listing,
    ) -> impl Future<Output = Result<(), Trouble>> + Send;

    /// Looks single posts up, as [`Network::verify`] does.
    fn verify(
        doors: &Doors<'_>,
        link: &Link,
        posts: &[PostRef],
    ) -> impl Future<Output = Result<Vec<Standing>, Trouble>> + Send;
}

impl<P: Profile> Network for P {
    fn facts(&self) -> &'static Facts {
        P::facts()
    }

    fn recognise(&self, _settings: &Settings, typed: &str) -> Likeness {
        at_host(typed, P::HOSTS)
    }

    fn fetch<'a>(&'a self, doors: &'a Doors<'a>, visit: &'a Visit<'a>) -> BoxFuture<'a, Visited> {
        Box::pin(async move {
            let mut memory = Memory::read(visit);
            let mut listing = Listing::default();
            let trouble = P::collect(doors, visit.link, &mut memory, &mut listing).await.err();
            memory.finish(doors, visit, P::facts().policy.minimum_secs, listing, trouble)
        })
    }

    fn verify<'a>(
        &'a self,
        doors: &'a Doors<'a>,
        link: &'a Link,
        posts: &'a [PostRef],
    ) -> BoxFuture<'a, Result<Vec<Standing>, Trouble>> {
        Box::pin(P::verify(doors, link, posts))
    }

    fn sign_in(&self) -> Option<&dyn SignIn> {
        Some(self.login())
    }
}
