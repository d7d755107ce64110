import { createHash } from 'node:crypto';
import { isAbsolute, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Finding, Severity } from '../../../../workflow/inspection/finding.ts';
import { STANDARD_INPUT } from '../input/read-text.ts';
import type { Tally } from '../tally.ts';
import type { Complaint, Told } from '../told.ts';
import { describeFinding, describeWhat } from './answer-text.ts';
import { printable } from './printable.ts';
import type { Report } from './report.ts';

/** GitHub refuses a run with more results. Source: GitHub Docs, "SARIF support for code scanning". */
const MOST_RESULTS = 25_000;

/** What GitHub makes of a number: 9 and more is critical, 7 high, 4 medium. Source: as above. */
const SCORES: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
};
const LEVELS: Readonly<Record<Severity, string>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
};
/** Of what the list gives no severity: it is held all the same. */
const USUAL: Severity = 'high';

const UNREADABLE = 'unreadable';

interface Rule {
  id: string;
  description: string;
  severity: Severity;
}

/** SARIF 2.1.0, for GitHub's code scanning: a result for each finding, with file and line. */
export class SarifReport implements Report {
  readonly hasTotals = false;
  private readonly folder: string;
  private readonly version: string;
  private readonly rules = new Map<string, Rule>();
  private readonly results: object[] = [];
  private readonly prints = new Map<string, number>();
  private left = 0;

  /**
   * @param folder to which paths are relative: that of the repository
   * @param version of this product
   */
  constructor(folder: string, version: string) {
    this.folder = folder;
    this.version = version;
  }

  tell(told: Told): string {
    const { restricted, findings, unreadable } = told.answer;
    if (!restricted) return '';
    for (const finding of findings) this.addFinding(told, finding);
    if (unreadable !== undefined) this.addUnreadable(told, unreadable);
    return '';
  }

  end(tally: Tally, complaints: readonly Complaint[]): string {
    const log = {
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'Policy Guard',
              version: this.version,
              rules: [...this.rules.values()].map(ruleOf),
            },
          },
          invocations: [
            {
              executionSuccessful: tally.exitStatus !== 2,
              toolExecutionNotifications: [
                ...complaints.map((each) => this.notification(each)),
                ...this.cut(),
              ],
            },
          ],
          columnKind: 'utf16CodeUnits',
          results: this.results,
        },
      ],
    };
    return `${printable(JSON.stringify(log))}\n`;
  }

  private addFinding(told: Told, finding: Finding): void {
    const { restricted, why, severity = USUAL } = finding;
    const description = why ?? `A policy grants ${restricted}, which is a restricted action.`;
    if (!this.rules.has(restricted)) this.rules.set(restricted, { id: restricted, description, severity });
    const text = describeFinding(finding).map((line) => literal(line.trim()));
    const print = [told.answer.policy, restricted, finding.grantedBy, finding.resources, finding.condition];
    this.add(told, restricted, severity, text.join('\n'), told.lineOf(finding.statement), print);
  }

  private addUnreadable(told: Told, unreadable: string): void {
    const description = 'A policy that could not be read, or not wholly: it may grant any restricted action.';
    this.rules.set(UNREADABLE, { id: UNREADABLE, description, severity: USUAL });
    this.add(told, UNREADABLE, USUAL, literal(unreadable), told.line(), [told.answer.policy, unreadable]);
  }

  private add(
    told: Told,
    ruleId: string,
    severity: Severity,
    text: string,
    startLine: number,
    print: readonly unknown[],
  ): void {
    if (this.results.length === MOST_RESULTS) {
      this.left++;
      return;
    }
    const what = literal(describeWhat(told.answer));
    this.results.push({
      ruleId,
      level: LEVELS[severity],
      message: { text: what === '' ? text : `${what}\n${text}` },
      locations: [{ physicalLocation: { artifactLocation: this.place(told.path), region: { startLine } } }],
      partialFingerprints: { primaryLocationLineHash: this.fingerprint([told.path, ruleId, ...print]) },
    });
  }

  /**
   * GitHub tells findings apart by this, and by default by the line alone: a plan of Terraform is one line, and would
   * have one finding.
   */
  private fingerprint(parts: readonly unknown[]): string {
    const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
    const count = (this.prints.get(hash) ?? 0) + 1;
    this.prints.set(hash, count);
    return `${hash}:${count}`;
  }

  private place(path: string): { uri: string; uriBaseId?: string } {
    if (path === STANDARD_INPUT) return { uri: 'stdin', uriBaseId: '%SRCROOT%' };
    const inside = relative(this.folder, path);
    if (inside.startsWith('..') || isAbsolute(inside)) return { uri: pathToFileURL(path).href };
    return { uri: inside.split(sep).map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
  }

  private notification({ path, reason }: Complaint): object {
    return {
      level: 'error',
      message: { text: literal(`${path} could not be read: ${reason}`) },
      locations: [{ physicalLocation: { artifactLocation: this.place(path) } }],
    };
  }

  private cut(): object[] {
    if (this.left === 0) return [];
    return [
      {
        level: 'warning',
        message: { text: `${this.left} more findings are left out: code scanning takes ${MOST_RESULTS}.` },
      },
    ];
  }
}

/**
 * A line that holds text from outside, for a message: whoever shows it decodes JSON's own escapes, and makes links of
 * what is written as in Markdown. Source: SARIF 2.1.0, 3.11.6.
 */
function literal(line: string): string {
  return printable(line).replaceAll('](', '\\](');
}

function ruleOf({ id, description, severity }: Rule): object {
  return {
    id,
    shortDescription: { text: id === UNREADABLE ? 'A policy that could not be read' : `Grants ${id}` },
    fullDescription: { text: description },
    help: { text: `${description} Policy Guard would hold this policy until an approver decides.` },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ['security', 'iam'], precision: 'high', 'security-severity': SCORES[severity] },
  };
}
