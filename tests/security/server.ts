/** Attacks on the server itself, by what a node gives it and by what a viewer sends it; the control is the server with one guard off. */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { WebSocket, WebSocketServer } from 'ws'
import { fail, type Outcome } from '@drydock/kit'
import { maxInputFrame, terminalCommand } from '../../sandbox-server/src/contract/terminals.ts'
import type { RuntimeNode, TerminalStream } from '../../sandbox-server/src/runtime/port.ts'
import { OutputPump } from '../../sandbox-server/src/terminals/output-pump.ts'
import { readFrame } from '../../sandbox-server/src/terminals/read-frame.ts'
import type { Attack, Attempt, Theme } from './attack.ts'
import { replaceEngine } from './fake-engine.ts'
import { createPlace, type Place, type World } from './world.ts'

const MB = 1_000_000
const secret = 'a-secret-of-the-host'

/** How an attack ends that wants the server to go on for ever. */
const stillWaiting = (asked: Promise<unknown>, ms: number): Promise<boolean> =>
  Promise.race([
    asked.then(
      () => false,
      () => false,
    ),
    delay(ms, true),
  ])

export const server = (world: World): Theme => {
  const node = world.once(async () => createPlace(await world.nodes.start()))
  const liar = world.once(async () => {
    const place = createPlace(await world.nodes.start())
    await replaceEngine(place)
    return { place, bounded: place.node, unbounded: await world.nodes.unbounded(place) }
  })
  const host = world.scratch('server')
  const planted = path.join(host, 'planted')
  const onDisk = (place: Place) => path.join(place.disk, 'upper/root/work')

  /** An attack on files: what the host would do with them by their paths on the node's disk, and what the server does in the node. */
  const byFiles = (
    attack: Pick<Attack, 'name' | 'tries' | 'why'>,
    plant: string,
    onHost: (place: Place) => Buffer | undefined,
    inNode: (place: Place) => Promise<Buffer | undefined>,
  ): Attack => {
    const run = async (act: (place: Place) => Buffer | undefined | Promise<Buffer | undefined>): Promise<Attempt> => {
      const place = await node()
      rmSync(planted, { force: true })
      writeFileSync(path.join(host, 'secret'), secret)
      await place.shell(`rm -rf /root/work; mkdir /root/work; cd /root/work\n${plant}`, { env: { HOST: host } })
      const packed = await act(place)
      const [read, written] = [packed?.includes(secret) ?? false, existsSync(planted)]
      return { succeeded: read || written, said: read ? 'the secret was packed' : written ? 'a file was planted' : '' }
    }
    const without = 'going by paths inside the node'
    return { ...attack, without, control: () => run(onHost), attempt: () => run(inNode) }
  }

  /** By a link that comes first, by a path upwards, and by an absolute one. */
  function hostileArchive(): Buffer {
    const at = path.join(host, 'archive')
    rmSync(at, { recursive: true, force: true })
    mkdirSync(path.join(at, 'folder'), { recursive: true })
    symlinkSync(host, path.join(at, 'link'))
    writeFileSync(path.join(at, 'folder/planted'), 'planted')
    const add = (...args: string[]) => execFileSync('tar', ['-C', at, '-P', '-f', path.join(at, 'a.tar'), ...args])
    add('-c', 'link')
    add('-r', '--transform=s,^folder,link,', 'folder/planted')
    add('-r', `--transform=s,^folder,${'../'.repeat(20)}${host.slice(1)},`, 'folder/planted')
    add('-r', `--transform=s,^folder,${host},`, 'folder/planted')
    return readFileSync(path.join(at, 'a.tar'))
  }
  const unpackOnHost = (place: Place, archive: Buffer) =>
    void execFileSync('tar', ['-P', '-C', onDisk(place), '-xf', '-'], { input: archive })

  /** An attack by what stands in the place of the node's engine: with the server's bounds, and without. */
  const byEngine = (
    attack: Pick<Attack, 'name' | 'tries' | 'why' | 'without'>,
    run: (node: RuntimeNode, bounded: boolean) => Promise<Attempt>,
  ): Attack => ({
    ...attack,
    control: async () => run((await liar()).unbounded, false),
    attempt: async () => run((await liar()).bounded, true),
  })

  return {
    title: 'The server',
    attacks: [
      byFiles(
        {
          name: 'links in work that is kept',
          tries:
            'The learner leaves links to files of the host in the work folder, which the server packs when the session ends.',
          why: 'It is packed in the node, where a link leads to files of the node, and stays a link.',
        },
        'ln -s $HOST/secret leak; ln -s $HOST folder',
        (place) => execFileSync('tar', ['-C', onDisk(place), '-chf', '-', '.']),
        ({ node: { pack, folder } }) => pack(folder, MB),
      ),
      byFiles(
        {
          name: 'links in an archive that is unpacked',
          tries:
            'The learner has made an archive whose entries lead out of the folder: by a link, by `..`, and by absolute paths.',
          why: "It is unpacked in the node, and ends in the node's own files.",
        },
        ':',
        (place) => void unpackOnHost(place, hostileArchive()),
        async ({ node: { unpack, folder } }) => void (await unpack(folder, hostileArchive()).catch(() => undefined)),
      ),
      byFiles(
        {
          name: 'a work folder that is a link',
          tries:
            'The learner puts a link to a folder of the host in the place of the work folder, and has the start files put in anew.',
          why: 'The path is followed in the node.',
        },
        'cd / && rmdir /root/work && ln -s $HOST /root/work',
        (place) =>
          void unpackOnHost(
            place,
            execFileSync('tar', ['-C', path.join(host, 'archive/folder'), '-cf', '-', 'planted']),
          ),
        async ({ node: { unpack, folder } }) =>
          void (await unpack(
            folder,
            execFileSync('tar', ['-C', path.join(host, 'archive/folder'), '-cf', '-', 'planted']),
          ).catch(() => undefined)),
      ),
      {
        name: 'file names that are options',
        tries:
          'The learner gives files names that are options of tar, one of which runs a program, and has the work folder packed.',
        why: 'The server names no file: it packs the folder.',
        without: 'packing the folder as one',
        control: async () => {
          const place = await node()
          await plantOptions(place)
          await place.shell('cd /root/work && tar -cf /dev/null *')
          return ranByName(place)
        },
        attempt: async () => {
          const place = await node()
          await plantOptions(place)
          const archive = await place.node.pack(place.node.folder, MB)
          await place.node.unpack('/root/unpacked', archive)
          return ranByName(place)
        },
      },
      {
        name: 'a tar that never ends',
        tries: 'The learner replaces tar by a program that writes 40 MB, and has the work folder packed.',
        why: 'The server reads so much and no more.',
        without: 'the largest size of kept work',
        control: async () => packed(await node(), 100 * MB),
        attempt: async () => packed(await node(), MB),
      },
      byEngine(
        {
          name: 'an answer without end',
          tries: "The learner replaces their engine by one that answers a check's question with 40 MB.",
          why: 'Answers of more than 8 MiB are given up.',
          without: 'the largest size of an answer',
        },
        async (on) => {
          const answer = await on.request('GET', '/endless', undefined, { timeout_ms: 20_000 }).catch(String)
          const length = typeof answer === 'string' ? answer.length : 0
          return { succeeded: length > 8 * 2 ** 20, said: `${length} characters` }
        },
      ),
      byEngine(
        {
          name: 'an engine that never answers',
          tries: 'The learner replaces their engine by one that takes questions and says nothing.',
          why: 'Every question has a deadline.',
          without: 'the deadline of questions',
        },
        async (on, bounded) => {
          const asked = on.request('GET', '/silent', undefined, { timeout_ms: bounded ? 1500 : 60_000 })
          return { succeeded: await stillWaiting(asked, 5000), said: '' }
        },
      ),
      byEngine(
        {
          name: 'a flood of events',
          tries: 'The learner replaces their engine by one that tells events as fast as they are read.',
          why: 'Events of a node are read at a pace, and wait in the node otherwise.',
          without: 'the pace at which events are read',
        },
        async (on) => {
          let heard = 0
          const stop = on.events(
            () => heard++,
            () => undefined,
          )
          const began = performance.now()
          await delay(4000)
          const seconds = (performance.now() - began) / 1000
          stop()
          // Each has about half a kilobyte: with a pace of 640 KiB a second at most some 1,400.
          return { succeeded: heard / seconds > 1900, said: `${heard} events in ${seconds.toFixed(1)} s` }
        },
      ),
      byEngine(
        {
          name: 'an image with absurd metadata',
          tries:
            "The learner gives an image a label of control characters, and has a check say what it saw, for an instructor's screen.",
          why: 'What a check says is cleaned and cut.',
          without: "the cleaning of a check's words",
        },
        async (on, bounded) => {
          const { Labels } = (await on.request('GET', '/labels')) as { Labels: { title: string } }
          const raw = { status: 'fail', expected: '', observed: Labels.title } as const
          const outcome: Outcome = bounded ? fail(raw) : raw
          const said = outcome.status === 'fail' ? outcome.observed : ''
          return {
            succeeded: /[\u0000-\u001f\u202e]/.test(said) || said.length > 500,
            said: JSON.stringify(said).slice(0, 80),
          }
        },
      ),
      {
        name: 'acknowledgements of what was never read',
        tries: 'A viewer says that it has read everything and reads nothing, while its shell writes without end.',
        why: 'What the network has not taken counts as unread, whatever the viewer says.',
        without: 'the look at what waits in the socket',
        control: () => unread({ frames: Infinity, bytes: Infinity }),
        attempt: () => unread(),
      },
      {
        name: 'frames that are too long',
        tries: 'A viewer types a quarter of a megabyte at once, again and again.',
        why: 'A frame of more than what was agreed ends the connection.',
        without: 'the longest frame',
        control: () => Promise.resolve(typed(Infinity)),
        attempt: () => Promise.resolve(typed(maxInputFrame)),
      },
    ],
  }
}

const plantOptions = (place: Place) =>
  place.shell(`rm -rf /root/work /root/ran /root/unpacked; mkdir /root/work; cd /root/work
printf '#!/bin/sh\\ntouch /root/ran\\n' > run.sh
touch -- '--checkpoint=1' '--checkpoint-action=exec=sh run.sh' "$(printf 'two\\nlines')" "$(printf '\\033]0;title\\007')"`)

async function ranByName(place: Place): Promise<Attempt> {
  return place.shell('[ -e /root/ran ] && echo ESCAPED')
}

async function packed(place: Place, most: number): Promise<Attempt> {
  await place.shell(
    `cd / && mv /usr/bin/tar /usr/bin/tar.kept && printf '#!/bin/sh\\nhead -c 40000000 /dev/zero\\n' > /usr/bin/tar && chmod 755 /usr/bin/tar`,
  )
  try {
    const archive = await place.node.pack('/root', most).catch(() => Buffer.alloc(0))
    return { succeeded: archive.length > 10 * MB, said: `${archive.length} bytes` }
  } finally {
    await place.shell('mv /usr/bin/tar.kept /usr/bin/tar')
  }
}

/** Bytes that pile up in the server for one viewer, within two seconds. */
async function unread(waiting?: { frames: number; bytes: number }): Promise<Attempt> {
  const listening = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
  await once(listening, 'listening')
  const viewer = new WebSocket(`ws://127.0.0.1:${(listening.address() as AddressInfo).port}`)
  const [[socket]] = (await Promise.all([once(listening, 'connection'), once(viewer, 'open')])) as [
    [WebSocket],
    unknown,
  ]
  viewer.pause()
  const output = new Readable({ read: () => void output.push(Buffer.alloc(65_536)) })
  const pump = new OutputPump(socket, () => undefined, waiting)
  const stream = { offset: 0, output } as unknown as TerminalStream
  void pump.run(stream)
  const lie = setInterval(() => pump.ack(Number.MAX_SAFE_INTEGER), 1)
  let most = 0
  for (const until = Date.now() + 2000; Date.now() < until && most < 50 * MB; await delay(10))
    most = Math.max(most, socket.bufferedAmount)
  clearInterval(lie)
  output.destroy()
  for (const each of [viewer, socket]) each.terminate()
  listening.close()
  return { succeeded: most > 10 * MB, said: `${most} bytes wait` }
}

function typed(most: number): Attempt {
  const frame = readFrame(Buffer.alloc(250_000, 'x'), true, terminalCommand, most)
  return { succeeded: 'bytes' in frame, said: 'refused' in frame ? frame.refused : '' }
}
