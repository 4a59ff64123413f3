//! A controller as its operator runs it: the real program, its own data, its own port.

use std::{
    path::Path,
    process::{Command, ExitStatus},
    time::{Duration, Instant},
};

use tempfile::TempDir;

use crate::{Process, TestClient, free_port, program};

/// A running `litfass serve`; it ends, and its data goes, with this value.
pub struct Controller {
    process: Process,
    data: TempDir,
    port: u16,
    settings: Vec<(String, String)>,
}

impl Controller {
    /// Starts one with the embedded database and waits until it is ready.
    pub async fn new() -> Self {
        Self::with_settings(&[]).await
    }

    /// Starts one with more settings, by their names in the environment.
    pub async fn with_settings(settings: &[(&str, &str)]) -> Self {
        let data = tempfile::tempdir().expect("a folder for the controller");
        let port = free_port();
        let settings: Vec<_> = settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let process = start(data.path(), port, &settings);
        let mut controller = Self { process, data, port, settings };
        controller.wait_until_ready().await;
        controller
    }

    /// Returns its address, without a slash at the end.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Returns the folder it keeps everything in.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Makes a visitor for it.
    pub fn client(&self) -> TestClient {
        TestClient::new(&self.url())
    }

    /// Returns everything it has logged since its last start.
    pub fn log(&self) -> String {
        self.process.log()
    }

    /// The process itself.
    pub fn process(&mut self) -> &mut Process {
        &mut self.process
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        self.process.kill();
    }

    /// Ends it as systemd would; returns how it ended.
    pub fn terminate(&mut self) -> ExitStatus {
        self.process.terminate(Duration::from_secs(20))
    }

    /// Starts it again, on the same data and port.
    pub async fn start_again(&mut self) {
        self.process.kill();
        self.process = start(self.data.path(), self.port, &self.settings);
        self.wait_until_ready().await;
    }

    /// Runs another command of the same program on the same data and returns what it printed.
    pub fn command(&self, arguments: &[&str]) -> std::process::Output {
        command(self.data.path(), self.port, &self.settings).args(arguments).output().expect("run litfass")
    }

    async fn wait_until_ready(&mut self) {
        let client = self.client();
        let address = format!("{}/readyz", self.url());
        let start = Instant::now();
        while !client.ready(&address).await {
            let ended = self.process.ended();
            assert!(
                ended.is_none() && start.elapsed() < Duration::from_secs(60),
                "the controller is not ready (ended: {ended:?}); it said:\n{}",
                self.process.log()
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

fn command(data: &Path, port: u16, settings: &[(String, String)]) -> Command {
    let mut command = Command::new(program("litfass"));
    // Nothing of the developer's own settings may reach a test.
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("LITFASS_")) {
        command.env_remove(name);
    }
    command
        .env("LITFASS_DATA", data)
        .env("LITFASS_LISTEN", format!("127.0.0.1:{port}"))
        .env("LITFASS_BASE_URL", format!("http://127.0.0.1:{port}"))
        // Nobody answers there: no test asks name servers of others.
        .env("LITFASS_DNS", "127.0.0.1:9")
        .envs(settings.iter().map(|(name, value)| (name, value)));
    command
}

fn start(data: &Path, port: u16, settings: &[(String, String)]) -> Process {
    Process::start("litfass", command(data, port, settings).arg("serve"))
}
