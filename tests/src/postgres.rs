//! One throw-away PostgreSQL for a whole test run, and a database for each test.

use std::{
    fs,
    os::unix::{
        fs::{MetadataExt, PermissionsExt, chown},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};

use crate::{Part, at_hand, eventually, waiting::wait_blocking};

/// A database of its own for one test. It goes with the server at the end of the run.
pub struct Postgres {
    /// What `litfass` takes as the database's address.
    pub url: String,
}

impl Postgres {
    /// Makes an empty database; `None` where the machine has no PostgreSQL and need not.
    pub async fn new() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(1);
        if !at_hand(Part::Postgres) {
            return None;
        }
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let server = tokio::task::spawn_blocking(|| SERVER.get_or_init(Server::start)).await.expect("start PostgreSQL");
        // It listens a moment before it answers.
        let address = server.url("postgres");
        let connect = || async { PgConnection::connect(&address).await.ok() };
        let mut connection = eventually("PostgreSQL answers", connect).await;
        connection.execute(AssertSqlSafe(format!("create database {name}"))).await.expect("create a database");
        Some(Self { url: server.url(&name) })
    }
}

/// Returns the address of a new empty database; `None` where the machine has no PostgreSQL and need not.
pub async fn postgres_url() -> Option<String> {
    Some(Postgres::new().await?.url)
}

/// Returns the folder of the newest server's programs, where Debian keeps them.
pub(crate) fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?.filter_map(|entry| Some(entry.ok()?.path().join("bin")));
    versions
        .filter(|bin| bin.join("initdb").is_file() && bin.join("postgres").is_file())
        .max_by_key(|bin| bin.parent()?.file_name()?.to_str()?.parse::<u32>().ok())
}

static SERVER: OnceLock<Server> = OnceLock::new();

struct Server {
    folder: PathBuf,
    /// Ends the server and removes its folder once its input closes, however this process ends.
    _guard: Child,
}

/// Waits for its input to close: that is the end of the test run, even by `kill -9`.
const GUARD: &str = r#""$1/postgres" -D "$2/data" -k "$2" >"$2/log" 2>&1 &
read -r _
kill -INT $!
wait $!
rm -rf "$2""#;

impl Server {
    fn start() -> Self {
        let bin = programs().expect("PostgreSQL is installed");
        // Not the environment's folder for temporary files: the path of a socket has at most 107 bytes.
        let folder = tempfile::Builder::new().prefix("litfass-pg-").tempdir_in("/tmp").expect("a folder").keep();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("open the folder");
        let user = unprivileged(&folder);

        let mut init = Command::new(bin.join("initdb"));
        init.args(["--no-sync", "--auth=trust", "--username=litfass", "--encoding=UTF8", "--locale=C.UTF-8"]);
        // An order of letters as most houses have it, which is not that of bytes.
        init.args(["--locale-provider=icu", "--icu-locale=de", "-D"]).arg(folder.join("data"));
        let made = as_user(&mut init, user).output().expect("run initdb");
        assert!(made.status.success(), "initdb: {}", String::from_utf8_lossy(&made.stderr));
        // Nothing here outlives the run, so nothing has to reach the disk.
        let settings = "listen_addresses = ''\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\n\
                        max_connections = 400\nshared_buffers = 64MB\n";
        let file = folder.join("data/postgresql.conf");
        let text = fs::read_to_string(&file).expect("settings of PostgreSQL") + settings;
        fs::write(&file, text).expect("change settings of PostgreSQL");

        let mut shell = Command::new("sh");
        shell.args(["-c", GUARD, "sh"]).arg(&bin).arg(&folder).stdin(Stdio::piped());
        // Ctrl-C in the terminal must not end the guard before it has removed the folder.
        shell.process_group(0);
        let guard = as_user(&mut shell, user).spawn().expect("start PostgreSQL");
        let server = Self { folder, _guard: guard };
        let socket = server.folder.join(".s.PGSQL.5432");
        wait_blocking(Duration::from_secs(60), "PostgreSQL listens", || {
            std::os::unix::net::UnixStream::connect(&socket)
        });
        server
    }

    fn url(&self, database: &str) -> String {
        format!("postgres://litfass@localhost/{database}?host={}", self.folder.display())
    }
}

/// PostgreSQL refuses root: gives the folder to the user `postgres` (of Debian's package) or `nobody`.
fn unprivileged(folder: &Path) -> Option<(u32, u32)> {
    if fs::metadata(folder).expect("folder").uid() != 0 {
        return None;
    }
    let users = fs::read_to_string("/etc/passwd").unwrap_or_default();
    let ids = |name: &str| {
        let line = users.lines().find(|line| line.split(':').next() == Some(name))?;
        let mut fields = line.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    };
    let (user, group) = ids("postgres").or_else(|| ids("nobody")).expect("a user that is not root");
    chown(folder, Some(user), Some(group)).expect("give the folder away");
    Some((user, group))
}

fn as_user(command: &mut Command, user: Option<(u32, u32)>) -> &mut Command {
    command.current_dir("/");
    if let Some((user, group)) = user {
        command.uid(user).gid(group);
    }
    command
}
