//! Settings of single networks: how this instance is registered there, its keys, and other addresses.

use std::{collections::BTreeMap, fmt, path::PathBuf};

use serde::Deserialize;
use url::Url;

use super::Error;

/// What an operator sets for one network: `[networks.instagram]` in the file, `--network instagram.client-id=…`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct NetworkSettings {
    /// Key that the network gave to the operator.
    pub key: Option<Secret>,
    /// File that holds the key instead.
    pub key_file: Option<PathBuf>,
    /// Name under which this instance is registered there (some call it key).
    pub client_id: Option<String>,
    /// Secret of that registration.
    pub client_secret: Option<Secret>,
    /// File that holds the secret instead.
    pub client_secret_file: Option<PathBuf>,
    /// Whether the network has approved what we do, where it wants to be asked.
    pub approved: bool,
    /// Other address of its interface.
    pub api_base: Option<Url>,
    /// Other address of its pages and feeds.
    pub feed_base: Option<Url>,
    /// Other address of the pages where people sign in.
    pub auth_base: Option<Url>,
    /// Other address where codes are exchanged.
    pub token_base: Option<Url>,
    /// Version of its interface.
    pub version: Option<String>,
    /// What the network grants to this instance, where it is not what is usual: of the longest span that it counts
    /// (YouTube and LinkedIn: requests a day; X: posts a month; TikTok: requests a minute).
    pub quota: Option<i64>,
    /// X only: what it calls the fields of a post (`tweet.fields` or `post.fields`).
    pub fields_param: Option<String>,
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

impl From<String> for Secret {
    fn from(secret: String) -> Self {
        Self::new(secret)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl NetworkSettings {
    /// Addresses and versions that differ from the usual ones, by name (`api_base`).
    pub fn others(&self) -> Vec<(&'static str, String)> {
        let url = |url: &Option<Url>| url.as_ref().map(|url| url.as_str().trim_end_matches('/').to_owned());
        let all = [
            ("api_base", url(&self.api_base)),
            ("feed_base", url(&self.feed_base)),
            ("auth_base", url(&self.auth_base)),
            ("token_base", url(&self.token_base)),
            ("version", self.version.clone()),
            ("fields_param", self.fields_param.clone()),
        ];
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
        let number = value.parse().ok().filter(|_| key == "quota").map(toml::Value::Integer);
        let truth = || value.parse().ok().map(toml::Value::Boolean);
        let value = number.or_else(truth).unwrap_or_else(|| value.into());
        file.entry(network.to_owned()).or_default().insert(key.to_owned(), value);
    }
    let read_one = |(name, table): (String, toml::Table)| {
        // What stands in a message may not show a secret: only the name of the network and what toml says of keys.
        let wrong = |why: String| Error::Value("networks", format!("{name}: {why}"));
        let mut settings: NetworkSettings =
            table.try_into().map_err(|e: toml::de::Error| wrong(e.message().to_owned()))?;
        let secret = |path: &PathBuf| match std::fs::read_to_string(path) {
            Ok(text) => Ok(Secret(text.trim().to_owned())),
            Err(error) => Err(wrong(format!("{}: {error}", path.display()))),
        };
        if let Some(path) = &settings.key_file {
            settings.key = Some(secret(path)?);
        }
        if let Some(path) = &settings.client_secret_file {
            settings.client_secret = Some(secret(path)?);
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
        let path = folder.path().join("secret");
        std::fs::write(&path, "hidden\n").unwrap();
        let file: BTreeMap<String, toml::Table> =
            toml::from_str("[x]\nclient-id = 'a'\nclient-secret = 'b'\n[linkedin]\napproved = false").unwrap();
        let secret_file = format!("x.client-secret-file={}", path.display());
        let key_file = format!("youtube.key-file={}", path.display());
        let api_base = "x.api-base=http://127.0.0.1:1/".to_owned();
        let quota = "x.quota=20000".to_owned();
        let options = ["linkedin.approved=true".to_owned(), secret_file, key_file, api_base, quota];

        let read = read(file, &options).unwrap();

        assert!(read["linkedin"].approved);
        assert_eq!(read["x"].quota, Some(20_000));
        assert_eq!(read["x"].client_id.as_deref(), Some("a"));
        assert_eq!(read["x"].client_secret.as_ref().map(Secret::reveal), Some("hidden"));
        assert_eq!(read["youtube"].key.as_ref().map(Secret::reveal), Some("hidden"));
        assert_eq!(read["x"].others(), [("api_base", "http://127.0.0.1:1".to_owned())]);
        assert!(!format!("{read:?}").contains("hidden"));
    }

    #[test]
    fn a_misspelt_key_of_a_network_is_named() {
        let error = read(BTreeMap::new(), &["x.client=1".to_owned()]).unwrap_err().to_string();
        assert!(error.contains("x: unknown field `client`"), "{error}");
        assert!(read(BTreeMap::new(), &["x".to_owned()]).is_err());
    }
}
