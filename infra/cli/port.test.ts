/** The port: a wrong number and one in use are told with what to do instead. */
import { createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readPort, requireFreePort, whoListens } from './port.ts'

const server = createServer()
let taken = 0
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  taken = (server.address() as AddressInfo).port
})
afterAll(() => server.close())

test('4600 unless PORT says otherwise', async () => {
  expect(await readPort('')).toBe(4600)
  expect(await readPort('8080')).toBe(8080)
  expect(await readPort('0')).toBeGreaterThan(0)
})

test.each(['eighty', '-1', '70000', '80.5'])('PORT=%s is refused by name and value', async (text) => {
  await expect(readPort(text)).rejects.toThrow(`PORT is '${text}'`)
})

test('a port in use names who has it and another one', async () => {
  expect(whoListens(taken)).toContain(`(process ${process.pid})`)
  await expect(requireFreePort(taken)).rejects.toThrow(`PORT=${taken + 1} npm start`)
})

test('a free port passes', async () => {
  await expect(readPort('0').then(requireFreePort)).resolves.toBeUndefined()
})
