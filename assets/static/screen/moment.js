// Times as people say them, in a programme's language and time zone. The same as `kiosk/src/stage/moment.rs`.

import { DAY, ahead, dayOf, parts, remainder, weekday } from "./zone.js";

function two(number) {
  return number < 10 ? `0${number}` : String(number);
}

export class Moment {
  // An instant, seen from somewhere.
  constructor(at, zone, words) {
    this.at = at;
    this.zone = zone;
    this.words = words;
  }

  // Days since 1970 of the date here.
  dayNumber(then = this.at) {
    return dayOf(this.zone, then);
  }

  // Minutes since midnight on the clock here.
  minuteOfDay(then = this.at) {
    return Math.floor(remainder(then + ahead(this.zone, then), DAY) / 60000);
  }

  // `14:05`
  clock(then = this.at) {
    const minute = this.minuteOfDay(then);
    return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
  }

  // How much of the day is over, from 0 to 1.
  dayPart() {
    return this.minuteOfDay() / 1440;
  }

  // `Wednesday 12 March`
  date(then = this.at) {
    return this.words.say("date", this.day(then));
  }

  // `Wed 12 March`
  shortDate() {
    return this.words.say("date-short", this.day(this.at));
  }

  // Short weekday, day of the month, and month, one by one.
  calendarLeaf(then) {
    const { short, day, month } = this.day(then);
    return [short, String(day), month];
  }

  // How long ago, or when, something was: `5 minutes ago`, `yesterday, 14:05`, `12 March 2024`.
  said(then) {
    // Whole minutes of the clock, so that all times on a display change together.
    const minutes = Math.floor(this.at / 60000) - Math.floor(then / 60000);
    const days = this.dayNumber() - this.dayNumber(then);
    const time = this.clock(then);
    if (minutes >= -5 && minutes <= 0) return this.words.say("just-now");
    if (minutes >= 1 && minutes < 60) return this.words.say("minutes-ago", { minutes });
    if (days === 0) return this.words.say("today-at", { time });
    if (days === 1) return this.words.say("yesterday-at", { time });
    const day = this.day(then);
    if (days >= -180 && days <= 180) return this.words.say("day-at", Object.assign(day, { time }));
    return this.words.say("day-of-year", day);
  }

  day(then) {
    const number = this.dayNumber(then);
    const [year, month, day] = parts(number);
    const name = weekday(number) + 1;
    return {
      weekday: this.words.say(`weekday-${name}`),
      short: this.words.say(`weekday-short-${name}`),
      month: this.words.say(`month-${month}`),
      day,
      year,
    };
  }
}
