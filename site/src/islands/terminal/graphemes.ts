/** Emoji and composed letters take the addon that measures them: fetched with the first byte that is not plain, which waits for it. */
import type { Terminal } from '@xterm/xterm'

/** First byte of all characters beyond Latin letters, box drawing among them, that may join with others or be wide. */
const beyond = 0xcc

export function gateGraphemes(term: Terminal): (bytes: Uint8Array, done: () => void) => void {
  let loading: Promise<void> | undefined
  let loaded = false
  return (bytes, done) => {
    if (!loaded && (loading || bytes.some((byte) => byte >= beyond))) {
      loading ??= import('@xterm/addon-unicode-graphemes')
        .then(({ UnicodeGraphemesAddon }) => term.loadAddon(new UnicodeGraphemesAddon()))
        .catch(() => undefined)
      // In order: all that comes meanwhile waits behind it.
      loading = loading.then(() => {
        loaded = true
        term.write(bytes, done)
      })
      return
    }
    term.write(bytes, done)
  }
}
