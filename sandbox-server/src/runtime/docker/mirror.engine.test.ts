/** A session's mirror on the real lab engine: pulls and pushes as on a connected host, packages for pip and npm, each session alone with its own. */
import { readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { moveTag, tagDigest } from '@drydock/kit'
import { requireEngine } from '../../../../infra/engine/api.ts'
import { run } from '../../../../infra/process.ts'
import { instance, killNode, runtime, sessionSpec, startNode } from '../../../test/real-nodes.ts'
import { createCheckNode } from '../../grading/check-node.ts'
import type { RuntimeNode } from '../port.ts'

const spec = () => sessionSpec({ network: 'mirror' })
const [mine, other] = [spec(), spec()]
let node: RuntimeNode
let neighbour: RuntimeNode
const sh = (script: string, on = node) => on.exec(['sh', '-ec', script], { timeout_ms: 60_000 })

beforeAll(async () => {
  ;[node, neighbour] = await Promise.all([startNode(mine), startNode(other)])
})
afterAll(() => Promise.all([runtime.remove(mine.session), runtime.remove(other.session)]))

test('an image that was removed is pulled again under the name that learners know, and is the same image', async () => {
  const said = await sh(`docker image inspect -f '{{.Id}}' debian:13-slim
    docker rmi -f $(docker images -q) >/dev/null && docker pull -q debian:13-slim
    docker image inspect -f '{{.Id}}' debian:13-slim && docker run --rm debian:13-slim cat /etc/debian_version`)
  const [before, pulled, after, version] = said.stdout.split('\n')
  expect(said).toMatchObject({ code: 0 })
  expect(after).toBe(before)
  expect(pulled).toContain('debian:13-slim')
  expect(version).toMatch(/^13/)
})

test('a pushed image comes back by its digest, and a tag can be moved', async () => {
  const said =
    await sh(`echo 'FROM debian:13-slim\nRUN echo one > /which' | docker build -q -t registry:5000/team/app:1 -
    docker push -q registry:5000/team/app:1
    digest=$(docker image inspect -f '{{index .RepoDigests 0}}' registry:5000/team/app:1)
    docker rmi -f registry:5000/team/app:1 >/dev/null
    docker run --rm "$digest" cat /which
    # What learners know as an official image, moved to something else in their session alone.
    docker tag debian:13-slim registry:5000/library/python:3.13-slim && docker push -q registry:5000/library/python:3.13-slim
    docker rmi -f python:3.13-slim >/dev/null 2>&1; docker pull -q python:3.13-slim >/dev/null
    docker run --rm python:3.13-slim sh -c 'command -v python3 || echo moved'`)
  expect(said.stdout).toContain('\none\n')
  expect(said.stdout).toContain('\nmoved\n')
})

test('a check moves a tag and puts it back, and the node notices only when it pulls', async () => {
  const check = createCheckNode(node, new AbortController().signal, null)
  const [old, official] = ['registry:5000/shop/base:3', 'python:3.11-slim']
  const before = await tagDigest(check, official)
  expect(before).toMatch(/^sha256:/)
  expect(await tagDigest(check, old)).toBeUndefined()
  // Across repositories, to a name that is new; and back by digest.
  expect(await moveTag(check, old, official)).toBeUndefined()
  expect(await tagDigest(check, old)).toBe(before)
  const images = (await sh('docker images -aq | sort')).stdout
  expect(await moveTag(check, official, 'debian:13-slim')).toBe(before)
  expect((await sh('docker images -aq | sort')).stdout).toBe(images)
  expect(
    (
      await sh(
        `docker pull -q ${official} >/dev/null; docker run --rm ${official} sh -c 'command -v python3 || echo moved'`,
      )
    ).stdout,
  ).toBe('moved\n')
  await moveTag(check, official, `python@${before ?? ''}`)
  expect(
    (await sh(`docker pull -q ${official} >/dev/null; docker run --rm ${official} python3 --version`)).stdout,
  ).toMatch(/^Python 3\.11/)
  await expect(moveTag(check, official, 'python:none')).rejects.toThrow('there is no python:none in the registry')
})

test('another session sees nothing of it', async () => {
  expect((await sh('docker pull -q registry:5000/team/app:1', neighbour)).stderr).toMatch(/not found|manifest unknown/)
  const said = await sh(
    'docker rmi -f python:3.13-slim >/dev/null; docker run --rm python:3.13-slim python3 --version',
    neighbour,
  )
  expect(said.stdout).toMatch(/^Python 3\.13/)
})

test('pip finds packages while an image is built, and a missing one fails at once', async () => {
  const said = await sh(`docker pull -q python:3.13-slim-trixie >/dev/null
    printf 'FROM python:3.13-slim-trixie\nRUN pip install tides==2.0.0 && python -c "import tides; print(tides.__version__)"\n' |
      docker build --progress plain - 2>&1`)
  expect(said.stdout + said.stderr).toContain('2.0.0')
  expect(said.code).toBe(0)
  const before = performance.now()
  const missing = await sh('docker run --rm python:3.13-slim-trixie pip install no-such-package')
  expect(missing.code).not.toBe(0)
  expect(missing.stderr).toContain('No matching distribution')
  expect(missing.stderr).not.toContain('Retrying')
  expect(performance.now() - before).toBeLessThan(10_000)
})

test('npm installs what a lock file says while an image is built, byte for byte', async () => {
  const said =
    await sh(`mkdir -p /root/horn && cd /root/horn && echo '{ "dependencies": { "foghorn": "^2.0.0" } }' > package.json
    docker pull -q node:20-slim >/dev/null
    docker run --rm -v "$PWD:/app" -w /app node:20-slim npm install --package-lock-only >/dev/null
    printf 'FROM node:20-slim\nWORKDIR /app\nCOPY package*.json .\nENV NAME=tide-table\nRUN npm ci && node -p "Object.keys(require(process.env.NAME)).join()"\n' > Dockerfile
    docker build --progress plain . 2>&1 && cat package-lock.json`)
  expect(said.stdout).toContain('height,rises')
  expect(said.stdout).toContain('http://packages/npm/tide-table/-/tide-table-1.1.0.tgz')
  expect(said.code).toBe(0)
})

test('an image, a name and a host that do not exist fail at once', async () => {
  for (const script of [
    'docker pull nowhere/nothing:1',
    'docker run --rm busybox:1.37 nslookup example.org',
    'curl -fsS http://example.org',
  ]) {
    const before = performance.now()
    expect((await sh(script)).code, script).not.toBe(0)
    expect(performance.now() - before, script).toBeLessThan(5000)
  }
})

test('a registry that is full says so at once, and still gives what it has', async () => {
  const { Mounts } = JSON.parse(await requireEngine(instance, 'GET', `/containers/${mine.session}-mirror/json`)) as {
    Mounts: { Source: string; Destination: string }[]
  }
  const disk = Mounts.find(({ Destination }) => Destination === '/var/lib/registry')?.Source ?? ''
  const filler = path.join(disk, 'filler')
  await run('dd', ['if=/dev/zero', `of=${filler}`, 'bs=64k']).catch(() => undefined)
  await sh(
    `printf 'FROM debian:13-slim\nRUN head -c 9000000 /dev/urandom > /load\n' | docker build -q -t registry:5000/team/load:1 -`,
  )
  const before = performance.now()
  const full = await sh('docker push registry:5000/team/load:1')
  expect(full.code).not.toBe(0)
  expect(full.stderr).toContain('its disk is full')
  expect(full.stdout).not.toContain('Retrying')
  expect(performance.now() - before).toBeLessThan(10_000)
  expect((await sh('docker pull -q registry:5000/team/app:1')).code).toBe(0)
  rmSync(filler)
  expect(await sh('docker push -q registry:5000/team/load:1')).toMatchObject({ code: 0 })
})

test('the mirror starts again with what was pushed', async () => {
  await killNode(mine, 'mirror')
  await killNode(mine)
  const [again] = await runtime.open(mine)
  expect((await sh('docker pull -q registry:5000/team/app:1', again)).code).toBe(0)
  expect((await runtime.list()).find((found) => found.session === mine.session)).toMatchObject({
    nodes: 1,
    complete: true,
  })
})

test('it goes with its session', async () => {
  await runtime.remove(other.session)
  expect(readdirSync(instance.disks).filter((name) => name.startsWith(other.session))).toEqual([])
  expect((await runtime.list()).some((found) => found.session === other.session)).toBe(false)
})
