// Text as it came from the world, made fit to be drawn. The same as `kiosk/src/stage/clean.rs`.

// Longest text that is looked at: what is beyond never fits on the glass.
const LONGEST = 2000;
// More marks than this on one letter are a joke, not a language; of Latin marks more than that.
const MOST_MARKS = 3;
const MOST_LATIN_MARKS = 2;
// Longest word that stays with the number before it, and longest one after a quotation mark that stays with the next.
const LONGEST_UNIT = 7;
const LONGEST_ARTICLE = 4;
// Longest link that is shown whole.
const LONGEST_LINK = 36;
// Ends of addresses that are common enough for a bare `name.end` to be one.
const KNOWN_ENDS = [
  "de", "com", "org", "net", "eu", "at", "ch", "io", "info", "example", "museum", "berlin", "social",
];

// Kinds of characters by their Unicode properties; browsers that do not know these take a coarser guess.
function kind(properties, guess) {
  try {
    return new RegExp(properties, "u");
  } catch (_) {
    return guess;
  }
}

const LETTER = kind("^\\p{Alphabetic}$", /^[A-Za-z\u00aa-\u02ff\u0370-\u1fff\u2c00-\ud7ff\uf900-\uffdc]$/);
const ALPHANUMERIC = kind("^[\\p{Alphabetic}\\p{N}]$", /^[0-9A-Za-z\u00aa-\u02ff\u0370-\u1fff\u2c00-\ud7ff\uf900-\uffdc]$/);
const MARK = kind("^\\p{M}$", /^[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u0e31\u0e34-\u0e3a\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]$/);
const LATIN_MARK = /^[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20e2\u20e4-\u20ff]$/;

function isDropped(c) {
  const code = c.codePointAt(0);
  const within = (from, to) => code >= from && code <= to;
  // Overrides and embeddings make words read other than they are stored; others are invisible or unassigned on purpose.
  return within(0x202a, 0x202e) || within(0x2066, 0x2069) || code === 0xfeff || within(0xfff9, 0xfffb) || code === 0xad
    || within(0x2060, 0x2065) || code === 0x180e || within(0xe000, 0xf8ff) || code >= 0xf0000
    || code < 0x20 || within(0x7f, 0x9f);
}

// Whether marks are piled on letters that carry one or two in any language.
function isPiled(text) {
  let marks = 0;
  for (const c of text.slice(0, LONGEST * 8)) {
    marks = LATIN_MARK.test(c) ? marks + 1 : 0;
    if (marks > MOST_LATIN_MARKS) return true;
  }
  return false;
}

// Links are there to be recognised, not to be typed: the QR code leads on.
function shortLink(word) {
  if (!/^https?:\/\//.test(word)) return word;
  const rest = word.replace(/^https?:\/\//, "").replace(/^www\./, "").replace(/\/+$/, "");
  const letters = Array.from(rest);
  const short = letters.length <= LONGEST_LINK ? rest : `${letters.slice(0, LONGEST_LINK - 1).join("")}…`;
  // A line may break behind a slash, which not all browsers know.
  return short.replace(/\/(?=.)/g, "/\u200b");
}

// Whether a line must not break between two words: `13 Uhr`, `12. March`, `“The sea”`.
function belongTogether(before, word) {
  let end = Array.from(word);
  while (end.length > 0 && !ALPHANUMERIC.test(end[end.length - 1])) end = end.slice(0, -1);
  const number = before.replace(/\.+$/, "");
  const counts = /^[0-9.,:]+$/.test(number) && end.length <= LONGEST_UNIT && end.every(c => LETTER.test(c));
  const opens = /^[„“«»‚]/.test(before) && Array.from(before).length <= LONGEST_ARTICLE;
  return (counts && (end.length > 0 || Array.from(word).length === 1)) || opens;
}

function squeezed(line) {
  const words = line.split(/\s+/).filter(word => word !== "").map(shortLink);
  return words.reduce((all, word, at) => (
    at === 0 ? word : all + (belongTogether(words[at - 1], word) ? "\u00a0" : " ") + word
  ), "");
}

// Removes what harms a drawing: control characters, characters that turn the reading direction around, piles of marks,
// blank lines; shortens what could never fit.
export function clean(text) {
  const joke = isPiled(text);
  let result = "";
  let marks = 0;
  let length = 0;
  for (const said of text.normalize("NFC")) {
    if (length >= LONGEST) {
      result += "…";
      break;
    }
    const isBreak = said === "\n" || said === "\u2028" || said === "\u2029" || said === "\u0085";
    const isSpace = said === "\t" || said === "\u00a0" || said === "\u202f";
    if (!isBreak && !isSpace && isDropped(said)) continue;
    marks = MARK.test(said) ? marks + 1 : 0;
    if (marks > MOST_MARKS || (joke && LATIN_MARK.test(said))) continue;
    result += isBreak ? "\n" : isSpace ? " " : said;
    length += 1;
  }
  return result.split("\n").map(squeezed).filter(line => line !== "").join("\n");
}

// One line of it.
export function cleanLine(text) {
  return clean(text).replace(/\n/g, " ");
}

// Whether a word is a hashtag, a mention or a link.
export function isTinted(word) {
  const letters = Array.from(word);
  if ((letters[0] === "#" || letters[0] === "@") && letters.length > 1 && ALPHANUMERIC.test(letters[1])) return true;
  const host = word.split("/")[0];
  const found = /^([A-Za-z0-9.-]*[A-Za-z][A-Za-z0-9.-]*)\.([a-z]{2,12})$/.exec(host);
  return host.length > 4 && found !== null && (word.length > host.length || KNOWN_ENDS.includes(found[2]));
}
