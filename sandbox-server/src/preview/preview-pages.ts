/** The pages that stand in for a learner's page: what is the matter, and what to do. Plain HTML, without a script. */
import type { ServerResponse } from 'node:http'
import { policyOf, type Shown } from './preview-headers.ts'

/** Of every answer that is ours. */
export const ownHeaders = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
}

export interface Explanation {
  status: number
  title: string
  /** Sentences; `code` between backquotes. */
  text: string[]
  /** Soon it may be otherwise, by itself. */
  may_start?: true
}

export const nobodyListens = (port: number): Explanation => ({
  status: 502,
  may_start: true,
  title: `Nothing answers on port ${port}`,
  text: [
    `The node was asked on \`localhost:${port}\`, and no program took the call, or it hung up without an answer.`,
    'Is the container running? `docker ps` shows it with its ports; `docker logs NAME` says what it did last.',
    'Does the program inside listen on all addresses (`0.0.0.0`) and not on `127.0.0.1` of its container alone?',
    `\`curl -v http://localhost:${port}\` in the terminal shows the same from inside. Then reload this page.`,
  ],
})
export const notHttp = (port: number): Explanation => ({
  status: 502,
  title: `What answers on port ${port} is not a web server`,
  text: [
    'Something is there, but it does not speak HTTP: a database, perhaps, or TLS on this port.',
    `Look at it with \`nc localhost ${port}\` in the terminal.`,
  ],
})
export const tooSlow = (port: number): Explanation => ({
  status: 504,
  title: `Port ${port} takes its time`,
  text: [
    'The program took the call and has said nothing for a minute. It may be busy, or stopped: `docker ps` and `docker top NAME` tell.',
  ],
})
export const tooMany: Explanation = {
  status: 429,
  title: 'Too many connections at once',
  text: ['This preview holds as many connections as it may. Close some of its pages, and reload this one.'],
}
export const noLab: Explanation = {
  status: 404,
  title: 'There is no lab behind this address',
  text: ['The lab has ended, or the address was mistyped. Start the lab again, and open its preview from there.'],
}
export const noKey: Explanation = {
  status: 403,
  title: 'This preview is private',
  text: [
    'It belongs to a running lab. If the lab is yours, open the preview there: the key lasts a day.',
    'If somebody gave you this address, ask for the link under “Share”.',
    'If you came from your own lab and still see this, your browser keeps cookies from pages in frames: use “New tab” in the pane.',
  ],
}
export const otherPage: Explanation = {
  status: 403,
  title: 'Another page asked for this',
  text: ['Pages from elsewhere may link to a preview, but not load parts of it or send something to it.'],
}
export const otherAddress = (network: string): Explanation => ({
  status: 403,
  title: 'This preview is not open to you',
  text: [
    `It is open to the network addresses from which its link was used, and you come from \`${network}\`.`,
    'If the lab is yours, open the preview there, under “Preview”: that opens it to your address until the lab ends, at most for a day.',
    'If somebody gave you this address, ask for the link under “Share”.',
  ],
})
export const spentKey: Explanation = {
  status: 403,
  title: 'This link opens nothing any more',
  text: [
    'The link of a pane works once, within a minute; one that is shared until its lab ends, at most for a day.',
    'If the lab is yours, load the preview again there. If somebody gave you this link, ask for another one.',
  ],
}
export const otherName = (own: string): Explanation => ({
  status: 421,
  title: 'Previews are not under this name',
  text: [`This server knows its previews by their address alone. Here that is \`${own}\`.`],
})
export const notReachable: Explanation = {
  status: 503,
  title: 'The lab machine does not answer',
  text: ['It may be restarting. Reload this page in a moment.'],
}

export function sendExplanation(response: ServerResponse, explanation: Explanation, shown: Shown): void {
  const page = render(explanation, shown.site)
  response.writeHead(explanation.status, {
    ...ownHeaders,
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(page),
    'content-security-policy': `${policyOf(shown)}; default-src 'none'; style-src 'unsafe-inline'`,
  })
  response.end(page)
}

function render({ title, text }: Explanation, site: string): string {
  const lines = text.map((line) => `<p>${escape(line).replaceAll(/`([^`]*)`/g, '<code>$1</code>')}</p>`)
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(title)}</title><style>:root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;margin:12vh auto;max-width:34rem;padding:0 1.25rem}
h1{font-size:1.5rem;line-height:1.25}code{font:.9em ui-monospace,monospace;background:#8883;padding:.1em .35em;border-radius:3px}</style>
<main><h1>${escape(title)}</h1>${lines.join('')}<p><a href="${escape(site)}" target="_top">Drydock</a></p></main></html>`
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
