//! What a network grants to this instance as a whole, shared among its accounts: nobody can use up what others need.
//!
//! Each account may use what its sources need at the usual pace. Where that is more than there is, who needs little gets
//! all of it, and the rest is shared evenly among who needs much: their sources are visited more seldom, and when their
//! share is used up they wait until all is granted anew. What nobody needs is shared evenly too, for clicks on “look now”.

use std::collections::BTreeMap;

use super::settings;
use crate::{
    app::{App, Result},
    networks::{self, Grant, Meter, Network, Settings},
};

/// Why sources of a network wait, and until when (milliseconds since 1970).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// All of them: the network said so, or what it grants is used up.
    All(i64),
    /// Those of this account: its share is used up.
    Share(i64),
}

impl Wait {
    /// Until when.
    pub fn until(self) -> i64 {
        match self {
            Self::All(until) | Self::Share(until) => until,
        }
    }
}

/// Why the sources of an account at a network wait; `None`: they do not.
pub async fn wait(app: &App, network: &str, account_id: &str) -> Result<Option<Wait>> {
    let Some(network) = networks::find(network) else { return Ok(None) };
    let settings = settings(app);
    if network.quota(&settings).is_none() {
        return Ok(None);
    }
    let now = app.clock.now();
    let name = network.facts().name;
    if let Some(until) = app.store.find_network_rest(name).await?.filter(|until| *until > now) {
        return Ok(Some(Wait::All(until)));
    }
    if grants(network, &settings).next().is_none() {
        return Ok(None);
    }
    let uses = app.store.list_uses(name, now).await?;
    let counts = app.store.count_visited(name).await?;
    let mut waits = Vec::new();
    for (grant, units) in grants(network, &settings) {
        let used = |account: Option<&str>| {
            let of = uses.iter().filter(|(of, by, _)| *of == grant.name && account.is_none_or(|account| account == by));
            of.map(|(_, _, used)| used).sum::<i64>()
        };
        let until = grant.span.ends_at(now);
        let shares = Shares::of(units, &needs(grant, &counts, pace_secs(network, &settings)));
        if used(None) >= units {
            waits.push(Wait::All(until));
        } else if used(Some(account_id)) >= shares.most(account_id) {
            waits.push(Wait::Share(until));
        }
    }
    Ok(waits.into_iter().max_by_key(|wait| wait.until()))
}

/// Seconds between two visits of a source of an account: the usual, or more where its share would not last.
pub(super) async fn every_secs(app: &App, network: &dyn Network, settings: &Settings, account_id: &str) -> Result<i64> {
    let usual = pace_secs(network, settings);
    let mut secs = usual;
    if grants(network, settings).next().is_some() {
        let counts = app.store.count_visited(network.facts().name).await?;
        for (grant, units) in grants(network, settings) {
            let shares = Shares::of(units, &needs(grant, &counts, usual));
            secs = secs.max(shares.pace(account_id, usual));
        }
    }
    Ok(secs)
}

/// Counts what an account used, and keeps what the network said meanwhile.
pub(super) async fn note(
    app: &App,
    network: &dyn Network,
    settings: &Settings,
    account_id: &str,
    meter: &Meter,
) -> Result<()> {
    let (now, name) = (app.clock.now(), network.facts().name);
    for (grant, _) in grants(network, settings) {
        let used = meter.used(grant.unit);
        if used > 0 {
            app.store.note_use(name, grant.name, account_id, grant.span.ends_at(now), used).await?;
        }
    }
    if network.quota(settings).is_some()
        && let Some(until) = meter.rests_until()
    {
        app.store.rest_network(name, until).await?;
    }
    Ok(())
}

/// Forgets what was used of grants that are over; returns how many.
pub async fn forget_uses(app: &App) -> Result<u64> {
    Ok(app.store.delete_old_uses(app.clock.now()).await?)
}

/// The grants of a network whose size is known: as the network says, or as the operator does.
fn grants<'s>(network: &dyn Network, settings: &'s Settings) -> impl Iterator<Item = (&'static Grant, i64)> + use<'s> {
    let grants = network.quota(settings).map_or(&[][..], |quota| quota.grants);
    let own = settings.quotas.get(network.facts().name).copied();
    let last = grants.len().saturating_sub(1);
    grants.iter().enumerate().filter_map(move |(at, grant)| {
        let units = own.filter(|_| at == last).or(grant.units)?;
        (units > 0).then_some((grant, units))
    })
}

fn pace_secs(network: &dyn Network, settings: &Settings) -> i64 {
    super::policy::Rules::of(network).every_secs(settings)
}

/// What each account needs of a grant at the usual pace.
fn needs(grant: &Grant, counts: &[(String, i64)], usual_secs: i64) -> BTreeMap<String, i64> {
    let usual = usual_secs.max(1);
    // Of a span that is shorter than the pace, not every source needs something.
    let need = |sources: i64| (sources * grant.per_visit * grant.span.secs() + usual - 1) / usual;
    counts.iter().map(|(account, sources)| (account.clone(), need(*sources))).collect()
}

/// How a grant is shared.
#[derive(Debug, Default, PartialEq, Eq)]
struct Shares {
    /// By account: what it needs, and what it gets of that.
    given: BTreeMap<String, (i64, i64)>,
    /// What each gets besides.
    spare: i64,
}

impl Shares {
    /// Shares so many among accounts that need so much.
    fn of(units: i64, needs: &BTreeMap<String, i64>) -> Self {
        let mut by_need: Vec<_> = needs.iter().collect();
        by_need.sort_by_key(|(_, need)| **need);
        let (mut left, mut given) = (units, BTreeMap::new());
        for (at, (account, need)) in by_need.iter().enumerate() {
            let even = left / i64::try_from(by_need.len() - at).unwrap_or(1);
            let share = even.min(**need);
            left -= share;
            given.insert((*account).clone(), (**need, share));
        }
        let accounts = i64::try_from(given.len()).unwrap_or(1).max(1);
        Self { given, spare: left.max(0) / accounts }
    }

    /// Most that an account may use.
    fn most(&self, account: &str) -> i64 {
        self.given.get(account).map_or(0, |(_, share)| *share) + self.spare.max(1)
    }

    /// Seconds between two visits with which the share of an account lasts.
    fn pace(&self, account: &str, usual_secs: i64) -> i64 {
        match self.given.get(account) {
            Some((need, share)) if share < need => {
                let stretched = i128::from(usual_secs) * i128::from(*need) / i128::from((*share).max(1));
                i64::try_from(stretched).unwrap_or(i64::MAX).saturating_add(1)
            }
            _ => usual_secs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Shares, needs};
    use crate::networks::{Grant, Span, Unit};

    fn shares(units: i64, needs: &[(&str, i64)]) -> Shares {
        Shares::of(units, &needs.iter().map(|(account, need)| ((*account).to_owned(), *need)).collect())
    }

    #[test]
    fn who_needs_little_gets_all_of_it_and_who_needs_much_shares_the_rest() {
        let tight = shares(10_000, &[("town", 40_000), ("museum", 96), ("club", 6_000)]);
        assert_eq!((tight.most("museum"), tight.most("club"), tight.most("town")), (97, 4_953, 4_953));
        assert_eq!(tight.pace("museum", 900), 900, "the town takes nothing from it");
        assert_eq!(tight.pace("town", 900), 900 * 40_000 / 4_952 + 1);
        assert_eq!(tight.pace("club", 900), 900 * 6_000 / 4_952 + 1);

        let ample = shares(10_000, &[("town", 4_000), ("museum", 96)]);
        assert_eq!((ample.pace("town", 900), ample.pace("museum", 900)), (900, 900));
        assert_eq!((ample.most("town"), ample.most("museum")), (4_000 + 2_952, 96 + 2_952));

        let none = shares(0, &[("town", 4_000)]);
        assert_eq!((none.most("town"), none.most("stranger")), (1, 1));
        assert!(none.pace("town", 900) > 3_000_000);
        assert_eq!(shares(10, &[]).most("first"), 10);
    }

    #[test]
    fn of_a_short_span_not_every_source_needs_something() {
        let grant = |span, per_visit| Grant { name: "g", unit: Unit::Requests, units: Some(600), span, per_visit };
        let need = |grant: &Grant, sources| needs(grant, &[("town".to_owned(), sources)], 900)["town"];

        assert_eq!(need(&grant(Span::Secs(60), 1), 600), 40);
        assert_eq!(need(&grant(Span::Secs(60), 1), 1), 1);
        assert_eq!(need(&grant(Span::Secs(86_400), 2), 3), 3 * 96 * 2);
    }
}
