// What was dropped or chosen, as files with their names: a folder's order never matters, for they are sorted.

import type { Named } from "../engine/protocol.ts";

/** A file that was found. */
export interface Found extends Named {
  /** Its path from what was dropped or chosen on; `name` is the path within that folder, as the command line has it. */
  path: string;
}

const found = (path: string, folder: boolean, file: File | undefined): Found => ({
  path,
  name: folder ? path.slice(path.indexOf("/") + 1) : path,
  file,
});

/** Files and folders that were dropped. */
export async function dropped(transfer: DataTransfer): Promise<Found[]> {
  // All entries are taken before the first wait, after which the transfer is empty.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const files = [...transfer.files];
  if (entries.every((entry) => entry === null)) return chosen(files);
  const all: Found[] = [];
  for (const entry of entries) if (entry) await walk(entry, entry.isDirectory, all);
  return all;
}

/** Files that were chosen, or a whole folder. */
export const chosen = (files: Iterable<File>): Found[] =>
  [...files].map((file) => found(file.webkitRelativePath || file.name, file.webkitRelativePath !== "", file));

async function walk(entry: FileSystemEntry, folder: boolean, all: Found[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, "");
  try {
    if (isFolder(entry)) for (const inner of await inside(entry)) await walk(inner, folder, all);
    else all.push(found(path, folder, await opened(entry as FileSystemFileEntry)));
  } catch {
    all.push(found(path, folder, undefined));
  }
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
const opened = (entry: FileSystemFileEntry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject));

/** Everything in a folder. A reader hands out at most a hundred entries a call, and none when it is at the end. */
async function inside(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** Those before and those that are new, by path; a file that was dropped twice is one file. */
export function together(before: readonly Found[], more: readonly Found[]): Found[] {
  const key = ({ path, file }: Found) => `${path}\0${file?.size}\0${file?.lastModified}`;
  const all = new Map([...before, ...more].map((one) => [key(one), one]));
  return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
