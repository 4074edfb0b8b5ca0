// The view and place that the address names, and the draft that they are about: #/fill/隐患/3/责任人?draft=….

import { fromPointer, pointer } from "../model/document.ts";

export const VIEWS = ["start", "fill", "finish", "report", "county", "rules", "source", "help"] as const;
export type View = (typeof VIEWS)[number];
/** Views that show the open document. */
export const ABOUT_A_DRAFT: readonly (View | undefined)[] = ["fill", "finish", "report", "source"];
/** What addresses call the example, which is no draft. */
export const EXAMPLE = "example";

export interface Route {
  /** `undefined` where the address names none. */
  view: View | undefined;
  path: string[];
}

const parts = () => location.hash.replace(/^#/, "").split("?");

/** How many steps may follow a view: any number into the form, a school and its group in the county. */
const DEPTH: Partial<Record<View, number>> = { fill: Infinity, county: 2 };

/** What no view has is unknown, and not the view without it. */
function current(): Route {
  const [name = "", ...path] = fromPointer((parts()[0] ?? "").split("/").map(decode).join("/"));
  const view = name === "" ? "start" : VIEWS.find((one) => one === name);
  return view && path.length <= (DEPTH[view] ?? 0) ? { view, path } : { view: undefined, path: [] };
}

/** The draft that the address is about; none where it leaves that open. */
const named = (): string | undefined => new URLSearchParams(parts()[1]).get("draft") ?? undefined;

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The address of a view and, in the form, of a field. */
export function address(view: View, path: readonly (string | number)[] = []): string {
  const steps = path.map((part) => encodeURIComponent(pointer([part]).slice(1)));
  return "#/" + [view === "start" ? "" : view, ...steps].filter(Boolean).join("/");
}

class Router {
  route = $state.raw(current());
  /** Apart from the route: when a draft gets its place in the address, nobody has gone anywhere. */
  draft = $state(named());

  constructor() {
    addEventListener("hashchange", () => ([this.route, this.draft] = [current(), named()]));
  }

  go(view: View, path: readonly (string | number)[] = []) {
    const to = address(view, path);
    // Going where one already is brings the focus back there.
    if (location.hash.split("?")[0] === to) this.route = current();
    else location.hash = to;
  }

  /** Writes the draft into the address, so that it shows the same when it is loaded again. */
  about(draft: string | undefined) {
    if (!draft || !ABOUT_A_DRAFT.includes(this.route.view) || this.draft === draft) return;
    const [place] = location.hash.split("?");
    history.replaceState(history.state, "", `${place}?draft=${encodeURIComponent(draft)}`);
    this.draft = draft;
  }
}

export const router = new Router();
