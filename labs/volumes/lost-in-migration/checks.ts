/** Lost in migration: which orders the new machine answers, old and new, and what its container would do without its folder. */
import { container, fail, pass } from '@drydock/kit'
import type { Check, Checks, Node } from '@drydock/kit'

/** SHA-1 over ship, item and count of the 240 orders in `files/data`, one a line. */
const original = 'e662b6e54233fc827cfbdd0e61d6c47576efad5d'
const old = `local n, s = 0, {}
for i = 1, 240 do
  local o = redis.call('HMGET', 'order:' .. i, 'ship', 'item', 'count')
  if o[1] then n = n + 1; s[n] = o[1] .. '|' .. (o[2] or '') .. '|' .. (o[3] or '') .. '\\n' end
end
return n .. ' ' .. redis.sha1hex(table.concat(s))`

/** What Redis in the container `orders` of a node answers, undefined when it does not. */
async function ask(node: Node, ...command: string[]): Promise<string | undefined> {
  const ran = await node.exec(['docker', 'exec', 'orders', 'redis-cli', '--raw', ...command])
  return ran.code === 0 && !/^(ERR|LOADING|NOAUTH|Error)/.test(ran.stdout) ? ran.stdout.trim() : undefined
}

async function state(node: Node): Promise<string> {
  const orders = await container(node, 'orders')
  return orders ? `\`orders\` on ${node.name} is ${orders.state}` : `there is no container \`orders\` on ${node.name}`
}

const restored: Check = async ({ node1, nodes: [, node2] }) => {
  const expected = 'the 240 orders from before the move, in `orders` on node1'
  const said = await ask(node1, 'EVAL', old, '0')
  if (said === undefined)
    return fail({ expected, observed: `${await state(node1)}, and gives no answer`, hint: 'command' })
  const [count, sum] = said.split(' ')
  if (sum === original) return pass('all 240 orders from before the move are there, field by field')
  if (Number(count) > 0)
    return fail({ expected, observed: `${count} orders with those numbers, and not the same as before`, hint: 'part' })
  const there = node2 && (await container(node2, 'orders'))
  const observed = 'none of the 240 orders is on node1'
  return there?.state === 'running'
    ? fail({ expected, observed: `${observed}; \`orders\` runs on node2 as well`, hint: 'elsewhere' })
    : fail({ expected, observed, hint: 'where' })
}

const kept: Check = async ({ node1, values }) => {
  const expected = 'the three orders since the move, 1001 to 1003, as they were taken'
  const notes = await Promise.all(['1001', '1002', '1003'].map((n) => ask(node1, 'HGET', `order:${n}`, 'note')))
  if (notes.every((note) => note === undefined)) return fail({ expected, observed: await state(node1), hint: 'since' })
  const left = notes.filter((note, i) => note === `${values['token']}-${i + 1}`).length
  if (left === 3) return pass('the three orders since the move are there')
  return fail({ expected, observed: `${left} of the three are left`, hint: left === 0 ? 'gone' : 'since' })
}

interface Settings {
  Config?: { Labels?: Record<string, unknown> | null }
  HostConfig?: {
    Binds?: string[] | null
    Mounts?: { Type?: string; Source?: string; Target?: string; BindOptions?: { CreateMountpoint?: boolean } }[] | null
  }
}

const loud: Check = async ({ node1 }) => {
  const expected = 'a container `orders` that was made so that a missing folder is an error'
  const orders = await container(node1, 'orders')
  if (orders?.state !== 'running') return fail({ expected, observed: await state(node1), hint: 'command' })
  const { HostConfig: made } = (await node1.get(`/containers/${orders.id}/json`)) as Settings
  const mount = made?.Mounts?.find((m) => m.Target === '/data')
  if (orders.labels['com.docker.compose.service'] === undefined)
    return fail({ expected, observed: '`orders` was not made by Compose, which would do as before', hint: 'long' })
  const written = /create_host_path:\s*(false|no|off)/.test((await node1.read('compose.yaml')) ?? '')
  if (mount?.Type === 'bind' && mount.BindOptions?.CreateMountpoint !== true)
    return pass(`without ${mount.Source ?? 'its folder'}, \`orders\` would not start`)
  const volume = orders.mounts.find((m) => m.type === 'volume' && m.destination === '/data')
  const name = volume?.source.match(/\/volumes\/([^/]+)\/_data$/)?.[1]
  if (name !== undefined && (await refusesWithout(node1, name)))
    return pass(`without the volume ${name} or its folder, \`orders\` would not start`)
  if (written)
    return fail({ expected, observed: 'compose.yaml says so, and `orders` was made before that', hint: 'applied' })
  if (volume)
    return fail({
      expected,
      observed: '`orders` has a volume, which is made on the spot where there is none',
      hint: 'volume',
    })
  return fail({ expected, observed: 'a missing folder would be made, and be empty', hint: 'long' })
}

/** A volume that the file calls external is never made on the spot, whoever made this one; one that stands for a folder is of no use without it. */
async function refusesWithout(node: Node, name: string): Promise<boolean> {
  const found = (await node.get(`/volumes/${encodeURIComponent(name)}`)) as { Options?: Record<string, string> | null }
  if (/\bbind\b/.test(found.Options?.o ?? '')) return true
  const ran = await node.exec(['docker', 'compose', 'config', '--format', 'json'])
  if (ran.code !== 0) return false
  const file = JSON.parse(ran.stdout) as { volumes?: Record<string, { name?: string; external?: boolean }> }
  return Object.values(file.volumes ?? {}).some((volume) => volume.name === name && volume.external === true)
}

export default { restored, kept, loud } satisfies Checks
