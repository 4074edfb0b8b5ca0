// Says the page's own words in the person's language. What the rules say comes from the pack.

import { ALL_LANGUAGES, settings } from "./state/settings.svelte.ts";

/** Says words of a table, with values put in for {0}, {1} … */
export const speaker =
  <Key extends string>(words: Record<Key, string[]>) =>
  (key: Key, ...values: (string | number)[]): string => {
    const text = words[key][ALL_LANGUAGES.indexOf(settings.lang)] ?? "";
    return text.replaceAll(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ""));
  };
