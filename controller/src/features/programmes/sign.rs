//! The account's key, and what it signs.

use ed25519_dalek::{Signer, SigningKey};
use shared::{
    envelope::{Envelope, PROGRAMME, signed_bytes},
    hex,
    programme::Programme,
};
use zeroize::Zeroizing;

use crate::{
    app::{App, Error, Result},
    store,
    tools::ids,
};

/// What the key is for, in the table of keys.
pub const PURPOSE: &str = "programme";

/// Opens the account's key; makes it when there is none yet.
pub async fn key(app: &App, account_id: &str) -> Result<SigningKey> {
    let purpose = format!("programme key of {account_id}");
    let held = match app.store.find_key(account_id, PURPOSE).await? {
        Some(held) => held,
        None => make(app, account_id, &purpose).await?,
    };
    let failed = |why: &str| Error::internal(&format!("open the {purpose}"), why);
    let seed = app.keys.open(&purpose, &held.sealed).map_err(|e| failed(&e.to_string()))?;
    let seed = Zeroizing::new(<[u8; 32]>::try_from(seed.as_slice()).map_err(|_| failed("not 32 bytes"))?);
    let key = SigningKey::from_bytes(&seed);
    if key.verifying_key().as_bytes().as_slice() == held.public_key {
        Ok(key)
    } else {
        Err(failed("its public half is another"))
    }
}

async fn make(app: &App, account_id: &str, purpose: &str) -> Result<store::SigningKey> {
    let seed = Zeroizing::new(ids::random::<32>()?);
    let key = SigningKey::from_bytes(&seed);
    let sealed = app.keys.seal(purpose, &*seed).map_err(|e| Error::internal(&format!("seal the {purpose}"), e))?;
    let made = store::SigningKey { public_key: key.verifying_key().to_bytes().to_vec(), sealed };
    app.store.insert_key(account_id, PURPOSE, &made, app.clock.now()).await?;
    // Another controller may have been faster: what is in the table counts.
    let held = app.store.find_key(account_id, PURPOSE).await?;
    held.ok_or_else(|| Error::internal("find the key just made", "it is not there"))
}

/// Puts a programme into a signed envelope, as it goes to the screens.
pub fn seal(key: &SigningKey, programme: &Programme) -> Result<String> {
    let failed = |e: serde_json::Error| Error::internal("write a programme as JSON", e);
    let document = serde_json::to_string(programme).map_err(failed)?;
    let signature = key.sign(&signed_bytes(PROGRAMME, &document));
    let envelope = Envelope {
        document,
        key: hex::encode(key.verifying_key().as_bytes()),
        signature: hex::encode(&signature.to_bytes()),
    };
    serde_json::to_string(&envelope).map_err(failed)
}

/// Reads back the programme in an envelope of our own; `None` before the first.
pub fn read(envelope: &str) -> Option<Programme> {
    let envelope: Envelope = serde_json::from_str(envelope).ok()?;
    serde_json::from_str(&envelope.document).ok()
}
