/** Files of a node through the API, with the scripts really run: hostile names, links that lead out, conflicts, undo, sizes. */
import { spawn } from 'node:child_process'
import { chmod, lstat, mkdir, mkdtemp, readFile, readdir, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createLearner, type Learner } from '../../../tests/harness/learner.ts'
import { openSocket } from '../../../tests/harness/open-socket.ts'
import { filesEvent, maxText, type FileText, type FileTree, type FilesEvent } from '../../src/contract/files.ts'
import type { FakeNode } from '../fake-runtime.ts'
import { eventually } from '../fake-runtime.ts'
import { openTestApp, type TestApp } from '../open-test-app.ts'

let server: TestApp
let learner: Learner
let base: string
let at: string
let folder: string
let outside: string
let said: (text: string) => void

/** Runs the program on this machine, in the place of the node; its work folder is a temporary one. */
function runHere(node: FakeNode): void {
  node.onRun = ([program = '', ...args]) => {
    const watching = program.endsWith('/watch')
    const child = spawn(
      watching ? 'cat' : program,
      watching ? [] : args.map((arg) => (arg === node.folder ? folder : arg)),
      {
        env: { ...process.env, DRYDOCK_ASIDE: outside },
      },
    )
    if (watching) said = (text) => void child.stdin.write(text)
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    const code = new Promise<number | null>((resolve) => child.once('close', resolve))
    return {
      stdout: child.stdout,
      stdin: child.stdin,
      stderr: () => stderr,
      code: () => code,
      close: () => void child.kill(),
    }
  }
}

beforeAll(async () => {
  server = await openTestApp()
  learner = createLearner(server.url)
  const { id } = await learner.start('layers/sample')
  at = `/api/sessions/${id}/nodes/node1/files`
  runHere(server.engine.node(id))
})
afterAll(() => server[Symbol.asyncDispose]())
beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'drydock-files-'))
  folder = path.join(base, 'work')
  outside = path.join(base, 'outside')
  await mkdir(folder)
  await mkdir(outside)
  await writeFile(path.join(outside, 'secret'), 'not for here')
  return () => rm(base, { recursive: true, force: true })
})

const q = (name: string) => `?path=${encodeURIComponent(name)}`
const get = <T>(url: string) => learner.request<T>('GET', `${at}${url}`)
const put = (body: object) => learner.request<{ version: string; error?: { code: string } }>('PUT', `${at}/text`, body)
const post = (what: string, body: object) =>
  learner.request<{ error?: { code: string } }>('POST', `${at}/${what}`, body)
const inFolder = (name: string) => path.join(folder, name)
const codeOf = (answer: { body: unknown }) => (answer.body as { error?: { code: string } }).error?.code

test('a text is read, written into the same file, and refused when it was changed meanwhile', async () => {
  await writeFile(inFolder('Dockerfile'), 'FROM debian\n')
  await chmod(inFolder('Dockerfile'), 0o755)
  const before = await lstat(inFolder('Dockerfile'))
  const { body } = await get<FileText>(`/text${q('Dockerfile')}`)
  expect(body.text).toBe('FROM debian\n')
  const written = await put({ path: 'Dockerfile', text: 'FROM alpine\n', version: body.version })
  expect(written.status).toBe(200)
  const after = await lstat(inFolder('Dockerfile'))
  expect([after.ino, after.mode]).toEqual([before.ino, before.mode])
  await writeFile(inFolder('Dockerfile'), 'FROM scratch\n')
  const late = await put({ path: 'Dockerfile', text: 'FROM mine\n', version: written.body.version })
  expect([late.status, codeOf(late)]).toEqual([409, 'FILE_CHANGED'])
  expect(await readFile(inFolder('Dockerfile'), 'utf8')).toBe('FROM scratch\n')
  expect((await put({ path: 'Dockerfile', text: 'FROM mine\n' })).status).toBe(200)
  expect(codeOf(await put({ path: 'Dockerfile', text: 'x', version: null }))).toBe('FILE_EXISTS')
  expect((await put({ path: 'a/b/new.txt', text: '', version: null })).status).toBe(200)
  expect(await readFile(inFolder('a/b/new.txt'), 'utf8')).toBe('')
})

const hostile = [
  'a\nb',
  ' ',
  '-rf',
  '--help',
  '$(touch pwned)',
  '`id`',
  "it's",
  'x"y',
  '\u001b[31mred',
  'ü'.repeat(127),
  '*',
  'n\n',
]
test.each(hostile)('the name %j is a name like any other', async (name) => {
  expect((await put({ path: name, text: 'one', version: null })).status).toBe(200)
  const tree = await get<FileTree>('')
  expect(tree.body.entries.map((entry) => entry.path)).toEqual([name])
  expect((await get<FileText>(`/text${q(name)}`)).body.text).toBe('one')
  expect((await post('move', { from: name, to: `moved/${name}` })).status).toBe(200)
  const removed = await learner.request<{ undo: string }>('DELETE', `${at}${q(`moved/${name}`)}`)
  expect(removed.status).toBe(200)
  expect((await post('restore', { undo: removed.body.undo, to: name })).status).toBe(200)
  expect(await readFile(inFolder(name), 'utf8')).toBe('one')
  const download = await get<string>(`/download${q(name)}`)
  expect(download.body).toBe('one')
  const [, told = ''] = (download.headers.get('content-disposition') ?? '').split("filename*=UTF-8''")
  expect(decodeURIComponent(told)).toBe(name)
})

test.each(['', '.', '..', 'a/../..', '/etc/passwd', 'a//b', 'a/', 'a\0b', 'x'.repeat(5000)])(
  'the path %j is refused',
  async (name) => {
    for (const answer of [
      await get(`/text${q(name)}`),
      await get(`/download${q(name)}`),
      await put({ path: name, text: 'x' }),
      await post('move', { from: 'a', to: name }),
      await learner.request('DELETE', `${at}${q(name)}`),
      await post('restore', { undo: '0'.repeat(16), to: name }),
    ])
      expect(answer.status).toBe(400)
  },
)

test('links that lead out are shown, moved and removed, and never followed', async () => {
  await symlink(outside, inFolder('away'))
  await symlink('../outside/secret', inFolder('secret'))
  await writeFile(inFolder('real'), 'here')
  await symlink('real', inFolder('near'))
  const tree = await get<FileTree>('')
  expect(tree.body.entries.find(({ path }) => path === 'away')).toMatchObject({ kind: 'link', target: outside })
  for (const name of ['secret', 'away/secret']) {
    expect(codeOf(await get(`/text${q(name)}`))).toBe('FILE_REFUSED')
    expect(codeOf(await get(`/download${q(name)}`))).toBe('FILE_REFUSED')
    expect(codeOf(await put({ path: name, text: 'overwritten' }))).toBe('FILE_REFUSED')
  }
  expect(codeOf(await put({ path: 'away/new', text: 'x' }))).toBe('FILE_REFUSED')
  expect(codeOf(await post('move', { from: 'real', to: 'away/real' }))).toBe('FILE_REFUSED')
  expect(codeOf(await post('folder', { path: 'away/folder' }))).toBe('FILE_REFUSED')
  expect(codeOf(await learner.request('DELETE', `${at}${q('away/secret')}`))).toBe('FILE_REFUSED')
  expect(await readFile(path.join(outside, 'secret'), 'utf8')).toBe('not for here')
  expect((await readdir(outside)).filter((name) => !name.startsWith('drydock-'))).toEqual(['secret'])
  expect((await get<FileText>(`/text${q('near')}`)).body.text).toBe('here')
  expect((await post('move', { from: 'secret', to: 'other' })).status).toBe(200)
  expect(await readlink(inFolder('other'))).toBe('../outside/secret')
})

test('what is no text, too long or no file is refused with a reason; a download takes it', async () => {
  await writeFile(inFolder('binary'), Buffer.from([0xff, 0xfe, 0, 1]))
  await writeFile(inFolder('huge'), Buffer.alloc(maxText + 1, 'x'))
  await mkdir(inFolder('dir'))
  expect(codeOf(await get(`/text${q('binary')}`))).toBe('FILE_REFUSED')
  expect(codeOf(await get(`/text${q('huge')}`))).toBe('TOO_LARGE')
  expect(codeOf(await get(`/text${q('dir')}`))).toBe('FILE_REFUSED')
  expect(codeOf(await get(`/text${q('none')}`))).toBe('FILE_UNKNOWN')
  expect((await get<string>(`/download${q('huge')}`)).body.length).toBe(maxText + 1)
  const archive = await get(`/download${q('dir')}`)
  expect([archive.status, archive.headers.get('content-type')]).toEqual([200, 'application/gzip'])
  expect((await put({ path: 'long', text: 'ü'.repeat(maxText) })).status).toBe(413)
})

test('uploads are streamed into a file, and nothing is replaced unasked', async () => {
  const send = (query: string, body: Buffer) =>
    fetch(new URL(`${at}/upload${query}`, server.url), {
      method: 'PUT',
      headers: { cookie: learner.cookie, origin: server.url, 'content-type': 'application/octet-stream' },
      body: new Uint8Array(body),
    })
  const bytes = Buffer.alloc(3_000_000, 7)
  expect((await send(q('disk.img'), bytes)).status).toBe(200)
  expect((await readFile(inFolder('disk.img'))).equals(bytes)).toBe(true)
  expect((await send(q('disk.img'), Buffer.from('x'))).status).toBe(409)
  expect((await send(`${q('disk.img')}&replace=true`, Buffer.from('x'))).status).toBe(200)
  expect((await send(q('../x'), Buffer.from('x'))).status).toBe(400)
})

test('the tree is told at first and after changes, and never faster than twice a second', async () => {
  const trees: FilesEvent[] = []
  const socket = await openSocket(learner, `${at}/live`, (opening) =>
    opening.on('message', (data: Buffer) => trees.push(filesEvent.parse(JSON.parse(data.toString())))),
  )
  await eventually(() => trees.length === 1)
  await writeFile(inFolder('new'), 'x')
  said('c\n')
  await eventually(() => trees.at(-1)?.tree.entries[0]?.path === 'new')
  const before = trees.length
  const since = performance.now()
  const flood = setInterval(() => said('c\n'.repeat(1000)), 5)
  await eventually(() => trees.length >= before + 4)
  clearInterval(flood)
  expect(trees.length - before).toBeLessThanOrEqual((performance.now() - since) / 500 + 1)
  socket.close()
})

test('only the owner sees files', async () => {
  const stranger = createLearner(server.url)
  await stranger.request('GET', '/api/sessions')
  expect((await stranger.request('GET', at)).status).toBe(404)
})
