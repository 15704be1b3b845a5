/** How steps look: one aligned line each, the running ones on a live line below on a terminal, plain lines elsewhere. */
import { styleText } from 'node:util'

export interface Task {
  /** How far it is, in a few words. */
  report(text: string): void
  /** Ends the task's line. `there`: its result was there already. */
  end(mark: 'done' | 'there' | 'failed', detail: string): void
}

export interface Progress {
  begin(title: string): Task
  /** A line of its own, above what is still running. */
  say(text: string): void
  /** Takes the live line away while a question is on the screen. */
  pause<T>(during: () => Promise<T>): Promise<T>
  close(): void
}

const marks = { done: ['✓', 'green'], there: ['·', 'dim'], failed: ['✗', 'red'] } as const

export const formatSeconds = (ms: number): string =>
  ms < 60_000
    ? `${(ms / 1000).toFixed(1)} s`
    : `${Math.floor(ms / 60_000)} min ${String(Math.round((ms % 60_000) / 1000)).padStart(2, '0')} s`

/** Without a terminal, what runs for long says so again after this many milliseconds. */
const lifeSign = 60_000

export function openProgress(out: NodeJS.WriteStream): Progress {
  const live = out.isTTY && process.env.TERM !== 'dumb'
  const active = new Map<object, { title: string; since: number; text: string; said: number }>()
  let paused = false
  const paint = (colour: 'green' | 'dim' | 'red', text: string) => styleText(colour, text, { stream: out })
  const clear = () => void (live && out.write('\r\x1b[2K'))
  const draw = () => {
    if (paused || !active.size) return
    const now = Date.now()
    if (live) {
      const parts = [...active.values()].map(
        (a) => `${a.title}${a.text && `: ${a.text}`}  ${formatSeconds(now - a.since)}`,
      )
      clear()
      out.write(paint('dim', `  … ${parts.join('  |  ')}`.slice(0, Math.max(20, out.columns - 1))))
    } else
      for (const a of active.values())
        if (now - a.said >= lifeSign) {
          a.said = now
          out.write(`  ... ${a.title}${a.text && `: ${a.text}`} (${formatSeconds(now - a.since)})\n`)
        }
  }
  const timer = setInterval(draw, live ? 100 : 1000)
  timer.unref()
  const say = (text: string) => {
    clear()
    out.write(`${text}\n`)
    draw()
  }
  return {
    begin(title) {
      const key = {}
      const since = Date.now()
      const state = { title, since, text: '', said: since }
      active.set(key, state)
      draw()
      return {
        report(text) {
          state.text = text
        },
        end(mark, detail) {
          active.delete(key)
          const [sign, colour] = marks[mark]
          const time = mark === 'there' ? '' : formatSeconds(Date.now() - since)
          // The time before the detail: whatever is said, both stay aligned.
          say(`  ${paint(colour, sign)} ${title.padEnd(18)} ${paint('dim', time.padStart(11))}  ${detail}`.trimEnd())
        },
      }
    },
    say,
    async pause(during) {
      paused = true
      clear()
      try {
        return await during()
      } finally {
        paused = false
      }
    },
    close() {
      clearInterval(timer)
      clear()
      active.clear()
    },
  }
}
