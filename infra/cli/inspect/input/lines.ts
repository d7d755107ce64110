/** Tells the lines of a text, which is looked through once, and only if that is asked for. */
export class Lines {
  private readonly text: string;
  /** Where each line but the first starts, in characters. */
  private starts: number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** @returns the line, from 1, on which the character stands */
  at(place: number): number {
    this.starts ??= startsIn(this.text);
    let [low, high] = [0, this.starts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.starts[middle] as number) <= place) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  }

  /** @returns where the text is first quoted from a place on, or that place */
  find(text: string, from: number): number {
    return Math.max(from, this.text.indexOf(JSON.stringify(text), from));
  }
}

function startsIn(text: string): number[] {
  const starts: number[] = [];
  for (let next = text.indexOf('\n'); next !== -1; next = text.indexOf('\n', next + 1)) starts.push(next + 1);
  return starts;
}
