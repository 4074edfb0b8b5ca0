// The example that came with the page: a school with faults, and the day on which it is checked. On any later day all that
// it has to do would be overdue.

import text from "../../../tests/samples/北关小学-有问题.json?raw";

/** What addresses call it. */
export const EXAMPLE = "example";

export const exampleDay = "2022-06-28";
export const exampleBytes = new TextEncoder().encode(text);
