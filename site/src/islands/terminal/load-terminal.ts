/** Fetches xterm and its font once, as soon as it is clear that a lab will open: while the server claims a machine, not after. */

let loading: Promise<typeof import('./create-terminal.ts')> | undefined

export function loadTerminal(): Promise<typeof import('./create-terminal.ts')> {
  loading ??= Promise.all([
    import('./create-terminal.ts'),
    // The font must be there before xterm measures a character; without it the system's is measured.
    document.fonts.load('14px "JetBrains Mono Variable"').catch(() => undefined),
  ]).then(
    ([module]) => module,
    (error: unknown) => {
      loading = undefined
      throw error
    },
  )
  return loading
}
