// What was dropped or chosen, as files with their paths: a folder's order never matters, for they are sorted.

/** A file that was found. */
export interface Found {
  /** Its path from what was dropped or chosen on, with `/`. */
  path: string;
  /** `undefined` when the browser would not open it. */
  file: File | undefined;
}

/** Files and folders that were dropped. */
export async function dropped(transfer: DataTransfer): Promise<Found[]> {
  // All entries are taken before the first wait, after which the transfer is empty.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const files = [...transfer.files];
  if (entries.every((entry) => entry === null)) return chosen(files);
  const found: Found[] = [];
  for (const entry of entries) if (entry) await walk(entry, found);
  return found;
}

/** Files that were chosen, or a whole folder. */
export const chosen = (files: Iterable<File>): Found[] =>
  [...files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));

async function walk(entry: FileSystemEntry, found: Found[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, "");
  try {
    if (isFolder(entry)) for (const inner of await inside(entry)) await walk(inner, found);
    else found.push({ path, file: await opened(entry as FileSystemFileEntry) });
  } catch {
    found.push({ path, file: undefined });
  }
}

const opened = (entry: FileSystemFileEntry) => new Promise<File>((resolve, reject) => entry.file(resolve, reject));

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** Everything in a folder. A reader hands out at most a hundred entries a call, and none when it is at the end. */
async function inside(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const found: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return found;
    found.push(...some);
  }
}

/** Those that are not there yet, added; a file dropped twice is one file. */
export function together(before: readonly Found[], more: readonly Found[]): Found[] {
  const key = ({ path, file }: Found) => `${path}\0${file?.size}\0${file?.lastModified}`;
  const known = new Set(before.map(key));
  const fresh = more.filter((one) => !known.has(key(one)));
  return [...before, ...fresh].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
