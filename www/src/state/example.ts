// The example that came with the page: a school with faults. It is loaded when it is asked for.

import text from "../../../tests/samples/北关小学-有问题.json?raw";

export const exampleBytes = new TextEncoder().encode(text);
