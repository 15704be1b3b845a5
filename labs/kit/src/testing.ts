/** For tests of checks, where the proof on an engine cannot arrange a state: a node that answers what the test gives it, and nothing else. */
import type { CheckContext, Node } from './check.ts'
import type { Outcome } from './outcome.ts'
import type { Values } from './schema.ts'

const refuse = (what: unknown) => Promise.reject(new Error(`not asked: ${String(what)}`))

export const pretendNode = (answers: Partial<Node> = {}): Node => ({
  ...{ name: 'node1', folder: '/root/work', get: refuse, exec: refuse, read: refuse },
  ...answers,
})

export const contextOf = (node1: Node, values: Values = {}): CheckContext => ({
  ...{ node1, nodes: [node1], values, seed: 1, scratch: 'drydock-check-1-' },
})

/** A program that ended well. */
export const printed = (stdout: string, stderr = '') => ({ code: 0, stdout, stderr, truncated: false })

/** What a check came to, in a word: the hint where it failed. */
export const wordOf = (outcome: Outcome): string | undefined =>
  outcome.status === 'fail' ? outcome.hint : outcome.status

/** What an engine says of a container that runs, but for what is given; `State` is filled up. */
export const inspected = ({ State, ...rest }: { Name: string; State?: object } & Record<string, unknown>) => ({
  ...{ Id: 'ab12', Created: '2026-01-01T00:00:00Z', Image: 'sha256:1', HostConfig: {}, NetworkSettings: {} },
  State: {
    ...{ Status: 'running', OOMKilled: false, ExitCode: 0, Pid: 42, StartedAt: '', FinishedAt: '' },
    ...State,
  },
  ...rest,
})
