// This browser's databases.

import { createStore, type UseStore } from "idb-keyval";

/** A table of a database. A browser that forbids it throws at once; here that is a rejection like every other. */
export function store(database: string, table: string): UseStore {
  const inner = createStore(database, table);
  return async (mode, callback) => inner(mode, callback);
}

/** The rules in force, by the names that idb-keyval gives where none is named. */
export const inForce = store("keyval-store", "keyval");
