/** Brings node_modules to what the lock says, with progress, and leaves nothing half done. */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { findProgram, modules, root, Stop } from './stop.mjs'

const stampFile = path.join(modules, '.drydock-stamp')
const halfDoneFile = path.join(modules, '.drydock-installing')
const manifests = [
  'package-lock.json',
  'package.json',
  'site/package.json',
  'sandbox-server/package.json',
  'labs/kit/package.json',
]

/** How to call npm: the one that runs this script, else the one on the PATH. */
function findNpm() {
  const own = process.env.npm_execpath
  if (own && /npm-cli\.c?js$/.test(own) && existsSync(own)) return [process.execPath, own]
  const npm = findProgram('npm')
  if (npm) return [npm]
  throw new Stop(
    'npm was not found on the PATH, so the packages that Drydock is built with cannot be installed. ' +
      'On Debian: `sudo apt-get install npm`. Then run the command again.',
  )
}

function wantedStamp() {
  const hash = createHash('sha256')
  for (const file of manifests) {
    try {
      hash.update(`${file}\n`).update(readFileSync(path.join(root, file)))
    } catch {
      throw new Stop(
        `${file} is missing from this clone (${root}). Run \`git status\` and restore it, then run the command again.`,
      )
    }
  }
  return `${hash.digest('hex')} ${process.platform} ${process.arch}\n`
}

function installed(stamp) {
  try {
    return !existsSync(halfDoneFile) && readFileSync(stampFile, 'utf8') === stamp
  } catch {
    return false
  }
}

/** The person whom the clone belongs to, when we are root for them: packages and builds stay theirs. */
function cloneOwner() {
  if (process.getuid?.() !== 0) return null
  const { uid, gid } = statSync(root)
  const line =
    uid === 0
      ? undefined
      : readFileSync('/etc/passwd', 'utf8')
          .split('\n')
          .find((l) => l.split(':')[2] === String(uid))
  return line ? { uid, gid, home: line.split(':')[5] } : null
}

/** Outside the clone, because the state folder is made by whoever owns the instance; it stays only when something failed. */
const logFile = path.join(os.tmpdir(), `drydock-install-${process.pid}.log`)

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`

/** One line on stderr that is renewed on a terminal, and said once elsewhere. */
function openLine(title) {
  const live = process.stderr.isTTY === true
  const since = Date.now()
  let detail = ''
  const draw = () => live && process.stderr.write(`\r\x1b[2K  … ${title}: ${detail}  ${seconds(since)}`)
  if (!live) process.stderr.write(`  ... ${title}\n`)
  const timer = live ? setInterval(draw, 200) : null
  return {
    report: (text) => (detail = text),
    end(mark, text) {
      clearInterval(timer)
      const clear = live ? '\r\x1b[2K' : ''
      process.stderr.write(`${clear}  ${mark} ${title.padEnd(18)} ${seconds(since).padStart(11)}  ${text}\n`)
    },
  }
}

function explain(output) {
  const rest = `The full output is in ${logFile}.`
  if (/ENOSPC|no space left/i.test(output))
    return `The disk that holds ${root} is full. The npm packages take about 800 MB: free some space and run the command again. ${rest}`
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ECONNRESET|ERR_SOCKET_TIMEOUT|FETCH_ERROR/.test(
      output,
    )
  )
    return (
      'The npm registry cannot be reached, and the packages that Drydock is built with are not installed yet. ' +
      `The first start needs a network (or npm configured for a proxy or mirror); later ones do not. ${rest}`
    )
  if (/EACCES|EPERM|EROFS/.test(output))
    return (
      `npm may not write to ${modules}. It may belong to another user, for example after an install as root: ` +
      `\`sudo chown -R "$(id -un)" '${root}'\` gives it back. Then run the command again. ${rest}`
    )
  return `npm could not install the packages. Its last words:\n\n${output.trim().split('\n').slice(-6).join('\n')}\n\n${rest} Running the command again starts afresh.`
}

/** npm takes a disk that fills up for packages that are not to be had, and says nothing. */
function requireSpace() {
  const disk = statfsSync(root)
  const megabytes = Math.floor((disk.bavail * disk.bsize) / 1024 ** 2)
  if (megabytes >= 1000) return
  throw new Stop(
    `The disk that holds ${root} is full: ${megabytes} MB are left, and the npm packages take about 800 MB. ` +
      'Free some space and run the command again; nothing was installed.',
  )
}

/**
 * Installs what the lock says, unless it is there. `npm install --no-save` and not `npm ci`, because `npm ci` refuses a
 * lock that lacks optional packages for other platforms, which npm itself leaves out when a registry does not have them.
 * Without install scripts: no package needs one, and none shall run as part of ours.
 */
export async function installPackages() {
  const stamp = wantedStamp()
  if (installed(stamp)) return
  const [program, ...before] = findNpm()
  if (existsSync(halfDoneFile)) rmSync(modules, { recursive: true, force: true })
  const fresh = !existsSync(modules)
  if (fresh) requireSpace()
  const log = createWriteStream(logFile)
  log.on('error', () => undefined)
  const line = openLine('npm packages')
  const total = Object.keys(JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')).packages).length
  const owner = cloneOwner()
  try {
    mkdirSync(modules, { recursive: true })
    writeFileSync(halfDoneFile, '')
    if (owner) spawnSync('chown', ['-R', `${owner.uid}:${owner.gid}`, modules])
  } catch (error) {
    line.end('✗', 'failed')
    throw new Stop(explain(String(error)))
  }
  const flags = [
    'install',
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=http',
    '--no-progress',
  ]
  const patience = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000']
  const child = spawn(program, [...before, ...flags, ...patience], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(owner ? { uid: owner.uid, gid: owner.gid, env: { ...process.env, HOME: owner.home } } : {}),
  })
  let tail = ''
  let fetched = 0
  let unreachable = 0
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => {
      log.write(text)
      tail = (tail + text).slice(-16_384)
      if (text.includes('ENOSPC')) child.kill('SIGTERM')
      fetched += text.match(/http (fetch|cache) \S*.*\.tgz/g)?.length ?? 0
      unreachable += text.match(/attempt \d+ failed with (E[A-Z_]+)/g)?.length ?? 0
      // Without a network npm would try hundreds of packages, one after another, for minutes.
      if (fetched === 0 && unreachable >= 6) child.kill('SIGTERM')
      line.report(fetched ? `${Math.min(fetched, total)} of at most ${total}` : 'reading the lock')
    })
  let stopped = null
  const stop = (signal) => {
    stopped = signal
    child.kill(signal)
    // npm may take its time to tidy up what is removed here anyway.
    setTimeout(() => child.kill('SIGKILL'), 3000).unref()
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      tail += String(error)
      resolve(-1)
    })
    child.on('close', resolve)
  })
  process.off('SIGINT', stop).off('SIGTERM', stop)
  await new Promise((resolve) => log.end(resolve))
  if (code === 0 && !stopped && !/ENOSPC/.test(tail)) {
    rmSync(halfDoneFile, { force: true })
    rmSync(logFile, { force: true })
    writeFileSync(stampFile, stamp)
    if (owner) spawnSync('chown', [`${owner.uid}:${owner.gid}`, stampFile])
    line.end('✓', 'as the lock says')
    return
  }
  // npm takes back a failed install by itself, but not an interrupted one, and not its first folders.
  if (fresh) rmSync(modules, { recursive: true, force: true })
  else if (!stopped) rmSync(halfDoneFile, { force: true })
  line.end('✗', stopped ? 'stopped' : 'failed')
  if (stopped) throw new Stop('Stopped while installing npm packages; what was half done is removed.', 130)
  throw new Stop(explain(tail))
}
