// What the person chose: the language, kept in this browser, and the day of the check, kept in this tab.

import { LANGUAGES } from "../texts/languages.ts";

export type Lang = keyof typeof LANGUAGES;

const LANG = "bulou.lang";
const DAY = "bulou.day";

/** Beijing's time is eight hours ahead, the whole year round. */
const AHEAD = 8 * 3_600_000;
const A_DAY = 24 * 3_600_000;
/** A timer of a sleeping machine rings late; the day is looked at again when the page is. */
const AFTER_MIDNIGHT = 1000;

/** Today in Beijing, as on the command line, wherever the machine believes to be. */
export const today = (): string => new Date(Date.now() + AHEAD).toISOString().slice(0, 10);

const untilMidnight = (): number => A_DAY - ((Date.now() + AHEAD) % A_DAY) + AFTER_MIDNIGHT;

/** Storage may be forbidden; the page works without it. */
function kept(store: () => Storage, key: string): string | null {
  try {
    return store().getItem(key);
  } catch {
    return null;
  }
}

function keep(store: () => Storage, key: string, value: string | undefined) {
  try {
    if (value === undefined) store().removeItem(key);
    else store().setItem(key, value);
  } catch {
    // See above.
  }
}

const local = () => localStorage;
const tab = () => sessionStorage;

/** Something of each language. */
export const inAll = <Said>(said: (lang: Lang) => Said): Record<Lang, Said> =>
  Object.fromEntries(ALL_LANGUAGES.map((lang) => [lang, said(lang)])) as Record<Lang, Said>;

/** All languages of the page. */
export const ALL_LANGUAGES = Object.keys(LANGUAGES) as Lang[];

class Settings {
  lang = $state<Lang>(ALL_LANGUAGES.find((lang) => lang === kept(local, LANG)) ?? "zh");
  today = $state(today());
  /** The day that the person chose; without one it is today, and stays so past midnight. */
  #chosen = $state(kept(tab, DAY) ?? undefined);

  constructor() {
    const look = () => (this.today = today());
    const wait = () => setTimeout(() => (look(), wait()), untilMidnight());
    wait();
    addEventListener("visibilitychange", look);
    addEventListener("pageshow", look);
    addEventListener("focus", look);
  }

  /** 核对日 */
  get asOf(): string {
    return this.#chosen ?? this.today;
  }

  set asOf(day: string) {
    this.#chosen = day === today() ? undefined : day;
    keep(tab, DAY, this.#chosen);
  }

  setLang(lang: Lang) {
    this.lang = lang;
    keep(local, LANG, lang);
  }
}

export const settings = new Settings();
