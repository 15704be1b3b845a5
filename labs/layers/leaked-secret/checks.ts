/** A secret in a layer: what the depot accepts, and which bytes are in an image, all layers, settings and history included. */
import { container, fail, image, images, isPreloaded, pass, request } from '@drydock/kit'
import type { Check, Checks, Node } from '@drydock/kit'

/** A token as rotate.sh makes it. */
const asRotated = '[0-9a-f]{48}'
const short = (token: string) => `${token.slice(0, 6)}…`

const find: Check = async ({ node1, values }) => {
  const expected = 'the token from the layers of ferry:1.4 in leak.txt'
  const found = (await node1.read('leak.txt'))?.trim()
  if (!found) return fail({ expected, observed: found === '' ? 'leak.txt is empty' : 'no leak.txt', hint: 'history' })
  if (found.split(/[\s"'`=:,]+/).includes(values.token!))
    return pass(`the token that leaked is ${short(values.token!)}`)
  return fail({ expected, observed: `leak.txt has ${short(found)}, which is another`, hint: 'layers' })
}

/** What the depot answers to a token: 200, 401, or 0 when it says nothing. */
async function ask(node: Node, token: string): Promise<number> {
  // A token of the learner's own may have signs that mean something in this file.
  const quoted = token.replaceAll(/\p{Cc}/gu, '').replaceAll(/[\\"]/g, String.raw`\$&`)
  const config = `url = "http://localhost:8081/rates.csv"\nuser = "ferry:${quoted}"\n`
  const curl = ['curl', '-q', '-s', '-m', '3', '-o', '/dev/null', '-w', '%{http_code}', '-K', '-'] as const
  return Number((await node.exec(curl, { stdin: config })).stdout)
}

const rotate: Check = async ({ node1, values }) => {
  const expected = 'the depot refuses the leaked token and takes the one in token.txt'
  const token = (await node1.read('token.txt'))?.trim() ?? ''
  const [old, fresh] = await Promise.all([ask(node1, values.token!), ask(node1, token)])
  if (old === 0)
    return fail({ expected, observed: 'the depot on http://localhost:8081 does not answer', hint: 'depot' })
  if (old === 200)
    return fail({
      expected,
      observed: `the depot still takes ${short(values.token!)}`,
      hint: token ? 'script' : 'first',
    })
  if (fresh !== 200)
    return fail({
      expected,
      observed: `the depot refuses ${short(token) || 'nothing'}, the token in token.txt`,
      hint: 'script',
    })
  return pass(`the depot refuses ${short(values.token!)} and takes ${short(token)}`)
}

const clean: Check = async ({ node1, values }) => {
  const expected = 'an image ferry:1.5 with rates.csv, and without a token'
  if (!(await image(node1, 'ferry:1.5'))) return fail({ expected, observed: 'there is no ferry:1.5', hint: 'secret' })
  const fresh = (await node1.read('token.txt'))?.trim() ?? ''
  const tokens = [values.token!, fresh].filter((token) => token.length >= 16)
  // One that has been replaced since it was copied is a token, too.
  const where = await leaks(node1, 'ferry:1.5', tokens, asRotated)
  if (where.includes('settings'))
    return fail({ expected, observed: 'a token stands in the settings or the history of ferry:1.5', hint: 'history' })
  if (where.includes('layer')) return fail({ expected, observed: 'a token is in a layer of ferry:1.5', hint: 'layer' })
  if (!where.includes('rates')) return fail({ expected, observed: 'no rates.csv in ferry:1.5', hint: 'rates' })
  return pass('ferry:1.5 has the rates, and no token in any layer, setting or line of history')
}

/**
 * `settings` and `layer`: where one of the tokens was seen, as it is or as the depot is sent it; `rates`: the rates are there.
 * `shape`: what else counts as one, alone on a line or between other signs in the settings. Layers are read where the engine keeps them on the node's disk, those that hide nothing and those that are hidden alike.
 */
async function leaks(
  node: Node,
  name: string,
  tokens: string[],
  shape?: string,
): Promise<('settings' | 'layer' | 'rates')[]> {
  const inspected = (await node.get(`/images/${name}/json`)) as {
    GraphDriver?: { Data?: { UpperDir?: unknown; LowerDir?: unknown } }
  }
  const history = await node.get(`/images/${name}/history`)
  const { UpperDir: upper = '', LowerDir: lower = '' } = inspected.GraphDriver?.Data ?? {}
  const folders = `${String(upper)}:${String(lower)}`.split(':').filter(Boolean)
  const encode =
    'while read -r t; do echo "$t"; printf "ferry:%s" "$t" | base64 -w 0 | tr -d =; echo; printf %s "$t" | base64 -w 0 | tr -d =; echo; done'
  const list = (await node.exec(['sh', '-c', encode], { stdin: `${tokens.join('\n')}\n` })).stdout
  const forms = list.split('\n').filter(Boolean)
  const settings = JSON.stringify([inspected, history])
  const inLayers = async (patterns: string[]) =>
    (await node.exec(['grep', '-rqaF', '-f', '-', '--', ...folders], { stdin: patterns.join('\n') })).code === 0
  const inLines = async (line: string) => (await node.exec(['grep', '-rqaxE', '-e', line, '--', ...folders])).code === 0
  const [layer, rates, alike] = await Promise.all([
    inLayers(forms),
    inLayers(['berth,rate']),
    shape === undefined ? false : inLines(shape),
  ])
  // Ids and digests are longer.
  const inSettings = shape !== undefined && new RegExp(`(?<![0-9a-f])${shape}(?![0-9a-f])`).test(settings)
  return [
    ...(inSettings || forms.some((form) => settings.includes(form)) ? (['settings'] as const) : []),
    ...(layer || alike ? (['layer'] as const) : []),
    ...(rates ? (['rates'] as const) : []),
  ]
}

const deploy: Check = async ({ node1, values }) => {
  const expected = '`ferry` from ferry:1.5 on http://localhost:8080, and no image with the leaked token'
  const [ferry, fixed] = await Promise.all([container(node1, 'ferry'), image(node1, 'ferry:1.5')])
  if (!ferry || ferry.state !== 'running')
    return fail({
      expected,
      observed: ferry ? `\`ferry\` is ${ferry.state}` : 'there is no container `ferry`',
      hint: 'replace',
    })
  if (ferry.imageId !== fixed?.id)
    return fail({ expected, observed: `\`ferry\` runs from ${ferry.image}`, hint: 'replace' })
  const answer = await request(node1, 'http://localhost:8080/rates.csv')
  if (!answer.body.startsWith('berth,rate'))
    return fail({ expected, observed: answer.problem || `status ${answer.status}`, hint: 'replace' })
  const own = (await images(node1)).filter((i) => !i.tags.some(isPreloaded))
  for (const { id, tags } of own) {
    const where = await leaks(node1, id, [values.token!])
    if (where.includes('layer') || where.includes('settings'))
      return fail({ expected, observed: `${tags[0] ?? id.slice(7, 19)} is still here, with the token`, hint: 'remove' })
  }
  return pass('`ferry` shows the rates from ferry:1.5, and no image has the token')
}

export default { find, rotate, clean, deploy } satisfies Checks
