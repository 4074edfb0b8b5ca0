// Files that people choose, opened: what a browser says of one that it cannot open is in its own language and names nothing.

import { Told } from "./said.ts";
import { t } from "../texts/main.ts";

/** A file's bytes. */
export async function opened(file: Blob, name: string): Promise<ArrayBuffer> {
  try {
    return await file.arrayBuffer();
  } catch {
    throw new Told(() => `${name}: ${t("open.unreadable")}`);
  }
}

/** A file's text, which is UTF-8 and no other: of what is not, nobody would see which characters were lost. */
export async function openedText(file: File): Promise<string> {
  const bytes = await opened(file, file.name);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Told(() => t(isCut(bytes) ? "open.cut" : "open.encoding", file.name));
  }
}

/** The bytes are UTF-8 but for a character that their end cuts off. */
function isCut(bytes: ArrayBuffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
