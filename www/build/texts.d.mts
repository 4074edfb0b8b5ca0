/** Writes the page's tables of words anew. */
export function writeTexts(): void;
