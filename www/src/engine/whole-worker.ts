// Loaded by those who ask for more than a check.

import WholeWorker from "./worker.ts?worker&inline";

export const made = (): Worker => new WholeWorker();
