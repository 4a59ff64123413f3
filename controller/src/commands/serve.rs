//! `litfass serve`: pages, screens and jobs until told to stop.

use std::{io::ErrorKind, process::ExitCode, time::Duration};

use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tracing::{info, warn};

use super::{fail, log, open::open};
use crate::{app::App, config::Config, features::domains, jobs, services::storage, tools::clock::Clock, web};

/// How long requests and jobs may take to finish once told to stop.
const GRACE: Duration = Duration::from_secs(10);
/// How long a start waits for the bucket of media to answer.
const CHECK: Duration = Duration::from_secs(5);

/// Serves until SIGTERM or SIGINT.
pub(super) async fn run(config: Config) -> ExitCode {
    log::start(config.log_format);
    match open(config, Clock::System).await {
        Ok(app) => match listen(&app).await {
            Ok(listener) => serve(app, listener).await,
            Err(code) => code,
        },
        Err(why) => fail(1, &why),
    }
}

/// Takes the port; says what to do when another program has it.
pub(super) async fn listen(app: &App) -> Result<TcpListener, ExitCode> {
    TcpListener::bind(app.config.listen).await.map_err(|error| {
        let other = if error.kind() == ErrorKind::AddrInUse { "; choose another port with --listen" } else { "" };
        fail(1, &format!("listen on {}: {error}{other}", app.config.listen))
    })
}

/// Serves an app whose doors are open; finishes requests, tells screens when to
/// come back, and waits for jobs when it is told to stop.
pub(super) async fn serve(app: App, listener: TcpListener) -> ExitCode {
    if let Err(error) = stop_on_signal(&app) {
        return fail(1, &format!("watch for signals: {error}"));
    }
    match tokio::time::timeout(CHECK, app.storage.check()).await {
        Ok(Ok(())) => {}
        Ok(Err(storage::Error::Broken(why))) => return fail(1, &format!("setting s3: {why}")),
        // Screens and pages go on with what they have, and ask again.
        Ok(Err(error)) => warn!("media cannot be read or stored until it answers: {error}"),
        Err(_) => warn!("media cannot be read or stored until the bucket answers"),
    }
    if let Err(error) = domains::refresh(&app).await {
        warn!("read the domains of newsrooms: {error}");
    }
    jobs::start(&app);
    for (package, what) in app.converters.missing() {
        warn!("{what} cannot be uploaded: install {package} (apt-get install {package}) and start again");
    }
    info!("listening on {}, reached as {}", app.config.listen, app.config.base_url);
    // Only systemd listens, if anybody.
    let _ = sd_notify::notify(&[sd_notify::NotifyState::Ready]);
    let stop = app.stop.clone();
    let served =
        axum::serve(listener, web::site(app.clone())).with_graceful_shutdown(async move { stop.cancelled().await });
    let deadline = {
        let stop = app.stop.clone();
        async move {
            stop.cancelled().await;
            tokio::time::sleep(GRACE).await;
        }
    };
    let result = tokio::select! {
        result = served.into_future() => result,
        () = deadline => {
            warn!("stopped with requests unfinished after {} s", GRACE.as_secs());
            Ok(())
        }
    };
    app.tasks.close();
    if tokio::time::timeout(GRACE, app.tasks.wait()).await.is_err() {
        warn!("stopped with jobs unfinished after {} s", GRACE.as_secs());
    }
    app.store.close().await;
    info!("stopped");
    result.map_or_else(|e| fail(1, &format!("serve: {e}")), |()| ExitCode::SUCCESS)
}

fn stop_on_signal(app: &App) -> std::io::Result<()> {
    let mut term = signal(SignalKind::terminate())?;
    let mut int = signal(SignalKind::interrupt())?;
    let stop = app.stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = term.recv() => {}
            _ = int.recv() => {}
        }
        info!("told to stop");
        // Only systemd listens, if anybody.
        let _ = sd_notify::notify(&[sd_notify::NotifyState::Stopping]);
        stop.cancel();
    });
    Ok(())
}
