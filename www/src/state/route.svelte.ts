// The view and place that the address names: #/fill/隐患/3/责任人.

import { fromPointer, pointer } from "../model/document.ts";

export const VIEWS = ["start", "fill", "finish", "report", "county", "rules", "source", "help"] as const;
export type View = (typeof VIEWS)[number];

export interface Route {
  view: View;
  path: string[];
}

function current(): Route {
  const [name = "", ...path] = fromPointer(location.hash.replace(/^#/, "").split("/").map(decode).join("/"));
  const view = VIEWS.find((one) => one === name) ?? "start";
  return { view, path: view === "start" ? [] : path };
}

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

  constructor() {
    addEventListener("hashchange", () => (this.route = current()));
  }

  go(view: View, path: readonly (string | number)[] = []) {
    const to = address(view, path);
    // Going where one already is brings the focus back there.
    if (location.hash === to) this.route = current();
    else location.hash = to;
  }
}

export const router = new Router();
