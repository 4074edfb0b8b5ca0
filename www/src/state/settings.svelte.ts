// What the person chose, kept in this browser: the language and the day of the check.

export type Lang = "zh" | "en";

const LANG = "bulou.lang";

/** Today in the person's own time zone. */
export function today(): string {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

function kept(): Lang {
  try {
    return localStorage.getItem(LANG) === "en" ? "en" : "zh";
  } catch {
    return "zh"; // Storage may be forbidden; the page works without it.
  }
}

class Settings {
  lang = $state<Lang>(kept());
  /** 核对日 */
  asOf = $state(today());

  setLang(lang: Lang) {
    this.lang = lang;
    try {
      localStorage.setItem(LANG, lang);
    } catch {
      // See above.
    }
  }
}

export const settings = new Settings();
