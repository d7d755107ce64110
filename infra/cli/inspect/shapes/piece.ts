import { JsonObject, type JsonTree } from '../../../../workflow/inspection/json-tree.ts';
import { asJson } from './tree.ts';

/** A text that values were read from, and where in the file it stands. */
interface PieceOptions {
  text: string;
  /** Where the text starts in the file, in characters. */
  offset: number;
  /** True when the text was itself a value in the file, with its characters escaped: only its start is known. */
  quoted: boolean;
  /** False for YAML, whose values have to be written as JSON to be judged. */
  isJson: boolean;
}

export class Piece {
  private readonly options: PieceOptions;

  constructor(options: PieceOptions) {
    this.options = options;
  }

  /** Whether places inside of a value can be told. */
  get isPlaced(): boolean {
    return !this.options.quoted;
  }

  /** @returns where the value starts in the file, in characters; of a value that is no object, where the piece does */
  at(tree: JsonTree | undefined): number {
    const { offset, quoted } = this.options;
    return quoted || !(tree instanceof JsonObject) ? offset : offset + tree.start;
  }

  /** @returns where the text is first quoted, or where the piece starts */
  find(text: string): number {
    const { offset, quoted } = this.options;
    return quoted ? offset : offset + Math.max(0, this.options.text.indexOf(JSON.stringify(text)));
  }

  /** @returns the value as JSON text: as it is written, where that is JSON */
  textOf(tree: JsonTree): string {
    const { text, isJson } = this.options;
    const isWritten = tree instanceof JsonObject && tree.end > 0;
    return isJson && isWritten ? text.slice(tree.start, tree.end) : asJson(tree);
  }
}
