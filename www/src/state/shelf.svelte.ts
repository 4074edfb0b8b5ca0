// The drafts of this browser, as they are listed.

import { all, type Draft } from "./drafts.ts";

class Shelf {
  drafts = $state.raw<Draft[]>([]);
  /** They cannot be had. */
  unlisted = $state(false);

  /** Those that are not put away. */
  get kept(): Draft[] {
    return this.drafts.filter((draft) => !draft.removed);
  }

  async list() {
    try {
      this.drafts = await all();
      this.unlisted = false;
    } catch {
      this.unlisted = true;
    }
  }

  /** A draft was saved. All of them with their files are read where they are listed, and not at each edit. */
  async put(saved: Draft) {
    if (this.unlisted) await this.list();
    else this.drafts = [saved, ...this.drafts.filter(({ id }) => id !== saved.id)];
  }
}

export const shelf = new Shelf();
