// A report as one file to read and print anywhere, that asks for nothing beside it.

import { flushSync, mount, unmount } from "svelte";

import type { Row } from "../model/document.ts";
import { packs } from "../state/packs.svelte.ts";
import { t } from "../texts/main.ts";
import type { Report } from "../wasm/checker.js";
import css from "./paper.css?inline";
import Sheet from "./Sheet.svelte";

const PAGE = `
@page { size: A4; margin: 16mm 14mm 18mm; }
body { margin: 0; background: #eee; }
.paper { max-width: 210mm; margin: 0 auto; padding: 12mm; box-sizing: border-box; }
.scroll { overflow-x: auto; }
.blank { font-weight: 700; }
@media (max-width: 40rem) { .paper { padding: 4mm; } .paper dl.answers { grid-template-columns: 1fr; } .paper table { display: block; overflow-x: auto; } }
@media print { body { background: #fff; } .paper { padding: 0; max-width: none; } }`;

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** The report's HTML, with the answers that it is about. */
export function reportFile(report: Report, document: Row): string {
  const target = window.document.createElement("div");
  const sheet = mount(Sheet, { target, props: { report, document, annex: true } });
  flushSync();
  // What a framework marks its places with is nobody's business.
  const body = target.innerHTML.replaceAll(/<!--.*?-->/gs, "").replaceAll(/ class="s-[\w-]+"/g, "");
  void unmount(sheet);
  const title = [report.subject.name, packs.pack?.title, t("print.form")].filter(Boolean).join(" ");
  return `<!doctype html>
<html lang="${t("locale")}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${css}${PAGE}</style>
</head>
<body><main class="paper">${body}</main></body>
</html>
`;
}
