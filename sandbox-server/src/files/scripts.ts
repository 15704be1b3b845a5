/**
 * What is run inside the node for files: one shell script for each wish, with paths as arguments. Everything is resolved by the node itself:
 * its links and mounts are its own, and the worst that a hostile one reaches is its own disk.
 */

/** Exit codes of the scripts. */
export const exits = { missing: 41, outside: 42, kind: 43, exists: 44, changed: 45, large: 46, space: 47 } as const

/**
 * `$1`: the work folder. `inside PATH`: where it really is, when that is below the work folder. A trailing character keeps
 * names that end with a newline whole.
 */
const start = `
aside=\${DRYDOCK_ASIDE:-/var/tmp}
cd -- "$1" 2>/dev/null || exit ${exits.missing}
base=$(realpath -e .; echo x); base=\${base%??}
inside() {
  real=$(realpath -e -- "$1" 2>/dev/null; echo x)
  [ "$real" = x ] && exit ${exits.missing}
  real=\${real%??}
  case $real in "$base"/*) ;; *) exit ${exits.outside} ;; esac
}
parent() {
  up=\${1%/*}; near=$up
  until [ -d "$near" ] || [ "$near" = . ]; do near=\${near%/*}; done
  real=$(realpath -e -- "$near" 2>/dev/null; echo x); real=\${real%??}
  case $real/ in "$base"/*) ;; *) exit ${exits.outside} ;; esac
  mkdir -p -- "$up" 2>/dev/null || exit ${exits.kind}
}
there() { [ -e "$1" ] || [ -L "$1" ]; }
version() { sha256sum < "$1" | cut -c 1-64; }
`
const script = (text: string) => `${start}${text}`

export const scripts = {
  /** `$2`: most entries. Type, size, time, path and target, each ended by a zero byte. */
  list: script(`
find . -mindepth 1 -maxdepth 12 \\( -name node_modules -o -path ./.git \\) -prune -printf '%y\\0%s\\0%T@\\0%P\\0%l\\0' -o \\
  -printf '%y\\0%s\\0%T@\\0%P\\0%l\\0' 2>/dev/null | head -z -n "$2"
exit 0`),
  /** `$2`: path, `$3`: most bytes. */
  read: script(`
inside "./$2"
[ -f "$real" ] || exit ${exits.kind}
[ "$(stat -c %s -- "$real")" -le "$3" ] || exit ${exits.large}
exec cat -- "$real"`),
  /**
   * `$2`: path, `$3`: version that is replaced, `new`, or `any`. The content comes on standard input. It is written into the file that is there,
   * because a container may have just that one mounted; beside it first, and over what is there only when its room is reserved, so that a
   * full disk loses nothing.
   */
  write: script(`
parent "./$2"
if there "./$2"; then
  [ "$3" = new ] && exit ${exits.exists}
  inside "./$2"
  [ -f "$real" ] || exit ${exits.kind}
  [ "$3" = any ] || [ "$(version "$real")" = "$3" ] || exit ${exits.changed}
  target=$real
else
  [ "$3" = new ] || [ "$3" = any ] || exit ${exits.missing}
  target=./$2
fi
copy=$(mktemp -p "$aside" drydock-XXXXXXXX) || exit ${exits.space}
trap 'rm -f "$copy"' EXIT
cat > "$copy" || exit ${exits.space}
long=$(stat -c %s -- "$copy")
old=$(stat -c %s -- "$target" 2>/dev/null)
said=$(fallocate -n -l "$((long > 0 ? long : 1))" -- "$target" 2>&1)
case $said in *space*|*quota*)
  if [ -n "$old" ]; then truncate -s "$old" -- "$target"; else rm -f -- "$target"; fi
  exit ${exits.space} ;;
esac
cat "$copy" 1<> "$target" && truncate -s "$long" -- "$target" || exit ${exits.space}`),
  folder: script(`
there "./$2" && exit ${exits.exists}
parent "./$2/x"`),
  /** `$2` to `$3`. A link is moved, not what it leads to. */
  move: script(`
there "./$2" || exit ${exits.missing}
there "./$3" && exit ${exits.exists}
parent "./$2"; parent "./$3"
mv -nT -- "./$2" "./$3"`),
  /** `$2`: path, `$3`: under which name it is kept. */
  remove: script(`
there "./$2" || exit ${exits.missing}
parent "./$2"
mkdir -p "$aside/drydock-removed" || exit ${exits.space}
mv -T -- "./$2" "$aside/drydock-removed/$3"`),
  /** `$2`: name, `$3`: where it goes. */
  restore: script(`
there "$aside/drydock-removed/$2" || exit ${exits.missing}
there "./$3" && exit ${exits.exists}
parent "./$3"
mv -nT -- "$aside/drydock-removed/$2" "./$3"`),
  /** `$2`: path. Bytes of a file, or a folder as an archive. */
  download: script(`
inside "./$2"
if [ -d "$real" ]; then exec tar -C "$real/.." -czf - -- "./\${real##*/}"; fi
[ -f "$real" ] || exit ${exits.kind}
exec cat -- "$real"`),
  /** `$2`: path. What it is, for the name of a download. */
  kind: script(`
inside "./$2"
if [ -d "$real" ]; then echo folder; elif [ -f "$real" ]; then echo file; else exit ${exits.kind}; fi`),
} as const
