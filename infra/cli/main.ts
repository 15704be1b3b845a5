/** The table of commands, and the frame around each: instance, log file, Ctrl-C, errors as paragraphs. */
import { appendFileSync, chownSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import { openInstance, type Instance } from '../instance.ts'
import { giveBack } from './clone-owner.ts'
import { UsageError, type Command, type CommandContext } from './command.ts'
import { openProgress } from './progress.ts'
import { StepError } from './step.ts'

const root = path.resolve(import.meta.dirname, '../..')
/** Tests, benches and soak runs have an instance of their own beside the one that people learn on. */
const testState = '.drydock-test'

const commands: Record<string, Command> = {
  start: {
    summary: 'bring everything up and serve the platform',
    usage: '[--yes] [--insecure-lan]',
    load: async () => (await import('./start.ts')).start,
  },
  stop: { summary: 'stop the server and the lab engine', load: async () => (await import('./stop.ts')).stop },
  clean: {
    summary: 'remove whatever this instance made on this host',
    usage: '[--yes]',
    load: async () => (await import('./clean.ts')).clean,
  },
  doctor: {
    summary: 'what this host can do, and what does not work without it',
    usage: '[--json]',
    load: async () => (await import('../doctor/main.ts')).doctor,
  },
  images: { summary: 'build the images of nodes and labs', load: async () => (await import('./images.ts')).images },
  sessions: {
    summary: 'who has which lab; end them, or let nobody in for maintenance',
    usage: '[end <id|all> | drain | undrain] [--json]',
    load: async () => (await import('./sessions.ts')).sessions,
  },
  instructor: {
    summary: 'a link that makes whoever opens it an instructor',
    usage: '[--json]',
    load: async () => (await import('./instructor.ts')).instructor,
  },
  backup: {
    summary: 'what learners have done, in one file, also while the platform runs',
    usage: '[file]',
    load: async () => (await import('./backup.ts')).backup,
  },
  restore: {
    summary: 'bring a backup back; what is there is replaced only when asked, and kept',
    usage: '<file> [--replace]',
    load: async () => (await import('./backup.ts')).restore,
  },
  bundle: {
    summary: 'one file with which npm start works without a network',
    usage: '[file] [--release name]',
    load: async () => (await import('../bundle/main.ts')).bundle,
  },
  labs: {
    summary: 'make, check, try and prove labs',
    usage: 'new|lint|dev|verify|schema [topic/lab…] [--case name]… [--seed n] [--outcomes] [--json]',
    state: testState,
    load: async () => (await import('./labs.ts')).labs,
  },
  quiz: {
    summary: 'check and prove questions; what learners make of them',
    usage: 'lint|prove|stats [topic/lesson…] [--json]',
    // What learners make of them is told by the instance that they use.
    state: ([action]) => (action === 'prove' ? testState : undefined),
    load: async () => (await import('./quiz.ts')).quiz,
  },
  bench: {
    summary: 'measure against the budgets',
    usage: '<name> [--json]',
    state: testState,
    load: async () => (await import('./bench.ts')).bench,
  },
  soak: {
    summary: 'run for rounds or hours what npm test runs for minutes',
    usage: '<name> [--json]',
    state: testState,
    load: async () => (await import('./bench.ts')).soak,
  },
  attacks: {
    summary: 'attack nodes and the server, each first where a guard is missing',
    usage: '[word…] [--json]',
    state: testState,
    load: async () => (await import('./bench.ts')).attacks,
  },
  check: {
    summary: 'format, types, lint, unused code, unit tests',
    usage: '[part…] [--json]',
    load: async () => (await import('./check.ts')).check,
  },
  format: { summary: 'put all files into the house format', load: async () => (await import('./check.ts')).format },
  'test:vm': {
    summary: 'a typical host in an emulated machine: install from a bundle, run labs',
    usage: '[case…] [--fresh] [--json]',
    state: testState,
    load: async () => (await import('../../tests/vm/main.ts')).testVm,
  },
  test: {
    summary: 'the whole suite on a lab engine of its own',
    usage: '[suite…]',
    state: testState,
    load: async () => (await import('../../tests/runner/main.ts')).test,
  },
}

function help(): string {
  const rows = Object.entries(commands).map(
    ([name, command]) => `  npm run ${name.padEnd(8)} ${(command.usage ?? '').padEnd(46)} ${command.summary}`,
  )
  return ['Drydock', '', ...rows, '', 'Options go after two dashes: npm run doctor -- --json'].join('\n')
}

/** Root's sbin folders, which a shell opened by plain `su` lacks, and our Node and tools before the host's. */
function setSearchPath(): void {
  const own = [path.dirname(process.execPath), path.join(root, 'node_modules/.bin')]
  process.env.PATH = [...own, process.env.PATH, '/usr/local/sbin', '/usr/sbin', '/sbin'].filter(Boolean).join(':')
}

function openState(usual: string | undefined): Instance {
  try {
    return openInstance(root, process.env.DRYDOCK_STATE || usual)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC') throw new StepError(diskFull)
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      throw new StepError(
        `The state folder cannot be made or read: ${message}. Run the command as the owner of ${root}, or choose another place with DRYDOCK_STATE=/path/to/folder.`,
      )
    throw new StepError(message)
  }
}

const diskFull =
  'The disk is full: the state folder cannot be written. Free some space, or choose another place with ' +
  'DRYDOCK_STATE=/path/on/a/larger/disk, and run the command again.'

/** The log of this run, emptied; it belongs to whom the state folder belongs to, so that root and they can take turns. */
function openLog(logs: string, command: string): { file: string; log: (text: string) => void } {
  const file = path.join(logs, `${command}.log`)
  try {
    mkdirSync(logs, { recursive: true })
    writeFileSync(file, `${new Date().toISOString()} ${command}\n`)
    const owner = statSync(path.dirname(logs))
    if (process.getuid?.() === 0) for (const made of [logs, file]) chownSync(made, owner.uid, owner.gid)
    return { file, log: (text) => append(file, text) }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new StepError(diskFull)
    return { file: '(none: the state folder belongs to another user)', log: () => undefined }
  }
}

/** A disk that has become full, or a state folder that was removed, must not end the command in place of its own error. */
function append(file: string, text: string): void {
  try {
    appendFileSync(file, text.endsWith('\n') ? text : `${text}\n`)
  } catch {
    // the step's own failure says what is wrong
  }
}

async function ask(question: string, signal: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  // Ctrl-C at the question counts like Ctrl-C anywhere else.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
  try {
    const answer = (await terminal.question(`${question} [Y/n] `, { signal })).trim().toLowerCase()
    return answer === '' || answer === 'y' || answer === 'yes'
  } finally {
    terminal.close()
  }
}

async function main(name: string, args: string[]): Promise<number> {
  const command = commands[name]
  if (!command || args.includes('--help')) {
    process.stdout.write(`${help()}\n`)
    if (command || name === 'help') return 0
    throw new UsageError(`There is no command '${name}'.`)
  }
  setSearchPath()
  process.umask(0o022)
  const instance = openState(typeof command.state === 'function' ? command.state(args) : command.state)
  const { file, log } = openLog(instance.logs, name)
  const progress = openProgress(process.stderr)
  const abort = new AbortController()
  let stopping = 0
  const onSignal = (signal: NodeJS.Signals) => {
    if (abort.signal.aborted) {
      // npm and our own bootstrap pass on what the terminal has sent already; a later one is meant.
      if (Date.now() - stopping > 1000) process.exit(130)
      return
    }
    stopping = Date.now()
    progress.say(signal === 'SIGINT' ? 'Stopping (once more to stop at once)' : 'Stopping')
    abort.abort(new Error('stopped'))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  const context: CommandContext = {
    command: name,
    args,
    instance,
    progress,
    signal: abort.signal,
    log,
    logFile: file,
    confirm: (question, otherwise) =>
      args.includes('--yes') || !process.stdin.isTTY || !process.stderr.isTTY
        ? Promise.resolve(args.includes('--yes') || otherwise)
        : progress.pause(() => ask(question, abort.signal)),
  }
  try {
    return await (
      await command.load()
    )(context)
  } catch (error) {
    progress.close()
    if (abort.signal.aborted) return 130
    if (error instanceof StepError) process.stderr.write(`\n${error.message}\n`)
    else throw error
    return 1
  } finally {
    progress.close()
    await giveBack(root)
  }
}

try {
  process.exitCode = await main(process.argv[2] ?? 'help', process.argv.slice(3))
} catch (error) {
  const known = error instanceof StepError || error instanceof UsageError
  process.stderr.write(`\n${known || !(error instanceof Error) ? (error as Error).message : error.stack}\n`)
  process.exitCode = error instanceof UsageError ? 2 : 1
}
