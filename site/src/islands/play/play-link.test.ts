/** What a link may bring into a playground, and what a hostile one is told. */
import { expect, test } from 'vitest'
import { most, readLink, writeLink, type PlayLink } from './play-link.ts'

const read = (hash: string) => {
  const found = readLink(hash)
  return found === null ? null : found.ok ? found.link : found.why
}

test('what was written is read again: any text, folders, and the number of machines', () => {
  const link: PlayLink = {
    nodes: 3,
    files: [
      {
        path: 'compose.yaml',
        text: 'services:\n  web:\n    image: nginx:1.26\n    command: ["a&b=c", "100%", "#+"]\n',
      },
      { path: 'app/Dockerfile', text: "FROM python:3.13-slim\n# Grüße, 世界 🐳 ('x')!*\n\tRUN true\r\n" },
      { path: 'app/__init__.py', text: '' },
    ],
  }
  const hash = writeLink(link)
  expect(hash).toMatch(/^#nodes=3&compose\.yaml=/)
  expect(hash).not.toMatch(/[\s"'<>()]/)
  expect(read(hash)).toEqual(link)
  // As a browser has it in `location.hash`.
  expect(read(new URL(`https://example.org/play/${hash}`).hash)).toEqual(link)
})

test('what a blog author writes by hand is read: encodeURIComponent, and a plus that is a plus', () => {
  expect(read(`#Dockerfile=${encodeURIComponent('FROM busybox\nRUN echo 1+1')}`)).toEqual({
    nodes: 1,
    files: [{ path: 'Dockerfile', text: 'FROM busybox\nRUN echo 1+1' }],
  })
  expect(read('#run.sh=echo+1')).toMatchObject({ files: [{ text: 'echo+1' }] })
  expect(read('#nodes=2')).toEqual({ nodes: 2, files: [] })
})

test('a place on the page and nothing at all are no links', () => {
  for (const hash of ['', '#', '#_top', '#start']) expect(readLink(hash)).toBe(null)
})

test.each([
  ['../../etc/cron.d/x', 'file name'],
  ['a/../../x', 'file name'],
  ['/etc/passwd', 'file name'],
  ['a//b', 'file name'],
  ['a/', 'file name'],
  ['.', 'file name'],
  ['-rf', 'file name'],
  ['a b', 'file name'],
  ['a\nb', 'file name'],
  ['$(reboot)', 'file name'],
  ["'; reboot; '", 'file name'],
  ['Docker\u202efile', 'file name'],
  ['Dосkerfile', 'file name'],
  ['', 'file name'],
  ['x'.repeat(101), 'file name'],
])('the name %j is refused', (name, why) => {
  expect(read(`#${encodeURIComponent(name)}=x`)).toContain(why)
})

test.each([
  ['\0', 'U+0000'],
  ['\x1b]0;title\x07', 'U+001B'],
  ['\x9b31m', 'U+009B'],
  ['RUN echo ok # \u202e tressa', 'U+202E'],
  ['\u2066x\u2069', 'U+2066'],
  ['a\u200bb', 'U+200B'],
  ['\u{e0041}', 'U+E0041'],
])('a text with what cannot be seen is refused: %j', (text, code) => {
  expect(read(`#Dockerfile=${encodeURIComponent(text)}`)).toContain(code)
})

test('what is broken, twice there, too many or too large says so', () => {
  expect(read('#Dockerfile=%E0%A4%A')).toContain('percent-encoded')
  expect(read('#Dockerfile=100%')).toContain('%25')
  expect(read('#nodes=2&Dockerfile')).toContain('without “=”')
  expect(read('#nodes=4')).toContain('1, 2 or 3')
  expect(read('#nodes=1e0')).toContain('1, 2 or 3')
  expect(read('#a=1&a=2')).toContain('both cannot be there')
  expect(read('#a=1&a/b=2')).toContain('both cannot be there')
  expect(read(`#${Array.from({ length: most.files + 1 }, (_, i) => `f${i}=x`).join('&')}`)).toContain(
    'more than 8 files',
  )
  expect(read(`#a=${'x'.repeat(most.bytes)}`)).toMatchObject({ files: [{ path: 'a' }] })
  expect(read(`#a=${'x'.repeat(most.bytes)}&b=x`)).toContain('32 KB')
  expect(read(`#a=${'é'.repeat(most.bytes / 2 + 1)}`)).toContain('32 KB')
  expect(read(`#a=${'x'.repeat(5_000_000)}`)).toContain('110,000 characters')
})

test('an error shows little of what it is about, and nothing of it that acts', () => {
  const why = read(`#${encodeURIComponent(`<img src=x onerror=alert(1)>\x1b[2J${'y'.repeat(5000)}`)}=x`)
  expect(why).toMatch(/^.{50,250}$/)
  expect(why).not.toContain('\x1b')
})

test('names that mean something to JavaScript are names', () => {
  expect(read('#__proto__=x&constructor=y')).toMatchObject({ files: [{ path: '__proto__' }, { path: 'constructor' }] })
})
