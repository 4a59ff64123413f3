//! Entry of `litfass`.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Answers are many small things that live for microseconds, on several threads.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    controller::commands::run()
}
