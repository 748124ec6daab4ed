import type { Finding } from '../api/types.ts'
import { inLanguage, type Language } from '../i18n/phrases.ts'

export type Group = { rule: string; severity: Finding['severity']; message: string; findings: Finding[] }

const weight: Record<string, number> = { fail: 0, review: 1, info: 2 }

/** Findings that say the same of many cells become one, the gravest first. */
export function grouped(findings: Finding[], language: Language): Group[] {
  const groups = new Map<string, Group>()
  for (const finding of findings) {
    const message = inLanguage(finding.message, language)
    const key = `${finding.severity}\u0000${finding.rule}\u0000${message}`
    const group = groups.get(key) ?? { rule: finding.rule, severity: finding.severity, message, findings: [] }
    group.findings.push(finding)
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => (weight[a.severity] ?? 3) - (weight[b.severity] ?? 3))
}
