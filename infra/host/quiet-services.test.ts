/** While packages are installed no service starts; afterwards the host's policy reads as before, whatever happened. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withQuietServices, type ServiceHost } from './quiet-services.ts'

let folder: string
let host: ServiceHost

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'drydock-services-'))
  for (const name of ['units', 'init.d']) mkdirSync(path.join(folder, name))
  host = {
    policyFile: path.join(folder, 'policy-rc.d'),
    unitFolders: [path.join(folder, 'units')],
    initFolder: path.join(folder, 'init.d'),
    onSystemd: false,
    log: () => undefined,
  }
})
afterEach(() => rmSync(folder, { recursive: true }))

test('services are forbidden during the installation and the policy is gone afterwards', async () => {
  await withQuietServices(host, () => {
    expect(readFileSync(host.policyFile, 'utf8')).toMatch(/^#!\/bin\/sh\n[^]*exit 101\n$/)
    return Promise.resolve()
  })
  expect(existsSync(host.policyFile)).toBe(false)
})

test('the policy is gone also when the installation fails', async () => {
  await expect(withQuietServices(host, () => Promise.reject(new Error('no space')))).rejects.toThrow('no space')
  expect(existsSync(host.policyFile)).toBe(false)
})

test("the host's own policy stays in force and reads the same", async () => {
  writeFileSync(host.policyFile, '#!/bin/sh\nexit 0\n')
  await withQuietServices(host, () => {
    expect(readFileSync(host.policyFile, 'utf8')).toBe('#!/bin/sh\nexit 0\n')
    return Promise.resolve()
  })
  expect(readFileSync(host.policyFile, 'utf8')).toBe('#!/bin/sh\nexit 0\n')
})

test('a policy of ours that an interrupted run left behind is removed', async () => {
  let left = ''
  await withQuietServices(host, () => {
    left = readFileSync(host.policyFile, 'utf8')
    return Promise.resolve()
  })
  writeFileSync(host.policyFile, left)
  await withQuietServices(host, () => Promise.resolve())
  expect(existsSync(host.policyFile)).toBe(false)
})
