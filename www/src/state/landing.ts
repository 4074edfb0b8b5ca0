// Where the focus goes when an address is opened: to the named answer's own control.

import { pointer } from "../model/document.ts";

const CONTROL = "input:not([tabindex='-1']), select, textarea, button:not([tabindex='-1'])";

/** The control of a place in the form, or of the nearest one around it that is there. */
function control(path: readonly string[]): HTMLElement | undefined {
  for (let length = path.length; length > 0; length -= 1) {
    const place = pointer(path.slice(0, length));
    // A row of a table has no element of its own: its first box stands for it.
    const found = document.getElementById(place) ?? first(place);
    if (!found) continue;
    // What is folded away is shown.
    for (let one = found.closest("details"); one; one = one.parentElement?.closest("details") ?? null) one.open = true;
    if (found.matches(CONTROL)) return found;
    // A part or list is answered by its first box, an empty list by its button.
    return found.querySelector<HTMLElement>(CONTROL) ?? found.parentElement?.querySelector<HTMLElement>(CONTROL) ?? found;
  }
  return undefined;
}

/** The first box within a place. */
const first = (place: string): HTMLElement | undefined =>
  [...document.querySelectorAll<HTMLElement>(`[id^=${JSON.stringify(`${place}/`)}]`)].find((one) => one.matches(CONTROL));

/** Brings the focus to the place that an address names, else to the view's summary or heading. */
export function land(path: readonly string[]) {
  // A whole section is announced by its heading.
  const place = path.length === 1 && document.getElementById(pointer(path))?.matches("div, fieldset") ? undefined : control(path);
  const found = place ?? document.querySelector<HTMLElement>("[data-landing]") ?? document.querySelector<HTMLElement>("h1");
  found?.focus({ preventScroll: true });
  found?.scrollIntoView({ block: path.length > 0 ? "center" : "nearest" });
  if (found?.matches("h1, section")) scrollTo(0, 0);
}
