//! The display's program.

use std::process::ExitCode;

fn main() -> ExitCode {
    kiosk::screens::run()
}
