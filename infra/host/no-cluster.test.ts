/** Protects: while packages are installed, PostgreSQL's are told to make no cluster; afterwards nothing of that is left. */
import { existsSync, mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { withoutNewCluster } from './no-cluster.ts'

const top = mkdtempSync(path.join(tmpdir(), 'drydock-cluster-'))

test('folders that were not there go again, also when the installation fails', async () => {
  const folder = path.join(top, 'postgresql-common/createcluster.d')
  const install = () => {
    const [file] = readdirSync(folder)
    expect(readFileSync(path.join(folder, file ?? ''), 'utf8')).toContain('\ncreate_main_cluster = false\n')
    return Promise.reject(new Error('no network'))
  }
  await expect(withoutNewCluster(install, folder)).rejects.toThrow('no network')
  expect(existsSync(path.dirname(folder))).toBe(false)
})

test("an administrator's own files stay", async () => {
  const folder = path.join(top, 'kept')
  mkdirSync(folder)
  writeFileSync(path.join(folder, 'ours.conf'), 'data_directory = /srv/pg\n')
  await withoutNewCluster(() => Promise.resolve(), folder)
  expect(readdirSync(folder)).toEqual(['ours.conf'])
  rmSync(top, { recursive: true })
})
