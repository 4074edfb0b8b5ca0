import { Unstarted } from "../engine/unstarted.ts";
import { t } from "../text.ts";

/** What went wrong, in words for people. */
export function said(error: unknown): string {
  if (error instanceof Unstarted) return t(`failed.${error.what}`);
  return error instanceof Error ? error.message : String(error);
}
