//! Settings of single networks: the operator's key, and other addresses.

use std::{collections::BTreeMap, fmt, path::PathBuf};

use serde::Deserialize;
use url::Url;

use super::Error;

/// What an operator sets for one network: `[networks.youtube]` in the file, `--network youtube.key-file=…`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct NetworkSettings {
    /// Key that the network gave to the operator.
    pub key: Option<Secret>,
    /// File that holds the key instead.
    pub key_file: Option<PathBuf>,
    /// Other address of its interface.
    pub api_base: Option<Url>,
    /// Other address of its pages and feeds.
    pub feed_base: Option<Url>,
}

/// A secret in the settings. Cannot be printed.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Takes a secret.
    pub fn new(secret: String) -> Self {
        Self(secret)
    }

    /// Shows the secret, to send it to its network.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl NetworkSettings {
    /// Addresses that differ from the usual ones, by name (`api_base`).
    pub fn others(&self) -> Vec<(&'static str, String)> {
        let url = |url: &Option<Url>| url.as_ref().map(|url| url.as_str().trim_end_matches('/').to_owned());
        let all = [("api_base", url(&self.api_base)), ("feed_base", url(&self.feed_base))];
        all.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

/// Lays what the options say over what the file says, and reads the files that hold secrets.
pub(super) fn read(
    mut file: BTreeMap<String, toml::Table>,
    options: &[String],
) -> Result<BTreeMap<String, NetworkSettings>, Error> {
    for option in options {
        let parts = option.split_once('=').and_then(|(key, value)| Some((key.trim().split_once('.')?, value.trim())));
        let Some(((network, key), value)) = parts else {
            return Err(Error::Value("network", "must be NETWORK.KEY=VALUE".into()));
        };
        file.entry(network.to_owned()).or_default().insert(key.to_owned(), value.into());
    }
    let read_one = |(name, table): (String, toml::Table)| {
        // What stands in a message may not show a secret: only the name of the network and what toml says of keys.
        let wrong = |why: String| Error::Value("networks", format!("{name}: {why}"));
        let mut settings: NetworkSettings =
            table.try_into().map_err(|e: toml::de::Error| wrong(e.message().to_owned()))?;
        if let Some(path) = &settings.key_file {
            let text = std::fs::read_to_string(path).map_err(|e| wrong(format!("{}: {e}", path.display())))?;
            settings.key = Some(Secret(text.trim().to_owned()));
        }
        Ok((name, settings))
    };
    file.into_iter().map(read_one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_laid_over_the_file_and_no_secret_is_printed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        std::fs::write(&path, "hidden\n").unwrap();
        let file: BTreeMap<String, toml::Table> =
            toml::from_str("[youtube]\nkey = 'b'\napi-base = 'http://127.0.0.1:9/'").unwrap();
        let key_file = format!("youtube.key-file={}", path.display());
        let options = [key_file, "youtube.api-base=http://127.0.0.1:1/".to_owned()];

        let read = read(file, &options).unwrap();

        assert_eq!(read["youtube"].key.as_ref().map(Secret::reveal), Some("hidden"));
        assert_eq!(read["youtube"].others(), [("api_base", "http://127.0.0.1:1".to_owned())]);
        assert!(!format!("{read:?}").contains("hidden"));
    }

    #[test]
    fn a_misspelt_key_of_a_network_is_named() {
        let error = read(BTreeMap::new(), &["x.kee=1".to_owned()]).unwrap_err().to_string();
        assert!(error.contains("x: unknown field `kee`"), "{error}");
        assert!(read(BTreeMap::new(), &["x".to_owned()]).is_err());
    }
}
