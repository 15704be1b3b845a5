/** Bind mounts: whose folder a container shows, who owns what it wrote, and where a token lies. */
import { container, containerChanges, fail, pass, request } from '@drydock/kit'
import type { Check, Checks, Container, Node } from '@drydock/kit'

const html = '/usr/share/nginx/html'
/** The mount that is `site/` itself: by its path, or because it is the same folder for the kernel, as a volume made of it is. */
async function siteOf(c: Container, node: Node): Promise<Container['mounts'][number] | undefined> {
  const bound = c.mounts.find((m) => m.type === 'bind' && m.source.replace(/\/$/, '') === `${node.folder}/site`)
  if (bound || c.mounts.length === 0) return bound
  const places = c.mounts.map((m) => `/proc/${c.pid}/root${m.destination}`)
  const seen = await node.exec(['stat', '-L', '-c', '%d:%i', '--', 'site', ...places])
  const [site, ...same] = seen.stdout.trim().split('\n')
  return seen.code === 0 ? c.mounts[same.indexOf(site!)] : undefined
}

const live: Check = async ({ node1 }) => {
  const expected = '`dev` on port 8080, with `site/` of this folder mounted where nginx looks for pages'
  const dev = await container(node1, 'dev')
  if (dev?.state !== 'running')
    return fail({ expected, observed: dev ? `\`dev\` is ${dev.state}` : 'there is no container `dev`', hint: 'bind' })
  if (!(await siteOf(dev, node1))) {
    const there = dev.mounts.find((m) => m.destination === html)
    if (!there) return fail({ expected, observed: '`dev` mounts nothing at the place of its pages', hint: 'copied' })
    return there.type === 'bind'
      ? fail({ expected, observed: `\`dev\` shows ${there.source}`, hint: 'empty' })
      : fail({ expected, observed: `\`dev\` has a ${there.type} at ${there.destination}`, hint: 'bind' })
  }
  const [answer, page] = await Promise.all([request(node1, 'http://localhost:8080/'), node1.read('site/index.html')])
  if (answer.status !== 200)
    return fail({ expected, observed: answer.problem || `status ${answer.status}`, hint: 'command' })
  if (answer.body.trim() !== page?.trim())
    return fail({ expected, observed: 'the page on port 8080 is another than site/index.html', hint: 'command' })
  return pass('what is in site/index.html is what port 8080 says')
}

const readonly: Check = async ({ node1 }) => {
  const expected = '`dev` with `site/` mounted read-only'
  const dev = await container(node1, 'dev')
  const site = dev?.state === 'running' ? await siteOf(dev, node1) : undefined
  if (!site) return fail({ expected, observed: 'no running `dev` with `site/`', hint: 'command' })
  if (site.writable) return fail({ expected, observed: '`dev` may write to `site/`', hint: 'mode' })
  return pass('`dev` may only read `site/`')
}

const owner: Check = async ({ node1 }) => {
  const expected = '`out/report.txt` of `mira`, written by a container `report` that ran under her number'
  const [report, id, seen] = await Promise.all([
    container(node1, 'report'),
    node1.exec(['id', '-u', 'mira']),
    node1.exec(['stat', '-c', '%u %U', 'out/report.txt']),
  ])
  const wanted = id.stdout.trim()
  if (!report) return fail({ expected, observed: 'there is no container `report`', hint: 'run' })
  const user = report.user.split(':')[0] ?? ''
  const isHers = user === wanted || user === 'mira'
  const ran = `\`report\` ran as user ${user || '0 (root)'}`
  if (seen.code !== 0)
    return fail({
      expected,
      observed: `no out/report.txt; ${ran}, exit code ${report.exitCode}`,
      hint: isHers || !user ? 'run' : 'uid',
    })
  const [number, name] = seen.stdout.trim().split(' ')
  if (number !== wanted)
    return fail({
      expected,
      observed: `out/report.txt belongs to ${name === 'UNKNOWN' ? `number ${number}` : `\`${name}\``}; ${ran}`,
      hint: number === '0' ? 'root' : 'uid',
    })
  // The report says itself who wrote it: `su` within the container and `docker exec --user` are hers, too.
  const byHer = (await node1.read('out/report.txt'))?.startsWith(`report by user ${wanted},`)
  if (!isHers && !byHer)
    return fail({ expected, observed: `the file belongs to \`mira\`, but ${ran}`, hint: 'by-hand' })
  // 137 and 143: it was stopped when it had done its work.
  if (report.state === 'exited' && ![0, 137, 143].includes(report.exitCode))
    return fail({ expected, observed: `\`report\` ended with exit code ${report.exitCode}`, hint: 'run' })
  return pass(`out/report.txt belongs to \`mira\`${isHers ? `; ${ran}` : ', who has written it'}`)
}

const secret: Check = async ({ node1, values }) => {
  const token = values['token'] ?? ''
  const expected = `the token in /vault/token of \`vault\`, in memory alone`
  const vault = await container(node1, 'vault')
  if (vault?.state !== 'running')
    return fail({
      expected,
      observed: vault ? `\`vault\` is ${vault.state}` : 'there is no container `vault`',
      hint: 'tmpfs',
    })
  const settings = (await node1.get(`/containers/${vault.id}/json`)) as {
    GraphDriver?: { Data?: { UpperDir?: string } }
  }
  const upper = settings.GraphDriver?.Data?.UpperDir
  if (JSON.stringify(settings).includes(token))
    return fail({ expected, observed: '`docker inspect vault` shows the token', hint: 'settings' })
  const [inside, kind, changed] = await Promise.all([
    node1.exec(['docker', 'exec', 'vault', 'cat', '/vault/token']),
    node1.exec(['docker', 'exec', 'vault', 'sh', '-c', 'stat -f -c %T /vault/token || stat -f -c %T /vault']),
    containerChanges(node1, 'vault'),
  ])
  if (!/^(tmpfs|ramfs)$/.test(kind.stdout.trim())) {
    const layer = changed?.includes('/vault/token') ? '/vault/token lies in the writable layer' : '/vault is no tmpfs'
    return fail({ expected, observed: layer, hint: inside.stdout.includes(token) ? 'layer' : 'tmpfs' })
  }
  if (!inside.stdout.includes(token))
    return fail({ expected, observed: '/vault is a tmpfs, and the token is not in /vault/token', hint: 'command' })
  // `docker cp` knows no tmpfs: what it brings lands below it, in the layer, where nobody in the container sees it.
  const below = await node1.exec(['grep', '-rqF', '--', token, `${upper ?? ''}/vault`])
  if (upper !== undefined && below.code === 0)
    return fail({ expected, observed: 'the token lies in the writable layer as well, below the tmpfs', hint: 'layer' })
  const copy = await node1.exec(['grep', '-rlF', '--', token, '.'])
  if (copy.code === 0)
    return fail({ expected, observed: `also in ${copy.stdout.trim().split('\n')[0]} of this folder`, hint: 'file' })
  return pass('the token is in memory, and in no layer, volume or setting')
}

export default { live, readonly, owner, secret } satisfies Checks
