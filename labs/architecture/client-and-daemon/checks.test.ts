/** ping.txt is what curl wrote, in whichever way it shows headers. */
import { contextOf, pretendNode, wordOf } from '@drydock/kit/testing'
import { expect, test } from 'vitest'
import checks from './checks.ts'

const headers = ['HTTP/1.1 200 OK', 'Api-Version: 1.45', 'Ostype: linux', 'Content-Length: 2', '']
const shown = headers.map((line) => `${line}\r\n`).join('')
const progress =
  '  % Total    % Received % Xferd\n\r100     2  100     2    0     0   4415      0 --:--:-- --:--:--  2000\n'
const talk = `*   Trying /var/run/docker.sock:0...\n> GET /_ping HTTP/1.1\r\n> \r\n${headers.map((line) => `< ${line}\r\n`).join('')}`

async function ping(file: string): Promise<string | undefined> {
  const node1 = pretendNode({
    get: async () => ({ ApiVersion: '1.45' }),
    read: async () => file,
  })
  const outcome = await checks.ping(contextOf(node1))
  return wordOf(outcome)
}

test.each([
  ['by -i', `${shown}OK`, 'pass'],
  ['by -i, with the progress', `${progress}${shown}OK`, 'pass'],
  ['by -v', `${talk}{ [2 bytes data]\n* Connection #0 to host localhost left intact\nOK`, 'pass'],
  ['by -v, the body before its last words', `${talk}OK* Connection #0 to host localhost left intact\n`, 'pass'],
  ['without headers', 'OK', 'headers'],
  ['without the body, by -I', shown, 'command'],
  ['of another daemon', `${shown.replace('1.45', '1.12')}OK`, 'command'],
  ['empty', '', 'socket'],
])('ping.txt %s', async (_name, file, expected) => {
  expect(await ping(file)).toBe(expected)
})
