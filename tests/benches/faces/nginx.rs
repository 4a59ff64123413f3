//! nginx, serving one file.

use std::{
    fs,
    net::{SocketAddr, TcpStream},
    process::Command,
    time::{Duration, Instant},
};

use harness::{Process, free_port};
use tempfile::TempDir;

/// A running nginx; it ends, and its folder goes, with this value.
pub struct Nginx {
    process: Process,
    address: SocketAddr,
    _folder: TempDir,
}

impl Nginx {
    /// Has it serve these bytes as `/body`, with what it comes with for speed.
    pub fn start(body: &[u8]) -> Self {
        let folder = tempfile::tempdir().expect("a folder for nginx");
        let place = folder.path().display();
        let address = SocketAddr::from(([127, 0, 0, 1], free_port()));
        fs::create_dir(folder.path().join("root")).expect("a folder for its files");
        fs::write(folder.path().join("root/body"), body).expect("its file");
        let settings = format!(
            "daemon off; master_process off; pid {place}/pid; error_log stderr; user root;
             events {{ worker_connections 256; }}
             http {{
                 access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 100000000;
                 open_file_cache max=16; default_type application/octet-stream; types {{ }}
                 client_body_temp_path {place}/1; proxy_temp_path {place}/2; fastcgi_temp_path {place}/3;
                 uwsgi_temp_path {place}/4; scgi_temp_path {place}/5;
                 server {{ listen {address}; root {place}/root; }}
             }}"
        );
        let file = folder.path().join("nginx.conf");
        fs::write(&file, settings).expect("its settings");
        let mut command = Command::new("/usr/sbin/nginx");
        let process = Process::start("nginx", command.arg("-e").arg("stderr").arg("-c").arg(&file));
        let begun = Instant::now();
        while TcpStream::connect(address).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(10), "nginx does not listen: {}", process.log());
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { process, address, _folder: folder }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its one process.
    pub fn process(&self) -> u32 {
        self.process.id()
    }
}
