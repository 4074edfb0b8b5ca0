// Rows that were copied from a spreadsheet: tab-separated, with quotes around cells of several lines.

import type { FormField } from "../wasm/checker.js";
import { fromText, type Row } from "./document.ts";

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

/**
 * Rows for a list. A first row of the fields' names decides the columns, whatever their order; without one they follow
 * the form's order from the cell where they were pasted. A cell that fits no column is told of, never dropped in silence.
 */
export function rows(text: string, fields: readonly FormField[], from = 0): { rows: Row[]; left: string[] } {
  const [first, ...rest] = cells(text);
  if (!first) return { rows: [], left: [] };
  const named = first.map((cell) => fields.find((field) => [field.key, field.label].includes(cell.trim())));
  const headed = named.filter(Boolean).length * 2 > first.length;
  const columns = headed ? named : fields.slice(from);
  const left: string[] = [];
  const made = (headed ? rest : [first, ...rest]).map((line) => {
    const row: Row = {};
    line.forEach((cell, index) => {
      const field = columns[index];
      const value = field && fromText(cell, field);
      if (field && value !== undefined) row[field.key] = value;
      else if (!field && cell.trim() !== "") left.push(cell);
    });
    return row;
  });
  return { rows: made, left };
}
