/** First commands: what `docker ps -a`, a request and the files of the container say. */
import {
  container,
  containerChanges,
  containerEvents,
  containerLogs,
  containers,
  fail,
  image,
  isWatched,
  pass,
  request,
} from '@drydock/kit'
import type { Check, Checks, Node } from '@drydock/kit'

const page = '/usr/share/nginx/html/index.html'
const address = 'http://localhost:8080'

/** What the learner has made so far, by name: the first thing to look at when something is not where it should be. */
async function whatIsThere(node: Node): Promise<string> {
  const names = (await containers(node)).map((c) => c.name).filter((name) => name !== 'lighthouse')
  return names.length === 0 ? 'you have none yet' : `you have ${names.map((n) => `\`${n}\``).join(', ')}`
}

/** `docker run --rm` leaves nothing to look at but the engine's memory of it. */
async function wentAsItEnded(node: Node, name: string): Promise<boolean> {
  const events = await containerEvents(node, name)
  const gone = events.findLast((e) => e.action === 'destroy')
  const ended = events.findLast((e) => e.action === 'die' && e.id === gone?.id)
  return gone !== undefined && ended !== undefined && gone.at - ended.at < 2000
}

const hello: Check = async ({ node1 }) => {
  const expected = 'a container `hello` from `busybox:1.37` that printed `ahoy`'
  const [found, busybox] = await Promise.all([container(node1, 'hello'), image(node1, 'busybox:1.37')])
  if (!found) {
    if (await wentAsItEnded(node1, 'hello'))
      return fail({ expected, observed: '`hello` was removed as soon as it had ended', hint: 'kept' })
    // The lesson's own examples leave containers, too: only one that was to say it is a try.
    const others = (await containers(node1)).filter((c) => !['lighthouse', 'web'].includes(c.name)).slice(0, 20)
    const made = await Promise.all(others.map((c) => container(node1, c.id)))
    const tried = made.some((c) => c?.command.some((word) => /ahoy/i.test(word)))
    return fail({
      expected,
      observed: `no container \`hello\`; ${await whatIsThere(node1)}`,
      hint: tried ? 'name' : 'shape',
    })
  }
  if (busybox && found.imageId !== busybox.id)
    return fail({ expected, observed: `\`hello\` was made from \`${found.image}\``, hint: 'name' })
  const said = ((await containerLogs(node1, 'hello', 20))?.stdout ?? '').replaceAll(/\s+/g, ' ').trim()
  const printed = `\`hello\` printed ${said ? `\`${said.slice(0, 80)}\`` : 'nothing'}`
  // One that says it again and again has said it, too.
  const well = found.state === 'running' || (found.state === 'exited' && found.exitCode === 0)
  const observed =
    found.state === 'exited'
      ? `${printed} and ended with exit code ${found.exitCode}`
      : `${printed} and is ${found.state}`
  if (well && /\bahoy\b/i.test(said)) return pass(observed)
  return fail({ expected, observed, hint: 'command' })
}

const serve: Check = async ({ node1 }) => {
  const expected = 'a container `web` from `nginx:1.26`, running in the background'
  const [found, nginx] = await Promise.all([container(node1, 'web'), image(node1, 'nginx:1.26')])
  if (!found) return fail({ expected, observed: `no container \`web\`; ${await whatIsThere(node1)}`, hint: 'detached' })
  if (nginx && found.imageId !== nginx.id)
    return fail({ expected, observed: `\`web\` was made from \`${found.image}\``, hint: 'image' })
  if (found.state !== 'running')
    return fail({
      expected,
      observed:
        found.state === 'exited' ? `\`web\` has ended, exit code ${found.exitCode}` : `\`web\` is ${found.state}`,
      hint: 'detached',
    })
  if (await isWatched(node1, found.id))
    return fail({ expected, observed: '`web` runs, and your terminal is tied to it', hint: 'detached' })
  return pass(`\`web\` runs from \`${found.image}\``)
}

const publish: Check = async ({ node1 }) => {
  const expected = `the port of nginx in \`web\` published as port 8080 of the host, and an answer at ${address}`
  const web = await container(node1, 'web')
  if (!web) return fail({ expected, observed: `no container \`web\`; ${await whatIsThere(node1)}`, hint: 'command' })
  if (web.state !== 'running') return fail({ expected, observed: `\`web\` is ${web.state}`, hint: 'command' })
  const [first] = web.published
  if (!first) return fail({ expected, observed: '`web` runs, but publishes no port', hint: 'replace' })
  // Which port nginx listens on is in its configuration: the answer decides.
  const led = web.published.find((p) => p.host === 8080)
  const answer = led && (await request(node1, address))
  if (answer?.status !== 200) {
    const { host, port } = led ?? first
    if (!led || port !== '80/tcp')
      return fail({ expected, observed: `host port ${host} leads to port ${port} of \`web\``, hint: 'order' })
    return fail({ expected, observed: answer?.problem || `status ${answer?.status}`, hint: 'command' })
  }
  return pass(`${address} answers with status 200`)
}

const changePage: Check = async ({ node1 }) => {
  const expected = `\`Ahoy\` at ${address}, from a file changed inside \`web\``
  const answer = await request(node1, address)
  if (answer.status === 0) {
    const runs = (await container(node1, 'web'))?.state === 'running'
    return fail({ expected, observed: answer.problem, hint: runs ? 'inside' : 'again' })
  }
  if (!/ahoy/i.test(answer.body)) {
    const title = answer.body
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll(/\s+/g, ' ')
      .trim()
    const outside = ((await node1.read('index.html')) ?? (await node1.read(page)) ?? '').match(/ahoy/i)
    return outside
      ? fail({
          expected,
          observed: `the page still says "${title.slice(0, 80)}"; \`Ahoy\` went into a file of node1 instead`,
          hint: 'redirect',
        })
      : fail({ expected, observed: `the page says "${title.slice(0, 80)}"`, hint: 'inside' })
  }
  const changed = await containerChanges(node1, 'web')
  if (!changed)
    return fail({
      expected,
      observed: `something says \`Ahoy\` at ${address}, but there is no container \`web\` any more; ${await whatIsThere(node1)}`,
      hint: 'again',
    })
  if (!changed.includes(page))
    return fail({ expected, observed: `\`Ahoy\` is served, but ${page} of \`web\` is as in the image`, hint: 'inside' })
  return pass(`the page says Ahoy, and \`docker diff web\` lists ${page}`)
}

const log: Check = async ({ node1 }) => {
  const expected = 'a file web.log with a line of `web` about a 404'
  const [written, file] = await Promise.all([containerLogs(node1, 'web', 5000), node1.read('web.log')])
  const real = `${written?.stdout ?? ''}\n${written?.stderr ?? ''}`.split('\n').filter((l) => l.includes('" 404 '))
  if (file === undefined)
    return fail({
      expected,
      observed: `there is no web.log in ${node1.folder}`,
      hint: real.length > 0 ? 'file' : 'ask',
    })
  const claimed = file.split('\n').filter((l) => / 404 /.test(l))
  // `docker logs -t` and other options put something in front of what was written.
  if (claimed.some((line) => real.some((written) => line.trimEnd().endsWith(written.trimEnd()))))
    return pass(`web.log has ${claimed.length} line(s) with a 404, word for word from \`web\``)
  if (claimed.length > 0)
    return fail({
      expected,
      observed: `web.log has "${claimed[0]!.slice(0, 100)}", which \`web\` never wrote`,
      hint: 'real',
    })
  return real.length > 0
    ? fail({ expected, observed: 'the log of `web` has a 404 now, but web.log does not', hint: 'real' })
    : fail({ expected, observed: 'no page was missing so far: the log of `web` has no 404', hint: 'ask' })
}

const stop: Check = async ({ node1 }) => {
  const expected = '`web` stopped, with exit code 0, and not removed'
  const web = await container(node1, 'web')
  if (!web) return fail({ expected, observed: 'there is no container `web` any more', hint: 'command' })
  if (web.state !== 'exited') return fail({ expected, observed: `\`web\` is ${web.state}`, hint: 'still-there' })
  if (web.exitCode !== 0)
    return fail({ expected, observed: `\`web\` ended with exit code ${web.exitCode}`, hint: 'gently' })
  return pass('`web` is stopped, exit code 0')
}

const clean: Check = async ({ node1 }) => {
  const names = (await containers(node1)).map((c) => c.name)
  const left = ['hello', 'web'].filter((name) => names.includes(name))
  if (left.length === 0) return pass('`hello` and `web` are gone')
  const observed = `still there: ${left.map((n) => `\`${n}\``).join(' and ')}`
  return fail({ expected: 'neither `hello` nor `web`', observed, hint: 'both' })
}

const lighthouse: Check = async ({ node1 }) => {
  const expected = '`lighthouse` runs'
  const [found, id] = await Promise.all([container(node1, 'lighthouse'), node1.read('/var/lib/lighthouse.id')])
  if (!found) return fail({ expected, observed: 'there is no container `lighthouse` any more', hint: 'gone' })
  if (id !== undefined && id.trim() !== found.id)
    return fail({ expected, observed: 'this `lighthouse` is another container of the same name', hint: 'gone' })
  if (found.state !== 'running') return fail({ expected, observed: `\`lighthouse\` is ${found.state}`, hint: 'keep' })
  return pass('`lighthouse` runs')
}

export default { hello, serve, publish, page: changePage, log, stop, clean, lighthouse } satisfies Checks
