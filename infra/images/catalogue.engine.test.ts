/** Protects: everything about preloaded images works as on any Docker host, and every tag tells the truth about what is in it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RuntimeNode } from '../../sandbox-server/src/runtime/port.ts'
import { runtime, sessionSpec, startNode } from '../../sandbox-server/test/real-nodes.ts'
import { loadDefinitions, releases } from './definition.ts'

const spec = sessionSpec({ limits: { memory_mb: 1536, cpus: 2, pids: 1024, disk_mb: 2048 } })
const images = loadDefinitions(import.meta.dirname).filter((image) => image.use === 'preloaded')
let node: RuntimeNode

beforeAll(async () => {
  node = await startNode(spec)
})
afterAll(() => runtime.remove(spec.session))

/** What a script in the node prints, both streams in order; a script that fails fails the test with it. */
async function sh(script: string): Promise<string> {
  const said = await node.exec(['bash', '-c', `exec 2>&1; set -eu -o pipefail\n${script}`], { timeout_ms: 60_000 })
  expect(said.code, `${script}\n${said.stdout}`).toBe(0)
  return said.stdout.trim()
}
/** Waits in the node until a command succeeds. */
const until = (command: string) => `timeout 30 sh -c 'until ${command} >/dev/null 2>&1; do sleep 0.2; done'`

describe('tags tell the truth', () => {
  const versions: Record<string, string> = {
    debian: 'echo $VERSION_ID',
    busybox: 'busybox',
    python: 'python --version; python3 --version',
    nginx: 'nginx -v',
    node: 'node --version',
    postgres: 'postgres --version',
    redis: 'redis-server --version',
    gcc: 'gcc -dumpfullversion',
  }
  for (const image of images)
    test(image.tags.join(', '), async () => {
      const name = image.tags[0]?.split(':')[0] ?? ''
      expect(versions, 'how this image says its version').toHaveProperty(name)
      const script = `[ ! -e /etc/os-release ] || . /etc/os-release; ${versions[name] ?? ''} 2>&1; echo release=\${VERSION_CODENAME:-}`
      const said = await sh(`docker run --rm --entrypoint sh ${image.tags[0] ?? ''} -c '${script}'`)
      const found = /\d+(\.\d+)*/.exec(said)?.[0] ?? ''
      for (const tag of image.tags) {
        const [version = '', ...rest] = tag.slice(name.length + 1).split('-')
        if (/^\d/.test(version)) expect(`${found}.`, tag).toMatch(new RegExp(`^${version.replaceAll('.', '\\.')}\\.`))
        else expect(releases, tag).toContain(version)
        for (const word of [version, ...rest].filter((each) => releases.some((release) => release === each)))
          expect(said, tag).toContain(`release=${word}`)
        expect(tag).not.toContain('latest')
      }
    })
})

describe('an image is an image', () => {
  test('inspect and history say what it is made of', async () => {
    for (const image of images) {
      const tag = image.tags[0] ?? ''
      const [found] = JSON.parse(await sh(`docker inspect ${tag}`)) as [
        { RepoTags: string[]; RootFS: { Layers: string[] }; Config: { Cmd: string[] } },
      ]
      expect(new Set(found.RepoTags)).toEqual(new Set(image.tags))
      expect(found.Config.Cmd, tag).toEqual(image.config.Cmd)
      const lines = (await sh(`docker history --no-trunc --format '{{.CreatedBy}}' ${tag}`)).split('\n')
      expect(lines.length, tag).toBeGreaterThanOrEqual(found.RootFS.Layers.length)
      expect(lines[0], tag).not.toBe('')
    }
    expect((await sh('docker images -q | sort -u')).split('\n')).toHaveLength(images.length)
  })

  test('build on top, tag, save, remove and load', async () => {
    await sh(`
      mkdir -p /root/app && cd /root/app && echo 'print("from a file")' > app.py
      printf 'FROM python:3.13-slim\\nWORKDIR /app\\nCOPY app.py .\\nCMD ["python", "app.py"]\\n' > Dockerfile
      docker build -q -t app:1 . && docker tag app:1 app:stable && docker save -o /root/app.tar app:stable
      docker rmi app:1 app:stable`)
    const gone = await node.exec(['docker', 'run', '--rm', 'app:stable'])
    expect(gone.stderr).toContain("Unable to find image 'app:stable' locally")
    expect(await sh('docker load -q -i /root/app.tar && docker run --rm app:stable')).toContain('from a file')
    await sh('docker rmi app:stable; rm /root/app.tar')
  })

  test('is saved whole, of one layer or several, before anything was made of it', async () => {
    for (const tag of ['busybox:1.37', 'redis:7.0']) {
      const files = await sh(`docker save ${tag} | tar -t`)
      expect(files, tag).toContain('manifest.json')
      expect(Number(await sh(`docker save ${tag} | wc -c`)), tag).toBeGreaterThan(1_000_000)
    }
  })

  test('a layer on top holds what it adds and nothing else', async () => {
    // Three that are one layer to the engine, and one of several.
    for (const tag of ['busybox:1.37', 'debian:12-slim', 'debian:13-slim', 'nginx:1.26']) {
      const said = await sh(`
        printf 'FROM ${tag}\\nCOPY added /added\\n' > Dockerfile && echo 1 > added
        docker build -q -t more:1 . >/dev/null
        docker inspect -f '{{.Size}}' ${tag} more:1
        docker rmi more:1 >/dev/null`)
      const [below = 0, above = 0] = said.split('\n').map(Number)
      expect(above - below, tag).toBeLessThan(1000)
    }
    // A container's own layer as well, which the engine compares by another way.
    const committed = await sh(`
      docker run --name thin busybox:1.37 touch /added && docker commit thin thin:1 >/dev/null
      docker inspect -f '{{.Size}}' busybox:1.37 thin:1; docker rm thin >/dev/null; docker rmi thin:1 >/dev/null`)
    const [below = 0, above = 0] = committed.split('\n').map(Number)
    expect(above - below).toBeLessThan(1000)
  })

  test('a container shows what changed, becomes an image, and a file goes in and out', async () => {
    const said = await sh(`
      docker run --name changed debian:12-slim sh -c 'rm /etc/motd; echo new > /etc/made'
      docker diff changed && docker commit changed kept:1 && docker run --rm kept:1 cat /etc/made
      docker cp changed:/etc/made - | tar -xO && docker rm changed && docker rmi kept:1`)
    expect(said).toContain('D /etc/motd')
    expect(said).toContain('A /etc/made')
    expect(said.match(/^new$/gm)).toHaveLength(2)
  })
})

for (const version of ['15', '17'])
  test(`postgres:${version} makes the database asked for, answers with its password, and keeps rows in a volume`, async () => {
    const refused = await node.exec(['docker', 'run', '--rm', `postgres:${version}`])
    expect(refused.code).toBe(1)
    expect(refused.stderr).toContain('POSTGRES_PASSWORD')
    const run = `docker run -d --name db --network shop -v rows:/var/lib/postgresql/data -e POSTGRES_USER=ann -e POSTGRES_DB=shop`
    const ready = until('docker exec db pg_isready -h 127.0.0.1')
    const ask = (password: string, query: string) =>
      `docker run --rm --network shop -e PGPASSWORD=${password} postgres:${version} psql -h db -U ann -d shop -Atc "${query}"`
    await sh(`
      docker network create shop; mkdir -p /root/init && cd /root/init
      echo "create table goods (name text); insert into goods values ('rope'), (E'an\\\\'s');" > 1.sql
      echo 'psql -U "$POSTGRES_USER" "$POSTGRES_DB" -c "insert into goods values (current_user)"' > 2.sh
      echo "it's 1 secret" > /root/secret
      ${run} -v /root/init:/docker-entrypoint-initdb.d:ro -v /root/secret:/run/secret:ro -e POSTGRES_PASSWORD_FILE=/run/secret postgres:${version}
      ${ready}`)
    expect(await sh(ask(`"it's 1 secret"`, 'select name from goods order by 1'))).toBe("an's\nann\nrope")
    expect((await node.exec(['bash', '-c', ask('wrong', 'select 1')])).stderr).toContain(
      'password authentication failed',
    )
    expect(await sh('docker exec db stat -c %U /proc/1')).toBe('postgres')
    expect(await sh('docker logs db')).toContain('database system is ready to accept connections')
    const stopped = performance.now()
    expect(await sh('docker stop db >/dev/null; docker inspect -f "{{.State.ExitCode}}" db')).toBe('0')
    expect(performance.now() - stopped).toBeLessThan(8000)
    await sh(`docker rm db; ${run} postgres:${version}; ${ready}`)
    expect(await sh(ask(`"it's 1 secret"`, 'select count(*) from goods'))).toBe('3')
    await sh('docker rm -f db; docker volume rm rows; docker network rm shop')
  })

for (const version of ['7', '8'])
  test(`redis:${version} keeps values, answers other containers, takes options and runs other commands`, async () => {
    const client = `docker run --rm --network cache redis:${version} redis-cli -h store`
    const ready = until('docker exec store redis-cli ping')
    await sh(`docker network create cache; docker run -d --name store --network cache -v kept:/data redis:${version} --appendonly yes
      ${ready}`)
    expect(await sh(`${client} set greeting ahoy; ${client} get greeting`)).toBe('OK\nahoy')
    expect(await sh('docker exec store stat -c %U /proc/1')).toBe('redis')
    await sh(`docker stop -t 8 store && docker rm store
      docker run -d --name store --network cache -v kept:/data redis:${version} redis-server --appendonly yes --requirepass sesame; ${until('docker exec store redis-cli -a sesame ping')}`)
    expect(await sh(`${client} get greeting`)).toContain('NOAUTH')
    expect(await sh(`${client} --no-auth-warning -a sesame get greeting`)).toBe('ahoy')
    await sh('docker rm -f store; docker volume rm kept; docker network rm cache')
  })

test('node runs scripts, npm is there, and a file is run without saying node', async () => {
  expect(await sh(`docker run --rm node:20-slim node -e 'console.log(6 * 7)'`)).toBe('42')
  expect(await sh(`docker run --rm node:20-slim -p '6 * 7'`)).toBe('42')
  expect(
    await sh(`docker run --rm -u node -w /home/node node:20-slim sh -c 'npm init -y >/dev/null && npm pkg get name'`),
  ).toBe('"node"')
})

test('both pythons have their standard library and pip', async () => {
  for (const version of ['3.11', '3.13'])
    expect(
      await sh(`docker run --rm python:${version}-slim sh -c 'python -c "import ssl, sqlite3, venv" && pip --version'`),
    ).toContain(`(python ${version})`)
})

test('gcc compiles in one stage what runs in an empty image', async () => {
  const said = await sh(`
    mkdir -p /root/c && cd /root/c && printf '#include <stdio.h>\\nint main(void) { puts("compiled"); }\\n' > a.c
    printf 'a: a.c\\n\\tgcc -static -o a a.c\\n' > Makefile
    printf 'FROM gcc:14 AS build\\nCOPY . /src\\nRUN make -C /src\\nFROM scratch\\nCOPY --from=build /src/a /a\\nCMD ["/a"]\\n' > Dockerfile
    docker build -q -t static . && docker run --rm static && docker rmi static`)
  expect(said).toContain('compiled')
})

test('nginx serves its page and stops at once', async () => {
  const said = await sh(`
    docker run -d --name web -p 8080:80 nginx:1.26; ${until('curl -fs http://127.0.0.1:8080/')}
    curl -fs http://127.0.0.1:8080/; docker logs web; docker stop web; docker inspect -f 'ended={{.State.ExitCode}}' web; docker rm web`)
  expect(said).toContain('nginx is running in a container')
  expect(said).toContain('GET / HTTP/1.1')
  expect(said).toContain('ended=0')
})

test('images can be removed and pruned; what other nodes share stays', { timeout: 60_000 }, async () => {
  expect(await sh('docker system df --format "{{.Type}} {{.TotalCount}}"')).toContain(`Images ${images.length}`)
  await sh('docker rmi redis:7 redis:7.0 redis:7.0-bookworm')
  expect((await node.exec(['docker', 'run', '--rm', 'redis:7'])).code).toBe(125)
  expect(await sh('docker run --rm debian:12-slim cat /etc/debian_version')).toMatch(/^12/)
  expect(await sh('docker system prune -af --volumes')).toContain('Total reclaimed space')
  expect(await sh('docker images -q | wc -l')).toBe('0')
  expect(Number(await sh('ls /golden/overlay2 | wc -l'))).toBeGreaterThan(images.length)
})
