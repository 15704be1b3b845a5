/** Protects: what is typed into the bar leads to the preview's own host and nowhere else. */
import { expect, it } from 'vitest'
import { keyedAddress, needsTab, toPath } from './preview-address.ts'

const link = 'http://8080-0123456789abcdef.preview.localhost:4600/?drydock-key=k'

it('understands paths and addresses', () => {
  expect(toPath('admin')).toBe('/admin')
  expect(toPath(' http://localhost:8080/a?b=1#c ')).toBe('/a?b=1#c')
  expect(toPath('')).toBe('/')
})

it('stays on the host of the link', () => {
  expect(keyedAddress(link, '/a?b=1')).toBe('http://8080-0123456789abcdef.preview.localhost:4600/a?b=1&drydock-key=k')
  expect(new URL(keyedAddress(link, toPath('//evil.example/x'))).hostname).toBe(
    '8080-0123456789abcdef.preview.localhost',
  )
  expect(keyedAddress(link, 'http://evil.example/')).toBe(link)
})

it('opens in a tab alone where a frame would have no key', () => {
  expect(needsTab(link)).toBe(false)
  expect(needsTab('https://8080-0123456789abcdef.preview.example.org/')).toBe(false)
  expect(needsTab('http://8080-0123456789abcdef.preview.lan:4600/')).toBe(true)
  expect(needsTab('http://8080-0123456789abcdef.notlocalhost/')).toBe(true)
})
