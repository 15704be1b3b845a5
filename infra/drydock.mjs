/** Entry of every `npm run` command: plain JavaScript for Node 20 and nothing installed. Sees to the npm packages and Node 24, then hands over to cli/main.ts. */
import { spawn, spawnSync } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { installPackages } from './bootstrap/npm-packages.mjs'
import { findProgram, modules, root, Stop } from './bootstrap/stop.mjs'

/** These write in the clone alone; all others work on the lab engine and need root. `doctor` says more with root, and something without. */
const asUser = ['check', 'format', 'help']
/** Reaches our processes also through sudo. */
const keptVariables =
  /^(DRYDOCK_.*|PORT|HOST|PUBLIC_URL|PREVIEW_DOMAIN|PREVIEW_PORTS|TRUST_PROXY|DATABASE_URL|LOG_LEVEL|NO_COLOR|FORCE_COLOR|CI|TERM|COLUMNS|(https?|no)_proxy|NODE_EXTRA_CA_CERTS)$/i

function requireNode20() {
  if (Number(process.versions.node.split('.')[0]) >= 20) return
  throw new Stop(
    `Drydock needs Node 20 or newer to begin with, and this is Node ${process.versions.node} (${process.execPath}). ` +
      'Debian 13 packages one (`sudo apt-get install nodejs npm`); for Debian 12 nodejs.org has them. Then run the command again.',
  )
}

/** Our own processes run on Node 24: this one if it is new enough, else the one that came with the packages. */
function findNode24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  const file = path.join(modules, `node-${process.platform}-${process.arch}`, 'bin', 'node')
  const answer = spawnSync(file, ['--version'], { encoding: 'utf8' })
  if (answer.status === 0 && answer.stdout.startsWith('v24.')) return file
  throw new Stop(
    `Drydock runs on Node 24. This is Node ${process.versions.node}, and no build of Node 24 for ${process.platform}-${process.arch} ` +
      'came with the npm packages. Install Node 24 and run the command again.',
  )
}

/** What to put before the program so that it runs as root; empty for root and for what needs none. */
function becomeRoot(command) {
  if (process.getuid?.() === 0 || asUser.includes(command)) return []
  const sudo = findProgram('sudo')
  const silent = sudo !== null && spawnSync(sudo, ['-n', 'true'], { stdio: 'ignore' }).status === 0
  if (command === 'doctor' && !silent) return []
  if (!sudo)
    throw new Stop(
      `\`npm run ${command}\` works on the lab engine, which needs root: it makes a network namespace, mounts and cgroups. ` +
        'You are not root, and there is no sudo on this machine. Run the command as root (`su -`), or install sudo.',
    )
  if (!silent && !process.stdin.isTTY)
    throw new Stop(
      `\`npm run ${command}\` needs root, sudo wants a password, and there is no terminal to ask on. ` +
        'Run it on a terminal, or as root.',
    )
  if (!silent) process.stderr.write('Drydock needs root for its lab engine; sudo may ask for your password.\n')
  const names = Object.keys(process.env).filter((name) => keptVariables.test(name))
  return [sudo, `--preserve-env=${names.join(',')}`, '--']
}

async function main() {
  const [command = 'help', ...args] = process.argv.slice(2)
  requireNode20()
  await installPackages()
  const node = findNode24()
  const argv = [...becomeRoot(command), node, path.join(root, 'infra/cli/main.ts'), command, ...args]
  const child = spawn(argv[0], argv.slice(1), { cwd: root, stdio: 'inherit' })
  // A terminal sends Ctrl-C to both, others only to us: passed on, the child takes two in a row for one. We wait for its own end.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  })
  child.on('close', (code, signal) => {
    process.exitCode = code ?? 128 + (os.constants.signals[signal] ?? 0)
  })
}

main().catch((error) => {
  process.stderr.write(error instanceof Stop ? `\n${error.message}\n` : `\n${error.stack}\n`)
  process.exitCode = error instanceof Stop ? error.code : 1
})
