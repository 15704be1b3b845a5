/** Attacks by what a learner has answer behind a preview, and by those who want to see it; the control is a server that passes everything on. */
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Attack, Attempt, Theme } from './attack.ts'
import { servePage } from './hostile-page.ts'
import { asks, isWhole, openPreviewStand, siteSays, talk, type PreviewLab, type PreviewStand } from './preview-stand.ts'
import { createPlace, type World } from './world.ts'

/** Bytes of headers and connections of one preview that nobody could call a mistake. */
const tooMuch = { headers: 200_000, connections: 24 }

interface Scene {
  stand: PreviewStand
  lab: PreviewLab
  other: PreviewLab
  /** On the same node as the first. */
  ending: PreviewLab
  /** Where the request goes: the server with guards, or the one without. */
  port: number
  /** Of whoever may see the lab's page. */
  cookie: Record<string, string>
  /** Asks for a path of the lab's page as one who may. */
  visit(path: string, headers?: Record<string, string>): Promise<string>
}

export const previews = (world: World): Theme => {
  const open = world.once(async () => {
    const [mine, theirs] = [createPlace(await world.nodes.start()), await world.neighbour()]
    for (const place of [mine, theirs]) await servePage(place)
    const { stand, labs } = await openPreviewStand([mine, theirs, mine])
    return { stand, labs, [Symbol.asyncDispose]: () => stand[Symbol.asyncDispose]() }
  })
  const scene = async (guarded: boolean): Promise<Scene> => {
    const { stand, labs } = await open()
    const [lab, other, ending] = labs
    if (!lab || !other || !ending) throw new Error('there are no two nodes')
    const port = guarded ? stand.guarded : stand.bare
    const cookie = { cookie: `__Host-drydock_preview=${stand.key(lab, 'cookie')}` }
    const visit = async (path: string, headers = {}) =>
      (await talk(port, asks(stand.host(lab), path, { ...cookie, ...headers }), { enough: isWhole })).text
    return { stand, lab, other, ending, port, cookie, visit }
  }
  const attack = (what: Omit<Attack, 'control' | 'attempt'>, run: (scene: Scene) => Promise<Attempt>): Attack => ({
    ...what,
    control: async () => run(await scene(false)),
    attempt: async () => run(await scene(true)),
  })

  return {
    title: 'Previews',
    attacks: [
      attack(
        {
          name: 'cookies of a page for other hosts',
          tries: 'A page sets cookies for the domain above it, and cookies that the server would take for its own.',
          why: 'Domains are cut from cookies, and those with names of ours or with none are left out.',
          without: 'the reading of cookies',
        },
        async ({ visit }) => {
          const said = [...(await visit('/cookies')).matchAll(/^set-cookie: (.*)\r$/gim)].map(
            ([, cookie = '']) => cookie,
          )
          if (said.length === 0) throw new Error('no cookie came through at all')
          const far = said.filter(
            (cookie) => /;\s*domain\s*(=|;|$)/i.test(cookie) || /^[\s=]*(__Host-)?drydock_/.test(cookie),
          )
          return { succeeded: far.length > 0, said: far.join(' | ') }
        },
      ),
      {
        name: 'a page that leads the server elsewhere',
        tries: "A page answers with a redirect to an address on the server's own machine.",
        why: 'The server follows no redirect: it connects to ports of that one node and to nothing else.',
        without: 'leaving redirects to the browser',
        control: async () => led(await scene(true), (url) => fetch(url)),
        attempt: async () => led(await scene(true)),
      },
      attack(
        {
          name: 'an answer that is two answers',
          tries:
            'A page answers with two lengths and a second answer behind the first, for the next to ask on this line.',
          why: 'An answer is read by its rules and written anew; what does not belong to it stays behind.',
          without: 'writing answers anew',
        },
        async ({ stand, lab, port, cookie }) => {
          const first = asks(stand.host(lab), '/two', { ...cookie, connection: 'keep-alive' })
          const { text } = await talk(port, first + asks(`localhost:${port}`, '/'), {
            ms: 10_000,
            enough: (said) => said.includes('PLANTED') || said.includes(siteSays),
          })
          if (!text.startsWith('HTTP/1.1 ')) throw new Error(`no answer: ${text.slice(0, 200)}`)
          return { succeeded: text.includes('PLANTED'), said: text.slice(-200) }
        },
      ),
      attack(
        {
          name: 'an answer with orders for a proxy',
          tries: 'A page answers with headers by which a proxy before the server would fetch something of its own.',
          why: 'Headers that are orders to proxies are left out.',
          without: 'leaving out such headers',
        },
        async ({ visit }) => {
          const said = await visit('/orders')
          if (!said.includes(' 200 ')) throw new Error(`no answer: ${said.slice(0, 200)}`)
          return { succeeded: /^x-(accel-redirect|sendfile):/im.test(said), said }
        },
      ),
      attack(
        {
          name: 'headers without end',
          tries: 'A page begins an answer whose headers never end.',
          why: 'So many bytes of headers are read and no more.',
          without: 'a largest size of headers',
        },
        async ({ stand, lab, port, cookie }) => {
          const { text, ended } = await talk(port, asks(stand.host(lab), '/headers', cookie), {
            enough: (said) => said.length > tooMuch.headers,
          })
          return {
            succeeded: text.length > tooMuch.headers || !ended,
            said: `${text.length} bytes, ${text.slice(0, 40)}`,
          }
        },
      ),
      {
        name: 'a status that is none',
        tries:
          'A page answers a WebSocket with a status that no answer may have, which ends a server that passes it on.',
        why: 'An answer that cannot be passed on becomes a page that says so.',
        without: 'the way out for such answers',
        control: () => {
          try {
            new http.ServerResponse(new http.IncomingMessage(null as never)).writeHead(99)
            return Promise.resolve({ succeeded: false, said: 'taken' })
          } catch (error) {
            return Promise.resolve({ succeeded: true, said: String(error) })
          }
        },
        attempt: async () => {
          const { visit } = await scene(true)
          let fallen: unknown
          const fall = (error: unknown) => (fallen = error)
          process.once('uncaughtException', fall)
          const said = await visit('/none', { connection: 'Upgrade', upgrade: 'websocket' })
          process.off('uncaughtException', fall)
          if (fallen === undefined && !said.includes('is not a web server'))
            throw new Error(`it said: ${said.slice(0, 200)}`)
          return { succeeded: fallen !== undefined, said: String(fallen) }
        },
      },
      attack(
        {
          name: "another learner's preview",
          tries:
            'Whoever may see their own page asks for that of another lab, and for machines and ports that theirs has not shown them.',
          why: 'A key opens one host name.',
          without: 'keys',
        },
        async ({ stand, lab, other, port, cookie }) => {
          const [theirs, mine] = [stand.host(other), stand.host(lab)]
          const hosts = [
            theirs,
            theirs.toUpperCase(),
            theirs.replace(':', '.:'),
            mine.replace('8080-', '8080-node2-'),
            mine.replace('8080-', '22-'),
          ]
          const said = await Promise.all(hosts.map((host) => talk(port, asks(host, '/', cookie), { enough: isWhole })))
          const share = `/?drydock-key=${stand.key(lab, 'share')}`
          said.push(await talk(port, asks(theirs, share), { enough: isWhole }))
          // The page tells everybody what it was asked.
          const seen = said.filter(({ text }) => /GET .* HTTP/.test(text))
          return { succeeded: seen.length > 0, said: seen[0]?.text.slice(0, 200) ?? '' }
        },
      ),
      attack(
        {
          name: 'the visitor of a page',
          tries: 'A page reads from a request who its visitor is: address, name, cookies of the site.',
          why: 'What proxies say of a visitor, and cookies of ours, are not passed on.',
          without: 'leaving out such headers',
        },
        async ({ visit }) => {
          const secret = 'visitor-192.0.2.7'
          const names = [
            'x-forwarded-for',
            'x-real-ip',
            'forwarded',
            'x-forwarded-user',
            'x-auth-request-email',
            'cf-connecting-ip',
          ]
          const said = await visit('/', Object.fromEntries(names.map((name) => [name, secret])))
          if (!said.includes('GET / HTTP/1.1')) throw new Error(`no answer: ${said.slice(0, 200)}`)
          return { succeeded: said.includes(secret) || said.includes('drydock_preview='), said: said.slice(-300) }
        },
      ),
      {
        name: 'a shared link after the end',
        tries:
          'Somebody keeps the link to a page, and the cookie that it became, and comes back when the lab has ended.',
        why: 'Behind the name is only what runs at that moment.',
        without: 'the end of the lab',
        control: async () => afterTheEnd(await scene(true), false),
        attempt: async () => afterTheEnd(await scene(true), true),
      },
      attack(
        {
          name: 'a WebSocket that never answers',
          tries: 'A page takes calls and WebSockets and says nothing, while its visitor opens more and more of them.',
          why: 'So many connections to one preview are made, the next wait, and those that are too many are told so.',
          without: 'counting connections',
        },
        async ({ stand, lab, port, cookie }) => {
          const before = stand.dialled()
          const upgrade = { ...cookie, connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' }
          const text = asks(stand.host(lab), '/silent', { ...upgrade, 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' })
          const waiting = Array.from({ length: 30 }, () => talk(port, text, { ms: 4000 }))
          const site = await talk(port, asks(`localhost:${port}`, '/'), {
            ms: 3000,
            enough: (said) => said.includes(siteSays),
          })
          await Promise.all(waiting)
          if (!site.text.includes(siteSays)) return { succeeded: true, said: 'the site does not answer meanwhile' }
          const made = stand.dialled() - before
          return { succeeded: made > tooMuch.connections, said: `${made} connections` }
        },
      ),
    ],
  }
}

/** Whether something on this machine was asked because of what a page answered. `follow`: what a server would do that follows it. */
async function led({ stand, lab, port, cookie }: Scene, follow?: (url: string) => Promise<unknown>): Promise<Attempt> {
  let asked = 0
  const inside = http.createServer((_request, response) => {
    asked++
    response.end('secret')
  })
  inside.listen(0, '127.0.0.1')
  await once(inside, 'listening')
  const at = (inside.address() as AddressInfo).port
  try {
    const answer = await talk(port, asks(stand.host(lab), `/away/${at}`, cookie), { enough: isWhole })
    const to = /^location: (\S+)/im.exec(answer.text)?.[1]
    if (to === undefined) throw new Error(`no redirect: ${answer.text.slice(0, 200)}`)
    await follow?.(to)
    return { succeeded: asked > 0, said: to }
  } finally {
    inside.close()
  }
}

async function afterTheEnd({ stand, ending, port }: Scene, end: boolean): Promise<Attempt> {
  const host = stand.host(ending)
  const link = await talk(port, asks(host, `/?drydock-key=${stand.key(ending, 'share')}`))
  const cookie = /^set-cookie: ([^;]*)/im.exec(link.text)?.[1]
  if (cookie === undefined) throw new Error(`the link was not taken: ${link.text.slice(0, 200)}`)
  if (end) stand.end(ending)
  const again = asks(host, `/?drydock-key=${stand.key(ending, 'share')}`)
  const said = [await talk(port, asks(host, '/', { cookie }), { enough: isWhole }), await talk(port, again)]
  const seen = said.find(({ text }) => /GET .* HTTP/.test(text))
  return { succeeded: seen !== undefined, said: said.map(({ text }) => text.slice(0, 100)).join('; ') }
}
