//! Processor time, as Linux counts it.

use std::fs;

/// Linux counts processor time for programs in hundredths of a second (proc(5), sysconf(3)).
const TICKS: f64 = 100.0;

/// Seconds of processor, user and system, that a process has used so far.
pub fn processor_secs(process: u32) -> f64 {
    seconds(process, [11, 12])
}

/// The same of all processes that this one has started and waited for.
pub fn children_secs() -> f64 {
    seconds(std::process::id(), [13, 14])
}

fn seconds(process: u32, fields: [usize; 2]) -> f64 {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name in brackets may hold blanks; what is counted are fields after it.
    let after = text.rsplit_once(')').map_or("", |(_, after)| after);
    let numbers: Vec<f64> = after.split_whitespace().map(|field| field.parse().unwrap_or(0.0)).collect();
    fields.into_iter().filter_map(|field| numbers.get(field)).sum::<f64>() / TICKS
}
