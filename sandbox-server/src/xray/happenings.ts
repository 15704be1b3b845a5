/** What the engines of a session said has happened: the last of it is kept for whoever looks later, and a flood is counted instead of told. */
import { z } from 'zod'
import { xrayMost, type XrayHappening } from '../contract/xray.ts'
import { maybeWords, readable, words } from './node-answers.ts'

/** Happenings that are told in a second. */
const pace = 40

/** Names of containers that are remembered. */
const maxNames = 200

const engineEvent = z.object({
  Type: words(20),
  Action: words(60),
  Actor: z.object({
    ID: maybeWords(80),
    Attributes: z.record(z.string(), z.unknown()).catch({}),
  }),
})

export interface Happenings {
  /** Null: too many at the moment, or nothing that an engine says. */
  note(node: string, event: unknown): XrayHappening | null
  readonly last: readonly XrayHappening[]
  /** How many were not told since this was last asked. */
  takeMissed(): number
}

export function createHappenings(now: () => number): Happenings {
  const last: XrayHappening[] = []
  /** Containers have names in their own events, and only ids in those of networks. */
  const names = new Map<string, string>()
  let number = 0
  let missed = 0
  let second = { began: 0, told: 0 }
  return {
    last,
    takeMissed() {
      const count = missed
      missed = 0
      return count
    },
    note(node, event) {
      const at = now()
      if (at < second.began || at - second.began >= 1000) second = { began: at, told: 0 }
      if (second.told++ >= pace) {
        missed++
        return null
      }
      const { data } = engineEvent.safeParse(event)
      if (!data) return null
      const { ID, Attributes } = data.Actor
      if (data.Type === 'container' && typeof Attributes['name'] === 'string') {
        names.set(ID, readable(Attributes['name']))
        const [oldest] = names.keys()
        if (names.size > maxNames && oldest !== undefined) names.delete(oldest)
      }
      const happening = { ...describe(data, names), number: ++number, at, node }
      last.push(happening)
      if (last.length > xrayMost.happenings) last.shift()
      return happening
    },
  }
}

function describe(
  { Type, Action, Actor }: z.infer<typeof engineEvent>,
  names: ReadonlyMap<string, string>,
): Pick<XrayHappening, 'kind' | 'action' | 'name' | 'detail'> {
  const told = (name: string) => {
    const value = Actor.Attributes[name]
    return typeof value === 'string' ? readable(value) : ''
  }
  const container = names.get(told('container')) ?? told('container').slice(0, 12)
  const [action = '', ...rest] = Action.split(': ')
  const kind = Type
  const details: Record<string, string> = {
    'container die': told('exitCode'),
    'container create': told('image'),
    'container start': told('image'),
    'container kill': told('signal'),
    'network connect': container,
    'network disconnect': container,
    'volume mount': told('destination'),
    'service update': told('updatestate.new'),
    'node update': told('state.new') || told('availability.new'),
  }
  // Volumes have their name as id, and those without a name a long number.
  const id = Actor.ID.replace(/^sha256:/, '')
  const name = told('name') || (kind === 'volume' && !/^[0-9a-f]{64}$/.test(id) ? id : id.slice(0, 12))
  return { kind, action, name, detail: details[`${kind} ${action}`] ?? rest.join(': ') }
}
