/** Protects: what is typed into the bar leads to the preview's own host and nowhere else. */
import { expect, it } from 'vitest'
import { keyedAddress, toPath } from './preview-address.ts'

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
