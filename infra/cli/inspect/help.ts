export const HELP = `Says which IAM policies grant a restricted action, and so what Policy Guard would hold.

Usage: npm run -s inspect -- [--restricted LIST] [--json] PATH…
       npm run -s inspect -- [--format text|json|sarif|markdown] [--baseline FILE] [--compare LIST] PATH…
       npm run -s inspect -- --sets

PATH is a file, a folder or - for standard input. It may hold
  policies  documents by themselves or as the AWS CLI prints them, what terraform show -json prints of a plan or
            state, templates of CloudFormation, SAM and CDK (JSON or YAML), permission sets, items of AWS Config,
            get-account-authorization-details
  changes   CloudTrail's log files and records, in whatever wraps them: EventBridge, SNS, SQS, Firehose,
            CloudWatch Logs, Lake, Athena, Elastic, Splunk, lookup-events, one a line or one after another
as UTF-8 or UTF-16, packed with gzip or not. In folders, node_modules, folders whose names start with a dot,
CDK's assets and links to folders are left out.

  --restricted LIST  actions, patterns and @sets, separated by commas; otherwise RESTRICTED_ACTIONS or
                     RESTRICTED_ACTIONS_FILE from the environment or .env, or the default list
  --format FORMAT    text for people; json, one object a line, one for each document; sarif for code scanning;
                     markdown for the comment of a pull request
  --json             the same as --format json
  --baseline FILE    what an earlier run printed with --format json: shows and counts only what is new
  --compare LIST     also counts what this other list would restrict; attributes alone, such as mode=observe,
                     are added to the restricted list; may be given several times
  --sets             shows the named sets, why each action is dangerous, and the sources
  --help             this text

Exit status: 0 nothing restricted, 1 something restricted, 2 some input could not be read or judged.
`;
