//! Entry of `litfass`.

use std::process::ExitCode;

fn main() -> ExitCode {
    controller::commands::run()
}
