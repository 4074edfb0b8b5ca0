#!/usr/bin/env node
// The command `bulou`: the same as the native program, on any platform that has Node.

import { existsSync, readFileSync } from "node:fs";

import { run } from "./host.js";

try {
  const bytes = readFileSync(new URL("./bulou.wasm", import.meta.url));
  process.exitCode = await run(bytes, process.argv.slice(2), existsSync);
} catch (error) {
  const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  console.error(`bulou: 程序中途停了,没有核对完:前面印出来的都不算数 (${why})
bulou: the program broke off before its end: nothing of what it printed counts (${why})`);
  process.exitCode = 2;
}
