//! Memory: what is let go of goes back to the system at once.

/// From this size on, in bytes, a block is the system's own and goes back to it when it is let go of.
#[cfg(target_env = "gnu")]
const LARGE: libc::c_int = 256 << 10;

/// Asks the C library to keep no large blocks for later. By itself it raises its threshold to the size of a picture once one
/// has been let go of; the pictures after it then lie among small things, and their room stays taken for years.
/// Source: mallopt(3), "`M_MMAP_THRESHOLD`".
pub fn keep_nothing_large() {
    #[cfg(target_env = "gnu")]
    set(libc::M_MMAP_THRESHOLD, LARGE);
}

#[cfg(target_env = "gnu")]
#[expect(unsafe_code, reason = "there is no other way to tell the C library")]
fn set(what: libc::c_int, value: libc::c_int) {
    // SAFETY: it takes two numbers, locks what it changes, and refuses values that it does not know.
    let taken = unsafe { libc::mallopt(what, value) };
    debug_assert_eq!(taken, 1);
}

#[cfg(test)]
#[cfg(target_env = "gnu")]
mod tests {
    use std::process::Command;

    const ALONE: &str = "LITFASS_TEST_ALONE";
    const NAME: &str = "tools::memory::tests::pictures_go_back_to_the_system_also_after_others_did";

    /// Bytes of this process that are in memory.
    fn resident() -> usize {
        let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
        text.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).map_or(0, |pages| pages * 4_096)
    }

    #[test]
    fn pictures_go_back_to_the_system_also_after_others_did() {
        // In a process of its own: other tests take memory too, and need not live with what is set here.
        if std::env::var_os(ALONE).is_none() {
            let program = std::env::current_exe().unwrap();
            let alone = Command::new(program).args(["--exact", NAME]).env(ALONE, "1").output().unwrap();
            let said = String::from_utf8_lossy(&alone.stdout);
            assert!(alone.status.success() && said.contains("1 passed"), "{said}");
            return;
        }
        super::keep_nothing_large();
        // As many bytes as a display of 4K has.
        let picture = || vec![1_u8; 31 << 20];
        drop(picture());
        // Something small behind each of them would keep the room before it.
        let (large, small): (Vec<_>, Vec<_>) = (0..12).map(|_| (picture(), vec![1_u8; 64 << 10])).unzip();
        let before = resident();

        drop(large);

        assert!(resident() + (200 << 20) < before, "{} {before}", resident());
        drop(small);
    }
}
