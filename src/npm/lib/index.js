// For browsers and bundlers. Each file is named where bundlers look for it.

import { otherwise } from "./modules.js";

otherwise({
  checker: () => new URL("../wasm/checker_bg.wasm", import.meta.url),
  office: () => new URL("../wasm/office_bg.wasm", import.meta.url),
  pack: () => new URL("../wasm/pack.bin", import.meta.url),
});

export { BulouError, DayError, DocumentError, ModuleError, NoDocumentsError, PackError, UnfitError } from "./errors.js";
export { provide } from "./modules.js";
export { Pack, today } from "./pack.js";
