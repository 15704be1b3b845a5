/** What is wrong in a YAML or compose file, with the place and the reason. Pure: `yaml` parses, our schema knows compose. */
import { isAlias, isMap, isScalar, isSeq, parseDocument, type Node, type Pair } from 'yaml'
import { composeKeys, type Key, type Keys, type Shape } from './compose-schema.ts'

export interface Finding {
  from: number
  to: number
  severity: 'error' | 'warning'
  message: string
}

export function lintYaml(text: string, compose: boolean): Finding[] {
  const parsed = parseDocument(text, { merge: true, prettyErrors: false })
  const findings: Finding[] = [
    ...parsed.errors.map(({ pos, message }) => ({ from: pos[0], to: pos[1], severity: 'error' as const, message })),
    ...parsed.warnings.map(({ pos, message }) => ({ from: pos[0], to: pos[1], severity: 'warning' as const, message })),
  ]
  if (!compose || parsed.errors.length > 0 || parsed.contents === null) return findings
  if (!isMap(parsed.contents)) return [at(parsed.contents, 'A compose file is a map: `services:` and so on.')]
  checkMap(parsed.contents, composeKeys, 'a compose file', findings)
  if (!parsed.has('services') && !parsed.has('include'))
    findings.push({
      from: 0,
      to: Math.min(text.length, 1),
      severity: 'warning',
      message: 'A compose file names its `services`.',
    })
  checkNames(parsed.toJS() as unknown, parsed.contents, findings)
  return findings
}

function checkMap(map: Node, keys: Keys, where: string, findings: Finding[]): void {
  if (!isMap(map)) return
  for (const pair of map.items as Pair<Node, Node | null>[]) {
    const name = isScalar(pair.key) ? String(pair.key.value) : ''
    // A merge key is a symbol.
    if (name.startsWith('x-') || (isScalar(pair.key) && typeof pair.key.value === 'symbol')) continue
    const key = Object.hasOwn(keys, name) ? keys[name] : undefined
    if (!key) {
      const near = nearest(name, Object.keys(keys))
      findings.push(at(pair.key, `There is no \`${name}\` in ${where}${near ? `. Do you mean \`${near}\`?` : '.'}`))
    } else checkValue(pair, name, key, findings)
  }
}

function checkValue({ value }: Pair<Node, Node | null>, name: string, key: Key, findings: Finding[]): void {
  if (value === null || isAlias(value) || (isScalar(value) && value.value === null)) return
  const shape = shapeOf(value)
  // ${…} may become anything.
  const variable = isScalar(value) && typeof value.value === 'string' && value.value.includes('$')
  if (
    !variable &&
    !key.takes.includes('any') &&
    !key.takes.some((takes) => takes === shape || (takes === 'text' && shape === 'number'))
  )
    return void findings.push(
      at(value, `\`${name}\` takes ${key.takes.map(words).join(' or ')}, and this is ${words(shape)}.`),
    )
  if (key.words && isScalar(value) && !variable && !key.words.includes(String(value.value)))
    findings.push(at(value, `\`${name}\` is ${key.words.map((word) => `\`${word}\``).join(' or ')}.`))
  if (key.keys) checkMap(value, key.keys, `\`${name}\``, findings)
  if (key.each && isMap(value))
    for (const { key: child, value: inner } of value.items as Pair<Node, Node | null>[])
      if (isMap(inner)) checkMap(inner, key.each, `\`${name}\``, findings)
      else if (inner !== null && !isAlias(inner) && !(isScalar(inner) && inner.value === null))
        findings.push(at(inner, `\`${isScalar(child) ? String(child.value) : ''}\` is a map of settings.`))
  if (name === 'ports' && isSeq(value))
    for (const item of value.items)
      if (isScalar(item) && typeof item.value === 'number' && !/^\d+$/.test(String(item.source)))
        findings.push(at(item, 'YAML reads this as one number. Write ports between quotes.', 'warning'))
}

/** Names that are used and nowhere defined. */
function checkNames(file: unknown, root: Node, findings: Finding[]): void {
  const services = record(record(file)['services'])
  for (const [name, settings] of Object.entries(services)) {
    const wants: [string, unknown, Record<string, unknown>][] = [
      ['depends_on', record(settings)['depends_on'], services],
      ['networks', record(settings)['networks'], { default: null, ...record(record(file)['networks']) }],
      ['secrets', record(settings)['secrets'], record(record(file)['secrets'])],
      ['configs', record(settings)['configs'], record(record(file)['configs'])],
    ]
    for (const [key, value, known] of wants)
      for (const used of Array.isArray(value) ? value : Object.keys(record(value)))
        if (typeof used === 'string' && !Object.hasOwn(known, used) && !used.includes('$')) {
          const place = isMap(root) ? root.getIn(['services', name, key], true) : undefined
          findings.push(
            at(
              place as Node | undefined,
              `\`${name}\` uses \`${used}\`, which this file does not define under ${key === 'depends_on' ? 'services' : key}.`,
            ),
          )
        }
    const volumes = record(settings)['volumes']
    for (const each of Array.isArray(volumes) ? volumes : []) {
      const source = typeof each === 'string' && /^([A-Za-z0-9][\w.-]*):/.exec(each)?.[1]
      if (!source || Object.hasOwn(record(record(file)['volumes']), source)) continue
      const place = isMap(root) ? root.getIn(['services', name, 'volumes'], true) : undefined
      findings.push(
        at(
          place as Node | undefined,
          `The volume \`${source}\` is not defined under \`volumes\` at the end of the file.`,
        ),
      )
    }
  }
}

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}

function shapeOf(node: Node): Shape {
  if (isMap(node)) return 'map'
  if (isSeq(node)) return 'list'
  const value: unknown = isScalar(node) ? node.value : null
  return typeof value === 'boolean' ? 'yes or no' : typeof value === 'number' ? 'number' : 'text'
}

const words = (shape: Shape) =>
  shape === 'yes or no' ? '`true` or `false`' : shape === 'any' ? 'anything' : `a ${shape}`

function at(node: Node | null | undefined, message: string, severity: Finding['severity'] = 'error'): Finding {
  const [from = 0, to = 1] = node?.range ?? []
  return { from, to: Math.max(to, from), severity, message }
}

/** The known word that differs in at most two letters. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known.map((each) => ({ each, far: distance(word, each) })).sort((a, b) => a.far - b.far)
  return ranked[0] && ranked[0].far <= 2 ? ranked[0].each : undefined
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1])))
    row = next
  }
  return row[b.length] ?? 0
}
