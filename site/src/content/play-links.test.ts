/** Which blocks of a lesson can be opened in the playground, and under which name. */
import { expect, test } from 'vitest'
import { readLink } from '../islands/play/play-link.ts'
import { playLinkOf } from './play-links.ts'

const read = (text: string, language: string, title?: string) => {
  const link = playLinkOf(text, language, title)
  const found = link === null ? null : readLink(link.replace('/play/', ''))
  return found?.ok ? found.link.files : null
}

test('Dockerfiles and compose files, under their own names where a title has one', () => {
  expect(read('FROM busybox', 'dockerfile')).toEqual([{ path: 'Dockerfile', text: 'FROM busybox\n' }])
  expect(read('FROM busybox\n', 'dockerfile', 'app/Dockerfile.dev')).toEqual([
    { path: 'Dockerfile.dev', text: 'FROM busybox\n' },
  ])
  expect(read('FROM busybox', 'dockerfile', 'Better, in two stages')).toMatchObject([{ path: 'Dockerfile' }])
  expect(read('services:\n  web:', 'yaml', 'compose.override.yaml')).toMatchObject([{ path: 'compose.override.yaml' }])
  expect(read('services:\n  web:', 'yaml')).toMatchObject([{ path: 'compose.yaml' }])
})

test('no other block, and nothing that a link may not bring', () => {
  expect(read('version: 1', 'yaml')).toBe(null)
  expect(read('print(1)', 'python')).toBe(null)
  expect(read('FROM a\u202eb', 'dockerfile')).toBe(null)
  expect(read(`FROM a\n${'#'.repeat(40_000)}`, 'dockerfile')).toBe(null)
})
