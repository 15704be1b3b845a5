/** dockerfile-ast counts the bytes of letters beyond ASCII with Node's Buffer, which no browser has: this much of it is enough. */
const there = globalThis as { Buffer?: unknown }
there.Buffer ??= { from: (text: string) => new TextEncoder().encode(text) }
