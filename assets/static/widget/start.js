// The widget: posts of a stage on any page. It asks nobody but the server that it comes from, sets no cookie, and keeps in
// the browser only whom its visitor follows. The server puts texts and style in, and the files of this folder together.
const NAME = "litfass-wall";
const WORDS = "@words";
const STYLE = "@style";
const SETTINGS = ["stage", "topic", "layout", "count", "theme", "language", "height"];
const LAYOUTS = ["grid", "list", "carousel", "masonry"];
const MINUTE = 60_000;
// What is older than a week is no better than nothing.
const STALE = 7 * 1440 * MINUTE;
// A module is not told its own tag, and runs once for all that name it.
const current = document.currentScript;
const SCRIPTS = current ? [current] : [...document.querySelectorAll('script[type="module"][src*="/widget"]')];
const ORIGIN = SCRIPTS[0] ? new URL(SCRIPTS[0].src).origin : location.origin;
