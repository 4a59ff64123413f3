//! What a kiosk says about itself, trimmed to what is worth keeping.

use shared::protocol::{Fault, OnNow, Report};

const MOST_FAULTS: usize = 10;
const MOST_REGIONS: usize = 16;
const LONGEST_NAME: usize = 120;
const LONGEST_DETAIL: usize = 300;

/// A report with every list and text cut to size: a kiosk is not trusted.
#[must_use]
pub fn trimmed(report: Report) -> Report {
    let skip = report.faults.len().saturating_sub(MOST_FAULTS);
    let faults = report.faults.into_iter().skip(skip).map(|fault| Fault {
        name: cut(&fault.name, LONGEST_NAME),
        detail: cut(&fault.detail, LONGEST_DETAIL),
        ..fault
    });
    let on = report.on.into_iter().take(MOST_REGIONS).map(|on| OnNow {
        region: cut(&on.region, LONGEST_NAME),
        entry: cut(&on.entry, LONGEST_NAME),
        ..on
    });
    Report {
        faults: faults.collect(),
        on: on.collect(),
        adapter: cut(&report.adapter, LONGEST_NAME),
        kiosk: cut(&report.kiosk, LONGEST_NAME),
        ..report
    }
}

fn cut(text: &str, longest: usize) -> String {
    text.chars().filter(|c| !c.is_control()).take(longest).collect()
}

#[cfg(test)]
mod tests {
    use shared::protocol::{Fault, Report};

    use super::{LONGEST_DETAIL, MOST_FAULTS, trimmed};

    #[test]
    fn a_chatty_kiosk_is_cut_short_and_its_newest_faults_stay() {
        let fault = |at| Fault { name: "hash".into(), detail: "ö\u{7}".repeat(9_999), at };
        let report = Report { faults: (0..50).map(fault).collect(), adapter: "x".repeat(9_999), ..Report::default() };

        let report = trimmed(report);

        assert_eq!((report.faults.len(), report.faults[MOST_FAULTS - 1].at), (MOST_FAULTS, 49));
        assert_eq!(report.faults[0].detail, "ö".repeat(LONGEST_DETAIL));
        assert!(report.adapter.len() < 200);
    }
}
