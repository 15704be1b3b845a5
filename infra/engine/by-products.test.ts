import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openInstance, type Instance } from '../instance.ts'
import { listByProducts, noteByProducts, removeByProducts } from './by-products.ts'

let folder: string
let instance: Instance
const at = (name: string) => path.join(folder, 'host', name)

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'by-products-'))
  // With an empty name every engine of this host counts as its own: others' are not the matter here.
  instance = { ...openInstance(folder, path.join(folder, 'state')), run: '' }
  mkdirSync(at('theirs'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

test('what an engine makes goes, what was there or is used by others stays', () => {
  const places = [at('theirs/key'), at('theirs'), at('empty/inner'), at('empty'), at('used'), at('never')]
  noteByProducts(instance, places)
  writeFileSync(at('theirs/key'), '')
  mkdirSync(at('empty/inner'), { recursive: true })
  mkdirSync(at('used'))
  writeFileSync(at('used/by-someone'), '')
  // A second start finds all of it.
  noteByProducts(instance, places)
  expect(listByProducts(instance)).toEqual([at('theirs/key'), at('empty/inner'), at('empty'), at('used')])
  removeByProducts(instance)
  expect(['theirs', 'theirs/key', 'empty', 'used/by-someone'].map((name) => existsSync(at(name)))).toEqual([
    true,
    false,
    false,
    true,
  ])
})
