/** Protects: the terminal protocol of the contract as a browser speaks it. */
import { maxInputFrame as contractFrame } from '@drydock/sandbox-server/contract'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeWorld } from '../../../test/fakes/fake-sockets.ts'
import { maxInputFrame, TerminalStream } from './terminal-stream.ts'

function openStream() {
  const fake = fakeWorld()
  let screen = ''
  let resets = 0
  const pending: (() => void)[] = []
  const stream = new TerminalStream(
    '/sessions/s1/terminals/main',
    {
      write: (bytes, done) => {
        screen += new TextDecoder().decode(bytes)
        pending.push(done)
      },
      reset: () => {
        screen = ''
        resets += 1
      },
      onState: () => undefined,
      onExit: () => undefined,
    },
    fake.world,
  )
  const commands = (): unknown[] =>
    fake
      .last()
      .sent.filter((s) => typeof s === 'string')
      .map((s) => JSON.parse(s) as unknown)
  return {
    ...fake,
    stream,
    commands,
    screen: () => screen,
    resets: () => resets,
    draw: () => pending.splice(0).forEach((done) => done()),
  }
}

describe('TerminalStream', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    vi.stubGlobal('location', { href: 'https://drydock.test/layers/cache/' })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('says nothing about the past at first, and where it was after a loss', () => {
    const { last, screen, resets } = openStream()
    expect(last().url).toMatch(/^wss:\/\/drydock\.test\/api\/sessions\/s1\/terminals\/main\?client=[0-9a-f]{24}$/)
    last().open()
    last().say({ type: 'start', offset: 100, reset: true })
    last().bytes('hello')
    last().cut()
    vi.advanceTimersByTime(500)
    expect(last().url).toMatch(/&since=105$/)
    last().open()
    last().say({ type: 'start', offset: 105, reset: false })
    last().bytes(' again')
    expect(screen()).toBe('hello again')
    expect(resets()).toBe(1)
  })

  it('clears the screen when what it has seen is gone', () => {
    const { last, screen } = openStream()
    last().open()
    last().say({ type: 'start', offset: 0, reset: true })
    last().bytes('old')
    last().cut()
    vi.advanceTimersByTime(500)
    last().open()
    last().say({ type: 'start', offset: 0, reset: true })
    last().bytes('new')
    expect(screen()).toBe('new')
  })

  it('acknowledges what was drawn, at least each 128 KiB', () => {
    const { last, commands, draw } = openStream()
    last().open()
    last().say({ type: 'start', offset: 1000, reset: true })
    last().bytes('x'.repeat(40_000))
    last().bytes('x'.repeat(40_000))
    expect(commands()).toEqual([])
    draw()
    expect(commands()).toEqual([{ type: 'ack', offset: 81_000 }])
  })

  it('cuts a large paste into frames that the server takes', () => {
    const { last, stream } = openStream()
    last().open()
    const paste = new Uint8Array(150_000).fill(97)
    expect(stream.input(paste)).toBe(true)
    const frames = last().sent as Uint8Array[]
    expect(frames.map((frame) => frame.length)).toEqual([65_536, 65_536, 18_928])
    expect(maxInputFrame).toBe(contractFrame)
  })

  it('keeps what is typed on a line that is down, up to a bound, and sends just what had not arrived', () => {
    const { last, stream } = openStream()
    last().open()
    last().say({ type: 'start', offset: 0, reset: true, input: 0 })
    const type = (text: string) => stream.input(new TextEncoder().encode(text))
    type('ab')
    last().say({ type: 'input', received: 1 })
    last().cut()
    expect(type('c')).toBe(true)
    expect(stream.input(new Uint8Array(5000))).toBe(false)
    vi.advanceTimersByTime(500)
    last().open()
    expect(last().sent).toEqual([])
    last().say({ type: 'start', offset: 0, reset: false, input: 1 })
    expect(last().sent.map((frame) => new TextDecoder().decode(frame as Uint8Array))).toEqual(['bc'])
  })

  it('types nothing into another shell than the one that was there', () => {
    const { last, stream } = openStream()
    last().open()
    last().say({ type: 'start', offset: 0, reset: true, input: 0 })
    last().cut()
    stream.input(new Uint8Array([97]))
    vi.advanceTimersByTime(500)
    last().open()
    last().say({ type: 'start', offset: 0, reset: true, input: 0 })
    expect(last().sent).toEqual([])
  })

  it('leaves a line that is silent: asks, waits, connects anew', () => {
    const { sockets, last, stream, commands } = openStream()
    last().open()
    last().say({ type: 'start', offset: 0, reset: true, input: 0 })
    stream.input(new Uint8Array([97]))
    vi.advanceTimersByTime(3000)
    expect(commands()).toContainEqual({ type: 'ping' })
    vi.advanceTimersByTime(5100)
    expect(sockets).toHaveLength(2)
  })

  it('knows while it replays, so that old queries are not answered', () => {
    const { last, stream, draw } = openStream()
    last().open()
    last().say({ type: 'start', offset: 0, until: 10, reset: true })
    expect(stream.replaying).toBe(true)
    last().bytes('0123456789')
    expect(stream.replaying).toBe(true)
    draw()
    expect(stream.replaying).toBe(false)
  })

  it('tells its size again after each connect', () => {
    const { last, stream, commands } = openStream()
    stream.resize(120, 40)
    last().open()
    expect(commands()).toEqual([{ type: 'resize', cols: 120, rows: 40 }])
    last().cut()
    vi.advanceTimersByTime(500)
    last().open()
    expect(commands()).toEqual([{ type: 'resize', cols: 120, rows: 40 }])
  })
})
