// Other tabs of this page, and whether one has the same school open.

type Message = { opened: string } | { also: string };

class Tabs {
  /** Another tab has the draft open that is open. */
  elsewhere = $state(false);
  #here: string | undefined;
  #channel = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("bulou");

  constructor() {
    this.#channel?.addEventListener("message", ({ data }: MessageEvent<Message>) => {
      const id = "opened" in data ? data.opened : data.also;
      if (id !== this.#here) return;
      this.elsewhere = true;
      if ("opened" in data) this.#tell({ also: id });
    });
  }

  /** A draft is open in this tab; asked of the others. */
  opened(id: string | undefined) {
    if (id === this.#here) return;
    this.#here = id;
    this.elsewhere = false;
    if (id !== undefined) this.#tell({ opened: id });
  }

  #tell(message: Message) {
    this.#channel?.postMessage(message);
  }
}

export const tabs = new Tabs();
