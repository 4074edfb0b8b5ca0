// Says the page's own words in the person's language. What the rules say comes from the pack.

import { ALL_LANGUAGES, inAll, type Lang, settings } from "./state/settings.svelte.ts";

/** Says words of a table, with values put in for {0}, {1} … */
export function speaker<Key extends string>(words: Record<Key, string[]>) {
  const say = (lang: Lang, key: Key, ...values: (string | number)[]): string => {
    const text = words[key][ALL_LANGUAGES.indexOf(lang)] ?? "";
    return text.replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ""));
  };
  return Object.assign((key: Key, ...values: (string | number)[]) => say(settings.lang, key, ...values), {
    /** In each language, for what is kept and may be read in another. */
    inAll: (key: Key, ...values: (string | number)[]) => inAll((lang) => say(lang, key, ...values)),
  });
}
