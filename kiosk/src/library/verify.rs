//! Whether a programme may be shown: only what its owner signed, for this screen, and nothing older.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use shared::{
    envelope::{Envelope, PROGRAMME},
    hex,
    programme::{LONGEST_MEDIUM, Programme},
    protocol::Paired,
};

use super::refusal::Refusal;
use crate::tools::keys;

/// Longest document, in bytes.
pub const LONGEST_DOCUMENT: usize = 4 << 20;
/// Longest envelope: the document as a JSON text, with its marks escaped.
pub const LONGEST_ENVELOPE: usize = 2 * LONGEST_DOCUMENT + 4_096;
/// Most files of a programme.
const MOST_MEDIA: usize = 2_000;
/// Most regions.
const MOST_REGIONS: usize = 512;
const MOST_PLANS: usize = 500;
/// Most entries of all playlists together.
const MOST_ENTRIES: usize = 5_000;

/// A programme whose signature, place and age were checked. Only [`check`] makes one.
#[derive(Clone, Debug)]
pub struct Verified {
    programme: Arc<Programme>,
    envelope: String,
    document_sha256: String,
}

impl Verified {
    /// What was signed.
    pub fn programme(&self) -> &Arc<Programme> {
        &self.programme
    }

    /// The envelope, to be kept as it came.
    pub(super) fn envelope(&self) -> &str {
        &self.envelope
    }

    /// What the kiosk remembers of it.
    pub(super) fn seen(&self) -> Seen {
        Seen { version: self.programme.version, document_sha256: self.document_sha256.clone() }
    }
}

/// The newest programme a kiosk has had, under one key and id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Seen {
    /// Its version.
    pub(super) version: u64,
    /// What it said.
    pub(super) document_sha256: String,
}

/// Checks an envelope against the pairing and the newest programme seen before.
pub(super) fn check(envelope: &[u8], pairing: &Paired, seen: Option<&Seen>) -> Result<Verified, Refusal> {
    if envelope.len() > LONGEST_ENVELOPE {
        return Err(Refusal::Oversized(format!("envelope of {} bytes", envelope.len())));
    }
    let text = std::str::from_utf8(envelope).map_err(|_| Refusal::Format("the envelope is no text".to_owned()))?;
    let parts: Envelope = serde_json::from_str(text).map_err(|e| Refusal::Format(format!("envelope: {e}")))?;
    if parts.document.len() > LONGEST_DOCUMENT {
        return Err(Refusal::Oversized(format!("document of {} bytes", parts.document.len())));
    }
    if !parts.key.eq_ignore_ascii_case(&pairing.account_key) {
        return Err(Refusal::Signature("signed with a key that is not the account's".to_owned()));
    }
    if !keys::is_signed_by(&pairing.account_key, PROGRAMME, &parts.document, &parts.signature) {
        return Err(Refusal::Signature("the signature does not fit the document".to_owned()));
    }
    let programme: Programme =
        serde_json::from_str(&parts.document).map_err(|e| Refusal::Format(format!("document: {e}")))?;
    if programme.account != pairing.account || programme.id != pairing.programme {
        return Err(Refusal::Mix("programme of another account or of other screens".to_owned()));
    }
    let document_sha256 = hex::encode(&Sha256::digest(&parts.document));
    if let Some(seen) = seen {
        if programme.version < seen.version {
            return Err(Refusal::Rollback(format!("version {} after {}", programme.version, seen.version)));
        }
        if programme.version == seen.version && document_sha256 != seen.document_sha256 {
            return Err(Refusal::Mix(format!("version {} came with other content before", programme.version)));
        }
    }
    check_limits(&programme)?;
    check_media(&programme)?;
    Ok(Verified { programme: Arc::new(programme), envelope: text.to_owned(), document_sha256 })
}

fn check_limits(programme: &Programme) -> Result<(), Refusal> {
    let regions = || programme.plans.iter().flat_map(|plan| &plan.regions);
    let entries = programme.slides().count();
    for (what, count, most) in [
        ("files", programme.media.len(), MOST_MEDIA),
        ("plans", programme.plans.len(), MOST_PLANS),
        ("regions", regions().count(), MOST_REGIONS),
        ("entries", entries, MOST_ENTRIES),
    ] {
        if count > most {
            return Err(Refusal::Oversized(format!("{count} {what}, at most {most}")));
        }
    }
    let percent = |value: f32| (0.0..=100.0).contains(&value);
    for region in regions() {
        let area = region.area;
        if ![area.left, area.top, area.width, area.height].into_iter().all(percent) {
            return Err(Refusal::Format(format!("region `{}` is not on the display", region.name)));
        }
    }
    Ok(())
}

/// Every file has a proper name and length, is listed once, and none that a slide needs is left out.
fn check_media(programme: &Programme) -> Result<(), Refusal> {
    let mut listed = HashMap::new();
    for medium in &programme.media {
        let proper = hex::decode::<32>(&medium.sha256).is_some_and(|hash| hex::encode(&hash) == medium.sha256);
        if !proper {
            return Err(Refusal::Format("a file is not named by its SHA-256".to_owned()));
        }
        if medium.length > LONGEST_MEDIUM {
            return Err(Refusal::Oversized(format!("file {} of {} bytes", medium.sha256, medium.length)));
        }
        if listed.insert(&medium.sha256, medium.length).is_some() {
            return Err(Refusal::Format(format!("file {} is listed twice", medium.sha256)));
        }
    }
    let missing = programme.needed_media().into_iter().find(|need| listed.get(&need.sha256) != Some(&need.length));
    missing.map_or(Ok(()), |need| Err(Refusal::Format(format!("file {} is shown but not listed", need.sha256))))
}

/// The pairing as it is once the programme is here that the screen was told to follow. Until then, what it played before
/// goes on, also after a restart.
pub(super) fn followed(pairing: &Paired) -> Paired {
    let told = &pairing.screen.programme;
    let programme = if told.is_empty() { &pairing.programme } else { told };
    Paired { programme: programme.clone(), ..pairing.clone() }
}

/// Under which name the newest programme of a pairing is remembered: another key, made
/// after a loss, begins anew.
pub(super) fn seen_name(pairing: &Paired) -> String {
    format!("{}/{}/{}", pairing.account_key, pairing.account, pairing.programme)
}

/// The newest programmes, by [`seen_name`].
pub(super) type AllSeen = BTreeMap<String, Seen>;

#[cfg(test)]
mod tests {
    use ed25519_dalek::SigningKey;
    use shared::{envelope::Envelope, programme::Programme};

    use super::{LONGEST_DOCUMENT, LONGEST_ENVELOPE, LONGEST_MEDIUM, Seen, check};
    use crate::library::samples::{Owner, medium};

    fn refused(envelope: &str, seen: Option<&Seen>) -> Option<&'static str> {
        check(envelope.as_bytes(), &Owner::new().pairing(), seen).err().map(|refusal| refusal.name())
    }

    fn changed(change: impl FnOnce(&mut Programme)) -> Option<&'static str> {
        let owner = Owner::new();
        let mut programme = owner.programme(5, &[b"picture"]);
        change(&mut programme);
        refused(&owner.envelope(&programme), None)
    }

    fn resealed(change: impl FnOnce(&mut Envelope)) -> Option<&'static str> {
        let owner = Owner::new();
        let mut envelope = serde_json::from_str(&owner.envelope(&owner.programme(5, &[]))).unwrap();
        change(&mut envelope);
        refused(&serde_json::to_string(&envelope).unwrap(), None)
    }

    #[test]
    fn only_the_owner_s_own_words_are_taken() {
        let stranger = Owner { key: SigningKey::from_bytes(&[8; 32]), ..Owner::new() };
        let strange = stranger.envelope(&stranger.programme(5, &[]));

        assert_eq!(changed(|_| {}), None);
        assert_eq!(refused(&strange, None), Some("signature"));
        assert_eq!(resealed(|e| e.document = e.document.replace("Europe", "Eurupe")), Some("signature"));
        assert_eq!(resealed(|e| e.signature = "00".repeat(64)), Some("signature"));
        assert_eq!(resealed(|e| e.signature.clear()), Some("signature"));
        let borrowed = serde_json::from_str::<Envelope>(&strange).unwrap();
        assert_eq!(resealed(|e| e.signature = borrowed.signature), Some("signature"));
        // The key of weakest order signs anything for anybody.
        assert_eq!(resealed(|e| e.key = format!("01{}", "00".repeat(31))), Some("signature"));
    }

    #[test]
    fn a_programme_for_somebody_else_is_a_mix() {
        assert_eq!(changed(|p| p.account = "club".to_owned()), Some("mix"));
        assert_eq!(changed(|p| p.id = "cafe".to_owned()), Some("mix"));
    }

    #[test]
    fn versions_only_rise() {
        let owner = Owner::new();
        let at = |version| owner.envelope(&owner.programme(version, &[]));
        let seen = check(at(5).as_bytes(), &owner.pairing(), None).unwrap().seen();

        assert_eq!(refused(&at(5), Some(&seen)), None);
        assert_eq!(refused(&at(6), Some(&seen)), None);
        assert_eq!(refused(&at(1 << 53), Some(&seen)), None);
        assert_eq!(refused(&at(4), Some(&seen)), Some("rollback"));
        let other = owner.envelope(&owner.programme(5, &[b"other"]));
        assert_eq!(refused(&other, Some(&seen)), Some("mix"));
    }

    #[test]
    fn limits_hold() {
        assert_eq!(changed(|p| p.media[0].length = LONGEST_MEDIUM + 1), Some("oversized"));
        assert_eq!(changed(|p| p.media.extend((0..2_000_u32).map(|n| medium(&n.to_le_bytes())))), Some("oversized"));
        assert_eq!(changed(|p| p.plans[0].regions = vec![p.plans[0].regions[0].clone(); 513]), Some("oversized"));
        assert_eq!(changed(|p| p.zone.name = "x".repeat(LONGEST_DOCUMENT)), Some("oversized"));
        assert_eq!(refused(&" ".repeat(LONGEST_ENVELOPE + 1), None), Some("oversized"));
        let entries = |p: &mut Programme| {
            let entry = p.plans[0].regions[0].playlist.entries[0].clone();
            p.plans[0].regions[0].playlist.entries = vec![entry; 5_001];
        };
        assert_eq!(changed(entries), Some("oversized"));
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        let owner = Owner::new();

        assert_eq!(changed(|p| p.media.clear()), Some("format"));
        assert_eq!(changed(|p| p.media[0].length += 1), Some("format"));
        assert_eq!(changed(|p| p.media.push(p.media[0].clone())), Some("format"));
        assert_eq!(changed(|p| p.media.push(medium(b"unused"))), None);
        assert_eq!(changed(|p| p.media[0].sha256 = "../../key".to_owned()), Some("format"));
        assert_eq!(changed(|p| p.media[0].sha256.make_ascii_uppercase()), Some("format"));
        assert_eq!(changed(|p| p.plans[0].regions[0].area.left = 1e30), Some("format"));
        assert_eq!(refused(&owner.sign("{}".to_owned()), None), Some("format"));
        assert_eq!(refused(&owner.sign("[".repeat(100_000)), None), Some("format"));
        assert_eq!(refused("<html>", None), Some("format"));
        assert_eq!(refused("", None), Some("format"));
    }
}
