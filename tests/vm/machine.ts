/** A virtual machine under qemu: booted from a disk, reached by ssh over a port of this host's loopback, with no way to any network. */
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../../infra/cli/port.ts'
import { StepError } from '../../infra/cli/step.ts'
import type { Disk } from './disk.ts'

export interface Said {
  code: number
  stdout: string
}

export interface Machine {
  /** Milliseconds from power on until a command could be given. */
  readonly boot_ms: number
  /** Runs a shell script as root. `input` is its standard input. Rejects when it takes longer than `limit_ms`. */
  run(script: string, options: { limit_ms: number; input?: Buffer; log?: (text: string) => void }): Promise<Said>
  /** Shuts it down as its owner would, so that its disk is whole, and waits for its end. */
  shutDown(limit_ms: number): Promise<void>
  /** Pulls the plug. */
  [Symbol.asyncDispose](): Promise<void>
}

export interface MachineOptions {
  disk: Disk
  /** True: what it writes is forgotten when it ends. */
  snapshot: boolean
  /** Private key that its disk lets in. */
  key: string
  /** Where the console's and qemu's own output go. */
  logs: string
  memory_mb: number
  signal: AbortSignal
}

/** KVM only where the processor says so; a device file alone is no promise. */
export const accelerator = (): 'kvm' | 'tcg' =>
  /\b(vmx|svm)\b/.test(readFileSync('/proc/cpuinfo', 'utf8')) ? 'kvm' : 'tcg'

/**
 * Emulated, time passes with the instructions that the processor carries out (2 ns each) and not with this host's clock: deadlines of
 * programs that we cannot change, such as the fifteen seconds that dockerd gives its containerd, stay what they are on a real machine,
 * however busy this host is. One thread for one processor: with several, emulated kernels were seen to panic at the first `--cpus`.
 */
const processor = () =>
  accelerator() === 'kvm'
    ? ['-accel', 'kvm', '-cpu', 'host', '-smp', String(Math.min(2, cpus().length))]
    : ['-accel', 'tcg,thread=single,tb-size=1024', '-icount', 'shift=1', '-cpu', 'max', '-smp', '1']

/** Under emulation; others boot in a tenth of it. */
const bootLimit_ms = 420_000

export async function bootMachine(options: MachineOptions): Promise<Machine> {
  const since = Date.now()
  const port = await freePort()
  const console = path.join(options.logs, 'console.log')
  const log = openSync(path.join(options.logs, 'qemu.log'), 'w')
  const drive = `file=${options.disk.image},if=virtio,format=raw,cache=unsafe,aio=threads,discard=unmap`
  const qemu = spawn(
    'nice',
    [
      ...['-n', '10', 'qemu-system-x86_64', '-machine', 'q35', ...processor(), '-m', String(options.memory_mb)],
      ...['-display', 'none', '-monitor', 'none', '-no-reboot', '-serial', `file:${console}`],
      ...['-kernel', options.disk.kernel, '-initrd', options.disk.initrd],
      // audit=1: what AppArmor denies is logged. The mitigations guard against neighbours on one processor, and cost an emulated one most.
      ...['-append', 'root=/dev/vda ro console=ttyS0 audit=1 loglevel=4 mitigations=off nokaslr'],
      ...['-drive', `${drive}${options.snapshot ? ',snapshot=on' : ''}`],
      // restrict: it is reached by us and reaches nobody.
      ...[
        '-netdev',
        `user,id=lan,restrict=on,hostfwd=tcp:127.0.0.1:${port}-:22`,
        '-device',
        'virtio-net-pci,netdev=lan',
      ],
      ...['-device', 'virtio-rng-pci'],
    ],
    // The snapshot lies where there is room for it.
    { stdio: ['ignore', log, log], env: { ...process.env, TMPDIR: path.dirname(options.disk.image) } },
  )
  const control = mkdtempSync(path.join(tmpdir(), 'drydock-vm-'))
  const machine = new RunningMachine(qemu, [...sshOptions(options.key, port, control), 'root@127.0.0.1'], control)
  options.signal.addEventListener('abort', () => void qemu.kill('SIGKILL'), { once: true })
  try {
    await machine.untilUp(bootLimit_ms, options.signal, console)
  } catch (error) {
    await machine[Symbol.asyncDispose]()
    throw error
  }
  machine.boot_ms = Date.now() - since
  return machine
}

const sshOptions = (key: string, port: number, control: string): string[] => [
  ...['-q', '-i', key, '-p', String(port)],
  ...[
    'BatchMode=yes',
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'ConnectTimeout=30',
    'ServerAliveInterval=60',
    `ControlPath=${control}/ssh`,
  ].flatMap((option) => ['-o', option]),
]

class RunningMachine implements Machine {
  boot_ms = 0
  readonly #qemu: ChildProcess
  readonly #ssh: readonly string[]
  readonly #folder: string
  readonly #ended: Promise<void>
  #over = false
  readonly #kill = () => void this.#qemu.kill('SIGKILL')

  constructor(qemu: ChildProcess, ssh: readonly string[], folder: string) {
    this.#qemu = qemu
    this.#ssh = ssh
    this.#folder = folder
    this.#ended = new Promise((resolve) => {
      const end = () => {
        this.#over = true
        process.off('exit', this.#kill)
        rmSync(folder, { recursive: true, force: true })
        resolve()
      }
      qemu.once('close', end)
      qemu.once('error', end)
    })
    // Whatever ends us ends the machine, too.
    process.on('exit', this.#kill)
  }

  async untilUp(limit_ms: number, signal: AbortSignal, console: string): Promise<void> {
    const deadline = Date.now() + limit_ms
    for (;;) {
      signal.throwIfAborted()
      if (this.#over)
        throw new StepError(`The machine ended while it booted; ${console} and qemu.log beside it say why.`)
      if (await this.#connect()) return
      if (Date.now() > deadline)
        throw new StepError(
          `The machine did not come up within ${limit_ms / 60_000} minutes; ${console} shows how far it came.`,
        )
      await delay(500)
    }
  }

  /** One connection for all commands: each of its own would cost an emulated machine seconds of cryptography. */
  #connect(): Promise<boolean> {
    const child = spawn('ssh', ['-M', '-N', '-f', ...this.#ssh], { stdio: 'ignore', timeout: 60_000 })
    return new Promise((resolve) => {
      child.on('error', () => resolve(false))
      child.on('close', (code) => resolve(code === 0))
    })
  }

  run(script: string, options: { limit_ms: number; input?: Buffer; log?: (text: string) => void }): Promise<Said> {
    return new Promise((resolve, reject) => {
      if (this.#over)
        return reject(new StepError('The machine has ended by itself; console.log beside its log says why.'))
      const child = spawn('ssh', [...this.#ssh, script], { stdio: ['pipe', 'pipe', 'pipe'] })
      let stdout = ''
      let late = false
      const timer = setTimeout(() => {
        late = true
        child.kill('SIGKILL')
      }, options.limit_ms)
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout = (stdout + text).slice(-4_000_000)
        options.log?.(text)
      })
      child.stderr.setEncoding('utf8').on('data', (text: string) => options.log?.(text))
      child.stdin.on('error', () => undefined)
      child.stdin.end(options.input ?? '')
      child.on('error', reject)
      child.on('close', (code) => {
        clearTimeout(timer)
        if (late)
          reject(new StepError(`A command in the machine took longer than ${Math.round(options.limit_ms / 1000)} s.`))
        else resolve({ code: code ?? -1, stdout })
      })
    })
  }

  async shutDown(limit_ms: number): Promise<void> {
    await this.run('systemctl poweroff', { limit_ms: 60_000 }).catch(() => undefined)
    const late = delay(limit_ms, 'late' as const, { ref: false })
    if ((await Promise.race([this.#ended, late])) === 'late')
      throw new StepError(`The machine did not shut down within ${Math.round(limit_ms / 1000)} s.`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#over) this.#kill()
    await this.#ended
  }
}
