//! Words on the terminal for whoever sets up a display, when it cannot even start.

use super::exit::Exit;

const NO_DRIVER: &str = "\
litfass-kiosk: Kein Vulkan-Treiber gefunden. Litfass zeichnet mit Vulkan.
  Installieren Sie den Treiber Ihrer Grafikkarte, unter Debian und Ubuntu:
      sudo apt install mesa-vulkan-drivers
  (für NVIDIA: nvidia-driver). Das Paket enthält auch einen Treiber, der auf dem
  Prozessor zeichnet: Dann steht das Bild still, statt sich zu bewegen.
  Prüfen können Sie es mit: vulkaninfo --summary (Paket vulkan-tools).

litfass-kiosk: no Vulkan driver found. Litfass draws with Vulkan.
  Install the driver of your graphics card, on Debian and Ubuntu:
      sudo apt install mesa-vulkan-drivers
  (for NVIDIA: nvidia-driver). The package also holds a driver that draws on the
  processor: pictures then keep still instead of moving.
  Check with: vulkaninfo --summary (package vulkan-tools).";

const NO_DISPLAY: &str = "\
litfass-kiosk: Kein Display erreichbar (weder Wayland noch X11).
  Starten Sie den Kiosk in einer grafischen Sitzung, zum Beispiel mit `cage -- litfass-kiosk …`,
  oder ohne Display mit --headless.

litfass-kiosk: no display can be reached (neither Wayland nor X11).
  Start the kiosk in a graphical session, for example with `cage -- litfass-kiosk …`,
  or without a display with --headless.";

const NOTHING: &str = "\
litfass-kiosk: Im Datenordner liegt kein Programm, das gezeichnet werden könnte. Koppeln Sie das Display zuerst.
litfass-kiosk: the data folder holds no programme to draw. Pair the display first.";

/// Says what is missing and what to do, and gives the exit code for it.
pub fn explain(exit: Exit) -> Exit {
    match exit {
        Exit::NoDriver => say(NO_DRIVER),
        Exit::NoDisplay => say(NO_DISPLAY),
        Exit::Nothing => say(NOTHING),
        Exit::Done | Exit::Broken | Exit::Usage | Exit::DeviceLost => {}
    }
    exit
}

/// Says something on the terminal.
#[expect(clippy::print_stderr, reason = "for whoever starts the program by hand or reads its journal")]
pub fn say(words: &str) {
    eprintln!("{words}");
}
