import { Construct } from 'constructs';
import { alarmSpecs, type Watched } from './alarm-specs.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

/** The alarms, each of which tells the notice topic. */
export class GuardAlarms extends Construct {
  readonly alarms: RunbookAlarm[];

  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const { topic } = watched.notices;
    this.alarms = Object.entries(alarmSpecs(watched)).map(
      ([name, spec]) => new RunbookAlarm(this, name, { ...spec, topic }),
    );
  }
}
