/** Attacks by what a learner puts into the work folder, on the server that lists, reads and writes there; the control does the same without one guard. */
import { existsSync, lstatSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { maxEntries } from '../../sandbox-server/src/contract/files.ts'
import { listFiles, openDownload, readText, upload, writeText } from '../../sandbox-server/src/files/node-files.ts'
import { runScript } from '../../sandbox-server/src/files/run-script.ts'
import { Readable } from 'node:stream'
import type { Attempt, Theme } from './attack.ts'
import { createPlace, type Place, type World } from './world.ts'

const MB = 1_000_000
const secret = 'a-secret-outside-of-the-work-folder'

export const files = (world: World): Theme => {
  const open = world.once(async () => createPlace(await world.nodes.start({ disk_mb: 256 })))
  const host = world.scratch('files')
  /** A node whose work folder holds what the script plants. */
  const withFiles = async (plant: string): Promise<Place> => {
    const place = await open()
    await place.shell(`rm -rf /root/work /root/outside; mkdir /root/work /root/outside; echo ${secret} > /root/outside/secret
      cd /root/work; ${plant}`)
    return place
  }
  /** What a file's bytes were, or why there are none. */
  const text = (place: Place, name: string) =>
    readText(place.node, name).then(
      (read) => read.text,
      (error: unknown) => String(error),
    )
  const refused = async (asked: Promise<unknown>, ms: number): Promise<'refused' | 'done' | 'waiting'> =>
    Promise.race([
      asked.then(
        () => 'done' as const,
        () => 'refused' as const,
      ),
      delay(ms, 'waiting' as const),
    ])

  return {
    title: 'Files',
    attacks: [
      {
        name: 'links that lead out of the work folder',
        tries:
          'The learner has files that are links to others of the node, to those of the server in /proc, and has them opened and saved.',
        why: 'A path is resolved in the node first, and has to end below the work folder.',
        without: 'looking where a path ends',
        control: async () => {
          const { node } = await withFiles('ln -s ../outside/secret leak')
          const { stdout } = await node.exec(['cat', '/root/work/leak'])
          return { succeeded: stdout.includes(secret), said: stdout }
        },
        async attempt() {
          const place =
            await withFiles(`ln -s ../outside/secret leak; ln -s ../outside folder; ln -s /proc/1/environ environ
            ln -s /proc/self/root/root/outside/secret around; ln -s leak again`)
          const names = ['folder/secret', 'environ', 'around', 'again']
          const said: string[] = []
          for (const name of names) {
            said.push(await text(place, name))
            await writeText(place.node, name, 'overwritten', undefined).catch(() => undefined)
            await upload(place.node, name, Readable.from(['overwritten']), true).catch(() => undefined)
            const got = await openDownload(place.node, name).catch(() => undefined)
            got?.running.close()
            if (got) said.push(`${secret} by download`)
          }
          const now = await place.node.exec(['cat', '/root/outside/secret'])
          const read = said.filter((each) => !each.startsWith('Refusal') && !each.startsWith('Error'))
          return {
            succeeded: read.length > 0 || now.stdout.trim() !== secret,
            said: `${read.join(' | ')} ${now.stdout}`,
          }
        },
      },
      {
        name: 'a folder that becomes a link at the right moment',
        tries:
          'The learner replaces a folder by a link to a folder of the host, over and over, while files are saved in it.',
        why: 'The path is followed in the node, where such a link leads to nothing of the host.',
        without: 'going by paths inside the node',
        control: async () => {
          const place = await flipping(await withFiles('mkdir folder'), host)
          const at = path.join(place.disk, 'upper/root/work/folder')
          return planted(host, 15_000, () => {
            if (lstatSync(at).isDirectory()) writeFileSync(path.join(at, 'planted'), '')
          })
        },
        attempt: async () => {
          const place = await flipping(await withFiles('mkdir folder'), host)
          return planted(host, 3000, () => writeText(place.node, 'folder/planted', 'planted', undefined))
        },
      },
      {
        name: 'a pipe in the place of a file',
        tries: 'The learner has a named pipe that nobody writes into, and has it opened, saved and downloaded.',
        why: 'What is no plain file is refused.',
        without: 'looking what it is',
        control: async () => {
          const { node } = await withFiles('mkfifo pipe')
          const asked = refused(node.exec(['cat', '/root/work/pipe'], { timeout_ms: 4000 }), 2000)
          return { succeeded: (await asked) === 'waiting', said: await asked }
        },
        attempt: async () => {
          const { node } = await withFiles('mkfifo pipe')
          const asked = [readText(node, 'pipe'), writeText(node, 'pipe', 'x', undefined), openDownload(node, 'pipe')]
          const said = await Promise.all(asked.map((each) => refused(each, 8000)))
          return { succeeded: said.some((each) => each !== 'refused'), said: said.join() }
        },
      },
      {
        name: 'a device in the place of a file',
        tries: 'The learner mounts a device without end over a file, and has it downloaded.',
        why: 'What is no plain file is refused.',
        without: 'looking what it is',
        control: async () => {
          const { node } = await withFiles('touch zero; mount --bind /dev/zero zero')
          const { stdout } = await node.exec(['head', '-c', String(2 * MB), '/root/work/zero'])
          return { succeeded: stdout.length > 10_000, said: `${stdout.length} characters` }
        },
        attempt: async () => {
          const place = await open()
          const asked = [readText(place.node, 'zero'), openDownload(place.node, 'zero')]
          const said = await Promise.all(asked.map((each) => refused(each, 8000)))
          await place.shell('umount /root/work/zero')
          return { succeeded: said.some((each) => each !== 'refused'), said: said.join() }
        },
      },
      {
        name: 'ten thousand files',
        tries: 'The learner makes ten thousand files, some with names of several lines, for a browser to show.',
        why: 'So many entries are told and no more, each with the name that it has.',
        without: 'the most entries of a tree',
        control: async () => {
          const { node } = await withFiles(many)
          const found = await runScript(node, 'list', ['1000000'], { max: 10 * MB })
          const entries = found.toString().split('\0').length / 5
          return { succeeded: entries > maxEntries + 1, said: `${entries} entries` }
        },
        attempt: async () => {
          const { node } = await open()
          const { entries, more } = await listFiles(node)
          const odd = entries.filter(({ path: name }) => !/^(\d+|\.\.\n\/?|a\n\d+)$/.test(name))
          return {
            succeeded: entries.length > maxEntries || !more || odd.length > 0,
            said: `${entries.length} entries, ${JSON.stringify(odd.slice(0, 3))}`,
          }
        },
      },
      {
        name: 'a listing that never ends',
        tries: 'The learner replaces the programs that list files by one that writes 40 MB.',
        why: 'The server reads so much of a listing and no more.',
        without: 'the longest listing',
        control: async () =>
          withTools(await withFiles(':'), (place) => runScript(place.node, 'list', ['9'], { max: 100 * MB })),
        attempt: async () =>
          withTools(await withFiles(':'), async (place) => Buffer.from(JSON.stringify(await listFiles(place.node)))),
      },
      {
        name: 'a file without end',
        tries: 'The learner makes a file of a terabyte, of which nothing is on the disk, and has it opened.',
        why: 'A file of more than so many bytes is refused by its length, and what is read has an end of its own.',
        without: 'the longest text',
        control: async () => {
          const { node } = await withFiles('truncate -s 1T huge')
          const bytes = await runScript(node, 'read', ['huge', String(2 ** 41)], { max: 20 * MB }).catch(String)
          // It was read until there was no more room for it.
          return {
            succeeded: String(bytes).includes('larger than') || bytes.length > 10 * MB,
            said: String(bytes).slice(0, 100),
          }
        },
        attempt: async () => {
          const place = await open()
          const began = performance.now()
          const said = await text(place, 'huge')
          return {
            succeeded: !said.startsWith('Refusal') || performance.now() - began > 5000,
            said: said.slice(0, 100),
          }
        },
      },
      {
        name: 'a disk that is full while a file is saved',
        tries: 'The disk has room for a file once but not twice, when a longer text is saved over what is there.',
        why: 'The room is reserved before a byte of the file is replaced.',
        without: 'reserving the room',
        control: async () => {
          const place = await fill(await withFiles(`printf ${secret} > notes`))
          await place.node.exec(['sh', '-c', 'head -c 900000 /dev/zero > /root/work/notes'])
          return lost(place)
        },
        attempt: async () => {
          const place = await fill(await withFiles(`printf ${secret} > notes`))
          const said = await writeText(place.node, 'notes', 'x'.repeat(900_000), undefined).then(() => 'saved', String)
          const after = await lost(place)
          const small = await writeText(place.node, 'notes', `${secret}!`, undefined).then(() => 'saved', String)
          await place.shell('rm -f /root/filler')
          if (!/no space|full/i.test(said)) throw new Error(`it was not told: ${said}`)
          return { succeeded: after.succeeded || small !== 'saved', said: `${said}; ${after.said}; ${small}` }
        },
      },
    ],
  }
}

const many = `
for i in $(seq 1 10000); do : > $i; done
touch "$(printf 'a\\n1')"`

/** The learner swaps a folder and a link as fast as they can, until the node forgets about it. */
async function flipping(place: Place, host: string): Promise<Place> {
  rmSync(path.join(host, 'planted'), { force: true })
  await place.python(
    `
import ctypes
os.chdir('/root/work')
os.symlink('${host}', 'link')
if os.fork() == 0:
  os.setsid()
  for fd in (0, 1, 2):
    os.dup2(os.open('/dev/null', os.O_RDWR), fd)
  until = time.time() + 20
  while time.time() < until:
    libc.renameat2(-100, b'folder', -100, b'link', 2)
  os._exit(0)`,
  )
  return place
}

async function planted(host: string, ms: number, save: () => unknown): Promise<Attempt> {
  const at = path.join(host, 'planted')
  mkdirSync(host, { recursive: true })
  let times = 0
  for (const until = Date.now() + ms; Date.now() < until && !existsSync(at); times++)
    try {
      await save()
    } catch {
      // It was a link, or on the way from one to the other.
    }
  return { succeeded: existsSync(at), said: `${times} times` }
}

/** Bytes that came of a listing by the learner's own programs. */
async function withTools(place: Place, list: (place: Place) => Promise<Buffer>): Promise<Attempt> {
  await place.shell(`cd / && for tool in find head; do mv /usr/bin/$tool /usr/bin/$tool.kept
    printf '#!/bin/sh\\nexec dd if=/dev/zero bs=1000000 count=40 2>/dev/null\\n' > /usr/bin/$tool; chmod 755 /usr/bin/$tool; done`)
  try {
    const listing = await list(place).catch(() => Buffer.alloc(0))
    return { succeeded: listing.length > 10 * MB, said: `${listing.length} bytes` }
  } finally {
    await place.shell('cd / && for tool in find head; do mv /usr/bin/$tool.kept /usr/bin/$tool; done')
  }
}

/** Leaves room for some 1.2 MB. */
async function fill(place: Place): Promise<Place> {
  await place.shell(
    `rm -f /root/filler; dd if=/dev/zero of=/root/filler bs=1M 2>/dev/null; truncate -s -1200000 /root/filler; sync`,
  )
  return place
}

async function lost(place: Place): Promise<Attempt> {
  const { stdout } = await place.node.exec(['head', '-c', '100', '/root/work/notes'])
  return { succeeded: stdout !== secret, said: `there is ${JSON.stringify(stdout.slice(0, 50))}` }
}
