/** A shell that is good enough to look at: echoes, has a prompt, keeps all it ever wrote with absolute offsets. */

const prompt = '\x1b[32mroot@node1\x1b[0m:\x1b[34m~/shop\x1b[0m# '

export class FakeShell {
  output = Buffer.from(prompt)
  received = ''
  exited = false
  #line = ''
  readonly #listeners = new Set<(chunk: Buffer) => void>()
  readonly #onCommand: (command: string) => string

  constructor(onCommand: (command: string) => string = () => '') {
    this.#onCommand = onCommand
  }

  listen(take: (chunk: Buffer) => void): () => void {
    this.#listeners.add(take)
    return () => this.#listeners.delete(take)
  }

  write(text: string): void {
    const chunk = Buffer.from(text)
    this.output = Buffer.concat([this.output, chunk])
    for (const take of this.#listeners) take(chunk)
  }

  input(bytes: Buffer): void {
    const text = bytes.toString('utf8')
    this.received += text
    for (const char of text) {
      if (char === '\r') {
        this.write('\r\n')
        this.write(`${this.#run(this.#line)}${prompt}`)
        this.#line = ''
      } else if (char === '\x7f') {
        if (this.#line !== '') this.write('\b \b')
        this.#line = this.#line.slice(0, -1)
      } else if (char >= ' ') {
        this.#line += char
        this.write(char)
      }
    }
  }

  #run(line: string): string {
    const seq = /^seq (\d+)$/.exec(line)
    if (seq) return Array.from({ length: Number(seq[1]) }, (_, i) => `${i + 1}\r\n`).join('')
    if (line.startsWith('echo ')) return `${line.slice(5)}\r\n`
    if (line.startsWith('docker build'))
      return '\x1b[1m[+] Building 41.2s (9/9) FINISHED\x1b[0m\r\n\x1b[34m => [3/4] RUN pip install -r requirements.txt      38.4s\x1b[0m\r\n'
    return this.#onCommand(line)
  }
}
