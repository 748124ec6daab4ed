import type { Input, InputKind, ScanState } from '../api/types.ts'

export const kinds: InputKind[] = ['file', 'python-wheel', 'r-package', 'container-image']

/** What a file most likely is, by its name; the person may say otherwise. */
export function kindOf(name: string): InputKind {
  if (/\.whl$/i.test(name)) return 'python-wheel'
  if (/^[A-Za-z][A-Za-z0-9.]*_[0-9][^/]*\.tar\.gz$|_R_.*\.tar\.gz$/.test(name)) return 'r-package'
  if (/^[a-z0-9][a-z0-9.-]*(_[A-Za-z0-9][A-Za-z0-9.+-]*)?\.tar$/.test(name)) return 'container-image'
  return 'file'
}

export function scanState({ scan }: Pick<Input, 'scan'>): ScanState | undefined {
  return typeof scan === 'string' ? scan : scan?.state
}

/** Those that a steward has to look at, the oldest first, and the others as they came. */
export function byTurn(inputs: Input[]): { waiting: Input[]; others: Input[] } {
  const waiting = inputs.filter(({ state }) => state === 'waiting').sort((a, b) => a.created.localeCompare(b.created))
  return { waiting, others: inputs.filter(({ state }) => state !== 'waiting') }
}
