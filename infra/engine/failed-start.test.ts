/** An engine that failed is started again only where that can help. */
import { expect, test } from 'vitest'
import { decideRepair } from './failed-start.ts'

test.each([
  ['a containerd that was too slow', 'failed to start containerd: timeout waiting for containerd to start', 'again'],
  [
    'half a network in the store',
    'level=info\npanic: runtime error: invalid memory address\n\ngithub.com/docker/libnetwork.(*controller).reservePools(0x0)',
    'networks',
  ],
  ['any other panic', 'panic: runtime error: index out of range', null],
  ['a host without overlay', 'failed to start daemon: error initializing graphdriver: driver not supported', null],
  ['nothing', '', null],
])('%s', (_what, said, repair) => expect(decideRepair(said)).toBe(repair))
