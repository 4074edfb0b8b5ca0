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
  alone: !folder,
});

/** Files that were chosen, or a whole folder. */
export const chosen = (files: Iterable<File>): Found[] =>
  [...files].map((file) => found(file.webkitRelativePath || file.name, file.webkitRelativePath !== "", file));

/** A file or folder that was dropped. */
interface Dropped {
  name: string;
  isFolder: boolean;
  inside: () => Promise<Dropped[]>;
  open: () => Promise<File>;
}

/** Files and folders that were dropped. */
export async function dropped(transfer: DataTransfer): Promise<Found[]> {
  // All are taken before the first wait, after which the transfer is empty.
  const items = [...transfer.items].map(taken);
  const all: Found[] = [];
  for (const item of items) {
    const one = await item;
    if (one) await walk(one, one.name, one.isFolder, all);
  }
  return items.length > 0 ? all : chosen(transfer.files);
}

/** A handle where the browser has them: in a page opened by double-click Chromium lets no one read by entries. */
function taken(item: DataTransferItem): Promise<Dropped | undefined> {
  const entry = item.webkitGetAsEntry?.();
  const known = entry ? byEntry(entry) : undefined;
  const handle = (item as Handing).getAsFileSystemHandle?.();
  return handle ? handle.then((handle) => (handle ? byHandle(handle) : known)).catch(() => known) : Promise.resolve(known);
}

type Handing = DataTransferItem & { getAsFileSystemHandle?: () => Promise<FileSystemHandle | null> };

async function walk(one: Dropped, path: string, folder: boolean, all: Found[]): Promise<void> {
  try {
    if (!one.isFolder) all.push(found(path, folder, await one.open()));
    else for (const inner of await one.inside()) await walk(inner, `${path}/${inner.name}`, folder, all);
  } catch {
    all.push(found(path, folder, undefined));
  }
}

function byHandle(handle: FileSystemHandle): Dropped {
  return {
    name: handle.name,
    isFolder: handle.kind === "directory",
    open: () => (handle as FileSystemFileHandle).getFile(),
    inside: async () => {
      const all: Dropped[] = [];
      for await (const inner of (handle as FileSystemDirectoryHandle).values()) all.push(byHandle(inner));
      return all;
    },
  };
}

function byEntry(entry: FileSystemEntry): Dropped {
  return {
    name: entry.name,
    isFolder: entry.isDirectory,
    open: () => new Promise((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
    inside: async () => (await entries(entry as FileSystemDirectoryEntry)).map(byEntry),
  };
}

/** Everything in a folder. A reader hands out at most a hundred entries a call, and none when it is at the end. */
async function entries(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
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
