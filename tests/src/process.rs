//! One child process: its log, its signals, its end.

use std::{
    io::{BufRead, BufReader, Read},
    os::unix::process::CommandExt,
    process::{Child, ChildStdin, Command, ExitStatus, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

/// A running program whose every line is kept; it dies with this value.
pub struct Process {
    name: String,
    child: Child,
    log: Arc<Mutex<Vec<String>>>,
    /// Ends a whole family of processes when it closes, however the test ends.
    guard: Option<ChildStdin>,
}

/// Starts a program that starts others, and ends them all once its input closes.
const FAMILY: &str = r#""$@" </dev/null & read -r _; kill -KILL 0"#;

impl Process {
    /// Starts a command and collects what it says on both outputs.
    pub fn start(name: &str, command: &mut Command) -> Self {
        Self::spawn(name, command.stdin(Stdio::null()))
    }

    /// Starts a command that starts others; they all end together.
    pub fn start_family(name: &str, command: &Command) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", FAMILY, "sh"]).arg(command.get_program()).args(command.get_args());
        shell.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
        Self::spawn(name, shell.process_group(0).stdin(Stdio::piped()))
    }

    fn spawn(name: &str, command: &mut Command) -> Self {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("start {name} ({command:?}): {error}"));
        let log = Arc::new(Mutex::new(Vec::new()));
        collect(child.stdout.take().unwrap(), &log);
        collect(child.stderr.take().unwrap(), &log);
        let guard = child.stdin.take();
        Self { name: name.to_owned(), child, log, guard }
    }

    /// Returns everything it has said so far.
    pub fn log(&self) -> String {
        self.log.lock().unwrap().join("\n")
    }

    /// Returns the number the system gave it.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Tells how it ended, if it has.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("ask for the end of a child")
    }

    /// Ends it as a power cut would: `kill -9`.
    pub fn kill(&mut self) {
        if self.guard.take().is_none() {
            drop(self.child.kill());
        }
        drop(self.child.wait());
    }

    /// Asks it to end as systemd would, and waits for that.
    pub fn terminate(&mut self, limit: Duration) -> ExitStatus {
        self.signal("TERM");
        let start = Instant::now();
        loop {
            if let Some(status) = self.ended() {
                return status;
            }
            assert!(start.elapsed() < limit, "{} ignores SIGTERM for {limit:?}; it said:\n{}", self.name, self.log());
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Sends a signal by name: `TERM`, `STOP`, `CONT`.
    pub fn signal(&self, signal: &str) {
        let sent = Command::new("sh").arg("-c").arg(format!("kill -{signal} {}", self.id())).status();
        assert!(sent.is_ok_and(|s| s.success()), "send {signal} to {}", self.name);
    }

    /// Waits until it says a line with these words; returns the line.
    pub fn wait_for_line(&mut self, words: &str, limit: Duration) -> String {
        let start = Instant::now();
        loop {
            if let Some(line) = self.log.lock().unwrap().iter().find(|line| line.contains(words)) {
                return line.clone();
            }
            let ended = self.ended();
            assert!(
                ended.is_none() && start.elapsed() < limit,
                "{} did not say {words:?} within {limit:?} (ended: {ended:?}); it said:\n{}",
                self.name,
                self.log()
            );
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Returns how much memory it has resident, in KiB.
    pub fn resident_kib(&self) -> u64 {
        self.status_kib("VmRSS:")
    }

    /// Returns the most memory it ever had resident, in KiB: short peaks count too.
    pub fn most_resident_kib(&self) -> u64 {
        self.status_kib("VmHWM:")
    }

    fn status_kib(&self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
        if thread::panicking() {
            eprintln!("--- {} said:\n{}\n---", self.name, self.log());
        }
    }
}

fn collect(output: impl Read + Send + 'static, log: &Arc<Mutex<Vec<String>>>) {
    let log = Arc::clone(log);
    thread::spawn(move || {
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            log.lock().unwrap().push(String::from_utf8_lossy(&line).into_owned());
        }
    });
}
