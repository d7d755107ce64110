'use strict';

// Stands for the index of `@slack/bolt`, which brings every receiver and all of `@slack/types` and `@slack/oauth`.
exports.App = require('@slack/bolt/dist/App').default;
exports.AwsLambdaReceiver = require('@slack/bolt/dist/receivers/AwsLambdaReceiver').default;
