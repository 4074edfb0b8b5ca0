export function encoded(bytes: Uint8Array): string;
export function decoded(text: string): Uint8Array<ArrayBuffer>;
