// What a display says by itself, in the languages of the house: the kiosk's own words, put in when the script is served.

const WORDS = "@words";

export class Words {
  // The words of a language (`de`, `de-AT`); English for one that is not spoken here.
  constructor(language) {
    const primary = language.split(/[-_]/)[0];
    this.language = WORDS[primary] ? primary : "en";
  }

  // Says something with values in it; the key itself if there is no word for it. What is counted has two forms.
  say(key, values) {
    const known = WORDS[this.language][key];
    if (known === undefined) return key;
    const given = values || {};
    const text = Array.isArray(known) ? known[(given.count || given.minutes || 0) === 1 ? 0 : 1] : known;
    return text.replace(/\{(\w+)\}/g, (_, name) => String(given[name]));
  }
}
