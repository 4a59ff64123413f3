//! Removes pictures that nothing shows any more: hourly; and files that nobody knows once a day, or when one was left behind.

use std::time::Duration;

use tracing::{info, warn};

use crate::{app::App, features::media};

const PAUSE: Duration = Duration::from_secs(3_600);
const ROUNDS_A_DAY: u32 = 24;

pub(super) fn start(app: &App) {
    let app = app.clone();
    app.tasks.clone().spawn(async move {
        for round in 0_u32.. {
            tokio::select! {
                () = app.stop.cancelled() => break,
                () = tokio::time::sleep(PAUSE) => {}
            }
            let mut gone = media::tidy(&app).await;
            if (app.storage.has_left_behind() || round % ROUNDS_A_DAY == 0) && gone.is_ok() {
                gone = media::sweep(&app).await;
            }
            match gone {
                Ok(0) => {}
                Ok(files) => info!("removed {files} files that nothing shows any more"),
                Err(error) => warn!("tidy pictures: {error}"),
            }
        }
    });
}
