//! The bucket that holds media, where it is not a folder of this machine.

use std::path::PathBuf;

use clap::Args;
use serde::Deserialize;
use url::Url;

use super::{Error, Secret};

/// What an operator sets: `[s3]` in the file, or a flag for each.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct BucketOptions {
    /// Bucket of an S3 that holds pictures and films [default: the folder DATA/media]
    #[arg(id = "s3-bucket", long = "s3-bucket", env = "LITFASS_S3_BUCKET", value_name = "NAME", global = true)]
    pub bucket: Option<String>,
    /// Address of that S3 [default: Amazon's of the region]
    #[arg(id = "s3-endpoint", long = "s3-endpoint", env = "LITFASS_S3_ENDPOINT", value_name = "URL", global = true)]
    pub endpoint: Option<Url>,
    /// Region of the bucket [default: us-east-1]
    #[arg(id = "s3-region", long = "s3-region", env = "LITFASS_S3_REGION", value_name = "NAME", global = true)]
    pub region: Option<String>,
    /// Id of the access key
    #[arg(id = "s3-key-id", long = "s3-key-id", env = "LITFASS_S3_KEY_ID", value_name = "ID", global = true)]
    pub key_id: Option<String>,
    /// File with the secret access key
    #[arg(
        id = "s3-secret-file",
        long = "s3-secret-file",
        env = "LITFASS_S3_SECRET_FILE",
        value_name = "FILE",
        global = true
    )]
    pub secret_file: Option<PathBuf>,
    /// The secret access key itself; rather in the environment than on the command line
    #[arg(
        id = "s3-secret",
        long = "s3-secret",
        env = "LITFASS_S3_SECRET",
        value_name = "SECRET",
        global = true,
        hide_env_values = true
    )]
    pub secret: Option<Secret>,
    /// File with the certificate authority (PEM) of an S3 that has one of its own
    #[arg(
        id = "s3-authority-file",
        long = "s3-authority-file",
        env = "LITFASS_S3_AUTHORITY_FILE",
        value_name = "FILE",
        global = true
    )]
    pub authority_file: Option<PathBuf>,
}

/// A bucket, complete and checked.
#[derive(Clone, Debug)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// Where it is; `None` for Amazon's.
    pub endpoint: Option<Url>,
    /// Its region.
    pub region: String,
    /// Id of the access key.
    pub key_id: String,
    /// The secret access key.
    pub secret: Secret,
    /// File that the secret was read from.
    pub secret_file: Option<PathBuf>,
    /// File of the server's own certificate authority.
    pub authority_file: Option<PathBuf>,
    /// What stands in it.
    pub authority_pem: Option<Vec<u8>>,
}

/// Lays what the options say over what the file says; `None` where no bucket is named.
pub(super) fn read(file: BucketOptions, options: &BucketOptions) -> Result<Option<Bucket>, Error> {
    let said = |text: Option<String>| text.filter(|text| !text.is_empty());
    let Some(name) = said(options.bucket.clone().or(file.bucket)) else { return Ok(None) };
    let missing = |what: &'static str| Error::Value(what, "is missing, but s3-bucket is set".into());
    let endpoint = options.endpoint.clone().or(file.endpoint);
    if endpoint.as_ref().is_some_and(|url| !matches!(url.scheme(), "http" | "https") || !url.has_host()) {
        return Err(Error::Value("s3-endpoint", "must be http:// or https://".into()));
    }
    // What is said later counts, in whichever of the two ways.
    let (secret_file, secret) = match (&options.secret_file, &options.secret) {
        (None, None) => (file.secret_file, file.secret),
        (path, secret) => (path.clone(), secret.clone()),
    };
    let secret = match &secret_file {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|error| Error::Value("s3-secret-file", format!("{}: {error}", path.display())))?;
            Some(Secret::new(text.trim().to_owned()))
        }
        None => secret,
    };
    let authority_file = options.authority_file.clone().or(file.authority_file);
    let authority_pem = match &authority_file {
        Some(path) => Some(
            std::fs::read(path)
                .map_err(|error| Error::Value("s3-authority-file", format!("{}: {error}", path.display())))?,
        ),
        None => None,
    };
    Ok(Some(Bucket {
        name,
        endpoint,
        region: said(options.region.clone().or(file.region)).unwrap_or_else(|| "us-east-1".to_owned()),
        key_id: said(options.key_id.clone().or(file.key_id)).ok_or_else(|| missing("s3-key-id"))?,
        secret: secret.filter(|secret| !secret.reveal().is_empty()).ok_or_else(|| missing("s3-secret-file"))?,
        secret_file,
        authority_file,
        authority_pem,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_read_from_file_and_flags_and_its_secret_is_not_printed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        std::fs::write(&path, "hidden\n").unwrap();
        let file: BucketOptions =
            toml::from_str("bucket = 'media'\nendpoint = 'https://s3.example.org'\nkey-id = 'a'\nsecret = 'other'")
                .unwrap();
        let options =
            BucketOptions { key_id: Some("b".into()), secret_file: Some(path.clone()), ..BucketOptions::default() };

        let bucket = read(file, &options).unwrap().unwrap();

        assert_eq!((bucket.name.as_str(), bucket.key_id.as_str(), bucket.region.as_str()), ("media", "b", "us-east-1"));
        assert_eq!((bucket.secret.reveal(), bucket.secret_file.as_ref()), ("hidden", Some(&path)));
        assert!(!format!("{bucket:?}").contains("hidden"));
        assert!(read(BucketOptions::default(), &BucketOptions::default()).unwrap().is_none());
    }

    #[test]
    fn what_is_missing_or_wrong_is_named() {
        let named = |toml: &str| {
            let file: BucketOptions = toml::from_str(toml).unwrap();
            read(file, &BucketOptions::default()).unwrap_err().to_string()
        };
        assert!(named("bucket = 'media'").contains("s3-key-id: is missing"));
        assert!(named("bucket = 'media'\nkey-id = 'a'").contains("s3-secret-file: is missing"));
        assert!(named("bucket = 'media'\nendpoint = 'ftp://x'").contains("s3-endpoint"));
        assert!(named("bucket = 'm'\nkey-id = 'a'\nsecret-file = '/nowhere'").contains("/nowhere"));
        assert!(toml::from_str::<BucketOptions>("buket = 'media'").is_err());
    }
}
