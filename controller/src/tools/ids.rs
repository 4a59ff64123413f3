//! Ids of rows, and random text that nobody can guess.

use uuid::{NoContext, Timestamp, Uuid};

/// A new id: sorts by time, 74 random bits (RFC 9562, version 7), 32 characters.
pub fn new(now: i64) -> String {
    let millis = u64::try_from(now).unwrap_or(0);
    let nanos = u32::try_from(millis % 1_000).unwrap_or(0) * 1_000_000;
    let time = Timestamp::from_unix(NoContext, millis / 1_000, nanos);
    Uuid::new_v7(time).simple().to_string()
}

/// Random bytes from the system; fails only where the system has none to give.
pub fn random<const N: usize>() -> Result<[u8; N], getrandom::Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// 256 random bits as 64 hexadecimal characters.
pub fn secret() -> Result<String, getrandom::Error> {
    Ok(shared::hex::encode(&random::<32>()?))
}
