// Which files may be workbooks, by their first bytes: a zip (.xlsx, .xlsb, .ods) or an old Office file (.xls).

const MARKS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
] as const;

export const isWorkbook = (bytes: Uint8Array): boolean =>
  MARKS.some((mark) => mark.every((byte, index) => bytes[index] === byte));

/** What a browser's file picker offers beside JSON. */
export const WORKBOOKS = ".xlsx,.xls,.xlsb,.ods";
export const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
