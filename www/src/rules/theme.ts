// The editor's looks, in the page's own colours: those are custom properties, which reach into the shadow root.

import { EditorView } from "@codemirror/view";

const PANEL = { backgroundColor: "var(--panel)", color: "var(--ink)", border: "1px solid var(--line)" };

export const theme = EditorView.theme({
  "&": { backgroundColor: "var(--panel)", color: "var(--ink)", fontSize: "0.95rem", height: "100%" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "-1px" },
  ".cm-scroller": { fontFamily: '"Sarasa Mono SC", "Noto Sans Mono CJK SC", Consolas, "Microsoft YaHei", monospace', lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--wash)", color: "var(--soft)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "var(--code-line)" },
  ".cm-tooltip": { ...PANEL, maxWidth: "min(32rem, 90vw)", zIndex: "3" },
  ".cm-tooltip .hover": { padding: "0.3rem 0.7rem", maxHeight: "16rem", overflow: "auto", fontSize: "0.9rem", lineHeight: "1.5" },
  ".hover p, .hover pre, .hover blockquote": { margin: "0.3rem 0", whiteSpace: "pre-wrap" },
  ".hover blockquote": { borderLeft: "3px solid var(--line)", paddingLeft: "0.6rem" },
  ".cm-tooltip-autocomplete > ul": { fontFamily: "inherit" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionInfo": { ...PANEL, maxWidth: "20rem" },
  ".cm-completionDetail": { color: "var(--soft)", fontStyle: "normal", marginLeft: "0.8em" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-diagnostic": { whiteSpace: "pre-wrap", padding: "0.3rem 0.7rem" },
  ".cm-diagnosticAction": { backgroundColor: "var(--accent)", color: "var(--on-accent)", font: "inherit", padding: "0.1rem 0.6rem", borderRadius: "4px" },
  ".cm-diagnosticSource": { color: "var(--soft)", opacity: "1" },
  ".cm-panels": { backgroundColor: "var(--wash)", color: "var(--ink)", borderBottom: "1px solid var(--line)" },
  ".cm-panel input, .cm-panel button, .cm-panel label": { fontSize: "0.9rem", color: "var(--ink)" },
  ".cm-textfield, .cm-button": { ...PANEL, backgroundImage: "none" },
  ".t-keyword": { color: "var(--code-word)", fontWeight: "600" },
  ".t-comment": { color: "var(--soft)", fontStyle: "italic" },
  ".t-string": { color: "var(--code-text)" },
  ".t-number, .t-date": { color: "var(--code-number)" },
  ".t-field, .t-variable": { color: "var(--code-name)" },
  ".t-type, .t-option, .t-source": { color: "var(--code-type)" },
  ".t-param, .t-define, .t-function": { color: "var(--code-name)", fontWeight: "600" },
  ".t-rule": { fontWeight: "700" },
}, { dark: matchMedia("(prefers-color-scheme: dark)").matches });
