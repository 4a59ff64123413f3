//! What a program and everything it started costs, as Linux counts it.

use std::{
    fs,
    time::{Duration, Instant},
};

/// What a family of processes costs.
pub struct Cost {
    /// Memory, shared pages counted in parts (proportional set size), in MiB.
    pub pss_mib: f64,
    /// Processor time, in percent of one core.
    pub percent: f64,
}

impl Cost {
    /// Watches a process and its descendants.
    pub fn of(process: u32, time: Duration) -> Self {
        let (before, begun) = (ticks(process), Instant::now());
        std::thread::sleep(time);
        let seconds = (ticks(process) - before) / TICKS;
        Self { pss_mib: pss_mib(process), percent: seconds / begun.elapsed().as_secs_f64() * 100.0 }
    }
}

/// Linux counts processor time for programs in hundredths of a second (proc(5), sysconf(3)).
const TICKS: f64 = 100.0;

/// Memory of a process and its descendants, in MiB.
pub fn pss_mib(process: u32) -> f64 {
    let of = |process: u32| -> Option<f64> {
        let text = fs::read_to_string(format!("/proc/{process}/smaps_rollup")).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix("Pss:"))?;
        line.trim().trim_end_matches("kB").trim().parse().ok()
    };
    family(process).into_iter().filter_map(of).sum::<f64>() / 1024.0
}

fn ticks(process: u32) -> f64 {
    let of = |process: u32| -> Option<f64> {
        let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        // The name in brackets may hold blanks; user and system time are the 12th and 13th fields after it.
        let fields: Vec<_> = text.rsplit_once(')')?.1.split_whitespace().collect();
        Some(fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?)
    };
    family(process).into_iter().filter_map(of).sum()
}

/// A process and all its descendants.
fn family(process: u32) -> Vec<u32> {
    let parents: Vec<(u32, u32)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let process = entry.ok()?.file_name().to_str()?.parse().ok()?;
            let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
            let parent = text.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()?;
            Some((process, parent))
        })
        .collect();
    let mut family = vec![process];
    let mut at = 0;
    while at < family.len() {
        let of = family[at];
        family.extend(parents.iter().filter(|(_, parent)| *parent == of).map(|(child, _)| *child));
        at += 1;
    }
    family
}
