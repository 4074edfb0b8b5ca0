// Rows that were copied from a spreadsheet: tab-separated, with quotes around cells of several lines.

import type { FormField } from "../wasm/checker.js";
import { fromText, isAnswer, type Row } from "./document.ts";

/** Cuts what a spreadsheet puts on the clipboard into rows of cells. */
export function cells(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const pattern = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\n|\r|$)/gy;
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (!found) return text.split(/\r\n|\n|\r/).map((line) => line.split("\t"));
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? "");
    if (found[3] === "\t") continue;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push([...row, ""]);
  return rows.filter((one) => one.some((cell) => cell.trim() !== ""));
}

/** A cell that is in no row: the line where it stands, its column by heading or number, what it says, and why. */
export interface Left {
  line: number;
  column: string;
  text: string;
  why: "unknown" | "twice" | "beyond" | "above" | "again";
}

export interface Pasted {
  rows: Row[];
  /** Every cell that is in none of them. */
  left: Left[];
}

/** How far down the headings may stand, below a title. */
const HEADING_LINES = 12;
/** What a column of row numbers is called, which the order of the rows says already. */
const NUMBER = "序号";

/** A heading without white space, the mark of what must be filled in, its unit and a colon. */
function bare(heading: string): string {
  const plain = heading.normalize("NFKC").replaceAll(/[\s*]/g, "");
  return plain.replace(/^([^(]+)\(.*\)$/, "$1").replace(/:$/, "");
}

const isCalled = (field: FormField, cell: string): boolean => [field.key, field.label].some((name) => bare(name) === bare(cell));

/**
 * The line of headings: the first, where half of it or a field at its own place is named and nothing in it answers what is
 * asked there; else one below a title that names more.
 */
function headingLine(lines: readonly string[][], fields: readonly FormField[], from: number): number | undefined {
  const names = (line: readonly string[]) => line.filter((cell) => fields.some((field) => isCalled(field, cell))).length;
  const filled = (line: readonly string[]) => line.filter((cell) => cell.trim() !== "").length;
  const [first = []] = lines;
  const atItsPlace = first.some((cell, index) => fields[from + index] !== undefined && isCalled(fields[from + index] as FormField, cell));
  const answers = first.some((cell, index) => isAnswer(cell, fields[from + index] ?? { kind: { type: "text", format: null }, unit: null }));
  if (!answers && (atItsPlace || (names(first) > 0 && names(first) * 2 >= filled(first)))) return 0;
  const below = lines.slice(0, HEADING_LINES).findIndex((line) => names(line) > 1 && names(line) * 2 > filled(line));
  return below < 0 ? undefined : below;
}

/**
 * Rows for a list. A line of the fields' names decides the columns, whatever their order; without one they follow the form's
 * order from the cell where they were pasted. Of two columns of one name the first counts, as in a workbook. A cell that
 * is in no row is told of, never dropped in silence.
 */
export function rows(text: string, fields: readonly FormField[], from = 0): Pasted {
  const lines = cells(text);
  const at = headingLine(lines, fields, from);
  const headings = at === undefined ? [] : (lines[at] ?? []);
  const named = headings.map((cell) => fields.find((field) => isCalled(field, cell)));
  const columns = at === undefined ? fields.slice(from) : named.map((field, index) => (named.indexOf(field) === index ? field : undefined));
  const left: Left[] = [];
  const leave = (line: number, index: number, text: string, why: Left["why"]) => {
    if (text.trim() !== "") left.push({ line: line + 1, column: headings[index]?.trim() || String(index + 1), text: text.trim(), why });
  };
  const isNumber = (index: number, cell: string) => bare(headings[index] ?? "") === NUMBER && /^\d+$/.test(cell.trim());
  const made = lines.flatMap((line, number) => {
    if (at !== undefined && number <= at) {
      // The keys of the program's own sheets stand in a hidden line, and nobody wrote them.
      const isKey = (cell: string) => cell.startsWith("/");
      if (number < at) line.forEach((cell, index) => isKey(cell) || leave(number, index, cell, "above"));
      return [];
    }
    // Printed sheets have their headings on each page.
    if (at !== undefined && line.every((cell, index) => bare(cell) === bare(headings[index] ?? ""))) {
      line.forEach((cell, index) => leave(number, index, cell, "again"));
      return [];
    }
    const row: Row = {};
    line.forEach((cell, index) => {
      const field = columns[index];
      const value = field && fromText(cell, field);
      if (field && value !== undefined) row[field.key] = value;
      else if (!field && !isNumber(index, cell)) leave(number, index, cell, named[index] ? "twice" : headings[index]?.trim() ? "unknown" : "beyond");
    });
    return Object.keys(row).length > 0 ? [row] : [];
  });
  return { rows: made, left };
}
