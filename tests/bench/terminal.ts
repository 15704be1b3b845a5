/**
 * The terminal as a whole: echo through server and browser and bulk output, each beside a raw `docker exec -it` of the same run; memory of
 * the server after `yes` in five terminals, with 200 terminals open, and for a session with a terminal attached.
 */
import { chromium } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import config from '../playwright.config.ts'
import type { TerminalClient } from '../harness/terminal.ts'
import { startPlatform, type Platform } from '../harness/platform.ts'
import { count, median, quantile, report, rounds } from './figures.ts'
import { echoes, openOurs, openRaw, untilPrompt } from './streams.ts'

const lab = 'architecture/first-commands'
const many = 200
const sessions = count('--sessions', 60)
const say = (text: string) => void process.stderr.write(`  ${text}\n`)

/** Resident memory of the server, in MB. */
const memory = (platform: Platform) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${platform.pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024

await using platform = await startPlatform({
  env: { DRYDOCK_SESSIONS_PER_LEARNER: '10', DRYDOCK_MAX_SESSIONS: '100', DRYDOCK_POOL_MAX: '8' },
})
const learner = platform.learner()
const session = await learner.start(lab)

say('echo through the browser, and raw')
const raw = await openRaw(platform.instance, `${session.id}-node1`)
await untilPrompt(raw)
const browser = await chromium.launch(config.use?.launchOptions ?? {})
const context = await browser.newContext()
const [name = '', value = ''] = learner.cookie.split('=')
await context.addCookies([{ name, value, url: platform.url }])
const page = await context.newPage()
await page.goto(`${platform.url}/${lab}/`)
await page.waitForFunction(() => document.querySelector('.xterm-rows')?.textContent?.includes('root@node1'))
const raw_ms: number[] = []
const browser_ms: number[] = []
for (let round = 0; round < rounds(10); round++) {
  raw_ms.push(...(await echoes(raw, 20)))
  // From the key event to the frame in which the letter is in the page.
  browser_ms.push(
    ...(await page.evaluate(async (keys) => {
      const area = document.querySelector<HTMLTextAreaElement>('.xterm-helper-textarea')
      const rows = document.querySelector('.xterm-rows')
      const times: number[] = []
      for (let i = 0; i < keys; i++) {
        const text = rows?.textContent ?? ''
        // Told within the frame that draws it; whoever asks in each frame may ask a moment too early, and then sees it one frame late.
        const drawn = new Promise<number>((resolve, reject) => {
          setTimeout(() => reject(new Error('no letter within 5 s')), 5000)
          const observer = new MutationObserver(() => {
            if ((rows?.textContent ?? '') === text) return
            observer.disconnect()
            resolve(performance.now())
          })
          if (rows) observer.observe(rows, { childList: true, characterData: true, subtree: true })
        })
        const before = performance.now()
        area?.focus()
        area?.dispatchEvent(
          new InputEvent('input', { data: 'x', inputType: 'insertText', bubbles: true, composed: true }),
        )
        times.push((await drawn) - before)
        // Keys come at any time between two frames.
        await new Promise((resolve) => setTimeout(resolve, 30 + ((i * 7) % 16)))
      }
      return times
    }, 20)),
  )
}
await browser.close()

say('bulk output, and raw')
const ours = await openOurs(learner, session.id)
const bulk = { raw: [] as number[], ours: [] as number[] }
const made = raw.until('made-2')
raw.type(`seq -f 'line %08g of a long build log that nobody reads' 300000 > /root/bulk; echo made-$((1+1))\r`)
await made
for (let round = 0; round < 5; round++)
  for (const [kind, stream] of [
    ['raw', raw],
    ['ours', ours],
  ] as const) {
    const ended = stream.until(`end-${round}-of-it`)
    const before = performance.now()
    stream.type(`head -c 12000000 /root/bulk; echo end-${round}-of""-it\r`)
    bulk[kind].push((await ended) - before)
  }
raw.close()
ours.close()

say('yes in five terminals for a minute')
const before_yes = memory(platform)
const shouting: TerminalClient[] = []
for (let i = 0; i < 5; i++) {
  const { body } = await learner.request<{ id: string }>('POST', `/api/sessions/${session.id}/terminals`, {
    node: 'node1',
  })
  const terminal = await learner.terminal(session.id, { terminal: body.id, remember: false })
  terminal.type('yes\r')
  shouting.push(terminal)
}
await delay(60_000)
const yes_growth_mb = memory(platform) - before_yes
for (const terminal of shouting) {
  terminal.type('\x03')
  terminal.close()
}

say(`${sessions} sessions with a terminal each`)
const before_sessions = memory(platform)
const others: { learner: ReturnType<Platform['learner']>; id: string; terminal: TerminalClient }[] = []
for (let i = 0; i < sessions; i++) {
  const other = platform.learner()
  const { id } = await other.start(lab, { timeout_ms: 300_000 })
  others.push({ learner: other, id, terminal: await other.terminal(id, { remember: false }) })
}
const session_mb = (memory(platform) - before_sessions) / sessions

say(`${many} terminals at once`)
const open: TerminalClient[] = []
for (let i = 0; i < many - sessions; i++) {
  const owner = others[i % others.length]
  if (owner) open.push(await owner.learner.terminal(owner.id, { remember: false }))
}
const stream = await openOurs(learner, session.id)
await untilPrompt(stream)
const times: number[] = []
for (let i = 0; i < 20; i++) times.push(...(await echoes(stream, 10)))
stream.close()
for (const terminal of open) terminal.close()
for (const other of others) {
  other.terminal.close()
  await other.learner.end(other.id)
}
await learner.end(session.id)
report({
  bench: 'terminal',
  figures: {
    echo_added_ms: median(browser_ms) - median(raw_ms),
    ratio: median(bulk.raw) / median(bulk.ours),
    yes_growth_mb,
    many_p95_ms: quantile(times, 0.95),
    session_mb,
  },
  budget: {
    echo_added_ms: { max: 30 },
    ratio: { min: 0.8 },
    yes_growth_mb: { max: 50 },
    many_p95_ms: { max: 50 },
    session_mb: { max: 2 },
  },
})
