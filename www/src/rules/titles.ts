// What a pack's files are called for people: by what they say of themselves, and not by their names.

import type { Texts } from "../engine/rules.ts";

/** A rule file begins with a comment, of which the first words are its title: `# 摸底排查:三日内摸清…`. */
export function fileTitle(files: Texts, name: string): string {
  const said = name.endsWith(".bulou") ? /^#\s*([^::。;;,,\n\r]+)/.exec(files[name] ?? "")?.[1]?.trim() : undefined;
  return said || name.replace(/\.bulou$/, "");
}
