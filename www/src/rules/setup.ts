// CodeMirror, with the compiler's services. It lives in a shadow root: there its styles are constructed sheets, which the
// page's content security policy allows, where a style element would be refused.

import { autocompletion, type CompletionContext, completionKeymap, type CompletionResult } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, isolateHistory } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { Annotation, EditorState, type Extension, StateEffect, StateField, Text } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, highlightActiveLine, hoverTooltip, keymap, lineNumbers } from "@codemirror/view";

import type { Completion, Hover, Problem, Token } from "../wasm/compiler.js";
import { rich } from "./rich.ts";
import { theme } from "./theme.ts";

/** What the editor asks of whoever holds the files. */
export interface Hooks {
  /** The person changed the text. */
  changed(file: string, text: string): void;
  complete(file: string, offset: number): Promise<Completion[]>;
  hover(file: string, offset: number): Promise<Hover | null>;
  fix(problem: Problem): void;
  /** What a fix is called on its button. */
  fixName(problem: Problem): string;
  definition(file: string, offset: number): void;
  rename(): void;
  format(): void;
  /** CodeMirror's own words, in the person's language. */
  phrases: Record<string, string>;
  label: string;
}

/** A change that did not come from the person's typing. */
const fromOutside = Annotation.define<boolean>();
const setTokens = StateEffect.define<readonly Token[]>();
const marks = new Map<string, Decoration>();
const mark = (kind: string) => {
  const known = marks.get(kind) ?? Decoration.mark({ class: `t-${kind}` });
  marks.set(kind, known);
  return known;
};

/** Colours follow the text until the compiler has looked at it again. */
const tokens = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(set, transaction) {
    let found = set.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setTokens)) continue;
      const within = effect.value.filter(({ range }) => range.start < range.end && range.end <= transaction.newDoc.length);
      found = Decoration.set(within.map(({ range, kind }) => mark(kind).range(range.start, range.end)));
    }
    return found;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function completions(hooks: Hooks, file: string) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const typed = context.matchBefore(/[\p{L}\p{N}_.·"“]+/u);
    if (!context.explicit && !typed) return null;
    const items = await hooks.complete(file, context.pos);
    const [first] = items;
    if (!first || context.aborted) return null;
    const options = items.map(({ filter, label, detail, documentation, insert }) => ({
      label: filter || label,
      displayLabel: label,
      detail,
      apply: insert,
      ...(documentation ? { info: documentation } : {}),
    }));
    return { from: first.range.start, options };
  };
}

function hovering(hooks: Hooks, file: string) {
  return hoverTooltip(async (view, offset) => {
    const found = await hooks.hover(file, offset);
    if (!found || found.range.end > view.state.doc.length) return null;
    return { pos: found.range.start, end: found.range.end, above: true, create: () => ({ dom: rich(found.markdown) }) };
  });
}

/** A problem as CodeMirror shows it. */
export function diagnostic(problem: Problem, length: number, hooks: Hooks): Diagnostic {
  const { start, end } = problem.location.range;
  const actions = problem.fix ? [{ name: hooks.fixName(problem), apply: () => hooks.fix(problem) }] : [];
  return {
    from: Math.min(start, length),
    to: Math.min(end, length),
    severity: problem.error ? "error" : "warning",
    message: `${problem.message}\n${problem.help}`,
    source: problem.code,
    actions,
  };
}

function commands(hooks: Hooks, file: string) {
  const run = (act: () => void) => () => (act(), true);
  const place = (view: EditorView) => (hooks.definition(file, view.state.selection.main.head), true);
  return [
    { key: "F12", run: place },
    { key: "F2", run: run(hooks.rename) },
    { key: "Shift-Alt-f", run: run(hooks.format) },
  ];
}

function extensions(file: string, hooks: Hooks): Extension {
  const services = file.endsWith(".bulou")
    ? [autocompletion({ override: [completions(hooks, file)], icons: false }), hovering(hooks, file), keymap.of(commands(hooks, file))]
    : [];
  return [
    services,
    lineNumbers(),
    history(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    bracketMatching(),
    search({ top: true }),
    lintGutter(),
    tokens,
    EditorView.lineWrapping,
    EditorState.phrases.of(hooks.phrases),
    EditorView.contentAttributes.of({ "aria-label": `${hooks.label} ${file}`, spellcheck: "false", tabindex: "0" }),
    // Tab leaves the editor, as it leaves every other box.
    keymap.of([...completionKeymap, ...lintKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap]),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && !update.transactions.some((one) => one.annotation(fromOutside))) hooks.changed(file, update.state.doc.toString());
    }),
    theme,
  ];
}

/** One view of many files; each keeps its history while the page is open. */
export class Editor {
  readonly view: EditorView;
  #states = new Map<string, EditorState>();
  #file = "";

  constructor(
    host: HTMLElement,
    readonly hooks: Hooks,
  ) {
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    this.view = new EditorView({ parent: root, root });
  }

  /** Shows a file. */
  show(file: string, text: string) {
    if (this.#file === file) return this.replace(file, text);
    if (this.#file !== "") this.#states.set(this.#file, this.view.state);
    this.#file = file;
    this.view.setState(this.#states.get(file) ?? this.#made(file, text));
    this.replace(file, text);
  }

  #made(file: string, text: string): EditorState {
    return EditorState.create({ doc: text, extensions: extensions(file, this.hooks) });
  }

  /** Gives a file another text, as one step that can be undone; what stays the same keeps its place. */
  replace(file: string, text: string) {
    const state = file === this.#file ? this.view.state : this.#states.get(file);
    if (!state || state.doc.toString() === text) return;
    const change = { changes: difference(state.doc, text), annotations: [fromOutside.of(true), isolateHistory.of("full")] };
    if (file === this.#file) this.view.dispatch(change);
    else this.#states.set(file, state.update(change).state);
  }

  colour(file: string, found: readonly Token[]) {
    if (file === this.#file) this.view.dispatch({ effects: setTokens.of(found) });
  }

  mark(problems: readonly Problem[]) {
    const { state } = this.view;
    const here = problems.filter(({ location }) => location.file === this.#file);
    this.view.dispatch(setDiagnostics(state, here.map((one) => diagnostic(one, state.doc.length, this.hooks))));
  }

  /** Goes to a place of the file that is shown. */
  go(start: number, end: number) {
    const { length } = this.view.state.doc;
    const selection = { anchor: Math.min(start, length), head: Math.min(end, length) };
    this.view.dispatch({ selection, effects: EditorView.scrollIntoView(selection.anchor, { y: "center" }) });
    this.view.focus();
  }

  find() {
    openSearchPanel(this.view);
  }

  get offset(): number {
    return this.view.state.selection.main.head;
  }
}

/** The smallest change from one text to another that leaves what stands before and after it. */
function difference(doc: Text, text: string): { from: number; to: number; insert: string } {
  const old = doc.toString();
  let from = 0;
  while (from < old.length && from < text.length && old[from] === text[from]) from += 1;
  let [to, end] = [old.length, text.length];
  while (to > from && end > from && old[to - 1] === text[end - 1]) [to, end] = [to - 1, end - 1];
  return { from, to, insert: text.slice(from, end) };
}
