/** Protects: a lost connection comes back, at once when the browser wakes up, and never after a final refusal. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeWorld } from '../../../test/fakes/fake-sockets.ts'
import { ReconnectingSocket, type SocketState } from './reconnecting-socket.ts'

function openSocket() {
  const fake = fakeWorld()
  const states: SocketState[] = []
  const socket = new ReconnectingSocket(
    { url: () => 'ws://here', onMessage: () => undefined, onState: (state) => states.push(state) },
    fake.world,
  )
  return { ...fake, socket, states }
}

describe('ReconnectingSocket', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('tries again with growing waits', () => {
    const { last, sockets } = openSocket()
    last().open()
    last().cut()
    vi.advanceTimersByTime(499)
    expect(sockets).toHaveLength(1)
    vi.advanceTimersByTime(1)
    expect(sockets).toHaveLength(2)
    last().cut()
    vi.advanceTimersByTime(999)
    expect(sockets).toHaveLength(2)
    vi.advanceTimersByTime(1)
    expect(sockets).toHaveLength(3)
  })

  it('says that the line is lost until it is there again, also while it tries', () => {
    const { last, states } = openSocket()
    last().open()
    last().cut()
    vi.advanceTimersByTime(500)
    last().cut()
    vi.advanceTimersByTime(1000)
    expect(states).toEqual(['connecting', 'open', 'waiting', 'waiting'])
    last().open()
    expect(states.at(-1)).toBe('open')
  })

  it('does not wait for a connection on a line that is dead', () => {
    const { last, sockets, states } = openSocket()
    vi.advanceTimersByTime(10_000)
    expect(states.at(-1)).toBe('waiting')
    vi.advanceTimersByTime(500)
    expect(sockets).toHaveLength(2)
    last().open()
    vi.advanceTimersByTime(60_000)
    expect(states.at(-1)).toBe('open')
  })

  it('starts from the shortest wait once the connection has proved good', () => {
    const { last, sockets, socket } = openSocket()
    for (let i = 0; i < 4; i++) {
      last().cut()
      vi.advanceTimersByTime(9_000)
    }
    last().open()
    socket.settle()
    const before = sockets.length
    last().cut()
    vi.advanceTimersByTime(500)
    expect(sockets).toHaveLength(before + 1)
  })

  it('does not start over just because a socket opened: a server that accepts and drops must not be hammered', () => {
    const { last, sockets } = openSocket()
    last().open()
    last().cut()
    vi.advanceTimersByTime(500)
    last().open()
    last().cut()
    vi.advanceTimersByTime(500)
    expect(sockets).toHaveLength(2)
  })

  it('connects at once when the browser wakes up, and once only', () => {
    const { last, sockets, wake } = openSocket()
    last().cut()
    wake()
    wake()
    expect(sockets).toHaveLength(2)
    last().open()
    wake()
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(2)
  })

  it('gives up after a final refusal', () => {
    const { last, sockets, states, wake } = openSocket()
    last().open()
    last().cut(4410)
    wake()
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(1)
    expect(states.at(-1)).toBe('closed')
  })

  it('keeps nothing for later', () => {
    const { last, socket } = openSocket()
    expect(socket.send('early')).toBe(false)
    last().open()
    expect(socket.send('now')).toBe(true)
    const first = last()
    first.cut()
    expect(socket.send('late')).toBe(false)
    vi.advanceTimersByTime(500)
    last().open()
    expect(first.sent).toEqual(['now'])
    expect(last().sent).toEqual([])
  })

  it('is silent after it was closed', () => {
    const { last, socket, sockets, states } = openSocket()
    const first = last()
    socket.close()
    first.cut()
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(1)
    expect(states.at(-1)).toBe('closed')
  })
})
