//! `litfass migrate`: brings the database up to date and ends.

use std::process::ExitCode;

use super::{fail, log, open::open};
use crate::{config::Config, tools::clock::Clock};

/// Opening runs the steps that are missing.
pub(super) async fn run(config: Config) -> ExitCode {
    log::start(config.log_format);
    match open(config, Clock::System).await {
        Ok(app) => {
            app.store.close().await;
            ExitCode::SUCCESS
        }
        Err(why) => fail(1, &why),
    }
}
