import { createApp } from './infra/aws/create-app.ts';
const t=Date.now();
const settings = { ADMIN_EMAIL:'a@example.com', SLACK_CHANNEL:'C0123456789', SLACK_TEAM_ID:'T0123456789', SLACK_API_URL:'https://slack.com/api/', APPROVERS:[], REQUEST_TIMEOUT_SECONDS:86400, REMINDER_SECONDS:14400, NOTIFY_ALLOWED:'off', ATTACHMENTS:'off', LOG_LEVEL:'INFO', CREATE_TRAIL:true, restrictedActions:[{pattern:'s3:DeleteBucket'}], isExample:false } as const;
const app = createApp(settings as never, {region:'us-east-1'}, {outdir:'/tmp/b/cdk', context:{'aws:cdk:bundling-stacks':[]}});
try { app.synth(); } catch(e) {console.log(String(e).slice(0,300));} finally { console.log(Date.now()-t); }
