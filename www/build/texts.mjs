// Makes the page's tables of words, src/texts/*.ts, from the catalogue of all that the program says. A table is loaded with
// the views that say its words.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { parse } from "@fluent/syntax";

const CATALOGUE = fileURLToPath(new URL("../../src/messages/texts", import.meta.url));
const OUT = fileURLToPath(new URL("../src/texts", import.meta.url));
/** The language that decides which words there are, and in which order their values are given. */
const FIRST = "zh";
/** Each table with the function that says its words: `page-county-due-left` is `c("due.left")`. */
const TABLES = { main: "t", county: "c", rules: "r", finish: "f", offer: "o", difference: "d", help: "h" };

/** A pattern's pieces: texts, and names of values. Nothing else of Fluent's is used. */
function pieces(elements, place) {
  return elements.map((element) => {
    if (element.type === "TextElement") return { text: element.value };
    if (element.expression.type === "StringLiteral") return { text: element.expression.value };
    if (element.expression.type === "VariableReference") return { name: element.expression.id.name };
    throw new Error(`${place}: only values and texts may stand in braces`);
  });
}

/** The page's sentences in a language, by table and key. */
function sentences(language) {
  const resource = parse(readFileSync(join(CATALOGUE, `${language}.ftl`), "utf8"), {});
  const tables = Object.fromEntries(Object.keys(TABLES).map((table) => [table, new Map()]));
  for (const entry of resource.body) {
    if (entry.type === "Junk") throw new Error(`${language}.ftl: ${entry.content}`);
    const [, table, key] = (entry.type === "Message" && /^page-(\w+?)-(.+)$/.exec(entry.id.name)) || [];
    if (key !== undefined) tables[table].set(key.replaceAll("-", "."), pieces(entry.value.elements, entry.id.name));
  }
  return tables;
}

const names = (said) => [...new Set(said.flatMap(({ name }) => name ?? []))];

/** As `speaker` takes it: the values in the order in which the first language names them. */
function numbered(said, order, place) {
  return said.map(({ text, name }) => {
    if (text !== undefined) return text;
    if (!order.includes(name)) throw new Error(`${place} has no value ${name} in ${FIRST}.ftl`);
    return `{${order.indexOf(name)}}`;
  }).join("");
}

/** Writes all tables anew. */
export function writeTexts() {
  const languages = readdirSync(CATALOGUE).map((file) => file.replace(/\.ftl$/, "")).sort((a) => (a === FIRST ? -1 : 1));
  const all = languages.map(sentences);
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  const head = "// Made by build/texts.mjs from src/messages/texts.\n";
  for (const [table, speaker] of Object.entries(TABLES)) {
    const words = {};
    for (const [key, said] of all[0][table]) {
      const order = names(said);
      words[key] = all.map((one, at) => {
        if (!one[table].has(key)) throw new Error(`${languages[at]}.ftl has no page-${table}-${key.replaceAll(".", "-")}`);
        return numbered(one[table].get(key), order, key);
      });
    }
    const code = `import { speaker } from "../speaker.ts";\n\nexport const ${speaker} = speaker(${JSON.stringify(words, null, 2)});\n`;
    writeFileSync(join(OUT, `${table}.ts`), head + code);
  }
  const called = Object.fromEntries(languages.map((language, at) => [language, all[at].main.get("language.name")[0].text]));
  writeFileSync(join(OUT, "languages.ts"), `${head}export const LANGUAGES = ${JSON.stringify(called)} as const;\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeTexts();
