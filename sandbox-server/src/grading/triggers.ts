/** When observing checks run: after events of the node's engine, when a terminal falls quiet, and now and then while the learner is active. */
import type { RuntimeNode } from '../runtime/port.ts'

/** Milliseconds. */
export const pace = {
  /** An engine's events are gathered for so long. */
  events: 100,
  /** A terminal is quiet when nothing was printed for so long: after input, and after what a longer command says at its end. */
  quiet: 300,
  /** For a program that goes on printing by itself, that grows each time, up to this. */
  quietMost: 1200,
  poll: 5000,
  /** The learner counts as active for so long after input. */
  active: 60_000,
  /** A node's event stream that broke is tried again after so long, and at the longest after `retryMost`. */
  retry: 250,
  retryMost: 4000,
} as const

export interface TriggerOptions {
  nodes: readonly RuntimeNode[]
  /** Something may have changed: look. */
  onTrigger: () => void
  /** The engine of a node said something, or came back. */
  onEngine?: () => void
  /** What the engine of a node said, as it came; at most as much as the node is read. */
  onEvent?: (node: string, event: unknown) => void
  /** The engine inside a node went away or came back. */
  onNodeEngine: (node: string, up: boolean) => void
  /** Names of ours whose events mean nothing. */
  ignore: (name: string) => boolean
}

export interface Triggers {
  noteInput(): void
  noteOutput(): void
  stop(): void
}

export function openTriggers({
  nodes,
  onTrigger,
  onEngine = () => undefined,
  onEvent: tell = () => undefined,
  onNodeEngine,
  ignore,
}: TriggerOptions): Triggers {
  let stopped = false
  let gathering: NodeJS.Timeout | undefined
  let quiet: NodeJS.Timeout | undefined
  let lastInput = 0
  let silence: number = pace.quiet
  const stops = nodes.map((node) => followEvents(node))
  const poll = setInterval(() => {
    if (Date.now() - lastInput < pace.active) onTrigger()
  }, pace.poll)

  const fallQuiet = () => {
    quiet = undefined
    onTrigger()
  }
  return {
    noteInput() {
      lastInput = Date.now()
      if (stopped) return
      silence = pace.quiet
      clearTimeout(quiet)
      quiet = setTimeout(fallQuiet, silence)
    },
    noteOutput() {
      if (quiet) return void quiet.refresh()
      if (stopped || Date.now() - lastInput > pace.active) return
      quiet = setTimeout(fallQuiet, silence)
      silence = Math.min(silence * 2, pace.quietMost)
    },
    stop() {
      stopped = true
      clearTimeout(gathering)
      clearTimeout(quiet)
      clearInterval(poll)
      for (const stop of stops) stop()
    },
  }

  function onEvent(node: string, event: unknown): void {
    if (stopped || !isTelling(event, ignore)) return
    tell(node, event)
    if (gathering) return
    gathering = setTimeout(() => {
      gathering = undefined
      onEngine()
      onTrigger()
    }, pace.events)
  }

  /** Listens to one node's engine, again and again when the stream breaks. */
  function followEvents(node: RuntimeNode): () => void {
    let up = true
    let wait: number = pace.retry
    let timer: NodeJS.Timeout | undefined
    let openedAt = 0
    let close: () => void = () => undefined
    const open = () => {
      openedAt = Date.now()
      close = node.events(onFirst, onEnd)
      timer = up ? undefined : setTimeout(() => setUp(true), pace.retryMost / 2)
    }
    const setUp = (now: boolean) => {
      if (up === now || stopped) return
      up = now
      onNodeEngine(node.name, up)
      onEngine()
      onTrigger()
    }
    const onFirst = (event: unknown) => {
      setUp(true)
      onEvent(node.name, event)
    }
    const onEnd = () => {
      if (stopped) return
      clearTimeout(timer)
      wait = Date.now() - openedAt > pace.retryMost ? pace.retry : Math.min(wait * 2, pace.retryMost)
      setUp(false)
      timer = setTimeout(open, wait)
    }
    open()
    return () => {
      clearTimeout(timer)
      close()
    }
  }
}

/** Health checks and `docker exec` come by as exec events all the time; terminals tell us of what people do there. */
function isTelling(event: unknown, ignore: (name: string) => boolean): boolean {
  if (typeof event !== 'object' || event === null) return false
  const { Action, Actor } = event as { Action?: unknown; Actor?: { Attributes?: { name?: unknown; image?: unknown } } }
  if (typeof Action === 'string' && /^(exec_|attach|detach|resize|top)/.test(Action)) return false
  const { name, image } = Actor?.Attributes ?? {}
  return ![name, image].some((text) => typeof text === 'string' && ignore(text))
}
