/** Marks the line of the lesson that an instructor points at, until it was read; returns how to take the mark away. */
import type { LogEntry } from '@drydock/sandbox-server/contract'
import { listLines, textOf } from '../workshop/lesson-lines.ts'
import { isThere } from './follow.ts'

export function showMark(unread: readonly LogEntry[]): () => void {
  const what = unread.findLast((entry) => entry.what.kind === 'highlight' && isThere(entry.what.place))?.what
  if (what?.kind !== 'highlight') return () => undefined
  const lines = listLines(document)
  // The words count for more than the number: the page may have been built anew.
  const line =
    textOf(lines[what.block] ?? document.body) === what.text
      ? lines[what.block]
      : lines.find((each) => textOf(each) === what.text)
  line?.setAttribute('data-pointed-at', '')
  line?.scrollIntoView({ block: 'center' })
  return () => line?.removeAttribute('data-pointed-at')
}
