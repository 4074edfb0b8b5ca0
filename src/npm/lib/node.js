// For Node: modules and packs from disk.

import { readFile } from "node:fs/promises";

import { folder } from "./folder.js";
import { otherwise } from "./modules.js";
import { readBy } from "./pack.js";

const at = (name) => () => readFile(new URL(`../wasm/${name}`, import.meta.url));
otherwise({ checker: at("checker_bg.wasm"), office: at("office_bg.wasm"), pack: at("pack.bin") });
readBy(folder);

export { BulouError, DayError, DocumentError, ModuleError, NoDocumentsError, PackError, UnfitError } from "./errors.js";
export { provide } from "./modules.js";
export { Pack, today } from "./pack.js";
