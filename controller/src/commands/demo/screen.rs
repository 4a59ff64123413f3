//! The demo's kiosk: started beside the controller, paired without anybody typing.

use std::{path::PathBuf, process::Stdio, time::Duration};

use tokio::process::{Child, Command};
use tracing::{error, info, warn};

use crate::{
    app::{App, Result},
    features::{
        pairings::{self, Claim},
        programmes,
    },
    store::Stage,
};

/// Starts the kiosk, pairs it if it is not, and ends it with the app.
pub(super) async fn run(app: App, stage: Stage, program: PathBuf) {
    let mut kiosk = match start(&app, &program) {
        Ok(kiosk) => kiosk,
        Err(error) => return error!("start {}: {error}", program.display()),
    };
    tokio::select! {
        () = app.stop.cancelled() => {}
        ended = kiosk.wait() => {
            match ended {
                Ok(status) => warn!("the kiosk ended ({status}); start it by hand, or the demo anew"),
                Err(error) => warn!("wait for the kiosk: {error}"),
            }
            return;
        }
        () = pair(&app, &stage) => {}
    }
    end(&app, &mut kiosk).await;
}

fn start(app: &App, program: &PathBuf) -> std::io::Result<Child> {
    let mut command = Command::new(program);
    command.arg("--controller").arg(app.config.base_url.as_str());
    command.arg("--data").arg(app.config.data.join("kiosk"));
    command.args(["--window", "1600x900"]);
    command.stdin(Stdio::null()).kill_on_drop(true).spawn()
}

/// Types the code of the first kiosk that shows one while the demo has no screen; never ends.
async fn pair(app: &App, stage: &Stage) {
    loop {
        if let Err(error) = pair_once(app, stage).await {
            warn!("pair the demo's kiosk: {error}");
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
}

async fn pair_once(app: &App, stage: &Stage) -> Result<()> {
    if !app.store.list_screens(&stage.account_id, &stage.id).await?.is_empty() {
        return Ok(());
    }
    let Some(waiting) = app.store.find_newest_pairing(app.clock.now()).await? else { return Ok(()) };
    let programme = programmes::first(app, &stage.account_id, &stage.id).await?;
    let claim = Claim {
        account_id: &stage.account_id,
        member_id: "demo",
        code: &waiting.code,
        name: "Rathausfoyer",
        programme_id: &programme.id,
    };
    let id = pairings::claim(app, &claim).await?;
    info!(screen.id = %id, "paired the demo's kiosk");
    Ok(())
}

/// Tells the kiosk to stop, and waits for it.
async fn end(app: &App, kiosk: &mut Child) {
    let Some(id) = kiosk.id() else { return };
    // `kill` asks, as systemd would; a kiosk that does not listen is ended with the process.
    if let Err(error) = Command::new("kill").arg(id.to_string()).status().await {
        warn!("ask the kiosk to stop: {error}");
    }
    if tokio::time::timeout(Duration::from_secs(5), kiosk.wait()).await.is_err() {
        warn!("the kiosk does not stop by itself; it is ended ({})", app.config.data.display());
    }
}
