/** Which language a file is written in, by its name. Pure. */
export type Language = 'dockerfile' | 'compose' | 'yaml' | 'json' | 'shell' | 'python' | 'text'

export function decideLanguage(path: string): Language {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase()
  if (/^(docker|container)file(\.|$)|\.dockerfile$/.test(name)) return 'dockerfile'
  if (/^(docker-)?compose([.-].*)?\.ya?ml$|^(.*[.-])?stack\.ya?ml$/.test(name)) return 'compose'
  if (/\.ya?ml$/.test(name)) return 'yaml'
  if (/\.jsonc?$/.test(name)) return 'json'
  if (/\.(sh|bash)$|^\.(bashrc|profile|bash_profile|env)$|^entrypoint$/.test(name)) return 'shell'
  return /\.pyi?$/.test(name) ? 'python' : 'text'
}
