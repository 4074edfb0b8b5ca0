/// <reference types="vite/client" />
/// <reference types="svelte" />

/** Whether this is the single file that opens by double-click. */
declare const __SINGLE_FILE__: boolean;
