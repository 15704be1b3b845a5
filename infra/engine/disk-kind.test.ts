/** Where there are no loop devices, the kernel decides whether a node can have its disk in memory. */
import { expect, test } from 'vitest'
import { decideWithoutLoop } from './disk-kind.ts'

test.each([
  ['6.12.57+deb13-cloud-amd64', 'memory'],
  ['6.6.0', 'memory'],
  ['7.0.1', 'memory'],
  ['6.1.0-41-amd64', null],
  ['5.15.0-generic', null],
])('kernel %s: %s', (kernel, kind) => expect(decideWithoutLoop(kernel)).toBe(kind))
