/** The tag that moved: the checker moves it once more, at the registry, and looks at what a fresh build makes of it. */
import { container, containerLogs, fail, image, pass, request, withScratch } from '@drydock/kit'
import type { Check, Checks, Node } from '@drydock/kit'

const listing = (body: string) => body.startsWith('antwerpen') && body.includes('sorted by Python')

const restore: Check = async ({ node1 }) => {
  const expected = 'a container `pilots` with the list on http://localhost:8080'
  const pilots = await container(node1, 'pilots')
  if (!pilots) return fail({ expected, observed: 'there is no container `pilots`', hint: 'command' })
  if (pilots.state !== 'running') {
    const said = (await containerLogs(node1, 'pilots', 5))?.stderr.trim().split('\n').at(-1) ?? ''
    const observed = `\`pilots\` from ${pilots.image} is ${pilots.state}, exit code ${pilots.exitCode}: ${said}`
    return fail({ expected, observed, hint: 'rollback' })
  }
  const answer = await request(node1, 'http://localhost:8080/')
  if (!listing(answer.body))
    return fail({ expected, observed: answer.problem || `status ${answer.status}`, hint: 'publish' })
  return pass(`\`pilots\` shows the list, from ${pilots.image}`)
}

const cause: Check = async ({ node1 }) => {
  const expected = 'missing.txt with the name of one file'
  const said = (await node1.read('missing.txt'))?.trim()
  if (!said) return fail({ expected, observed: said === '' ? 'missing.txt is empty' : 'no missing.txt', hint: 'logs' })
  if (/\blibunistring\.so\.2\b/.test(said)) return pass('Debian 13’s slim image has no libunistring.so.2')
  return fail({ expected, observed: `missing.txt says ${said.slice(0, 80)}`, hint: 'file' })
}

const type = 'application/vnd.oci.image.manifest.v1+json'
const accept = `${type}, application/vnd.docker.distribution.manifest.v2+json`
/** Tags that float: what they stand for is the registry's business. */
const moving = ['3', '3.11-slim']

const pinned: Check = (lab) =>
  withScratch(lab, async ({ node, folder, name }) => {
    const expected = 'a build that works, and still does after python:3 and python:3.11-slim have moved'
    const from = /^FROM\s+(?:--\S+\s+)*(\S+)/im.exec((await node.read('Dockerfile')) ?? '')?.[1] ?? 'nothing'
    const kept = `${folder}.tags`
    try {
      await sh(node, moveTags, kept, ...moving)
      const built = await node.exec(['docker', 'build', '--pull', '--progress', 'plain', '-t', name('fresh'), folder], {
        timeout_ms: 120_000,
      })
      if (built.code !== 0) {
        const last = built.stderr.split('\n').findLast((line) => /error/i.test(line)) ?? ''
        return fail({ expected, observed: `FROM ${from}: the build ended with ${last.trim()}`, hint: 'command' })
      }
    } finally {
      await sh(node, restoreTags, kept, ...moving)
    }
    const tried = await node.exec(
      [
        'docker',
        'run',
        '--rm',
        '--network',
        'none',
        '--name',
        name('try'),
        '--entrypoint',
        'python',
        name('fresh'),
        '-c',
        'import shanty; print(shanty.fold("HAFEN"))',
      ],
      { timeout_ms: 20_000 },
    )
    if (tried.stdout.trim() === 'hafen') return pass(`FROM ${from} gives an image that works, wherever python:3 points`)
    const said = tried.stderr.trim().split('\n').at(-1) ?? ''
    const hint = /^python:3\.11(-slim)?$/.test(from)
      ? 'codename'
      : /-trixie|@sha256|3\.13/.test(from)
        ? 'library'
        : 'tag'
    return fail({ expected, observed: `FROM ${from}, tags moved, fresh build: ${said}`, hint })
  })

const api = 'r=http://registry:5000/v2/library/python/manifests; k=$1; shift; mkdir -p "$k"'
/** Keeps what each tag stands for, and lets it stand for Debian 13. */
const moveTags = `${api}
for t; do curl -fsS -H "Accept: ${accept}" -o "$k/$t" "$r/$t" -w '%{content_type}' > "$k/$t.type"; done
curl -fsS -H 'Accept: ${type}' -o "$k/new" "$r/3.13-slim-trixie"
for t; do curl -fsS -o /dev/null -X PUT -H 'Content-Type: ${type}' --data-binary @"$k/new" "$r/$t"; done`
const restoreTags = `${api}
for t; do [ -s "$k/$t" ] && curl -fsS -o /dev/null -X PUT -H "Content-Type: $(cat "$k/$t.type")" --data-binary @"$k/$t" "$r/$t"; done
rm -r "$k"`
const sh = (node: Node, script: string, ...args: string[]) =>
  node.exec(['sh', '-c', script, 'sh', ...args], { timeout_ms: 20_000 })

const deploy: Check = async ({ node1 }) => {
  const expected = '`pilots`, from pilots:3, with the list on http://localhost:8080'
  const [pilots, third] = await Promise.all([container(node1, 'pilots'), image(node1, 'pilots:3')])
  if (!third) return fail({ expected, observed: 'there is no pilots:3', hint: 'base' })
  if (!pilots) return fail({ expected, observed: 'there is no container `pilots`', hint: 'replace' })
  if (pilots.imageId !== third.id)
    return fail({ expected, observed: `\`pilots\` runs from ${pilots.image}`, hint: 'replace' })
  // What was built then has a layer of its own, also under another name and with something on top.
  const march = (await image(node1, 'pilots:1'))?.layers.at(-1)
  if (march !== undefined && third.layers.includes(march))
    return fail({ expected, observed: 'pilots:3 was made of pilots:1', hint: 'base' })
  const answer = await request(node1, 'http://localhost:8080/')
  if (!listing(answer.body)) {
    const closed = pilots.state === 'running' && !pilots.published.some((p) => p.host === 8080)
    return fail({ expected, observed: answer.problem || `status ${answer.status}`, hint: closed ? 'replace' : 'base' })
  }
  return pass('`pilots` shows the list, from pilots:3')
}

export default { restore, cause, pinned, deploy } satisfies Checks
