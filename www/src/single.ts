// What the single file runs first: it unpacks the page's styles and code, which its policy knows by their hashes.

import { unpackedPart } from "./engine/unpacked.ts";

const text = async (name: string) => new TextDecoder().decode(await unpackedPart(name));
const element = (tag: string, content: string) => Object.assign(document.createElement(tag), { textContent: content });

void Promise.all([text("style"), text("code")]).then(([style, code]) => {
  document.getElementById("opening")?.remove();
  document.head.append(element("style", style));
  document.body.append(Object.assign(element("script", code), { type: "module" }));
});
