/** Whether an entry of the log is something that a learner is told, and not just what happened. Pure. */
import type { LogEntry } from '@drydock/sandbox-server/contract'

const words = new Set<LogEntry['what']['kind']>([
  'message',
  'command',
  'hint',
  'highlight',
  'file',
  'catch-up',
  'extend',
])

export const isWord = ({ what }: LogEntry): boolean => words.has(what.kind)
