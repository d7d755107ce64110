// What functions log and count would bury the table; read when they are loaded, so this is imported first.
process.env.AWS_LAMBDA_LOG_LEVEL = 'FATAL';
process.env.POWERTOOLS_METRICS_DISABLED = 'true';
