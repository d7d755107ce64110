import { startSandbox } from '/work/wt/edges/infra/sandbox/sandbox.ts';
import { GENEROUS_HANDLERS, GENEROUS_MS } from '/work/wt/edges/test/support/generous.ts';

const faults = JSON.parse(process.argv[2] ?? '{}');
const BAD =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:DeleteBucket","Resource":"*"}]}';
const s = await startSandbox({
  environment: {
    SANDBOX_PAGE_PORT: '0',
    SANDBOX_AWS_PORT: '0',
    SANDBOX_CLOUDTRAIL_DELAY_MS: '20',
    LOG_LEVEL: 'WARN',
  },
  handlers: GENEROUS_HANDLERS,
  slackPatienceMs: GENEROUS_MS,
  postingIntervalMs: 0,
  hurryMs: 500,
  failed: (e: any) => console.log('FAILED', e?.name, String(e?.message).slice(0, 300)),
});
const post = async (p: string, b: object) =>
  (await fetch(s.page + p, { method: 'POST', body: JSON.stringify(b) })).json();
console.log(JSON.stringify(await post('/api/faults', faults)));
console.log(
  await post('/api/changes', {
    operation: 'CreatePolicy',
    parameters: { PolicyName: 'p1', PolicyDocument: BAD },
  }),
);
for (let i = 0; i < 20; i++) {
  await new Promise((r) => setTimeout(r, 1000));
  const st = await s.state();
  if (st.requests[0]?.slack) break;
}
const st = await s.state();
for (const e of s.executions()) {
  console.log(e.name, e.status, e.path.join('>'));
  for (const h of e.history as any[]) {
    const d = h.taskFailedEventDetails ?? h.taskTimedOutEventDetails ?? h.executionFailedEventDetails;
    if (d) console.log('  ', h.type, d.error, String(d.cause).slice(0, 300));
  }
}
console.log(st.requests.map((r) => [r.id, r.status, r.slack, r.expiresAt, r.createdAt]));
console.log(await post('/api/mail-waiting', {}));
await new Promise((r) => setTimeout(r, 1500));
console.log(s.emails.map((e) => [e.subject, e.links.map((l) => l.slice(0, 160))]));
await s.close();
