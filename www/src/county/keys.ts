// How keys move in a grid, as the ARIA authoring practices have it.

export interface Place {
  row: number;
  column: number;
}

/** Rows that Page Up and Page Down jump. */
const JUMP = 10;

/** Where a key leads from a cell; `undefined` for other keys. `last` is the cell at the end. */
export function move({ key, ctrlKey }: { key: string; ctrlKey: boolean }, at: Place, last: Place): Place | undefined {
  const { row, column } = at;
  const places: Record<string, Place> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    Home: { row: ctrlKey ? 0 : row, column: 0 },
    End: { row: ctrlKey ? last.row : row, column: last.column },
    PageUp: { row: row - JUMP, column },
    PageDown: { row: row + JUMP, column },
  };
  const to = places[key];
  const within = (value: number, end: number) => Math.min(Math.max(value, 0), end);
  return to && { row: within(to.row, last.row), column: within(to.column, last.column) };
}
